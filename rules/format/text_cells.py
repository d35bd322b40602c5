"""Every cell that the submitter fills holds text.

What: no number, date, time, yes-or-no, error or formula stands in a cell of 'New Entry's Details'.
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

from rules.coercion import typed
from rules.facts import CellKind, Dossier
from rules.finding import Finding
from rules.form import NOT_TO_BE_FILLED, Cell, cells, recognised
from rules.rule import Rule

_SPOKEN = {
    CellKind.NUMBER: "a number",
    CellKind.DATE: "a date",
    CellKind.TIME: "a time of day",
    CellKind.BOOLEAN: "a truth value",
    CellKind.ERROR: "an error value",
    CellKind.FORMULA: "a formula",
}


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every filled cell that holds anything but text."""
    for cell in cells(dossier):
        if cell.filled and not cell.is_text and cell.presence not in NOT_TO_BE_FILLED:
            yield cell.fault(_complaint(cell), expected="text", suggestion=typed(cell.field, cell.row))


def _complaint(cell: Cell) -> str:
    """Say what the workbook keeps, and how it shows it."""
    row = cell.row
    kept = f"holds {_SPOKEN.get(row.kind, 'something')}, not text: the workbook keeps {row.value}"
    if row.kind is CellKind.FORMULA:
        return f"{kept}, which last gave {row.cached or 'nothing'}."
    return f"{kept} under the number format {row.number_format}."


RULE = Rule(
    id="format.text_cells",
    title="Entry cells hold text",
    citation="New Entry form, column 'Format'",
    check=check,
    applies=recognised,
)
