"""Invented products: what a faultless New Entry form says of one, and the certificates that agree with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from intake.demo.certificates import cpa_certificate, dlms_certificate, zigbee_certificate
from rules.fields import FormField, Label
from rules.reference import reference

Values = dict[str, str]

HUB = "Communications Hub"
GAS = "Gas Smart Meter"
HCALCS = "HAN Connected Auxiliary Load Control Switch"
POLYPHASE = "Polyphase Electricity Metering Equipment"
PPMID = "Pre-Payment Interface Device"
SINGLE = "Single Element Electricity Metering Equipment"
TWIN = "Twin Element Electricity Metering Equipment"

CPA_TYPES, DLMS_TYPES, FIR_TYPES = (frozenset(reference().groups[group]) for group in ("cpa", "dlms", "fir"))

_VERSIONS = {
    HUB: ("CHTS V1.5", "GBCS Version 4.1"),
    GAS: ("SMETS V4.3", "GBCS Version 4.1"),
    PPMID: ("SMETS V4.4", "GBCS Version 4.1"),
}
_MANUFACTURER = "Ashdown Metering Limited"
_SERIALS = {
    2015: 12375, 2016: 12435, 2017: 12499, 2018: 12623, 2019: 12766, 2020: 12882, 2021: 12989, 2022: 13080,
}  # fmt: skip
"""By year: what the serial of a ZigBee certificate's id is above its number."""
SMETS1 = ("SMETS V1.2", "GBCS Version 0.0")


def faultless_form(device_type: str, *, on: date, serial: int = 1, smets1: bool = False) -> Values:
    """Give what a form without any fault says.

    Args:
        device_type: one of the form's seven.
        on: the day it is judged; the CPA certificate then has three years to go.
        serial: tells products apart, 0 to 65535.
        smets1: a SMETS1 device, which has no certificates.
    """
    smets, gbcs = SMETS1 if smets1 else _VERSIONS.get(device_type, ("SMETS V5.1", "GBCS Version 4.1"))
    values: Values = {
        FormField.DEVICE_TYPE: device_type,
        FormField.MANUFACTURER_IDENTIFIER: "1A:5D",
        FormField.MODEL_IDENTIFIER: _pairs(0x4000 + serial, 2),
        FormField.HARDWARE_VERSION: "02",
        FormField.HARDWARE_REVISION: "0A",
        FormField.FIRMWARE_VERSION: _pairs(0x0102_0500 + serial, 4),
        FormField.SMETS_VERSION: smets,
        FormField.GBCS_VERSION: gbcs,
    }
    if not smets1:
        values |= _assurance(device_type, on, serial)
    return values | (_firmware_information(serial) if device_type in FIR_TYPES else {})


def certified_in(on: date) -> int:
    """Give the year in which the product's certificates were issued: the one before, of those whose ids are known."""
    return min(max(on.year - 1, min(_SERIALS)), max(_SERIALS))


def _pairs(number: int, octets: int) -> str:
    return number.to_bytes(octets, "big").hex(":").upper()


def _assurance(device_type: str, on: date, serial: int) -> Values:
    year = certified_in(on)
    number = 100 + serial % 900
    values: Values = {
        FormField.ZSE_NUMBER: f"ZIG{year % 100}{number}ZSE{_SERIALS[year] + number}-24",
        FormField.ZSE_VERSION: "ZigBee Smart Energy Standard 1.4",
    }
    if device_type == PPMID:
        return values | {FormField.SECURITY_CHARACTERISTICS: "Not Relevant"}
    values |= {
        FormField.CPA_NUMBER: f"[E] NCSC-1433053936-{4000 + serial}",
        FormField.SECURITY_CHARACTERISTICS: "Security Characteristics version 1.3",
        FormField.CPA_DATE: f"30/08/{on.year + 3}",
        FormField.CONTACT_NAME: "Robin Hale; Sam Marsh",
        FormField.CONTACT_TELEPHONE: "01632 960 111; 01632 960 112",
        FormField.CONTACT_EMAIL: "assurance@ashdown.example; lab@ashdown.example",
    }
    if device_type in DLMS_TYPES:
        values |= {
            FormField.DLMS_NUMBER: f"{2700 + serial}",
            FormField.DLMS_VERSION: "CTT 4.2",
        }
    return values


def _firmware_information(serial: int) -> Values:
    return {
        FormField.FIR_COMPANY_NAME: _MANUFACTURER,
        FormField.FIR_HOUSE_NUMBER: "14",
        FormField.FIR_STREET: "Weald Road",
        FormField.FIR_CITY: "Uckfield",
        FormField.FIR_POST_CODE: "TN22 9ZZ",
        FormField.FIR_COUNTRY: "United Kingdom",
        FormField.FIR_TELEPHONE_NUMBER: "01632 960 100",
        FormField.FIR_WEBSITE: "https://ashdown.example",
        FormField.FIR_EMAIL_ADDRESS: "firmware@ashdown.example",
        FormField.RELEASE_NOTES: f"Release {serial}: corrects the display of the meter balance.",
    }


def with_image(values: Mapping[str, str], *, creator: str = _MANUFACTURER) -> Values:
    """Give the same product with a Manufacturer Image hash."""
    return {
        **values,
        FormField.IMAGE_CREATOR: creator,
        FormField.IMAGE_HASH: sha256(b"the firmware image of this sample").digest().hex(":").upper(),
        FormField.IMAGE_DESCRIPTOR: "Complete image, Dual Band",
    }


def certificates(values: Mapping[str, str]) -> dict[str, bytes]:
    """Give the certificate documents that agree with a form, by file name; none for SMETS1."""
    documents = {}
    if values.get(FormField.ZSE_NUMBER):
        documents["ZigBee certificate.pdf"] = zigbee_certificate(zigbee_facts(values))
    if values.get(FormField.CPA_NUMBER):
        documents["CPA certificate.pdf"] = cpa_certificate(cpa_facts(values))
    if values.get(FormField.DLMS_NUMBER):
        documents["DLMS certificate.pdf"] = dlms_certificate(dlms_facts(values))
    return documents


def zigbee_facts(values: Mapping[str, str]) -> Values:
    """Give what an agreeing ZigBee certificate states, in hex as guidance 2.8 asks for."""
    return {
        Label.TYPE_OF_DEVICE: values[FormField.DEVICE_TYPE],
        Label.MANUFACTURER: values[FormField.MANUFACTURER_IDENTIFIER],
        Label.MODEL_IDENTIFICATION: values[FormField.MODEL_IDENTIFIER],
        Label.HARDWARE_VERSION: _hardware(values),
        Label.FIRMWARE_VERSION: values[FormField.FIRMWARE_VERSION],
        Label.CERTIFICATION_DATE: f"14 June {_certified(values)}",
        Label.CERTIFICATION_NUMBER: values[FormField.ZSE_NUMBER],
    }


def cpa_facts(values: Mapping[str, str]) -> Values:
    """Give what an agreeing CPA certificate states."""
    return {
        Label.CERTIFICATE_NUMBER: values[FormField.CPA_NUMBER].partition("] ")[2],
        Label.DEVICE_TYPE: values[FormField.DEVICE_TYPE],
        Label.MANUFACTURER: values[FormField.MANUFACTURER_IDENTIFIER],
        Label.MODEL: values[FormField.MODEL_IDENTIFIER],
        Label.HARDWARE_VERSION: _hardware(values),
        Label.FIRMWARE_VERSION: values[FormField.FIRMWARE_VERSION],
        Label.SECURITY_CHARACTERISTICS: values[FormField.SECURITY_CHARACTERISTICS].rpartition(" ")[2],
        Label.ISSUE_DATE: f"01/09/{_certified_for(values[FormField.CPA_DATE])}",
        Label.EXPIRY_DATE: values[FormField.CPA_DATE],
    }


def dlms_facts(values: Mapping[str, str]) -> Values:
    """Give what an agreeing DLMS certificate states."""
    return {
        Label.CERTIFICATE_NUMBER: values[FormField.DLMS_NUMBER],
        Label.DEVICE_TYPE: values[FormField.DEVICE_TYPE],
        Label.MANUFACTURER: values.get(FormField.FIR_COMPANY_NAME, _MANUFACTURER),
        Label.TYPE: f"AML-E5 {values[FormField.FIRMWARE_VERSION]}",
        Label.MODEL_IDENTIFIER: values[FormField.MODEL_IDENTIFIER],
        Label.HARDWARE_VERSION: _hardware(values),
        Label.FIRMWARE_VERSION: values[FormField.FIRMWARE_VERSION],
        Label.LOGICAL_DEVICE_NAME: "AML5000000000001",
        Label.CTT_VERSION: values[FormField.DLMS_VERSION],
        Label.DATE_OF_ISSUE: f"20 July {_certified(values)}",
    }


def _certified(values: Mapping[str, str]) -> str:
    """The year of the certificates, which the ZigBee certificate's id tells, if it is one."""
    year = values[FormField.ZSE_NUMBER][3:5]
    return f"20{year}" if year.isdigit() else "2017"


def _certified_for(expiry: str) -> int:
    """The year in which a CPA certificate was issued that expires then: some five years before."""
    years = re.findall("[0-9]{4}", expiry)
    return int(years[0]) - 5 if years else 2022


def _hardware(values: Mapping[str, str]) -> str:
    return f"{values[FormField.HARDWARE_VERSION]}_{values[FormField.HARDWARE_REVISION]}"
