"""``cpl diff`` and ``cpl history``: what has changed between two lists, and in the life of an entry."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from intake.cli.cpl import lists
from intake.cli.installation import config_option, opened
from intake.cli.options import format_option
from intake.cli.terminal import say, say_all
from intake.clock import iso
from intake.config import Config
from intake.pipeline.list.set_by import set_by
from intake.pipeline.services import Services
from intake.publication.comparable import Side, comparable, of_file
from intake.register.reconcile import Change, difference
from intake.render.plain import one_line
from intake.store import listing
from intake.store.listing import EntryVersion
from rules.facts import RegisterEntry
from rules.published import PUBLISHED, UPGRADE_PATH

_COLUMNS = ("entry", "field", "before", "after", "reason", "person", "at")


@click.command(short_help="Show the difference between two lists.")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@format_option("text", "json", "csv")
@config_option
def diff(before: str, after: str, form: str, config: Config) -> None:
    """Show every value that differs between A and B, each a version in the register or a file of the list.

    A file is compared in the columns that it has, and the DCC's copy in the codes without colons.
    """
    with opened(config) as services:
        first, _ = _list(services, before)
        second, version = _list(services, after, first.entries)
        changes = tuple(difference(*comparable(first, second)))
        with services.store.reading() as tx:
            up_to = listing.version_named(tx, version) if version else None
            numbers = {change.entry for change in changes} if len(changes) <= _MOST_TOLD else ()
            told = listing.histories(tx, numbers, up_to)
    rows = [_row(change, set_by(told.get(change.entry, ()), change)) for change in changes]
    if form == "json":
        click.echo(json.dumps(rows, indent=2))
    elif form == "csv":
        table = csv.DictWriter(sys.stdout, _COLUMNS)
        table.writeheader()
        table.writerows({name: row[name] or "" for name in _COLUMNS} for row in rows)
    else:
        say_all(_lines(changes, rows))


_MOST_TOLD = 10_000
"""Changes for which the register is asked who made them."""


def _list(services: Services, named: str, beside: Sequence[RegisterEntry] = ()) -> tuple[Side, str]:
    """Read a list, and the version that it says it is."""
    if Path(named).is_file():
        entries, version = lists.from_file(Path(named), beside)
        return of_file(entries, _OF_FEED if Path(named).suffix.lower() == ".json" else ()), version
    entries, version = lists.as_it_was(services, named, None)
    return Side(entries), version


_OF_FEED = (*PUBLISHED, UPGRADE_PATH)
"""What ``entries.json`` says of an entry where that fills it."""


def _row(change: Change, made: EntryVersion | None) -> dict[str, str | None]:
    whole = not change.field
    return {
        "entry": change.entry,
        "field": change.field or None,
        "before": (change.before or None) if whole else change.before,
        "after": (change.after or None) if whole else change.after,
        "reason": made.reason if made else None,
        "person": made.person if made else None,
        "at": iso(made.recorded_at) if made else None,
    }


def _lines(changes: Sequence[Change], rows: Sequence[Mapping[str, str | None]]) -> Iterator[str]:
    if not changes:
        yield "Nothing differs."
    for change, row in zip(changes, rows, strict=True):
        why = f" ({one_line(row['reason'])})" if row["reason"] else ""
        if change.field:
            yield f"{change.entry} {_altered(change.field, change.before, change.after)}{why}"
        else:
            yield f"{change.entry} {'is new' if change.after else 'is not there any more'}{why}"


def _altered(field: str, before: str, after: str) -> str:
    was, now = (f"“{one_line(text)}”" if text else "empty" for text in (before, after))
    return f"{field}: was {was}, is now {now}"


@click.command(short_help="Show what an entry has said.")
@click.argument("number")
@format_option("text", "json")
@config_option
def history(number: str, form: str, config: Config) -> None:
    """Show what entry NUMBER of the list has said since when, and why."""
    with opened(config) as services, services.store.reading() as tx:
        told, newest = listing.history(tx, number.zfill(6)), listing.newest(tx)
    if not told:
        message = f"there is no entry {number} in the register" if newest is not None else lists.NONE_YET
        raise click.ClickException(message)
    steps = list(_steps(told))
    if form == "json":
        click.echo(json.dumps(steps, indent=2))
        return
    for step in steps:
        version = f", version {step['version']}" if step["version"] else ""
        click.echo(f"{step['effective']}  {step['kind']}, {step['status']}{version}")
        for change in step["changes"]:
            say(_altered(change["field"], change["before"], change["after"]), first="  ", indent=4)
        why = ", ".join(filter(None, (step["reason"] and f"“{one_line(step['reason'])}”", step["person"])))
        if why:
            say(why, first="  ", indent=4)


def _steps(told: Sequence[EntryVersion]) -> Iterator[dict[str, Any]]:
    before: EntryVersion | None = None
    for version in told:
        changes = [] if before is None else list(difference([before.entry], [version.entry]))
        yield {
            "effective": version.effective.isoformat(),
            "recorded": iso(version.recorded_at),
            "version": version.version or None,
            "kind": version.kind,
            "status": version.entry.status,
            "changes": [
                {"field": alteration.field, "before": alteration.before, "after": alteration.after}
                for alteration in changes
            ],
            "person": version.person,
            "reason": version.reason,
        }
        before = version
