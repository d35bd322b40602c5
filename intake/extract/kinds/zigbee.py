"""ZigBee certificates, with the labels of the submission guidance, appendix A, 2.8."""

from __future__ import annotations

import re

from intake.extract.kinds.table import LabelTable
from rules.facts import DocumentKind

ZIGBEE = LabelTable(
    kind=DocumentKind.ZIGBEE_CERTIFICATE,
    names=re.compile(r"\bzig ?bee\b|\bconnectivity standards alliance\b", re.IGNORECASE),
    title=re.compile(
        r"\bcertificate of (?:compliance|conformance|conformity|certification)\b"
        r"|\bzig ?bee (?:smart energy |alliance )?(?:compliance |certification )?certificate\b"
        r"|\bzig ?bee(?:\W+| )certified(?: product| platform)?\b|\bproduct certificate\b",
        re.IGNORECASE,
    ),
    labels={
        "Type of Device": ("device type", "product type"),
        "Manufacturer": ("manufacturer identifier", "manufacturer id", "manufacturer code"),
        "Model Identification": ("model identifier", "model id", "model", "model number"),
        "Hardware Version": ("hardware version number", "hw version", "hardware revision"),
        "Firmware Version": ("firmware version number", "fw version", "firmware revision"),
        "Certification Date": ("date of certification", "certificate date", "date certified"),
        "Certification ID Number": (
            "certification id",
            "certification id no",
            "certification no",
            "certification number",
            "certification identification number",
            "certificate id",
            "certificate id number",
            "certificate number",
            "certificate identification number",
            "certificate no",
        ),
    },
    number="Certification ID Number",
    own=frozenset({"Certification ID Number", "Certification Date", "Type of Device", "Model Identification"}),
    prose=frozenset({"Type of Device", "Manufacturer"}),
)
