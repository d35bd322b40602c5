"""Certificates that the list has for other models are noted.

What: the numbers of the CPA, DLMS and ZigBee certificates stand on the list for no other model.
Why: one certificate often covers several models, rightly; the note shows which, so that a slip is seen.
Good: a certificate that the list does not have, or has for this very model.
Noted: a ZigBee certificate that the list has for five other models.
Bad: nothing; this rule only takes note.
What to do: nothing needs to be done.
Clause: guidance appendix A 2.2, 2.10 and SEC Appendix Z section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.finding import Finding
from rules.form import text_named
from rules.published import CERTIFICATES, MODEL, certificate_key, key_of, listed, published
from rules.register._entry import key, lines, list_given, text
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states a certificate."""
    return list_given(dossier) and any(text(dossier, name) for name in CERTIFICATES)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Note every certificate that the list has for other models."""
    for name in CERTIFICATES:
        cell = text_named(dossier, name)
        others = _others(dossier, name)
        if cell is not None and others:
            yield cell.fault(f"is on the list for other models too: entry {listed(others)}.")


def _others(dossier: Dossier, name: FormField) -> list[RegisterEntry]:
    wanted, model = certificate_key(name, text(dossier, name)), key(dossier, MODEL)
    return [
        line
        for line in lines(dossier)
        if wanted and certificate_key(name, published(line, name)) == wanted and key_of(line, MODEL) != model
    ]


RULE = Rule(
    id="register.certificate_reuse",
    title="Certificates that the list has for other models",
    citation="Guidance appendix A 2.2 and 2.10; SEC Appendix Z 5",
    check=check,
    applies=applies,
)
