"""A workbook carries one entry.

What: no further New Entry sheet of the same workbook is filled in.
Why: one workbook becomes one entry; of two filled forms nobody can say which one is meant.
Good: a workbook with the one New Entry tab.
Bad: a workbook with 'CPL - New Entry' and 'CPL - New Entry (2)', both filled in.
What to do: send each entry as a workbook of its own.
Clause: guidance section 3, step 4: the tab is saved as a new workbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, Where
from rules.finding import Finding
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every further form that is filled in."""
    entry = dossier.new_entry
    for sheet in entry.other_forms:
        where = Where(entry.document, sheet=sheet) if entry.document is not None else None
        message = f"The sheet '{sheet}' of the same workbook is a New Entry form that is filled in too."
        yield Finding(message=message, where=where, said=sheet, expected="one filled form a workbook")


RULE = Rule(
    id="format.one_form",
    title="One workbook carries one entry",
    citation="Guidance 3, step 4",
    check=check,
)
