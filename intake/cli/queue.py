"""``queue``: what waits for a person, and another try for what failed."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

import click

from intake.cli.installation import config_option, known_submission, number_named, opened
from intake.cli.options import Group, format_option
from intake.cli.terminal import width
from intake.clock import LONDON, iso
from intake.config import Config
from intake.domain.message import MessageKind
from intake.domain.reference import reference as reference_of
from intake.domain.submission import State
from intake.render.plain import one_line
from intake.store import queue
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow
from intake.store.submissions import Submission


class _ListUnlessTold(Group):
    """A click group in which ``queue`` with options alone means ``queue list``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(name="queue", cls=_ListUnlessTold)
def command() -> None:
    """List what waits for a person, or have a message checked again.

    Without a command it lists, with the options of `queue list`: --all, --format and --config.
    """


@command.command()
@click.argument("reference")
@config_option
def retry(reference: str, config: Config) -> None:
    """Have a quarantined or filed message read and judged anew, by the daemon, at once."""
    from intake.domain.review import DecisionRefusedError  # noqa: PLC0415  # beside its only use
    from intake.pipeline.review.decide import retry as try_again  # noqa: PLC0415  # heavy; not for --help

    number = number_named(reference)
    with opened(config) as services, known_submission():
        try:
            try_again(services, number, f"{getpass.getuser()} (command line)")
        except DecisionRefusedError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{reference} will be checked again by the daemon.")


@command.command(name="list")
@config_option
@format_option("text", "json")
@click.option("--all", "everything", is_flag=True, help="Every message ever received, automatic and other mail too.")
def list_(config: Config, form: str, *, everything: bool) -> None:
    """List what waits for a person, the longest waiting first."""
    with opened(config) as services, services.store.reading() as tx:
        rows = queue.rows(tx, where=None if everything else queue.WAITING)
    if form == "json":
        click.echo(json.dumps([public_row(row, services.clock.now()) for row in rows], indent=2))
    elif rows:
        heading, *others = as_lines(rows, width())
        click.secho(heading, bold=True)
        for line in others:
            click.echo(line)
    else:
        click.echo("Nothing waits for a person.")


def public_row(row: QueueRow, now: datetime) -> dict[str, object]:
    """Convert a queue row to the object of the public interface; a claim that has run out by now is none."""
    submission = row.submission
    return {
        "reference": submission.reference,
        "status": submission.state.value,
        "kind": submission.kind,
        "automatic": submission.automatic is not None,
        "outcome": submission.outcome,
        "from": submission.sender,
        "subject": submission.subject,
        "received_at": iso(submission.received_at),
        "acknowledge_due": iso(submission.acknowledge_due),
        "acknowledged_at": None if row.acknowledged_at is None else iso(row.acknowledged_at),
        "entries": submission.entries,
        "case": reference_of(submission.case),
        "unseen": row.unseen,
        "claimed_by": submission.holder(now),
        "raw_sha256": submission.raw_sha256,
    }


def as_lines(rows: Sequence[QueueRow], columns: int | None) -> Iterator[str]:
    """Format the rows for a terminal, one line each, at most so many columns wide if they are given."""
    cells = [_HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(_HEADINGS) - 1)]
    for line in cells:
        text = "  ".join([*(cell.ljust(size) for cell, size in zip(line, widths, strict=False)), line[-1]])
        yield text if columns is None or len(text) <= columns else f"{text[: columns - 1]}…"


_HEADINGS = ("Reference", "State", "Received", "Receipt", "Subject")


def _cells(row: QueueRow) -> tuple[str, ...]:
    submission = row.submission
    return (
        submission.reference,
        _state(submission),
        _short(submission.received_at),
        acknowledged(row),
        one_line(submission.subject) or _nothing(submission),
    )


def _nothing(submission: Submission) -> str:
    """Say why there is no subject."""
    return f"(disposed of on {submission.disposed_on})" if submission.disposed_on else "(no subject)"


def _state(submission: Submission) -> str:
    """Say what the checks made of it while that is what matters, else where it stands, or why nobody looks at it."""
    if submission.automatic:
        return "automatic mail"
    if submission.state is State.FILED and submission.kind == MessageKind.OTHER:
        return "other mail"
    judged = submission.outcome if submission.state is State.IN_REVIEW else None
    return (judged or submission.state.value).replace("_", " ")


def acknowledged(row: QueueRow) -> str:
    """Describe the state of the acknowledgement in a word or two."""
    if row.letter_state is LetterState.BOUNCED:
        return "came back"
    if row.acknowledged_at is not None:
        return "sent"
    if row.letter_state is None:
        return "none owed"
    if row.letter_state is LetterState.NOT_OWED:
        return "none owed"
    if row.letter_state is LetterState.DROPPED:
        return "dropped"
    return f"{row.letter_state}, due {row.submission.acknowledge_due.astimezone(LONDON):%a %d %b}"


def _short(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%d %b %H:%M}"
