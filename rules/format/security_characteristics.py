"""'Not Relevant' stands for devices without a CPA certificate, and only for them.

What: a Pre-Payment Interface Device marks CPA_Certificate.security_characteristics_version 'Not Relevant' or leaves
it blank; a device that needs a CPA certificate names the version of the Security Characteristics.
Why: the version says what the CPA certificate was issued against; without a certificate there is none.
Good: Pre-Payment Interface Device, `Not Relevant`; Gas Smart Meter, `Security Characteristics version 1.2`.
Bad: the other way round.
What to do: choose the version that the CPA certificate names, or 'Not Relevant' where there is no certificate.
Clause: New Entry form, CPA_Certificate.security_characteristics_version.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.device import needs
from rules.facts import Dossier
from rules.fields import FormField
from rules.finding import Finding
from rules.form import recognised, text_named
from rules.reference import reference
from rules.rule import Rule

_NOT_RELEVANT = "Not Relevant"


def applies(dossier: Dossier) -> bool:
    """Apply where the cell holds one of the form's values; `format.choice` speaks of others."""
    cell = text_named(dossier, FormField.SECURITY_CHARACTERISTICS)
    return recognised(dossier) and cell is not None and cell.text in reference().values("security_characteristics")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain where the value does not fit the kind of device."""
    cell = text_named(dossier, FormField.SECURITY_CHARACTERISTICS)
    needed = needs("cpa", dossier.new_entry)
    if cell is None or needed is None or needed != (cell.text == _NOT_RELEVANT):
        return
    if needed:
        yield cell.fault(
            "is 'Not Relevant' for a device that needs a CPA certificate.", expected="its version", by_kind=True
        )
    else:
        yield cell.fault(
            "names a version for a device without a CPA certificate.", expected=f"'{_NOT_RELEVANT}'", by_kind=True
        )


RULE = Rule(
    id="format.security_characteristics",
    title="'Not Relevant' fits the kind of device",
    citation="New Entry form, CPA_Certificate.security_characteristics_version",
    check=check,
    applies=applies,
)
