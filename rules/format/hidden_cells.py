"""No filled cell is hidden from the reader.

What: a filled cell's row, column and sheet can be seen when the workbook is opened.
Why: what a person approves must be what a person can see.
Good: the form as SECAS issues it.
Bad: a form whose row Manufacturer_Image.hash is hidden while its cell is filled.
What to do: unhide the rows, columns and sheets of the form and check what stands there.
Clause: guidance section 3, step 3: the form is completed in the cells that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import cells, recognised
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every filled cell that is hidden."""
    for cell in cells(dossier):
        if cell.row.hidden and cell.filled:
            yield cell.fault("is filled in but hidden.", expected="a cell that can be seen")


RULE = Rule(
    id="format.hidden_cells",
    title="Filled cells can be seen",
    citation="Guidance 3, step 3",
    check=check,
    applies=recognised,
)
