"""A worksheet as the reader of forms takes it: its cells, what hides or joins them, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from intake.extract.sheet.dropdowns import DropDown, ListElsewhere
from intake.extract.sheet.sheetnotes import Notes

MAX_SHEETS = 60
_SEEN = {"ht": 5.0, "width": 1.0}
"""Points of a row's height and characters of a column's width, below which nothing can be read."""


class Cell(Protocol):
    """Protocol of a cell, whoever has read it."""

    @property
    def value(self) -> object:
        """Text, number, truth value, date or time; None where it is empty."""

    @property
    def data_type(self) -> str:
        """``f`` a formula, ``e`` an error, anything else what the value says."""

    @property
    def number_format(self) -> str:
        """How the value is shown."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet's place in the workbook."""

    name: str
    visible: bool
    part: str
    very_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet and what hides or joins them."""

    sheet: Sheet
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...]
    """First column, first row, last column, last row."""
    hidden_rows: frozenset[int]
    hidden_columns: tuple[tuple[int, int], ...]
    faults: Mapping[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Texts of a cell, by row and column, that a person does not read as they are kept, each with the reason."""
    notes: Notes = field(default_factory=Notes)
    page_texts: tuple[str, ...] = ()
    """What is printed at the head and foot of its pages."""
    drop_downs: tuple[DropDown, ...] = ()
    """The ranges of each drop-down list that holds its values itself, and the values."""
    lists: tuple[ListElsewhere, ...] = ()
    """The ranges of each drop-down list whose values stand in cells, and where."""

    def offered(self, row: int, column: int) -> frozenset[str]:
        """Give the values of the cell's drop-down list, as far as they are known."""
        values = (
            values
            for ranges, values in self.drop_downs
            if any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in ranges)
        )
        return next(values, frozenset())

    def hidden(self, row: int, column: int) -> bool:
        """Tell whether the cell is hidden."""
        if not self.sheet.visible or row in self.hidden_rows:
            return True
        return any(first <= column <= last for first, last in self.hidden_columns)

    def joined(self, row: int, column: int) -> bool:
        """Tell whether the cell is merged with others."""
        return any(
            left <= column <= right and top <= row <= bottom and (left, top) != (right, bottom)
            for left, top, right, bottom in self.merged
        )

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Give the cell that holds this one's value: itself, or the first cell of its merged range."""
        for left, top, right, bottom in self.merged:
            if left <= column <= right and top <= row <= bottom:
                return top, left
        return row, column


def is_hidden(line: Mapping[str, str], size: str) -> bool:
    """Tell whether a row or column is marked hidden or too small to be seen."""
    return line.get("hidden") in {"1", "true"} or _number(line.get(size), _SEEN[size]) < _SEEN[size]


def _number(stated: str | None, otherwise: float) -> float:
    try:
        return float(stated) if stated is not None else otherwise
    except ValueError:
        return otherwise
