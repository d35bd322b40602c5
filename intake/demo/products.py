"""Invented products: what a faultless New Entry form says of one, and the certificates that agree with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from intake.demo.certificates import cpa_certificate, dlms_certificate, zigbee_certificate
from intake.demo.form_rows import DEVICE_TYPES

Values = dict[str, str]

HUB, GAS, HCALCS, POLYPHASE, PPMID, SINGLE, TWIN = DEVICE_TYPES

CPA_TYPES = frozenset(DEVICE_TYPES) - {PPMID}
DLMS_TYPES = frozenset({SINGLE, TWIN, POLYPHASE})
FIR_TYPES = DLMS_TYPES | {GAS}

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
    """What a form without any fault says.

    Args:
        device_type: one of the form's seven.
        on: the day it is judged; the CPA certificate then has three years to go.
        serial: tells products apart, 0 to 65535.
        smets1: a SMETS1 device, which has no certificates.
    """
    smets, gbcs = SMETS1 if smets1 else _VERSIONS.get(device_type, ("SMETS V5.1", "GBCS Version 4.1"))
    values = {
        "Device_Type.name": device_type,
        "Device_Model.manufacturer_identifier": "1A:5D",
        "Device_Model.model_identifier": _pairs(0x4000 + serial, 2),
        "Device_Model.hardware_version.version": "02",
        "Device_Model.hardware_version.revision": "0A",
        "Device_Model.firmware_version": _pairs(0x0102_0500 + serial, 4),
        "SMETS/CHTS Version.Version_number": smets,
        "GBCS Version.version_number": gbcs,
    }
    if not smets1:
        values |= _assurance(device_type, on, serial)
    return values | (_firmware_information(serial) if device_type in FIR_TYPES else {})


def certified_in(on: date) -> int:
    """The year in which the product's certificates were issued: the one before, of those whose ids are known."""
    return min(max(on.year - 1, min(_SERIALS)), max(_SERIALS))


def _pairs(number: int, octets: int) -> str:
    return number.to_bytes(octets, "big").hex(":").upper()


def _assurance(device_type: str, on: date, serial: int) -> Values:
    year = certified_in(on)
    number = 100 + serial % 900
    values = {
        "ZSE_Certificate.identification_number": f"ZIG{year % 100}{number}ZSE{_SERIALS[year] + number}-24",
        "ZSE_Certificate.ZSE_version": "ZigBee Smart Energy Standard 1.4",
    }
    if device_type == PPMID:
        return values | {"CPA_Certificate.security_characteristics_version": "Not Relevant"}
    values |= {
        "CPA_Certificate.identification_number": f"[E] NCSC-1433053936-{4000 + serial}",
        "CPA_Certificate.security_characteristics_version": "Security Characteristics version 1.3",
        "CPA_Certificate.expiry_date": f"30/08/{on.year + 3}",
        "Contact-CPA.Contact.contact name": "Robin Hale; Sam Marsh",
        "Contact-CPA.Contact.contact telephone": "01632 960 111; 01632 960 112",
        "Contact-CPA.Contact.contact email": "assurance@ashdown.example; lab@ashdown.example",
    }
    if device_type in DLMS_TYPES:
        values |= {
            "DLMS_Certificate.identification_number": f"{2700 + serial}",
            "DLMS_Certificate.DLMS_version": "CTT 4.2",
        }
    return values


def _firmware_information(serial: int) -> Values:
    return {
        "Manufacturer Contact FIR.Company Name": _MANUFACTURER,
        "Manufacturer Contact FIR.House Number": "14",
        "Manufacturer Contact FIR.Street": "Weald Road",
        "Manufacturer Contact FIR.City": "Uckfield",
        "Manufacturer Contact FIR.Post Code": "TN22 9ZZ",
        "Manufacturer Contact FIR.Country": "United Kingdom",
        "Manufacturer Contact FIR.Telephone Number": "01632 960 100",
        "Manufacturer Contact FIR.Website": "https://ashdown.example",
        "Manufacturer Contact FIR.Email Address": "firmware@ashdown.example",
        "FIR Release Notes.Description": f"Release {serial}: corrects the display of the meter balance.",
    }


def with_image(values: Mapping[str, str], *, creator: str = _MANUFACTURER) -> Values:
    """The same product with a Manufacturer Image hash."""
    return {
        **values,
        "Manufacturer_Image.creator": creator,
        "Manufacturer_Image.hash": _pairs(int.from_bytes(b"the firmware image of this sample", "big") % (1 << 256), 32),
        "Manufacturer_Image.descriptor": "Complete image, Dual Band",
    }


def certificates(values: Mapping[str, str]) -> dict[str, bytes]:
    """The certificate documents that agree with a form, by file name; none for SMETS1."""
    documents = {}
    if values.get("ZSE_Certificate.identification_number"):
        documents["ZigBee certificate.pdf"] = zigbee_certificate(zigbee_facts(values))
    if values.get("CPA_Certificate.identification_number"):
        documents["CPA certificate.pdf"] = cpa_certificate(cpa_facts(values))
    if values.get("DLMS_Certificate.identification_number"):
        documents["DLMS certificate.pdf"] = dlms_certificate(dlms_facts(values))
    return documents


def zigbee_facts(values: Mapping[str, str]) -> Values:
    """What an agreeing ZigBee certificate states, in hex as guidance 2.8 asks for."""
    return {
        "Type of Device": values["Device_Type.name"],
        "Manufacturer": values["Device_Model.manufacturer_identifier"],
        "Model Identification": values["Device_Model.model_identifier"],
        "Hardware Version": _hardware(values),
        "Firmware Version": values["Device_Model.firmware_version"],
        "Certification Date": f"14 June {_certified(values)}",
        "Certification ID Number": values["ZSE_Certificate.identification_number"],
    }


def cpa_facts(values: Mapping[str, str]) -> Values:
    """What an agreeing CPA certificate states."""
    return {
        "Certificate Identification Number": values["CPA_Certificate.identification_number"].partition("] ")[2],
        "Device Type": values["Device_Type.name"],
        "Manufacturer": values["Device_Model.manufacturer_identifier"],
        "Model": values["Device_Model.model_identifier"],
        "Hardware Version": _hardware(values),
        "Firmware Version": values["Device_Model.firmware_version"],
        "Security Characteristics": values["CPA_Certificate.security_characteristics_version"].rpartition(" ")[2],
        "Issue Date": f"01/09/{_certified(values)}",
        "Expiry Date": values["CPA_Certificate.expiry_date"],
    }


def dlms_facts(values: Mapping[str, str]) -> Values:
    """What an agreeing DLMS certificate states."""
    return {
        "Certificate Identification Number": values["DLMS_Certificate.identification_number"],
        "Device Type": values["Device_Type.name"],
        "Manufacturer": values.get("Manufacturer Contact FIR.Company Name", _MANUFACTURER),
        "Type": f"AML-E5 {values['Device_Model.firmware_version']}",
        "Model Identifier": values["Device_Model.model_identifier"],
        "Hardware Version": _hardware(values),
        "Firmware Version": values["Device_Model.firmware_version"],
        "Management Logical Device Name": "AML5000000000001",
        "CTT Version": values["DLMS_Certificate.DLMS_version"],
        "Date of Issue": f"20 July {_certified(values)}",
    }


def _certified(values: Mapping[str, str]) -> str:
    """The year of the certificates, which the ZigBee certificate's id tells, if it is one."""
    year = values["ZSE_Certificate.identification_number"][3:5]
    return f"20{year}" if year.isdigit() else "2017"


def _hardware(values: Mapping[str, str]) -> str:
    return "_".join(values[f"Device_Model.hardware_version.{part}"] for part in ("version", "revision"))
