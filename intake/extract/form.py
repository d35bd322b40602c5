"""Finds the form on a sheet by its header row and reads its rows by their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter

from intake.extract.book import Grid
from intake.extract.cells import kind_of, text_of
from intake.extract.sheetscan import HEADER_ROWS, folded
from rules.facts import CellKind, FormRow, Where

MAX_ROWS = 300
"""Rows read below the header; the longest form has 34."""
MAX_HEADER_COLUMN = 40
_VALUE_COLUMN = 7
_SECAS_GROUP = "entry"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the form stands on its sheet, as its header row says."""

    header: int
    group: int
    attribute: int
    value: int


HEADLESS = Layout(header=0, group=1, attribute=2, value=_VALUE_COLUMN)
"""Where the columns of the form stand when its header row is gone."""


def layout_of(grid: Grid) -> Layout | None:
    """Find the header row; None where the sheet has none."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in grid.cells.items():
        if row <= HEADER_ROWS and column <= MAX_HEADER_COLUMN and isinstance(cell.value, str):
            rows.setdefault(row, {}).setdefault(_header(cell.value), column)
    for row in sorted(rows):
        heads = rows[row]
        if "data group" in heads and "data attribute" in heads:
            value = heads.get("new entry's details", _VALUE_COLUMN)
            return Layout(row, heads["data group"], heads["data attribute"], value)
    return None


def rows_of(grid: Grid, layout: Layout, document: str) -> Iterator[FormRow]:
    """Read every row below the header that has a group and an attribute, or one of them and a value."""
    last = min(max((row for row, _ in grid.cells), default=0), layout.header + MAX_ROWS)
    for row in range(layout.header + 1, last + 1):
        group = _label(grid, row, layout.group)
        attribute = _label(grid, row, layout.attribute)
        entry = _row(grid, row, layout, document, (group, attribute))
        if (group and attribute) or ((group or attribute) and entry.filled):
            yield entry


def filled_by_submitter(rows: tuple[FormRow, ...]) -> bool:
    """Whether any cell that the submitter fills in holds something."""
    return any(row.filled for row in rows if row.group.casefold() != _SECAS_GROUP)


def _header(text: str) -> str:
    return folded(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{MODIFIER LETTER APOSTROPHE}", "'"))


def _label(grid: Grid, row: int, column: int) -> str:
    return " ".join(text_of(grid.cells.get(grid.anchor(row, column))).split())


def _row(grid: Grid, row: int, layout: Layout, document: str, labels: tuple[str, str]) -> FormRow:
    cell = grid.cells.get((row, layout.value))
    kind = kind_of(cell)
    return FormRow(
        group=labels[0],
        attribute=labels[1],
        value=text_of(cell),
        kind=kind,
        where=Where(document, sheet=grid.sheet.name, cell=f"{get_column_letter(layout.value)}{row}"),
        number_format=str(cell.number_format) if cell is not None and kind is not CellKind.EMPTY else "General",
        hidden=grid.hidden(row, layout.value),
        merged=grid.joined(row, layout.value),
    )
