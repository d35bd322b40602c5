"""The submission has a New Entry form that can be read.

What: there is a workbook, and it holds a New Entry form that can be opened and read.
Why: without the form nothing can be judged; all other rules about the form stay undetermined.
Good: the 'CPL - New Entry' tab saved as a workbook of its own (.xlsx or .xlsm).
Bad: no workbook; a workbook with a password; a picture of the form.
What to do: send the completed form as an ordinary Excel workbook without a password.
Clause: guidance section 3, steps 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import OUR_FAULT, Dossier, Where
from rules.finding import NOTHING_TO_DO, Finding
from rules.rule import Rule
from rules.text import parted


def check(dossier: Dossier) -> Iterator[Finding]:
    """Say what the trouble with the form is."""
    entry = dossier.new_entry
    if entry.trouble is not None:
        where = Where(entry.document) if entry.document is not None else None
        matter, advice = parted(entry.trouble)
        yield Finding(
            message=matter,
            where=where,
            expected="a New Entry form that can be read",
            remedy=NOTHING_TO_DO if OUR_FAULT in entry.trouble else advice,
        )


RULE = Rule(
    id="completeness.form",
    title="There is a New Entry form that can be read",
    citation="Guidance 3, steps 4 and 5",
    check=check,
    needs_form=False,
)
