"""Lines of the published list: their columns, and what two values must share to be the same.

The list was typed over many years: blanks stand behind values, `Zigbee` has a small b, days have dashes.
None of this makes two values differ here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rules.certificate_number import one_certificate, prefix_of, without_prefix
from rules.days import in_form, stated_date
from rules.facts import RegisterEntry
from rules.fields import DEVICE_MODEL, FormField
from rules.text import plain

MODEL = (FormField.DEVICE_TYPE, *DEVICE_MODEL)
HARDWARE = MODEL[:-1]
"""What an upgrade never changes: the type of device, its maker, model and hardware version."""
IDENTITY = (*MODEL, FormField.SMETS_VERSION, FormField.GBCS_VERSION)
"""What makes two lines of the list the same one."""
CERTIFICATES = (FormField.CPA_NUMBER, FormField.DLMS_NUMBER, FormField.ZSE_NUMBER)
UPGRADE_PATH = "Firmware Upgrade Path"
COLUMNS: Mapping[str, str] = {FormField.SMETS_VERSION: "SMETS_CHTS Version.Version_number_and_effective_date"}
"""The list's name of a column, where it is not the form's."""
PUBLISHED = tuple(
    COLUMNS.get(name, name)
    for name in (
        FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS, *IDENTITY,
        FormField.CPA_NUMBER, FormField.SECURITY_CHARACTERISTICS, FormField.CPA_DATE,
        FormField.DLMS_NUMBER, FormField.DLMS_VERSION,
        FormField.ZSE_NUMBER, FormField.ZSE_VERSION,
        FormField.IMAGE_CREATOR, FormField.IMAGE_HASH, FormField.IMAGE_DESCRIPTOR,
    )
)  # fmt: skip
"""The list's columns, in its order."""

_CODES = {*DEVICE_MODEL, FormField.IMAGE_HASH}


def has(entry: RegisterEntry, name: str) -> bool:
    """Tell whether the list has a column for this field of the form."""
    return COLUMNS.get(name, name) in entry.fields


def published(entry: RegisterEntry, name: str) -> str:
    """Give what is published under this field of the form, without blanks around it; empty where nothing is."""
    return entry.fields.get(COLUMNS.get(name, name), "").strip()


@lru_cache(maxsize=8192)
def same_form(name: str, text: str) -> str:
    """Give the text in the one form in which values of this field are compared."""
    seen = plain(text)
    if name in _CODES:
        return seen.replace(":", "").upper()
    day = stated_date(seen) if name == FormField.CPA_DATE else None
    return in_form(day) if day else seen.casefold()


def same(name: str, stated: str, entry: RegisterEntry) -> bool:
    """Tell whether the form's text and the line of the list say the same in this field."""
    ours, theirs = stated, published(entry, name)
    if name == FormField.CPA_NUMBER and not (prefix_of(ours) and prefix_of(theirs)):
        ours, theirs = without_prefix(ours), without_prefix(theirs)
    return same_form(name, ours) == same_form(name, theirs)


def key_of(entry: RegisterEntry, names: Iterable[str]) -> tuple[str, ...]:
    """Give these fields of a line, comparable."""
    return tuple(same_form(name, published(entry, name)) for name in names)


def certificate_key(name: str, number: str) -> str:
    """Give a certificate's number, comparable; empty where there is none."""
    return same_form(name, without_prefix(number) if name == FormField.CPA_NUMBER else number)


def one_listed(name: str, number: str) -> str:
    """Give what the list's spellings of a certificate's number share, finer than `certificate_key`; empty for none."""
    return one_certificate(number) if name == FormField.CPA_NUMBER else certificate_key(name, number)


def is_current(entry: RegisterEntry) -> bool:
    """Tell whether the line may be relied on."""
    return entry.status.strip().casefold() == "current"


def listed(entries: Iterable[RegisterEntry], most: int = 5) -> str:
    """Give their numbers, in order: ``000001, 000002 and 3 more``."""
    numbers = sorted({entry.number for entry in entries})
    shown = ", ".join(numbers[:most])
    return shown if len(numbers) <= most else f"{shown} and {len(numbers) - most} more"
