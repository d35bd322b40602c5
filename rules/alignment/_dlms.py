"""Where the form and a DLMS certificate state the same things."""

from __future__ import annotations

from rules.alignment._identity import Scheme, dlms_number
from rules.facts import DocumentKind

DLMS = Scheme("dlms", DocumentKind.DLMS_CERTIFICATE, dlms_number)
