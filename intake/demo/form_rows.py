"""The rows of the New Entry form by edition, as the profiles have them, with our own short notes beside the labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.fields import FormField, FormGroup
from rules.profile import Field, Presence, Profile, profiles
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


DEVICE_TYPES = reference().device_types

_FORMS: Mapping[str, str] = {
    FormField.ENTRY_NUMBER: "6 digits",
    FormField.ENTRY_STATUS: "Current or Removed",
    FormField.DEVICE_TYPE: "Up to 50 octets",
    FormField.SMETS_VERSION: "Up to 14 octets",
    FormField.GBCS_VERSION: "Up to 20 octets",
    FormField.SECURITY_CHARACTERISTICS: "Up to 40 octets",
    FormField.DLMS_VERSION: "Up to 10 octets",
    FormField.ZSE_VERSION: "Up to 40 octets",
}
"""What the form says of the shape of a value, where its profile does not."""

_SHAPES: Mapping[str, str] = {
    "hex1": "XX in hex",
    "hex2": "XX:XX in hex",
    "hex4": "XX:XX:XX:XX in hex",
    "hex32": "32 hex pairs, XX:XX",
    "date": "dd/mm/yyyy",
    "entry_ids": "6 digits each, or N/A",
}
"""The same by the shape that the profile names."""

_NOTES: Mapping[str, str] = {
    FormField.ENTRY_NUMBER: "Given to the line of the list when it is published.",
    FormField.ENTRY_STATUS: "Whether the line may be relied on today.",
    FormField.DEVICE_TYPE: "What the device is.",
    FormField.MANUFACTURER_IDENTIFIER: "Manufacturer code of the OTA header.",
    FormField.MODEL_IDENTIFIER: "Image type of the OTA header.",
    FormField.HARDWARE_VERSION: "High octet of the hardware version.",
    FormField.HARDWARE_REVISION: "Low octet of the hardware version.",
    FormField.FIRMWARE_VERSION: "File version of the OTA header.",
    FormField.SMETS_VERSION: "CHTS for a hub.",
    FormField.GBCS_VERSION: "Goes with the SMETS or CHTS version.",
    FormField.CPA_NUMBER: "As the CPA certificate prints it.",
    FormField.SECURITY_CHARACTERISTICS: "What it was issued against.",
    FormField.CPA_DATE: "Its expiry, or its renewal date.",
    FormField.DLMS_NUMBER: "As the DLMS certificate has it.",
    FormField.DLMS_VERSION: "Version of the test tool.",
    FormField.ZSE_NUMBER: "As the ZigBee certificate has it.",
    FormField.ZSE_VERSION: "Standard it was tested against.",
    FormField.IMAGE_CREATOR: "Who made the image.",
    FormField.IMAGE_HASH: "SHA-256 of the image.",
    FormField.IMAGE_DESCRIPTOR: "Whole or part; band.",
    FormField.CONTACT_NAME: "Whom to ask. Not published.",
    FormField.CONTACT_TELEPHONE: "Where to ring them.",
    FormField.CONTACT_EMAIL: "Where to write to them.",
    FormField.RELEASE_NOTES: "What is new, or a public link.",
}
"""Our own words beside a field; others are explained by their group alone."""

_NOTES_OF_GROUPS: Mapping[str, str] = {
    "Contact-CPA": "Whom to ask. Not published.",
    "Manufacturer Contact FIR": "Shown beside released firmware.",
    "Firmware Upgrade Path": "What it upgrades.",
}
_OF_AN_IMAGE = frozenset({FormField.IMAGE_HASH, FormField.IMAGE_DESCRIPTOR})


def _lines_of(profile: Profile) -> tuple[Line, ...]:
    """The rows of an edition, with the choices of its last day."""
    last = date.max if profile.replaced_on is None else profile.replaced_on - timedelta(days=1)
    return tuple(_line(field, last) for field in profile.fields)


def _line(field: Field, day: date) -> Line:
    choices = reference().offered(field.choices, day) if field.choices else ()
    note = _NOTES.get(field.name) or _NOTES_OF_GROUPS.get(field.group, "")
    return Line(field.group, field.attribute, _form(field, choices), note, _rule(field), choices, _shade(field))


def _form(field: Field, choices: tuple[str, ...]) -> str:
    if field.shape is not None:
        return _SHAPES[field.shape]
    most = field.octets or max((len(choice.encode()) for choice in choices), default=0)
    return _FORMS.get(field.name) or f"Up to {most} octets"


def _rule(field: Field) -> str:
    if len(field.presence) > 1:
        return "By device type"
    (presence,) = field.presence.values()
    if presence is Presence.OPTIONAL:
        return "Only for an image" if field.group == FormGroup.MANUFACTURER_IMAGE else "Optional"
    return "Required"


def _shade(field: Field) -> Shade:
    if Presence.ALLOCATED in field.presence.values():
        return Shade.SECAS
    return Shade.IMAGE if field.name in _OF_AN_IMAGE else Shade.ENTRY


EDITIONS: dict[str, tuple[Line, ...]] = {
    profile.edition: _lines_of(profile) for profile in sorted(profiles(), key=lambda profile: profile.edition)
}
"""The rows from row 7 down, of every edition that `rules/profiles` has, the oldest first.

What the form of 2017 had beneath its hardware rows is not known to the letter, nor is the row of MP231; the profiles
hold our readings of them.
"""
