"""Where the form and a DLMS certificate state the same things."""

from __future__ import annotations

from rules.alignment._identity import Scheme, dlms_number
from rules.facts import DocumentKind

DLMS = Scheme(
    assurance="dlms",
    kind=DocumentKind.DLMS_CERTIFICATE,
    field="DLMS_Certificate.identification_number",
    label="Certificate Identification Number",
    same=dlms_number,
)
