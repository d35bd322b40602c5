"""An invented list, so that a demonstration's approvals get numbers and its pages of the list show something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from intake.demo import products
from intake.register.changes import CURRENT, EDITABLE, REMOVED, column, is_fir
from intake.register.published import ListFile
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH

VERSION = "1.017"
_FAMILIES = ((products.SINGLE, 5), (products.GAS, 4), (products.HUB, 3), (products.PPMID, 3), (products.TWIN, 2))
"""Kinds of device, and how many firmware versions each has on the list."""
_MAKER, _CODE = "Brook Instruments Limited", "2B:61"
_MONTHS_LEFT = (4, 11, 14, 20, 30)
"""Until the families' CPA certificates end; of two, one of the notices lies behind us."""


def a_list(on: date) -> ListFile:
    """Make a list of Current and Removed entries, as if it had been issued by others.

    Args:
        on: today.
    """
    return ListFile(tuple(_entries(on)), (*PUBLISHED, UPGRADE_PATH), VERSION, f"{on:%d-%m-%Y}")


def _entries(on: date) -> Iterator[RegisterEntry]:
    number = 0
    for family, (device_type, versions) in enumerate(_FAMILIES):
        for version in range(versions):
            number += 1
            base = f"{number - 1:06}" if version else "N/A"
            status = REMOVED if (family, version) == (1, 1) else CURRENT
            yield RegisterEntry(
                f"{number:06}", status, _fields(device_type, on, family, version) | {UPGRADE_PATH: base}
            )


def _fields(device_type: str, on: date, family: int, version: int) -> dict[str, str]:
    values = products.faultless_form(device_type, on=on, serial=500 + family)
    values |= {
        FormField.MANUFACTURER_IDENTIFIER: _CODE,
        FormField.FIRMWARE_VERSION: f"03:{version + 1:02X}:00:00",
        FormField.IMAGE_CREATOR: _MAKER,
        FormField.IMAGE_HASH: sha256(f"{family} {version}".encode()).digest().hex(":").upper(),
        FormField.IMAGE_DESCRIPTOR: "Complete image",
    }
    if FormField.CPA_DATE in values:
        year, month = divmod(on.year * 12 + on.month - 1 + _MONTHS_LEFT[family], 12)
        values[FormField.CPA_DATE] = f"28/{month + 1:02}/{year}"
    if FormField.FIR_COMPANY_NAME in values:
        values[FormField.FIR_COMPANY_NAME] = _MAKER
    stated = {column(name): text for name, text in values.items()}
    return dict.fromkeys(EDITABLE, "") | {
        name: text for name, text in stated.items() if name in EDITABLE or is_fir(name)
    }
