"""CPA certificates: plain labels, for no image of a real one could be had."""

from __future__ import annotations

import re

from intake.extract.kinds.table import LabelTable
from rules.facts import DocumentKind

CPA = LabelTable(
    kind=DocumentKind.CPA_CERTIFICATE,
    names=re.compile(
        r"\bcommercial product assurance\b|\bCPA\b|\bncsc\b|\bnational cyber security centre\b", re.IGNORECASE
    ),
    title=re.compile(
        r"\bcommercial product assurance\b|\bfoundation grade\b|\bcpa (?:foundation grade )?certificate\b"
        r"|\bassurance certificate\b",
        re.IGNORECASE,
    ),
    labels={
        "Certificate Identification Number": (
            "certificate number",
            "certificate id",
            "certificate id number",
            "certificate no",
            "cpa certificate number",
            "cpa certificate identification number",
        ),
        "Device Type": ("product type", "type of device", "type of product"),
        "Manufacturer": ("manufacturer identifier", "manufacturer id"),
        "Model": ("model identifier", "model id", "model identification"),
        "Hardware Version": ("hw version", "hardware version number"),
        "Firmware Version": ("version", "fw version", "firmware version number"),
        "Security Characteristics": (
            "security characteristics version",
            "security characteristic",
            "security characteristic version",
        ),
        "Issue Date": ("date of issue", "issued", "issued on", "date issued"),
        "Expiry Date": ("date of expiry", "expires", "expires on", "expiration date", "valid until"),
        "Renewal Date": ("date of renewal", "renewal due", "renewal due date", "renew by"),
    },
    number="Certificate Identification Number",
    own=frozenset({"Certificate Identification Number", "Security Characteristics", "Expiry Date", "Renewal Date"}),
    prose=frozenset({"Device Type", "Manufacturer", "Security Characteristics"}),
)
