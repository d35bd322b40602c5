"""What the DCC's loader is known to take, as dated data: ``loader.toml``, and what it was seen to refuse since."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rules.reference import Span


@dataclass(frozen=True, slots=True)
class Known:
    """Names of a column that the loader knows for a time."""

    field: str
    values: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NotYet:
    """A value that the loader does not take for a time, though the form has it."""

    field: str
    value: str
    span: Span


class RefusalKind(StrEnum):
    """What of a field's text the loader refuses."""

    VALUE = "is"
    CONTAINS = "contains"
    LONGER = "is longer than"
    """So many octets."""


@dataclass(frozen=True, slots=True)
class SeenRefusal:
    """Something that the loader was seen to refuse, and that people made a rule of."""

    field: str
    kind: RefusalKind
    value: str
    """Of ``is longer than``: a number."""
    span: Span
    reason: str
    """What the loader said."""

    @property
    def what(self) -> str:
        """What it refuses, as it goes on from the field's name: ``is “A”``, ``is longer than 20 bytes``."""
        return f"{self.kind.value} " + (f"{self.value} bytes" if self.kind is RefusalKind.LONGER else f"“{self.value}”")

    def refuses(self, text: str) -> bool:
        """Tell whether it refuses this text, without blanks around it."""
        if self.kind is RefusalKind.LONGER:
            return len(text.encode("utf-8", "replace")) > int(self.value)
        return self.value in text if self.kind is RefusalKind.CONTAINS else self.value == text


@dataclass(frozen=True)
class Loader:
    """Everything that is known of the loader; fields go by the form's names."""

    octets: Mapping[str, int]
    known: tuple[Known, ...]
    not_yet: tuple[NotYet, ...]
    seen: tuple[SeenRefusal, ...] = ()

    def names(self, field: str, day: date | None) -> frozenset[str] | None:
        """Give the names it knows of a field on a day, or ever where none is given; None where it knows no table."""
        of_field = [table for table in self.known if table.field == field]
        if not of_field:
            return None
        return frozenset(name for table in of_field if day is None or table.span.covers(day) for name in table.values)

    def waits_for(self, field: str, value: str, day: date) -> bool:
        """Tell whether it does not take this value yet."""
        return any(
            refusal.field == field and refusal.value == value and refusal.span.covers(day) for refusal in self.not_yet
        )

    def refusals(self, field: str, text: str, day: date) -> Iterator[SeenRefusal]:
        """Give what it was seen to refuse of a field, and holds of this text on this day."""
        for refusal in self.seen:
            if refusal.field == field and refusal.span.covers(day) and refusal.refuses(text):
                yield refusal


@cache
def loader() -> Loader:
    """Give the data that this program carries."""
    return read_loader(files("intake.publication").joinpath("loader.toml").read_text("utf-8"))


def read_loader(text: str) -> Loader:
    """Read such data.

    Raises:
        KeyError, TypeError, tomllib.TOMLDecodeError: it is none.
    """
    table = tomllib.loads(text)
    return Loader(
        dict(table.get("octets", {})),
        tuple(Known(row["field"], tuple(row["values"]), _span(row)) for row in table.get("known", ())),
        tuple(NotYet(row["field"], row["value"], _span(row)) for row in table.get("not_yet", ())),
    )


def _span(row: Mapping[str, date]) -> Span:
    return Span(row.get("from"), row.get("until"))
