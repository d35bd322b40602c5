"""Every value is as the program read it.

What: no value of the form or of a certificate that came with it was corrected by a person at SECAS, who says what the
document shows where the program had misread it or could not read it. Each correction is named with what was read, what
it was corrected to, and by whom.
Why: such a value is a person's word, and whatever is found by it hangs on that; nobody may take it for what was read.
Good: certificates with real text, in which every value can be read.
Bad: a scanned certificate whose numbers a person had to type.
What to do: nothing; it is for the person who decides.
Clause: guidance section 3, step 5: the form goes with any required assurance certificates.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.corrected import Corrected
from rules.facts import Dossier, Where
from rules.finding import Finding, Topic
from rules.rule import Rule
from rules.text import shown


def applies(dossier: Dossier) -> bool:
    """Apply where a person has corrected a value."""
    return next(check(dossier), None) is not None


def check(dossier: Dossier) -> Iterator[Finding]:
    """Name every correction of the form under judgement, and of every certificate, as they are shared."""
    for row in dossier.new_entry.rows:
        if row.corrected is not None:
            yield _finding(row.corrected, row.field, row.value, row.where, field=row.field)
    for document in dossier.documents:
        for label, stated in document.certificate.facts.items() if document.certificate is not None else ():
            if stated.corrected is not None:
                yield _finding(stated.corrected, f"'{label}' on {document.name}", stated.value, stated.where)


def _finding(corrected: Corrected, what: str, value: str, where: Where, *, field: str | None = None) -> Finding:
    read = "could not be read" if corrected.original is None else f"was read as '{shown(corrected.original)}'"
    became = "stated as" if corrected.original is None else "corrected to"
    message = f"{what} {read}, and was {became} '{shown(value)}' by {shown(corrected.by)}."
    return Finding(message=message, field=field, where=where, topic=Topic(message), internal=True, corrected=corrected)


RULE = Rule(
    id="completeness.corrections",
    title="Every value is as the program read it",
    citation="Guidance 3, step 5",
    check=check,
    applies=applies,
    needs_form=False,
)
