"""No entry cell is merged with others.

What: each cell of 'New Entry's Details' stands alone.
Why: of merged cells Excel keeps the first one's value alone and shows it in place of the others', so that two rows may
seem to say what only one of them says.
Good: the form as SECAS issues it.
Bad: the cells of firmware_version and Version_number merged into one.
What to do: unmerge the cells and fill in each of them.
Clause: guidance section 3, step 3: the form is completed in its own cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import NOT_TO_BE_FILLED, cells, recognised
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every merged cell, save an empty one that has no business to be filled."""
    for cell in cells(dossier):
        if cell.row.merged and (cell.filled or cell.presence not in NOT_TO_BE_FILLED):
            yield cell.fault("is merged with other cells.", expected="a cell of its own")


RULE = Rule(
    id="format.merged_cells",
    title="Entry cells are not merged",
    citation="Guidance 3, step 3",
    check=check,
    applies=recognised,
)
