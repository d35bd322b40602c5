"""The ZigBee certificate is not known to the list as another manufacturer's alone.

What: where the list has the number in ZSE_Certificate.identification_number, it has it for this
manufacturer_identifier, too.
Why: a ZigBee certificate names one manufacturer. A number that the list has for others only is a slip in the number or
in the manufacturer's code, or a certificate used again, which needs evidence.
Good: a number that the list does not have, or has for other models of the same manufacturer.
Bad: the number of entries 000123 and 000124, both of manufacturer 10:6C, for a device of manufacturer 1A:5D.
What to do: check the number and the manufacturer's code; where both are right, send the evidence for using it again.
Clause: guidance appendix A 2.8 and 2.10.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import text_named
from rules.published import certificate_key, listed, published, same
from rules.register._entry import lines, list_given, text
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a list, and the form states a ZigBee certificate and a manufacturer."""
    stated = (text(dossier, name) for name in (FormField.ZSE_NUMBER, FormField.MANUFACTURER_IDENTIFIER))
    return list_given(dossier) and all(stated)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about a number that the list has for other manufacturers alone."""
    cell, maker = text_named(dossier, FormField.ZSE_NUMBER), text(dossier, FormField.MANUFACTURER_IDENTIFIER)
    wanted = certificate_key(FormField.ZSE_NUMBER, text(dossier, FormField.ZSE_NUMBER))
    entries = [
        line
        for line in lines(dossier)
        if certificate_key(FormField.ZSE_NUMBER, published(line, FormField.ZSE_NUMBER)) == wanted
    ]
    own = any(same(FormField.MANUFACTURER_IDENTIFIER, maker, line) for line in entries)
    if cell is not None and entries and not own:
        makers = ", ".join(sorted({published(line, FormField.MANUFACTURER_IDENTIFIER) for line in entries}))
        yield cell.fault(
            f"is on the list for another manufacturer only, {makers}: entry {listed(entries)}.",
            expected="a certificate of this manufacturer",
        )


RULE = Rule(
    id="register.zigbee_holder",
    title="The ZigBee certificate is not another manufacturer's",
    citation="Guidance appendix A 2.8 and 2.10",
    check=check,
    applies=applies,
)
