"""A ZigBee certificate that is used again for another Device Model is looked at by a person.

What: where the certificate is for another model and release notes or other evidence came with it, the rule says which
fields differ and which evidence was given. alignment.reuse_evidence says what the evidence lacks.
Why: a change of firmware that leaves the ZigBee module alone needs no new certificate, if the evidence clearly names
the ZigBee module and the certificate that belongs to it.
Good: a certificate that names this very Device Model; then nothing needs to be shown.
Bad: nothing as such; every reuse is a question that a person answers.
What to do: see that the release notes name the ZigBee module, its certificate, and state that nothing has changed
that would need a new certificate. The evidence is restricted: it is kept for audit and never published.
Clause: guidance appendix A 2.10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.alignment._device_model import evidence, reused
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where the certificate is for another model and evidence was given."""
    return bool(reused(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask about every field that does not agree, naming the evidence."""
    given = ", ".join(document.name for document in evidence(dossier))
    for result in reused(dossier):
        told = result.finding().adding(f"Evidence given: {given} (restricted: kept for audit, never published).")
        yield replace(told, internal=True)


RULE = Rule(
    id="alignment.zigbee_reuse",
    title="A ZigBee certificate used again is backed by evidence",
    citation="Guidance appendix A 2.10",
    check=check,
    applies=applies,
)
