"""ZigBee certificates, with the labels of the submission guidance, appendix A, 2.8."""

from __future__ import annotations

import re

from intake.extract.certificate.kinds.table import END_WORDINGS, LabelTable
from rules.facts import DocumentKind
from rules.fields import Label

ZIGBEE = LabelTable(
    kind=DocumentKind.ZIGBEE_CERTIFICATE,
    names=re.compile(r"\bzig ?bee\b|\bconnectivity standards alliance\b", re.IGNORECASE),
    spoken=("zigbee", "zig bee", "connectivity"),
    title=re.compile(
        r"\bcertificate of (?:compliance|conformance|conformity|certification)\b"
        r"|\bzig ?bee (?:smart energy |alliance )?(?:compliance |certification )?certificate\b"
        r"|\bzig ?bee(?:\W+| )certified(?: product| platform)?\b|\bproduct certificate\b",
        re.IGNORECASE,
    ),
    labels={
        Label.TYPE_OF_DEVICE: ("device type", "product type"),
        Label.MANUFACTURER: ("manufacturer identifier", "manufacturer id", "manufacturer code"),
        Label.MODEL_IDENTIFICATION: ("model identifier", "model id", "model", "model number"),
        Label.HARDWARE_VERSION: ("hardware version number", "hw version", "hardware revision"),
        Label.FIRMWARE_VERSION: ("firmware version number", "fw version", "firmware revision"),
        Label.SPECIFICATION_VERSION: (
            "specification",
            "zigbee specification",
            "zigbee specification version",
            "certified specification",
            "standard version",
            "zigbee standard",
            "zigbee standard version",
            "smart energy standard",
            "smart energy version",
            "smart energy profile",
            "smart energy profile version",
            "zigbee smart energy standard",
            "zigbee smart energy version",
            "application profile",
            "certified profile",
            "certified application profile",
            "zigbee profile",
            "profile version",
        ),
        Label.CERTIFICATION_DATE: ("date of certification", "certificate date", "date certified"),
        Label.EXPIRY_DATE: END_WORDINGS,
        Label.CERTIFICATION_NUMBER: (
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
    own=frozenset(
        {Label.CERTIFICATION_NUMBER, Label.CERTIFICATION_DATE, Label.TYPE_OF_DEVICE, Label.MODEL_IDENTIFICATION}
    ),
    prose=frozenset({Label.TYPE_OF_DEVICE, Label.MANUFACTURER, Label.SPECIFICATION_VERSION}),
)
