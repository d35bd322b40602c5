"""``cpl path``: how what is installed gets to the newest firmware, for one entry or a whole fleet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from intake.cli.cpl import lists
from intake.cli.given import read_given
from intake.cli.installation import opened
from intake.cli.options import format_option
from intake.cli.terminal import say_all
from intake.config import DEFAULT_FILE, load
from intake.register.fleet import COLUMNS, PLANNED, PlannedLine, UnreadableFleetError, plan_fleet, read_fleet
from intake.register.paths import Plan, plan
from intake.register.releases import Releases


@click.command(short_help="Show how an installed version is upgraded.")
@click.argument("number", required=False)
@click.option("--to", "goal", metavar="NUMBER", help="The entry to get to; else the newest of the same hardware.")
@click.option(
    "--installed",
    "fleet",
    type=click.Path(exists=True, path_type=Path, dir_okay=False),
    help=f"A CSV file of what is installed, with the columns {', '.join(COLUMNS)}.",
)
@click.option(
    "--list",
    "listed",
    type=click.Path(exists=True, path_type=Path, dir_okay=False),
    help="A file of the list or of its feed, instead of this installation's register; works offline.",
)
@format_option("text", "json", "csv")
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    default=DEFAULT_FILE,
    show_default=True,
    help="The configuration file.",
)
def path(  # one a choice of its user
    number: str | None, goal: str | None, fleet: Path | None, listed: Path | None, form: str, config_file: Path
) -> None:
    """Show the next step, the shortest routes and what blocks them, from entry NUMBER or for a whole fleet.

    The list says what its entries state; the Release Notes say more, and are not replaced by it.
    """
    if (number is None) == (fleet is None):
        message = "name either the NUMBER of an entry or a fleet with --installed"
        raise click.UsageError(message)
    releases = _releases(listed, config_file)
    if fleet is not None:
        _write_fleet(_planned(releases, fleet), form)
        return
    told = _plan(releases, (number or "").zfill(6), goal.zfill(6) if goal else None)
    if form == "json":
        click.echo(json.dumps(told.as_object(), indent=2))
    elif form == "csv":
        table = csv.writer(sys.stdout)
        table.writerow(PLANNED)
        table.writerow(PlannedLine.planned(told))
    else:
        say_all(_lines(told))


def _releases(listed: Path | None, config_file: Path) -> Releases:
    if listed is not None:
        return Releases(*lists.from_file(listed))
    with opened(load(config_file)) as services:
        return Releases(*lists.now(services))


def _plan(releases: Releases, number: str, goal: str | None) -> Plan:
    try:
        return plan(releases, number, goal)
    except KeyError as error:
        message = f"there is no entry {error.args[0]} on this list"
        raise click.UsageError(message) from error


def _planned(releases: Releases, fleet: Path) -> Iterator[PlannedLine]:
    return plan_fleet(releases, read_given(fleet, "a fleet", read_fleet, UnreadableFleetError))


def _write_fleet(planned: Iterable[PlannedLine], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([line.as_object() for line in planned], indent=2))
        return
    table = csv.writer(sys.stdout)
    table.writerow((*COLUMNS, *PLANNED))
    table.writerows(line.as_row() for line in planned)


def _lines(told: Plan) -> Iterator[str]:
    version = f" (list {told.as_of})" if told.as_of else ""
    if told.steps == 0:
        yield f"{told.start} is the goal itself{version}."
    elif told.steps is None:
        yield f"{told.start} cannot be upgraded to {told.goal}{version}:"
        yield from (f"  {sentence}" for sentence in told.blocked)
    else:
        steps = f"{told.steps} {'step' if told.steps == 1 else 'steps'}"
        yield f"{told.start} to {told.goal}: next {told.next}, {steps}{version}"
        if told.count > 1:
            among = ", among them" if told.count > len(told.routes) else ""
            yield f"  {told.count} routes are as short as that{among}:"
        yield from (f"  {' → '.join(route)}" for route in told.routes)
    yield told.note
