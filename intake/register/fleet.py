"""Reads a supplier's fleet, lines of installed Device Models, and plans the upgrade of each line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from intake.register.paths import Plan, plan
from intake.register.published import ONE_PAIR, lost_its_zero
from intake.register.releases import Releases, device_model
from rules.fields import DEVICE_MODEL
from rules.published import is_current

COUNT = "count"
COLUMNS = (*(str(name).removeprefix("Device_Model.") for name in DEVICE_MODEL), COUNT)
"""Of a fleet's file: ``manufacturer_identifier`` … ``firmware_version``, and how many are installed."""
PLANNED = ("from", "goal", "next", "steps", "path_count", "blocked", "as_of", "note")
"""Further columns of the plan's file."""
MOST_LINES = 1_000_000
_DELIMITERS = ",;\t"


class UnreadableFleetError(Exception):
    """The file is no fleet; the text is a sentence for its user."""


@dataclass(frozen=True, slots=True)
class FleetLine:
    """So many devices of one Device Model, as stated."""

    values: Mapping[str, str]
    """By `COLUMNS`."""

    @property
    def key(self) -> tuple[str, ...]:
        """Its Device Model in comparable form."""
        stated = {f"Device_Model.{name}": text for name, text in self.values.items() if name != COUNT}
        return device_model(
            {name: text.zfill(2) if name in ONE_PAIR and lost_its_zero(text) else text for name, text in stated.items()}
        )


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a fleet with the plan for it."""

    line: FleetLine
    plan: Plan

    def as_object(self) -> dict[str, object]:
        """Give the plan as JSON says it, with what is installed."""
        return {"installed": dict(self.line.values), **self.plan.as_object()}

    def as_row(self) -> list[str]:
        """Give the line's own columns, then `PLANNED`."""
        return [*(self.line.values[name] for name in COLUMNS), *self.planned(self.plan)]

    @staticmethod
    def planned(told: Plan) -> list[str]:
        """Give a plan by the columns of `PLANNED`."""
        steps = "" if told.steps is None else str(told.steps)
        way = [told.start, told.goal, told.next, steps, str(told.count)]
        return [*way, " ".join(told.blocked), told.as_of, told.note]


def read_fleet(content: bytes) -> tuple[FleetLine, ...]:
    """Read a fleet's CSV file; its columns stand in any order, further ones are ignored.

    Raises:
        UnreadableFleetError: it is none.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "it is no text in UTF-8."
        raise UnreadableFleetError(message) from error
    header, *_ = text.splitlines() or [""]
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = f"it is no CSV file: {error}."
        raise UnreadableFleetError(message) from error
    return tuple(_lines(rows))


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[FleetLine]:
    names = [name.strip().casefold().removeprefix("device_model.") for name in rows[0]] if rows else []
    missing = [name for name in COLUMNS if name not in names and name != COUNT]
    if missing:
        message = f"it lacks the columns {', '.join(missing)}."
        raise UnreadableFleetError(message)
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        message = f"it has the column {twice[0]} twice."
        raise UnreadableFleetError(message)
    for row in rows[1:]:
        stated = {name: text.strip() for name, text in zip(names, row, strict=False)}
        if any(stated.values()):
            yield FleetLine({name: stated.get(name, "") for name in COLUMNS})


def plan_fleet(releases: Releases, lines: Sequence[FleetLine]) -> Iterator[PlannedLine]:
    """Plan every line; equal Device Models are planned once."""
    planned: dict[tuple[str, ...], Plan] = {}
    for line in lines:
        key = line.key
        if key not in planned:
            planned[key] = _plan(releases, key)
        yield PlannedLine(line, planned[key])


def _plan(releases: Releases, key: tuple[str, ...]) -> Plan:
    matching = releases.of_device_model(key)
    if not matching:
        return _unplanned(releases, "This Device Model is not on the list.")
    if len(matching) > 1:
        current = [release for release in matching if release.current] or list(matching)
        if len(current) > 1:
            several = ", ".join(f"{release.numbers} ({release.key[0]})" for release in current)
            return _unplanned(releases, f"Several entries are of this Device Model: {several}.")
        matching = current
    (release,) = matching
    numbers = [entry.number for entry in release.entries if is_current(entry)] or [release.shown]
    return plan(releases, max(numbers))


def _unplanned(releases: Releases, why: str) -> Plan:
    return Plan("", "", "", None, blocked=(why,), as_of=releases.as_of)
