"""The rows of the New Entry form by edition, with our own short notes beside the form's own labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rules.reference import reference


class Shade(StrEnum):
    """Who fills the cell in, by its colour."""

    SECAS = "secas"
    ENTRY = "entry"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form: its two labels and what is printed beside them."""

    group: str
    attribute: str
    form: str
    note: str
    rule: str = "Required"
    choices: tuple[str, ...] = ()
    shade: Shade = Shade.ENTRY

    @property
    def field(self) -> str:
        """The form's own name of the field."""
        return f"{self.group}.{self.attribute}"


DEVICE_TYPES = (
    "Communications Hub",
    "Gas Smart Meter",
    "HAN Connected Auxiliary Load Control Switch",
    "Polyphase Electricity Metering Equipment",
    "Pre-Payment Interface Device",
    "Single Element Electricity Metering Equipment",
    "Twin Element Electricity Metering Equipment",
)
_CHTS = tuple(f"CHTS V{v}" for v in ("1.0", "1.1", "1.3", "1.4", "1.5"))
_SMETS = tuple(f"SMETS V{v}" for v in ("1.2", "2.0", "3.1", "4.2", "4.3", "4.4", "5.0", "5.1"))
_GBCS = tuple(f"GBCS Version {v}" for v in ("0.0", "1.1", "2.0", "2.1", "3.2", "4.0", "4.1"))
_CTT = tuple(f"CTT {v}" for v in ("3.1", "4.0", "4.1", "4.2"))
_ZSE = tuple(f"ZigBee Smart Energy Standard {v}" for v in ("1.2a", "1.2b", "1.4"))
_SECURITY = (
    "Not Relevant",
    "Security Characteristics version 1.2",
    "Security Characteristics version 1.3",
)

_BY_TYPE = "By device type"
_OPTIONAL = "Only for an image"

_HEAD = (
    Line("Entry", "number", "6 digits", "Given to the line of the list when it is published.", shade=Shade.SECAS),
    Line("Entry", "status", "Current or Removed", "Whether the line may be relied on today.", shade=Shade.SECAS),
    Line("Device_Type", "name", "Up to 50 octets", "What the device is.", choices=DEVICE_TYPES),
    Line("Device_Model", "manufacturer_identifier", "XX:XX in hex", "Manufacturer code of the OTA header."),
    Line("Device_Model", "model_identifier", "XX:XX in hex", "Image type of the OTA header."),
    Line("Device_Model", "hardware_version.version", "XX in hex", "High octet of the hardware version."),
    Line("Device_Model", "hardware_version.revision", "XX in hex", "Low octet of the hardware version."),
    Line("Device_Model", "firmware_version", "XX:XX:XX:XX in hex", "File version of the OTA header."),
)
_STANDARDS = (
    Line("SMETS/CHTS Version", "Version_number", "Up to 14 octets", "CHTS for a hub.", choices=_CHTS + _SMETS),
    Line("GBCS Version", "version_number", "Up to 20 octets", "Goes with the SMETS or CHTS version.", choices=_GBCS),
)
_ASSURANCE = (
    Line("CPA_Certificate", "identification_number", "Up to 24 octets", "As the CPA certificate prints it.", _BY_TYPE),
    Line(
        "CPA_Certificate",
        "security_characteristics_version",
        "Up to 40 octets",
        "What it was issued against.",
        _BY_TYPE,
        _SECURITY,
    ),
    Line("CPA_Certificate", "expiry_date", "dd/mm/yyyy", "Its expiry, or its renewal date.", _BY_TYPE),
    Line("DLMS_Certificate", "identification_number", "Up to 10 octets", "As the DLMS certificate has it.", _BY_TYPE),
    Line("DLMS_Certificate", "DLMS_version", "Up to 10 octets", "Version of the test tool.", _BY_TYPE, _CTT),
    Line("ZSE_Certificate", "identification_number", "Up to 40 octets", "As the ZigBee certificate has it.", _BY_TYPE),
    Line("ZSE_Certificate", "ZSE_version", "Up to 40 octets", "Standard it was tested against.", _BY_TYPE, _ZSE),
)
_IMAGE = (
    Line("Manufacturer_Image", "creator", "Up to 100 octets", "Who made the image.", _OPTIONAL),
    Line("Manufacturer_Image", "hash", "32 hex pairs, XX:XX", "SHA-256 of the image.", _OPTIONAL, shade=Shade.IMAGE),
    Line("Manufacturer_Image", "descriptor", "Up to 100 octets", "Whole or part; band.", _OPTIONAL, shade=Shade.IMAGE),
)
_CONTACTS = (
    Line("Contact-CPA", "Contact.contact name", "Up to 400 octets", "Whom to ask. Not published.", _BY_TYPE),
    Line("Contact-CPA", "Contact.contact telephone", "Up to 100 octets", "Where to ring them.", _BY_TYPE),
    Line("Contact-CPA", "Contact.contact email", "Up to 400 octets", "Where to write to them.", _BY_TYPE),
)
_FIR = tuple(
    Line("Manufacturer Contact FIR", name, f"Up to {octets} octets", "Shown beside released firmware.", _BY_TYPE)
    for name, octets in (
        ("Company Name", 45),
        ("House Number", 45),
        ("Street", 45),
        ("City", 45),
        ("Post Code", 8),
        ("Country", 45),
        ("Telephone Number", 45),
        ("Website", 100),
        ("Email Address", 100),
    )
)
_NOTES = (Line("FIR Release Notes", "Description", "Up to 500 octets", "What is new, or a public link.", _BY_TYPE),)

_CONTACT = (Line("Contact-CPA", "Contact", "Up to 400 octets", "Whom to ask. Not published.", _BY_TYPE),)
_PATH = (Line("Firmware Upgrade Path", "Entry ids", "6 digits each, or N/A", "What it upgrades.", "Optional"),)
_LATEST = _HEAD + _STANDARDS + _ASSURANCE + _IMAGE + _CONTACTS + _FIR + _NOTES
_TABLES = {
    _CHTS + _SMETS: "smets_chts",
    _GBCS: "gbcs",
    _SECURITY: "security_characteristics",
    _CTT: "dlms",
    _ZSE: "zse",
}


def _of(day: date, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The rows with the choices of that day, as far as they are known."""
    return tuple(
        replace(line, choices=reference().offered(_TABLES[line.choices], day)) if line.choices in _TABLES else line
        for line in lines
    )


EDITIONS: dict[str, tuple[Line, ...]] = {
    "2017-12": _of(date(2017, 12, 21), _HEAD + _STANDARDS + _ASSURANCE + _IMAGE + _CONTACT),
    "2019-03": _of(date(2019, 3, 8), _LATEST),
    "2019-07": _of(date(2019, 7, 10), _LATEST),
    "2021-11": _of(date(2021, 11, 4), _LATEST),
    "2022-09": _LATEST,
    "2023-mp231": _LATEST + _PATH,
}
"""The rows from row 7 down.

What the form of 2017 had beneath its hardware rows is not known to the letter, nor is the row of MP231; these are our
readings of them.
"""
