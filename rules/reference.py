"""Dated reference data: choices, combinations and groups of device types, from ``profiles/reference.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something holds, first and last included; None is open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the day is one of them."""
        return (self.since or date.min) <= day <= (self.until or date.max)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a drop-down list and the days on which it was offered."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Combination:
    """A SMETS or CHTS version and a GBCS version that go together for a device type."""

    device_type: str
    version: str
    gbcs: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything that ``reference.toml`` says."""

    as_of: date
    """The day of the form and tables from which the lists were taken; younger values are not known to them."""
    smets1: str
    """The version that makes a device a SMETS1 device."""
    groups: Mapping[str, tuple[str, ...]]
    """Device types by group: ``zigbee``, ``cpa``, ``dlms`` (who needs which certificate) and ``fir``."""
    aliases: Mapping[str, str]
    """Other names of device types, as certificates may use them."""
    families: Mapping[str, tuple[str, ...]]
    """Names that stand for several device types at once."""
    as_published: Mapping[str, str]
    """Words that the published list itself spells otherwise than the form, with the form's spelling."""
    security_subjects: Mapping[str, tuple[str, ...]]
    """Names by which Security Characteristics call a device, and the form's device types of it."""
    choices: Mapping[str, tuple[Choice, ...]]
    combinations: tuple[Combination, ...]

    def age(self, day: date) -> str:
        """Tell how old the data is on a day: ``reference data of 2022-09, 1521 days old``."""
        return f"reference data of {self.as_of:%Y-%m}, {(day - self.as_of).days} days old"

    @property
    def device_types(self) -> tuple[str, ...]:
        """Every device type of the form."""
        return self.values("device_type")

    def values(self, table: str) -> tuple[str, ...]:
        """Give every value that a table has ever offered."""
        return tuple(choice.value for choice in self.choices[table])

    def offered(self, table: str, day: date) -> tuple[str, ...]:
        """Give the values that a table offers on the day."""
        return tuple(choice.value for choice in self.choices[table] if choice.span.covers(day))


@cache
def reference() -> Reference:
    """Give the reference data this program carries."""
    table = tomllib.loads(files("rules").joinpath("profiles/reference.toml").read_text("utf-8"))
    return Reference(
        as_of=table["as_of"],
        smets1=table["smets1"],
        groups={group: tuple(types) for group, types in table["groups"].items()},
        aliases=table["aliases"],
        families={name: tuple(types) for name, types in table["families"].items()},
        as_published=table["as_published"],
        security_subjects={name: tuple(types) for name, types in table["security_subjects"].items()},
        choices={
            name: tuple(Choice(entry["value"], _span(entry)) for entry in entries)
            for name, entries in table["choices"].items()
        },
        combinations=tuple(
            Combination(device_type, version, gbcs, _span(entry))
            for entry in table["combination"]
            for device_type in entry["types"]
            for version, gbcs in entry["pairs"]
        ),
    )


def _span(entry: Mapping[str, Any]) -> Span:
    return Span(entry.get("from"), entry.get("until"))
