"""Two lists in what both can say: a file empties nothing that it has no column for; the DCC's copy has no colons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from intake.publication import dcc
from rules.facts import RegisterEntry
from rules.fields import MODEL_AND_HARDWARE
from rules.published import COLUMNS

_TOGETHER = COLUMNS.get(MODEL_AND_HARDWARE, str(MODEL_AND_HARDWARE))
"""A column that the DCC's copy alone has."""
_BEHIND = 3
"""Columns of the DCC's copy that come before an entry's values: version, number, status."""


@dataclass(frozen=True, slots=True)
class Side:
    """A list, and the columns that it has."""

    entries: Sequence[RegisterEntry]
    columns: frozenset[str] | None = None
    """None where it has whatever an entry may say."""

    @property
    def is_dcc_copy(self) -> bool:
        """Whether it is as the DCC loads it."""
        return self.columns is not None and _TOGETHER in self.columns


def of_file(entries: Sequence[RegisterEntry], besides: Iterable[str] = ()) -> Side:
    """Give a list that was read from a file, whose columns are those that any entry names.

    Args:
        entries: as they were read.
        besides: further columns of its form, which leaves out of each entry what that does not fill.
    """
    named = {name for entry in entries for name in entry.fields}
    return Side(entries, frozenset((named | {*besides}) - {dcc.VERSION}))


def comparable(before: Side, after: Side) -> tuple[Sequence[RegisterEntry], Sequence[RegisterEntry]]:
    """Give both lists in the columns that both have, and in the DCC's form where one has that."""
    sides = (
        [_as_dcc_copy(side) for side in (before, after)] if before.is_dcc_copy or after.is_dcc_copy else [before, after]
    )
    columns = [side.columns for side in sides if side.columns is not None]
    if columns:
        both = columns[0].intersection(*columns)
        sides = [Side([narrowed(entry, both) for entry in side.entries]) for side in sides]
    return sides[0].entries, sides[1].entries


def narrowed(entry: RegisterEntry, columns: Iterable[str]) -> RegisterEntry:
    """Give an entry with nothing but what it says in these columns."""
    wanted = frozenset(columns)
    return replace(entry, fields={name: text for name, text in entry.fields.items() if name in wanted})


def _as_dcc_copy(side: Side) -> Side:
    """The same as the DCC loads it; what a copy of that kind says itself stays."""
    if side.is_dcc_copy:
        return side
    names = dcc.HEADER[_BEHIND:]
    rows = ((entry, dcc.row(entry, "")[_BEHIND:]) for entry in side.entries)
    return Side([replace(entry, fields=dict(zip(names, row, strict=True))) for entry, row in rows], frozenset(names))
