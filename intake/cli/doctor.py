"""``doctor``: tries every edge and says what to do."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from intake.cli.installation import config_option
from intake.cli.options import format_option
from intake.cli.terminal import say
from intake.config import Config
from intake.errors import IntakeError, safe_message

if TYPE_CHECKING:
    from intake.cli.edges import Edge

_INDENT = 7
"""Behind the mark."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The result of trying one edge."""

    edge: str
    ok: bool
    said: str
    do: str
    """What a person can do about it; empty where nothing is to be done."""


@click.command(name="doctor")
@config_option
@format_option("text", "json")
def command(config: Config, form: str) -> None:
    """Try every edge, one after the other; exit 1 where one is at fault, not where something is only to do.

    It sends nothing and takes nothing in. A store of an older release is brought up to date, as by every command.
    """
    from intake.cli.edges import edges  # noqa: PLC0415  # heavy; not for --help

    tried = []
    for edge in edges(config):
        tried.append(_try(edge))
        if form == "text":
            _tell(tried[-1])
    healthy = all(attempt.ok for attempt in tried)
    if form == "json":
        click.echo(json.dumps({"healthy": healthy, "edges": [asdict(attempt) for attempt in tried]}, indent=2))
    raise click.exceptions.Exit(0 if healthy else 1)


def _try(edge: Edge) -> Tried:
    try:
        answer = edge.attempt()
    except IntakeError as error:
        said = str(error).removeprefix(f"{edge.name}: ")
        return Tried(edge.name, ok=False, said=said, do=error.hint or "See deploy/README.md.")
    except Exception as error:  # noqa: BLE001  # our bug in one attempt must not hide what the others find
        hint = "This is a fault of the program; please report it."
        return Tried(edge.name, ok=False, said=f"{safe_message(error)}: {error}", do=hint)
    if isinstance(answer, str) or answer is None:
        return Tried(edge.name, ok=True, said=answer or "", do="")
    return Tried(edge.name, ok=True, said=answer.said, do=answer.do)


def _tell(tried: Tried) -> None:
    mark, colour = ("fault", "red") if not tried.ok else ("to do", "yellow") if tried.do else ("ok   ", "green")
    edge = f"{tried.edge}: {tried.said}" if tried.said else tried.edge
    say(edge, first=f"{click.style(mark, fg=colour)}  ", indent=_INDENT)
    if tried.do:
        say(tried.do, first=" " * _INDENT, indent=_INDENT)
