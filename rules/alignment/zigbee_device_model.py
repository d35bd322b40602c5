"""The Device Model on the form is the one on the ZigBee certificate.

What: manufacturer, model, hardware version (both parts, `VV_RR` on the certificate) and firmware version are the same
hexadecimal text on both. A certificate in plain words, such as `12.3 (Stack 1.2.3.4)`, must be able to stand for the
form's value under one coding throughout: `12:03:12:34` (BCD). Words from which no value can be derived, and a label
that could not be read, are put before a person. Where the words may stand for several values, of which the form's is
one, alignment.zigbee_mapping asks which; alignment.zigbee_coding names every coding that was assumed.
Of several certificates, the one whose number the form states is compared.
Where release notes or other evidence come with another model's certificate, alignment.zigbee_reuse judges instead.
Why: an assurance certificate counts only if it expressly names the Device Model.
Good: the form says `12:03:12:34` and the certificate `12:03:12:34`.
Bad: the form says `12:03:12:34` and the certificate `12:03:12:35`, or `1.38.3`.
What to do: correct the form or have the certificate corrected; for a certificate that is used again for another
firmware, add the release notes that name the ZigBee module and its certificate.
Clause: guidance appendix A 2.6 to 2.9, since 1 December 2017; SEC F2.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.alignment._compare import Agreement, complaints
from rules.alignment._device_model import ZIGBEE, device_model, possible_evidence, reused
from rules.facts import Dossier
from rules.finding import Finding
from rules.rule import Rule


def applies(dossier: Dossier) -> bool:
    """Apply where there is a ZigBee certificate and it is not used again for another model."""
    return ZIGBEE.applies(dossier) and not reused(dossier)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Complain of every field that differs, and ask about every field that cannot be compared."""
    certificate = ZIGBEE.referenced_certificate(dossier)
    if certificate is None:
        yield ZIGBEE.ambiguity(dossier)
        return
    compared = device_model(dossier, certificate)
    for finding in complaints(result for result in compared if result.agreement is not Agreement.POSSIBLE):
        yield _softened(finding, dossier)


def _softened(finding: Finding, dossier: Dossier) -> Finding:
    """A document that could not be read or placed may be the very evidence that explains a difference."""
    names = possible_evidence(dossier)
    if finding.unknown or not names:
        return finding
    told = finding.adding(f"One of these may be evidence for using the certificate again: {', '.join(names)}.")
    return replace(told, unknown=True)


RULE = Rule(
    id="alignment.zigbee_device_model",
    title="The Device Model is the ZigBee certificate's",
    citation="Guidance appendix A 2.6 to 2.9; SEC F2.5",
    check=check,
    applies=applies,
)
