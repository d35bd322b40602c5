"""CPA certificates: plain labels, for no image of a real one could be had."""

from __future__ import annotations

import re

from intake.extract.certificate.kinds.table import END_WORDINGS, LabelTable
from rules.facts import DocumentKind
from rules.fields import Label

CPA = LabelTable(
    kind=DocumentKind.CPA_CERTIFICATE,
    names=re.compile(
        r"\bcommercial product assurance\b|\bCPA\b|\bncsc\b|\bnational cyber security centre\b", re.IGNORECASE
    ),
    spoken=("assurance", "cpa", "ncsc", "cyber"),
    title=re.compile(
        r"\bcommercial product assurance\b|\bfoundation grade\b|\bcpa (?:foundation grade )?certificate\b"
        r"|\bassurance certificate\b",
        re.IGNORECASE,
    ),
    labels={
        Label.CERTIFICATE_NUMBER: (
            "certificate number",
            "certificate id",
            "certificate id number",
            "certificate no",
            "cpa certificate number",
            "cpa certificate identification number",
        ),
        Label.DEVICE_TYPE: ("product type", "type of device", "type of product"),
        Label.MANUFACTURER: ("manufacturer identifier", "manufacturer id"),
        Label.MODEL: ("model identifier", "model id", "model identification"),
        Label.HARDWARE_VERSION: ("hw version", "hardware version number"),
        Label.FIRMWARE_VERSION: ("version", "fw version", "firmware version number"),
        Label.SECURITY_CHARACTERISTICS: (
            "security characteristics version",
            "security characteristic",
            "security characteristic version",
        ),
        Label.ISSUE_DATE: ("date of issue", "issued", "issued on", "date issued"),
        Label.EXPIRY_DATE: END_WORDINGS,
        Label.RENEWAL_DATE: ("date of renewal", "renewal due", "renewal due date", "renew by"),
    },
    own=frozenset({Label.CERTIFICATE_NUMBER, Label.SECURITY_CHARACTERISTICS, Label.EXPIRY_DATE, Label.RENEWAL_DATE}),
    prose=frozenset({Label.DEVICE_TYPE, Label.MANUFACTURER, Label.SECURITY_CHARACTERISTICS}),
)
