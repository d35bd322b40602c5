"""Reads the values of drop-down lists that stand in cells, on the form's own sheet or on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from intake.extract.sheet.cells import text_of
from intake.extract.sheet.dropdowns import Area, DropDown, place_of
from intake.extract.sheet.grid import Grid, Sheet
from intake.extract.sheet.sheetscan import Scan
from intake.extract.unreadable import UnreadableError

_MOST_LISTS = 40
"""Lists of a form that are looked up; it has a dozen."""
_MOST_VALUES = 1_000


class Workbook(Protocol):
    """Protocol of an opened workbook of either kind."""

    doubt: str | None
    """Why two readers could read the workbook's frame differently."""
    names: dict[str, str]
    """The ranges of cells that have names, by these in small letters."""

    def sheets(self) -> Iterator[Sheet]:
        """List the sheets in the order of their tabs."""

    def scan(self, sheet: Sheet, *, wanted: bool) -> Scan:
        """Scan a sheet for the form's header row and for doubtful content."""

    def grid(self, sheet: Sheet) -> Grid:
        """Load a sheet's cells."""


def with_lists(grid: Grid, book: Workbook) -> Grid:
    """Add what the form's lists offer that stand in cells; a list that is calculated or is not there adds nothing."""
    if not grid.lists:
        return grid
    return replace(grid, drop_downs=(*grid.drop_downs, *_drop_downs(grid, book)))


def _drop_downs(grid: Grid, book: Workbook) -> Iterator[DropDown]:
    grids: dict[str, Grid | None] = {grid.sheet.name.casefold(): grid}
    for ranges, stated in grid.lists[:_MOST_LISTS]:
        place = place_of(stated, book.names)
        if place is None:
            continue
        name = (place[0] or grid.sheet.name).casefold()
        if name not in grids:
            grids[name] = _elsewhere(name, book)
        cells = grids[name]
        if cells is not None:
            yield ranges, frozenset(_values(cells, place[1]))


def _elsewhere(name: str, book: Workbook) -> Grid | None:
    """Load another sheet of the workbook; None where there is none, or it is larger than is read or damaged.

    The form itself is judged without what such a sheet offers.
    """
    sheet = next((sheet for sheet in book.sheets() if sheet.name.casefold() == name), None)
    if sheet is None:
        return None
    try:
        book.scan(sheet, wanted=True)  # to the end: it bounds what is loaded
    except UnreadableError:
        return None
    return book.grid(sheet)


def _values(grid: Grid, cells: Area) -> Iterator[str]:
    left, top, right, bottom = cells
    values = (
        text_of(cell).strip()
        for (row, column), cell in grid.cells.items()
        if top <= row <= bottom and left <= column <= right
    )
    for _, value in zip(range(_MOST_VALUES), filter(None, values), strict=False):
        yield value
