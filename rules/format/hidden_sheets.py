"""Sheets that Excel's own menus cannot show are noted.

What: the workbook has no 'very hidden' sheet, which only a program can bring to light.
Why: what stands there is sent along unseen; it is no part of the entry, and nobody has looked at it.
Good: the New Entry tab alone, or the list's whole workbook as it was downloaded.
Noted: a workbook with a very hidden sheet beside the form.
Bad: nothing; this rule only takes note. A form that itself stands on a hidden sheet is asked about
by format.hidden_cells.
What to do: nothing needs to be done; copy the New Entry tab to a workbook of its own to send nothing else.
Clause: guidance section 3, step 4: the tab is saved as a new workbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, Where
from rules.finding import Finding
from rules.rule import Rule
from rules.text import shown


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note every very hidden sheet."""
    entry = dossier.new_entry
    for sheet in entry.very_hidden_sheets:
        where = Where(entry.document, sheet=sheet) if entry.document is not None else None
        message = f"The workbook's sheet '{shown(sheet)}' is hidden from Excel's own menus."
        yield Finding(message=message, where=where, said=shown(sheet))


RULE = Rule(
    id="format.hidden_sheets",
    title="Very hidden sheets of the workbook",
    citation="Guidance 3, step 4",
    check=check,
)
