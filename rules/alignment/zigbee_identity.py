"""The form names the ZigBee certificate that was sent, and that certificate is for this type of device.

What: ZSE_Certificate.identification_number is the Certification ID Number of a ZigBee certificate sent, blanks, case
and the length of dashes aside; the Type of Device on it is the form's device type. Another wording of the type, and a
number that differs in its marks alone, are put before a person.
Why: the list names the certificate on which an entry rests, and it must be for the Physical Device Type.
Good: `ZIG18023ZSE12646-24` on both; `Gas Smart Meter` on both.
Bad: `ZIG18023ZSE12646-24` on the form and `ZIG18024ZSE12647-24` on the certificate.
What to do: send the certificate that the form names, or correct the number on the form.
Clause: guidance appendix A 2.8; SEC F2.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import complaints
from rules.alignment._device_model import ZIGBEE, reused, type_of_device
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of another number or type of device, and ask where either cannot be compared."""
    yield from ZIGBEE.identity(dossier)
    certificate = ZIGBEE.referenced_certificate(dossier)
    if certificate is None:
        yield ZIGBEE.ambiguity(dossier)
        return
    compared = type_of_device(dossier, certificate)
    if compared not in reused(dossier):
        yield from complaints([compared])


RULE = Rule(
    id="alignment.zigbee_identity",
    title="The form names the ZigBee certificate that was sent",
    citation="Guidance appendix A 2.8; SEC F2.5",
    check=check,
    applies=ZIGBEE.applies,
)
