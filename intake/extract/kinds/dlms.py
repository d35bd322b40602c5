"""DLMS conformance certificates, with what the DLMS User Association says they state."""

from __future__ import annotations

import re

from intake.extract.kinds.table import LabelTable
from rules.facts import DocumentKind

DLMS = LabelTable(
    kind=DocumentKind.DLMS_CERTIFICATE,
    names=re.compile(r"\bdlms\b|\bcosem\b", re.IGNORECASE),
    title=re.compile(
        r"\bcertificate of (?:conformance|conformity|compliance|certification)\b"
        r"|\bconformance (?:test )?certificate\b|\bdlms(?:/cosem)? (?:conformance |ua )*certificate\b",
        re.IGNORECASE,
    ),
    labels={
        "Certificate Identification Number": (
            "certificate number",
            "certificate id",
            "certificate id number",
            "certificate no",
            "certification number",
            "dlms certificate number",
            "dlms certificate identification number",
        ),
        "Device Type": ("product type", "type of device"),
        "Manufacturer": ("name of manufacturer", "manufacturer identifier"),
        "Type": ("type designation", "type designation of the iut"),
        "Model Identifier": ("model", "model id", "model identification"),
        "Hardware Version": ("hw version", "hardware version number"),
        "Firmware Version": ("fw version", "firmware version number", "firmware identifier and version"),
        "Management Logical Device Name": ("logical device name", "mldn"),
        "CTT Version": ("version of the ctt", "conformance test tool version", "conformance test tool"),
        "Date of Issue": ("issue date", "date issued", "issued", "issued on"),
    },
    number="Certificate Identification Number",
    own=frozenset({"Certificate Identification Number", "Management Logical Device Name", "CTT Version", "Type"}),
    prose=frozenset({"Device Type", "Manufacturer", "Type"}),
)
