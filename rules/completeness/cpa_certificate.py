"""The CPA certificate is there, where the device needs one.

What: every device type but the Pre-Payment Interface Device needs a CPA certificate.
A SMETS1 device needs no certificate at all. Where a document could not be placed and may be the certificate, a person
looks at it and nothing is guessed.
Why: only a Device Model with all of its assurance certificates may stand on the list.
Good: a Communications Hub with its ZigBee and CPA certificates.
Bad: a Gas Smart Meter with its ZigBee certificate alone.
What to do: send the CPA certificate with the form, as a PDF file with text.
Clause: guidance appendix A 2.1; SEC F2.1.
"""

from __future__ import annotations

from rules.completeness._certificate import Assurance, rule_on
from rules.facts import DocumentKind
from rules.fields import FormGroup

RULE = rule_on(Assurance("cpa", "CPA", DocumentKind.CPA_CERTIFICATE, FormGroup.CPA_CERTIFICATE))
