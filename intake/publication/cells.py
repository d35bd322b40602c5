"""Judges one value of the list: what the DCC's loader, or a reader, would stumble over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from intake.publication.loader import Loader
from intake.publication.tables import starts_formula
from rules.fields import FormField
from rules.profile import Field, profiles
from rules.published import IDENTITY, UPGRADE_PATH
from rules.reference import reference
from rules.shapes import SHAPES
from rules.text import naming, printable
from rules.younger import younger

_STATUSES = ("Current", "Removed")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value."""

    what: str
    """A phrase that goes on from the field's name: ``has lower-case letters …``."""
    grave: bool
    """Whether a version that brings it is refused; else it is a blemish that is only told."""


class Judge:
    """Judges values by the form's newest rules and the loader's data, each value once."""

    def __init__(self, loader: Loader, today: date) -> None:
        """Judge by this data; what the loader was seen to refuse goes by `today`, whenever a value was stated."""
        self._loader, self._today = loader, today
        self.faults = lru_cache(maxsize=200_000)(self._faults)

    def _faults(self, name: str, text: str, day: date | None) -> tuple[Fault, ...]:
        """Judge the text of a field, by the form's name of it.

        Args:
            name: of the field.
            text: as published.
            day: the day on which the value was stated; None for long ago, when other values may have been right.
        """
        return (*_of_characters(text), *self._of_meaning(name, text.strip(), day))

    def _of_meaning(self, name: str, text: str, day: date | None) -> Iterator[Fault]:
        if not text:
            if name in IDENTITY:
                yield Fault("is empty", grave=True)
            return
        field = _rows().get(name)
        if name == FormField.ENTRY_STATUS and text not in _STATUSES:
            yield Fault("is neither Current nor Removed", grave=True)
        if field is not None and field.shape is not None:
            yield from _of_shape(field, text)
        yield from self._of_length(name, field, text)
        yield from self._of_name(name, field, text, day)

    def _of_length(self, name: str, field: Field | None, text: str) -> Iterator[Fault]:
        most = self._loader.octets.get(name) or (field.octets if field is not None else None)
        length = len(text.encode("utf-8", "replace"))
        if most is not None and length > most:
            yield Fault(f"has {length} bytes, {most} at most", grave=True)

    def _of_name(self, name: str, field: Field | None, text: str, day: date | None) -> Iterator[Fault]:
        loadable = self._loader.names(name, day)
        if loadable is not None:
            if text not in loadable:
                yield Fault(f"“{text}” is no name that the DCC's loader knows", grave=True)
        elif field is not None and field.choices is not None:
            offered = reference().values(field.choices) if day is None else reference().offered(field.choices, day)
            if text not in offered:
                unknown = younger(field.choices, text)
                words = "is younger than our list of values" if unknown else "is no value of the form"
                yield Fault(f"“{text}” {words}", grave=not unknown)
        if day is not None and self._loader.waits_for(name, text, day):
            yield Fault(f"“{text}” cannot be loaded by the DCC yet", grave=True)
        for refusal in self._loader.refusals(name, text, self._today):
            yield Fault(f"{refusal.what}, which the DCC's loader has refused: {refusal.reason}", grave=True)


def _of_characters(text: str) -> Iterator[Fault]:
    if text != text.strip():
        yield Fault("has blanks around it", grave=False)
    odd = next((character for character in text.strip() if not printable(character)), None)
    if odd is not None:
        yield Fault(f"has a character that is not printable ASCII: {naming(odd)}", grave=True)
    if starts_formula(text.strip()):
        yield Fault(f"begins with “{text.strip()[0]}”, which a spreadsheet takes for a formula", grave=True)


def _of_shape(field: Field, text: str) -> Iterator[Fault]:
    shape = SHAPES[field.shape or ""]
    if not shape.fits(text):
        lower = field.shape != "date" and shape.fits(text.upper())
        words = "has lower-case letters, which the DCC's loader refuses" if lower else f"is not {shape.expected}"
        yield Fault(words, grave=True)
    elif field.highest is not None and text > field.highest:
        yield Fault(f"is above {field.highest}", grave=True)


@cache
def _rows() -> Mapping[str, Field]:
    """The newest form's fields by the names that the list knows."""
    rows = {field.name: field for field in profiles()[0].fields}
    path = next((field for field in rows.values() if field.also and re.search("upgrade path", field.also)), None)
    return rows if path is None else {**rows, UPGRADE_PATH: path}
