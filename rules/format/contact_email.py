"""E-mail addresses can be written to.

What: the CPA contact's address and the firmware repository's address look like addresses; several are separated by
semicolons.
Why: notices that a CPA certificate is about to expire go to the contact, twelve and six months before.
Good: `meters@example.test`; `a@example.test; b@example.test`.
Bad: `meters at example.test`; `a@example.test, b@example.test`.
What to do: check the address; separate several by semicolons.
Clause: New Entry form, Contact-CPA and Manufacturer Contact FIR; SEC F2.7; guidance appendix A 2.14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.facts import Dossier
from rules.finding import Finding
from rules.form import recognised, texts
from rules.rule import Rule

_ADDRESS = re.compile(r"[^@\s;,<>]+@[^@\s;,<>.]+(\.[^@\s;,<>.]+)+")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every part between semicolons that is no address."""
    for cell in texts(dossier):
        if not cell.field.emails:
            continue
        parts = [part.strip() for part in cell.text.split(";") if part.strip()]
        wrong = [part for part in parts if not _ADDRESS.fullmatch(part)]
        if wrong or not parts:
            yield cell.fault(
                f"holds what is not an e-mail address: {'; '.join(wrong) or cell.text}",
                expected="one address, or several separated by semicolons",
            )


RULE = Rule(
    id="format.contact_email",
    title="E-mail addresses can be written to",
    citation="New Entry form, Contact-CPA and Manufacturer Contact FIR; SEC F2.7",
    check=check,
    applies=recognised,
)
