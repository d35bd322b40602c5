"""A Device Model that is added under an existing CPA certificate comes with the confirmation that this needs.

What: where the CPA certificate is another hardware or firmware version's, and nothing says that it is another model's,
the Supplier Party (for a Communications Hub the DCC) must confirm that the versions differ in nothing that matters to
security. The rule asks for it, and names the documents that may be it; a person decides.
Why: one CPA certificate may cover several versions, but the submitter alone cannot say so.
Good: a certificate that names this very hardware and firmware; then nothing needs to be confirmed.
Bad: nothing as such; every addition is a question that a person answers.
What to do: have the Supplier Party, or the DCC for a Communications Hub, confirm it to SECAS directly.
Clause: guidance appendix A 2.4; SEC Appendix Z section 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.alignment._cpa import CPA, added
from rules.alignment._device_model import possible_evidence
from rules.device import device_type
from rules.facts import DocumentKind, Dossier
from rules.finding import Finding
from rules.rule import Rule

_HUB = "Communications Hub"


def applies(dossier: Dossier) -> bool:
    """Apply where the certificate is for another version."""
    return CPA.applies(dossier) and bool(added(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask for the confirmation, field by field."""
    kind = device_type(dossier.new_entry)
    party = "the Supplier Party, or for a Communications Hub the DCC," if kind is None else "the Supplier Party"
    party = "the DCC" if kind == _HUB else party
    letters = (*(document.name for document in dossier.of_kind(DocumentKind.EVIDENCE)), *possible_evidence(dossier))
    sent = f"May be that confirmation: {', '.join(sorted(letters))}." if letters else "No such confirmation was found."
    asked = f"It may be added under the certificate if {party} confirms it to SECAS. {sent}"
    for result in added(dossier):
        finding = result.finding().adding(asked)
        yield replace(
            finding, rests_on=(*finding.rests_on, result.field)
        )  # where ZigBee disagrees too, that comes first


RULE = Rule(
    id="alignment.cpa_added_model",
    title="A Device Model added under a CPA certificate is confirmed",
    citation="Guidance appendix A 2.4; SEC Appendix Z 5",
    check=check,
    applies=applies,
)
