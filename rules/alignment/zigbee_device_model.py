"""The Device Model on the form is the one on the ZigBee certificate.

What: manufacturer, model, hardware version (both parts, `VV_RR` on the certificate) and firmware version are the same
hexadecimal text on both. A certificate in plain words, such as `12.3 (Stack 1.2.3.4)`, is put before a person, as is
a label that could not be read. Of several certificates, the one whose number the form states is compared.
Where release notes or other evidence come with another model's certificate, alignment.zigbee_reuse judges instead.
Why: an assurance certificate counts only if it expressly names the Device Model.
Good: the form says `12:03:12:34` and the certificate `12:03:12:34`.
Bad: the form says `12:03:12:34` and the certificate `12:03:12:35`.
What to do: correct the form or have the certificate corrected; for a certificate that is used again for another
firmware, add the release notes that name the ZigBee module and its certificate.
Clause: guidance appendix A 2.6 to 2.9, since 1 December 2017; SEC F2.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.alignment._compare import complaints
from rules.alignment._device_model import ZIGBEE, device_model, reused
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Where there is a ZigBee certificate and it is not used again for another model."""
    return ZIGBEE.applies(dossier) and not reused(dossier)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every field that differs, and ask about every field that cannot be compared."""
    certificate = ZIGBEE.meant(dossier)
    if certificate is None:
        yield ZIGBEE.unclear(dossier)
    else:
        yield from complaints(device_model(dossier, certificate))


RULE = Rule(
    id="alignment.zigbee_device_model",
    title="The Device Model is the ZigBee certificate's",
    citation="Guidance appendix A 2.6 to 2.9; SEC F2.5",
    check=check,
    applies=applies,
)
