"""DLMS conformance certificates, with what the DLMS User Association says they state."""

from __future__ import annotations

import re

from intake.extract.certificate.kinds.table import END_WORDINGS, LabelTable
from rules.facts import DocumentKind
from rules.fields import Label

DLMS = LabelTable(
    kind=DocumentKind.DLMS_CERTIFICATE,
    names=re.compile(r"\bdlms\b|\bcosem\b", re.IGNORECASE),
    spoken=("dlms", "cosem"),
    title=re.compile(
        r"\bcertificate of (?:conformance|conformity|compliance|certification)\b"
        r"|\bconformance (?:test )?certificate\b|\bdlms(?:/cosem)? (?:conformance |ua )*certificate\b",
        re.IGNORECASE,
    ),
    labels={
        Label.CERTIFICATE_NUMBER: (
            "certificate number",
            "certificate id",
            "certificate id number",
            "certificate no",
            "certification number",
            "dlms certificate number",
            "dlms certificate identification number",
        ),
        Label.DEVICE_TYPE: ("product type", "type of device"),
        Label.MANUFACTURER: ("name of manufacturer", "manufacturer identifier"),
        Label.TYPE: ("type designation", "type designation of the iut"),
        Label.MODEL_IDENTIFIER: ("model", "model id", "model identification"),
        Label.HARDWARE_VERSION: ("hw version", "hardware version number"),
        Label.FIRMWARE_VERSION: ("fw version", "firmware version number", "firmware identifier and version"),
        Label.LOGICAL_DEVICE_NAME: ("logical device name", "mldn"),
        Label.CTT_VERSION: ("version of the ctt", "conformance test tool version", "conformance test tool"),
        Label.DATE_OF_ISSUE: ("issue date", "date issued", "issued", "issued on"),
        Label.EXPIRY_DATE: END_WORDINGS,
    },
    own=frozenset({Label.CERTIFICATE_NUMBER, Label.LOGICAL_DEVICE_NAME, Label.CTT_VERSION, Label.TYPE}),
    prose=frozenset({Label.DEVICE_TYPE, Label.MANUFACTURER, Label.TYPE}),
)
