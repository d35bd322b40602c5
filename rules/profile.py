"""Form editions as data: which rows a New Entry form has and what each may hold (``profiles/form-*.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rules.facts import NewEntry, folded


class Presence(StrEnum):
    """Whether a cell must be filled."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    EMPTY = "empty"
    UNNEEDED = "unneeded"
    """It may be filled, to no purpose."""
    ALLOCATED = "allocated"
    """SECAS fills it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row of an edition of the form."""

    group: str
    attribute: str
    presence: Mapping[str, Presence]
    """By ``smets1``, group of device types, and ``otherwise``; see `rules.device.presences`."""
    shape: str | None = None
    """A name of `rules.shapes.SHAPES`."""
    highest: str | None = None
    """The last value allowed, where the shape alone allows more."""
    octets: int | None = None
    """At most so many, in UTF-8."""
    printable: bool = False
    """Only the characters 32 to 126, none of them a space at either end."""
    choices: str | None = None
    """A table of `rules.reference.Reference.choices`."""
    prefixes: tuple[str, ...] = ()
    """The value begins with one of these."""
    emails: bool = False
    """The value is one or several e-mail addresses, separated by semicolons."""
    padded: bool = False
    """The form's own list had blanks around its values, so that blanks are nobody's fault."""
    certain: bool = True
    """Whether the edition is known to have the row."""

    @property
    def name(self) -> str:
        """The form's own name of the field: ``<Data Group>.<Data Attribute>``."""
        return f"{self.group}.{self.attribute}"

    @property
    def coded(self) -> bool:
        """Whether a machine reads the value, so that a stray blank matters."""
        return (self.shape is not None or self.choices is not None or self.printable) and not self.padded


@dataclass(frozen=True, slots=True)
class Profile:
    """One edition of the form."""

    edition: str
    fields: tuple[Field, ...]
    replaced_on: date | None = None
    """The day on which a later edition took its place, where that is known."""

    def field(self, name: str) -> Field | None:
        """The field of this name, whatever its case."""
        wanted = folded(name)
        return next((field for field in self.fields if folded(field.name) == wanted), None)

    def distance(self, labels: frozenset[str]) -> int:
        """How many folded labels are missing or unknown."""
        known = {folded(field.name) for field in self.fields}
        expected = {folded(field.name) for field in self.fields if field.certain}
        return len(expected - labels) + len(labels - known)

    def near(self, labels: frozenset[str]) -> bool:
        """Whether at least two in three of the certain rows are there, and of the labels two in three known."""
        known = {folded(field.name) for field in self.fields}
        expected = {folded(field.name) for field in self.fields if field.certain}
        return 3 * len(expected & labels) >= 2 * len(expected) and 3 * len(labels & known) >= 2 * len(labels)


@lru_cache(maxsize=16)
def recognise(new_entry: NewEntry) -> Profile | None:
    """The edition whose set of labels is nearest; None where none is near.

    A missing, an unknown or a doubled row does not hinder it; `format.form_rows` and `format.form_edition` speak of it.
    """
    return _nearest(frozenset(folded(row.field) for row in new_entry.rows))


@cache
def profiles() -> tuple[Profile, ...]:
    """Every edition this program carries, the newest first."""
    folder = files("rules").joinpath("profiles")
    tables = [tomllib.loads(item.read_text("utf-8")) for item in folder.iterdir() if item.name.startswith("form-")]
    return tuple(_profile(table) for table in sorted(tables, key=lambda table: table["edition"], reverse=True))


@lru_cache(maxsize=64)
def _nearest(labels: frozenset[str]) -> Profile | None:
    near = [profile for profile in profiles() if profile.near(labels)]
    return min(near, key=lambda profile: profile.distance(labels), default=None)


def _profile(table: Mapping[str, Any]) -> Profile:
    fields = tuple(_field(entry) for entry in table["field"])
    return Profile(edition=table["edition"], fields=fields, replaced_on=table.get("replaced_on"))


def _field(entry: Mapping[str, Any]) -> Field:
    """Build a field; an unknown key in the table is an error, so that a slip of the pen is seen at once."""
    known = dict(entry)
    presence = known.pop("presence")
    table = {"otherwise": presence} if isinstance(presence, str) else presence
    known["prefixes"] = tuple(known.get("prefixes", ()))
    return Field(presence={case: Presence(word) for case, word in table.items()}, **known)
