"""The form's ZigBee standard is the one that the certificate was issued against.

What: where the ZigBee certificate states the version of its specification, it is that of ZSE_Certificate.ZSE_version.
A certificate that states none, or no version of the Smart Energy standard, leaves nothing to compare.
Why: the list says which standard a device was tested against, and nobody else looks at it again.
Good: `ZigBee Smart Energy Standard 1.2b` and `Smart Energy 1.2b`.
Bad: `ZigBee Smart Energy Standard 1.4` on the form and `1.2b` on the certificate.
What to do: choose the version that the certificate states, or send the certificate of the version that was chosen.
Clause: New Entry form, ZSE_Certificate.ZSE_version; guidance appendix A 2.8.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import Comparison, complaints
from rules.alignment._device_model import ZIGBEE, standard
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where it is clear which certificate is meant, and it states a version that can be compared."""
    return ZIGBEE.applies(dossier) and bool(_compared(dossier))


def check(dossier: Dossier) -> Iterator[Finding]:
    """Ask where the versions differ, or the certificate states several."""
    yield from complaints(_compared(dossier))


def _compared(dossier: Dossier) -> tuple[Comparison, ...]:
    certificates = ZIGBEE.referenced_certificates(dossier)
    return tuple(result for certificate in certificates for result in standard(dossier, certificate))


RULE = Rule(
    id="alignment.zigbee_specification",
    title="The ZigBee standard is the certificate's",
    citation="New Entry form, ZSE_Certificate.ZSE_version; guidance appendix A 2.8",
    check=check,
    applies=applies,
)
