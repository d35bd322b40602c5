"""Form editions as data: which rows a New Entry form has and what each may hold (``profiles/form-*.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclasses_field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from rules.facts import FormRow, NewEntry, folded
from rules.remembered import once_a_form


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
    prefixes_from: date | None = None
    """The day since which it does; None where it always did."""
    emails: bool = False
    """The value is one or several e-mail addresses, separated by semicolons."""
    padded: bool = False
    """The form's own list had blanks around its values, so that blanks are nobody's fault."""
    certain: bool = True
    """Whether the edition is known to have the row under this label."""
    also: str | None = None
    """Words by which the row is known where its label is not known to the letter."""

    @property
    def name(self) -> str:
        """The form's own name of the field: ``<Data Group>.<Data Attribute>``."""
        return f"{self.group}.{self.attribute}"

    def means(self, label: str) -> bool:
        """Tell whether a row of this folded label is this field's."""
        return label == folded(self.name) or (self.also is not None and self.also in label)

    def rows_in(self, new_entry: NewEntry) -> tuple[FormRow, ...]:
        """Give every row of the form that is this field's, in the form's order."""
        if self.also is None:
            return new_entry.named(self.name)
        return tuple(row for row in new_entry.rows if self.means(folded(row.field)))

    def prefixes_on(self, day: date) -> tuple[str, ...]:
        """Give the prefixes that the value needs on the day."""
        return self.prefixes if (self.prefixes_from or date.min) <= day else ()

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
    _by_label: Mapping[str, Field] = dataclasses_field(init=False, compare=False, repr=False)
    _worded: tuple[Field, ...] = dataclasses_field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Put the fields in order by their labels, and apart those that are known by words as well."""
        by_label = {folded(field.name): field for field in reversed(self.fields)}
        object.__setattr__(self, "_by_label", by_label)
        object.__setattr__(self, "_worded", tuple(field for field in self.fields if field.also is not None))

    def field(self, name: str) -> Field | None:
        """Give the field that a row of this name is, whatever its case; the first of several."""
        wanted = folded(name)
        own = self._by_label.get(wanted)
        worded = next((field for field in self._worded if field.means(wanted)), None)
        if own is None or worded is None:
            return own or worded
        return min(own, worded, key=self.fields.index)

    def distance(self, labels: frozenset[str]) -> tuple[int, int]:
        """Count the folded labels that are missing or unknown; and, of the rows that are not certain, the missing ones.

        The second number tells an edition with a further row from the one before it.
        """
        expected, known_labels = self._compared(labels)
        doubtful = [field for field in self.fields if not field.certain]
        absent = [field for field in doubtful if not any(field.means(label) for label in labels)]
        return len(expected - labels) + len(labels - known_labels), len(absent)

    def near(self, labels: frozenset[str]) -> bool:
        """Tell whether at least two in three of the certain rows are there, and of the labels two in three known."""
        expected, known_labels = self._compared(labels)
        return 3 * len(expected & labels) >= 2 * len(expected) and 3 * len(known_labels) >= 2 * len(labels)

    def _compared(self, labels: frozenset[str]) -> tuple[set[str], set[str]]:
        """The labels that the edition must have, and those of the form that it knows."""
        expected = {folded(field.name) for field in self.fields if field.certain}
        return expected, {label for label in labels if self.field(label) is not None}


@once_a_form
def recognise(new_entry: NewEntry) -> Profile | None:
    """Give the edition whose set of labels is nearest; None where none is near.

    Of editions with the same labels it is the latest: what the earlier ones asked for differs in dated things alone
    (choices, combinations, prefixes), which are judged by the day.
    A missing, an unknown or a doubled row does not hinder it; `format.form_rows` and `format.form_edition` speak of it.
    """
    return _nearest(frozenset(folded(row.field) for row in new_entry.rows))


def profiles() -> tuple[Profile, ...]:
    """Give every edition this program carries, the newest first."""
    return tuple(map(profile, editions()))


@cache
def editions() -> tuple[str, ...]:
    """Name every edition this program carries, the newest first."""
    names = [item.name for item in _folder().iterdir() if item.name.startswith(_FILE)]
    return tuple(sorted((name.removeprefix(_FILE).removesuffix(".toml") for name in names), reverse=True))


@cache
def profile(edition: str) -> Profile:
    """Give an edition by its name; it is read when it is first asked for, as few forms are old ones."""
    return Profile(edition, tuple(map(_field, _entries(edition))), _table(edition).get("replaced_on"))


@lru_cache(maxsize=64)
def _nearest(labels: frozenset[str]) -> Profile | None:
    near = []
    for candidate in map(profile, editions()):
        if candidate.near(labels):
            near.append(candidate)
            if candidate.distance(labels) == _NONE_NEARER:
                break
    return min(near, key=lambda candidate: candidate.distance(labels), default=None)


_FILE = "form-"
_NONE_NEARER = (0, 0)


def _folder() -> Traversable:
    return files("rules").joinpath("profiles")


@cache
def _table(edition: str) -> Mapping[str, Any]:
    return tomllib.loads(_folder().joinpath(f"{_FILE}{edition}.toml").read_text("utf-8"))


def _entries(edition: str) -> list[dict[str, Any]]:
    """The edition's own rows, after those of the edition that it is like, with what it changes in them.

    Raises:
        KeyError: it changes a row that is not there.
    """
    table = _table(edition)
    before = _entries(table["like"]) if "like" in table else []
    rows = {(entry["group"], entry["attribute"]): dict(entry) for entry in before}
    for change in table.get("changed", ()):
        rows[change["group"], change["attribute"]].update(change)
    return [*rows.values(), *table.get("field", ())]


def _field(entry: Mapping[str, Any]) -> Field:
    """Build a field; an unknown key in the table is an error, so that a slip of the pen is seen at once."""
    settings = dict(entry)
    presence = settings.pop("presence")
    table = {"otherwise": presence} if isinstance(presence, str) else presence
    settings["prefixes"] = tuple(settings.get("prefixes", ()))
    return Field(presence={case: Presence(word) for case, word in table.items()}, **settings)
