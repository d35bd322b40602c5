"""``cpl import``: the register takes in a file of the list, or says why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from intake.cli.given import read_given, with_content
from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.config import Config
from intake.register.reconcile import Reconciliation

_SHOWN = 10
"""Lines of one kind in the report for people; ``--format json`` has all."""


@click.command("import", short_help="Take in the published list.")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--accept-missing", is_flag=True, help="Take it in although it lacks entries or columns; those stay.")
@format_option("text", "json")
@config_option
@click.pass_context
def import_(context: click.Context, file: Path, accept_missing: bool, form: str, config: Config) -> None:  # noqa: FBT001  # click's flag
    """Take in the published list, its workbook (.xlsx, .xlsm) or a .csv of its columns.

    It is reconciled with the register: what is new or changed is taken in, and nothing is ever dropped. Submissions
    read from then on are judged against it.

    Exit code: 0 taken in, 1 nothing changed, 2 not the list.
    """
    from intake.pipeline.list.listing import import_list  # noqa: PLC0415  # heavy; not for --help
    from intake.register.published import read_whole_list  # noqa: PLC0415  # likewise
    from intake.register.unreadable import UnreadableListError  # noqa: PLC0415  # likewise

    content, read = read_given(file, "the published list", with_content(read_whole_list), UnreadableListError)
    with opened(config) as services:
        done, taken = import_list(services, content, read, accept_missing=accept_missing)
    if form == "json":
        click.echo(json.dumps(_object(done, taken=taken), indent=2))
    else:
        for line in _lines(file, done, taken=taken):
            click.echo(line)
    context.exit(0 if taken else 1)


def _object(done: Reconciliation, *, taken: bool) -> dict[str, object]:
    return {
        "version": done.file.version or None,
        "entries": len(done.file.entries),
        "new": [entry.number for entry in done.new],
        "changed": [
            {"entry": change.entry, "field": change.field, "before": change.before, "after": change.after}
            for change in done.changes
        ],
        "missing": list(done.missing),
        "normalised": dict(done.normalised),
        "contradictions": [
            {
                "certificate": contradiction.certificate,
                "what": contradiction.what,
                "entries": list(contradiction.entries),
            }
            for contradiction in done.contradictions
        ],
        "taken": taken,
    }


def _lines(file: Path, done: Reconciliation, *, taken: bool) -> Iterator[str]:
    count = len(done.file.entries)
    version = f" of version {done.file.version}" if done.file.version else ""
    became = "imported" if taken else "read, NOT imported"
    yield f"{file}: {count} {'entry' if count == 1 else 'entries'}{version} {became}."
    yield from (f"  {sentence}" for sentence in (*done.refusals, *done.lacks))
    if done.lacks and not taken and not done.refusals:
        yield "  To take in the rest all the same, and keep what it lacks as it is: --accept-missing"
    yield from _shown("New", [entry.number for entry in done.new])
    yield from _shown(
        "Changed",
        [
            f"{alteration.entry} {alteration.field}: “{alteration.before}” is “{alteration.after}”"
            for alteration in done.changes
        ],
    )
    yield from _shown("Not in the file", list(done.missing))
    yield from _shown("Written otherwise", [f"{kind}: {count}" for kind, count in done.normalised.items()])
    yield from _shown(
        "Contradictory",
        [f"{contradiction.certificate} has {contradiction.what}" for contradiction in done.contradictions],
    )


def _shown(title: str, items: list[str]) -> Iterator[str]:
    if not items:
        return
    yield f"  {title}: {len(items)}"
    yield from (f"    {item}" for item in items[:_SHOWN])
    if len(items) > _SHOWN:
        yield f"    and {len(items) - _SHOWN} more"
