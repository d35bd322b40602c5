"""The DLMS certificate is there, where the device needs one.

What: Single Element, Twin Element and Polyphase Electricity Metering Equipment need a DLMS certificate.
A SMETS1 device needs no certificate at all. Where a document could not be placed and may be the certificate, a person
looks at it and nothing is guessed.
Why: only a Device Model with all of its assurance certificates may stand on the list.
Good: Polyphase Electricity Metering Equipment with ZigBee, CPA and DLMS certificates.
Bad: Twin Element Electricity Metering Equipment without the last of them.
What to do: send the DLMS certificate with the form, as a PDF file with text.
Clause: guidance appendix A 2.1; SEC F2.1.
"""

from __future__ import annotations

from rules.completeness._certificate import Assurance, rule_on
from rules.facts import DocumentKind
from rules.fields import FormGroup

RULE = rule_on(Assurance("dlms", "DLMS", DocumentKind.DLMS_CERTIFICATE, FormGroup.DLMS_CERTIFICATE))
