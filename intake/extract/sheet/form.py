"""Finds the form on a sheet by its header row and reads its rows by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import category

from intake.extract.sheet.addresses import column_letters
from intake.extract.sheet.cells import kind_of, text_of
from intake.extract.sheet.grid import Grid
from intake.extract.sheet.sheetscan import HEADER_ROWS, folded
from intake.extract.unreadable import BOOK_DETAILS
from rules.facts import CellKind, FormRow, Where

MAX_ROWS = 300
"""Rows read below the header; the longest form has 34."""
MAX_HEADER_COLUMN = 40
_VALUE_COLUMN = 7
"""Where the values stand, counted from the column of the groups."""
_DETAILS = "new entry's details"
_VALID = "valid values"
_OTHERS = ("data group", "data attribute", "notes", "conditionality rule", "format", _VALID)
_QUOTES = str.maketrans(
    dict.fromkeys(
        "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
        "\N{ACUTE ACCENT}\N{GRAVE ACCENT}\N{PRIME}",
        "'",
    )
)
_BEHIND = " :*"
"""Marks that people put behind a label."""
_BROKEN = re.compile(r"_ (?=\S)")
_SECAS_GROUP = "entry"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns and rows of the form on its sheet, from its header row."""

    header: int
    group: int
    attribute: int
    value: int
    doubt: str | None = None
    """Why it cannot be told in which column the values stand."""
    valid: int | None = None
    """Where the form lists the values that may be chosen."""


HEADLESS = Layout(header=0, group=1, attribute=2, value=_VALUE_COLUMN)
"""Where the columns of the form stand when its header row is gone."""


def layout_of(grid: Grid) -> Layout | None:
    """Find the header row; None where the sheet has none."""
    rows: dict[int, list[tuple[str, int]]] = {}
    for (row, column), cell in grid.cells.items():
        if row <= HEADER_ROWS and column <= MAX_HEADER_COLUMN and isinstance(cell.value, str):
            rows.setdefault(row, []).append((cell.value, column))
    for row in sorted(rows):
        heads: dict[str, list[int]] = {}
        for text, column in rows[row]:
            heads.setdefault(_header(text), []).append(column)
        if "data group" in heads and "data attribute" in heads:
            group = heads["data group"][0]
            value, doubt = _value_column(heads, group + _VALUE_COLUMN - 1)
            valid = next(iter(heads.get(_VALID, ())), None)
            return Layout(row, group, heads["data attribute"][0], value, doubt, valid)
    return None


def _value_column(heads: Mapping[str, Sequence[int]], usual: int) -> tuple[int, str | None]:
    """Find the column under `New Entry's Details`; by default the usual one, unless it has another heading."""
    columns = heads.get(_DETAILS, ())
    if len(columns) == 1:
        return columns[0], None
    others = (column for head in _OTHERS for column in heads.get(head, ()))
    doubtful = len(columns) > 1 or usual in others
    return columns[0] if columns else usual, BOOK_DETAILS if doubtful else None


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
    """Tell whether any cell for the submitter is filled."""
    return any(row.filled for row in rows if row.group.casefold() != _SECAS_GROUP)


def _header(text: str) -> str:
    return folded(text.translate(_QUOTES)).rstrip(_BEHIND)


def _label(grid: Grid, row: int, column: int) -> str:
    """Clean a label of invisible characters and of breaks that a narrow cell put behind an underscore."""
    seen = text_of(grid.cells.get(grid.anchor(row, column)))
    if not seen.isascii():
        seen = "".join(char for char in seen if category(char) != "Cf")
    label = " ".join(seen.split())
    return (_BROKEN.sub("_", label) if "_ " in label else label).rstrip(_BEHIND)


def _row(grid: Grid, row: int, layout: Layout, document: str, labels: tuple[str, str]) -> FormRow:
    cell = grid.cells.get((row, layout.value))
    kind = kind_of(cell)
    return FormRow(
        group=labels[0],
        attribute=labels[1],
        value=text_of(cell),
        kind=kind,
        where=Where(document, sheet=grid.sheet.name, cell=f"{column_letters(layout.value)}{row}"),
        number_format=str(cell.number_format) if cell is not None and kind is not CellKind.EMPTY else "General",
        hidden=grid.hidden(row, layout.value),
        merged=grid.joined(row, layout.value),
        offered=kind is CellKind.TEXT and text_of(cell).strip() in _offered(grid, row, layout),
    )


def _offered(grid: Grid, row: int, layout: Layout) -> frozenset[str]:
    """The values that the form itself offers for the cell: in its drop-down list, or in the column beside it."""
    beside = text_of(grid.cells.get((row, layout.valid))) if layout.valid is not None else ""
    return grid.offered(row, layout.value) | frozenset(line.strip() for line in beside.splitlines() if line.strip())
