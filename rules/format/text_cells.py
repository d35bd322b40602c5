"""Every cell that the submitter fills holds text.

What: no number, date, time, yes-or-no, error or formula stands in a cell of 'New Entry's Details'. Of a whole number
that shows all that was typed, such as a DLMS certificate's, a person decides.
Why: Excel changes what is typed into a cell that is not formatted as text, often unseen: `10:02` becomes two minutes
past ten, `01` becomes 1, `1E05` becomes 100000, and a date is kept as a number of days.
Good: `10:02` typed into a cell formatted as text.
Bad: `10:02` that the workbook keeps as 0.418 and shows as 10:02:00; a formula that looks the value up elsewhere.
What to do: format the cell as Text and type the value again, or type an apostrophe first.
The suggestion is what was probably typed: check it, as more than one text may have become this value.
Clause: New Entry form, column 'Format': every value is a UTF-8 string.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.coercion import scientific, typed, unharmed
from rules.facts import CellKind, Dossier, FormRow
from rules.finding import Finding
from rules.form import NOT_TO_BE_FILLED, Cell, cells, recognised
from rules.rule import Rule
from rules.shapes import SHAPES, Pairs
from rules.text import shown

_SPOKEN = {
    CellKind.NUMBER: "a number",
    CellKind.DATE: "a date",
    CellKind.TIME: "a time of day",
    CellKind.BOOLEAN: "TRUE or FALSE",
    CellKind.ERROR: "an error value",
    CellKind.FORMULA: "a formula",
}


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every filled cell that holds anything but text; ask where the number lost nothing."""
    for cell in cells(dossier):
        if cell.filled and not cell.is_text and cell.presence not in NOT_TO_BE_FILLED:
            yield cell.fault(
                _complaint(cell),
                expected="text",
                suggestion=typed(cell.field, cell.row),
                unknown=unharmed(cell.field, cell.row),
            )


def _complaint(cell: Cell) -> str:
    """Say what the workbook keeps, and how it shows it."""
    row = cell.row
    kept = f"holds {_spoken(row)}, not text: the workbook keeps {shown(row.value)}"
    form = f"with the number format {shown(row.number_format)}"
    if row.kind is not CellKind.FORMULA:
        return f"{kept} {form}{_lost(cell)}."
    if row.cached is None:
        return f"{kept} {form}. It was never calculated, so it has no result."
    return f"{kept} {form}. Its last result is {shown(row.cached)}."


def _spoken(row: FormRow) -> str:
    return "a number in scientific notation" if scientific(row) else _SPOKEN.get(row.kind, "something")


def _lost(cell: Cell) -> str:
    """Say that leading zeros are gone, where a value of this shape must have had some."""
    row, shape = cell.row, SHAPES.get(cell.field.shape or "")
    short = isinstance(shape, Pairs) and row.value.isdecimal() and len(row.value) < 2 * shape.count
    return ", without its leading zeros" if short and row.kind is CellKind.NUMBER and not scientific(row) else ""


RULE = Rule(
    id="format.text_cells",
    title="Entry cells hold text",
    citation="New Entry form, column 'Format'",
    check=check,
    applies=recognised,
)
