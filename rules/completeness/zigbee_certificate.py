"""The ZigBee certificate is there, where the device needs one.

What: every device type of the list needs a ZigBee certificate.
A SMETS1 device needs no certificate at all. Where a document could not be placed and may be the certificate, a person
looks at it and nothing is guessed.
Why: only a Device Model with all of its assurance certificates may stand on the list.
Good: a Pre-Payment Interface Device with its ZigBee certificate.
Bad: any SMETS2 device without one.
What to do: send the ZigBee certificate with the form, as a PDF file with text.
Clause: guidance appendix A 2.1; SEC F2.1.
"""

from __future__ import annotations

from rules.completeness._certificate import Assurance, rule_on
from rules.facts import DocumentKind
from rules.fields import FormGroup

RULE = rule_on(Assurance("zigbee", "ZigBee", DocumentKind.ZIGBEE_CERTIFICATE, FormGroup.ZSE_CERTIFICATE))
