"""Dates are real days, written dd/mm/yyyy.

What: CPA_Certificate.expiry_date has two digits, a slash, two digits, a slash and four digits, and is a real day.
Why: the day decides when notices go out and when an entry must be looked at again.
Good: `30/08/2028`; `29/02/2028`.
Bad: `30-08-2028`; `8/30/2028`; `30 August 2028`; `31/11/2028`; `29/02/2027`.
What to do: write the day as dd/mm/yyyy, in a cell formatted as text.
Clause: New Entry form, CPA_Certificate.expiry_date, column 'Format'.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule
from rules.shapes import SHAPES


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every date cell that is no date of the form's format."""
    shape = SHAPES["date"]
    for cell in texts(dossier):
        if cell.field.shape == "date" and not shape.fits(cell.text):
            yield cell.fault(
                "is not a real day in the format that the form requires.",
                expected=shape.expected,
                suggestion=shape.meant(cell.text),
            )


RULE = Rule(
    id="format.date",
    title="Dates are real and written dd/mm/yyyy",
    citation="New Entry form, CPA_Certificate.expiry_date, column 'Format'",
    check=check,
    applies=recognised,
)
