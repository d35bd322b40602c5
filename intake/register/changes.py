"""The kinds of change that people make to the list, and what each makes of its entries; pure.

A change names what it wants; `intake.register.applying` makes entries of it, or says why not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rules.fields import FormField
from rules.published import CERTIFICATES, COLUMNS, PUBLISHED, UPGRADE_PATH

CURRENT, REMOVED = "Current", "Removed"


class ChangeKind(StrEnum):
    """How the list changes, as its history shows it."""

    ADD = "add"
    """An approved submission becomes an entry."""
    UPDATE_HASH = "update hash"
    """An entry that lists no image lists one now (guidance section 4)."""
    CORRECT = "correct"
    """An entry said what was never so; both values are kept."""
    REPLACE_CERTIFICATE = "replace certificate"
    """Entries rest on another certificate, all in one go."""
    REMOVE = "remove"
    REINSTATE = "reinstate"
    """A Removed entry is Current again."""
    READD = "re-add"
    """A Removed entry's device is listed again, under a new number."""
    AMEND = "amend"
    """Entries say something else until a day, such as for the DCC's loader; then what they said before."""
    RENAME_VALUE = "rename value"
    """A value has another name on every entry that has it."""
    STATE_PATH = "state upgrade path"
    """From which entries an entry can be upgraded to (MP231)."""
    END_AMENDMENT = "end amendment"
    """The day of an amendment has come; it was decided with it."""


BY_PEOPLE = tuple(kind for kind in ChangeKind if kind is not ChangeKind.END_AMENDMENT)
"""Kinds that a person asks for."""
NEW_NUMBER = frozenset({ChangeKind.ADD, ChangeKind.READD})
"""Kinds that give an entry a new number."""


class RemovalReason(StrEnum):
    """Why an entry is removed."""

    REVOKED = "its certificate was withdrawn"
    EXPIRED = "its certificate has expired"
    REPLACED = "another entry takes its place"
    CLONE = "it lists the same release as another entry"
    DEFECT = "a defect"


FIR_GROUPS = ("Manufacturer Contact FIR.", "FIR Release Notes.")
"""Fields of the form that are published in the Firmware Information Repository alone."""
HASH_FIELDS = (FormField.IMAGE_CREATOR, FormField.IMAGE_HASH, FormField.IMAGE_DESCRIPTOR)
CERTIFICATE_FIELDS: Mapping[str, tuple[str, ...]] = {
    FormField.CPA_NUMBER: (FormField.CPA_NUMBER, FormField.SECURITY_CHARACTERISTICS, FormField.CPA_DATE),
    FormField.DLMS_NUMBER: (FormField.DLMS_NUMBER, FormField.DLMS_VERSION),
    FormField.ZSE_NUMBER: (FormField.ZSE_NUMBER, FormField.ZSE_VERSION),
}
"""By the field of a certificate's number: what an entry states of the certificate."""
EDITABLE = tuple(str(name) for name in PUBLISHED if name not in {FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS})
"""The list's columns that a change may state a value for, in the list's order."""

assert set(CERTIFICATE_FIELDS) == set(CERTIFICATES)  # noqa: S101  # our own mistake


def column(name: str) -> str:
    """Give the list's name of a field of the form."""
    return str(COLUMNS.get(name, name))


def is_fir(name: str) -> bool:
    """Tell whether a field is published in the Firmware Information Repository alone."""
    return name.startswith(FIR_GROUPS)


def may_be_stated(name: str) -> bool:
    """Tell whether a change may state a value of this column."""
    return name in EDITABLE or name == UPGRADE_PATH or is_fir(name)


class ChangeRefusedError(Exception):
    """The list cannot be changed so; the text is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody else's number for what led to a change."""

    kind: str
    """Such as ``DCC incident``, ``DCC change``, ``SSC``."""
    number: str

    def __str__(self) -> str:
        """Both, as they are published."""
        return f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class ListChange:
    """A change as a person asks for it."""

    kind: ChangeKind
    effective: date
    """The day from which it holds; never one to come."""
    entries: tuple[str, ...] = ()
    """Numbers of the entries that it is about; none for a new entry, or for all that have a value."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What entries state from now on, by the list's columns."""
    was: str = ""
    """The certificate that is replaced, or the value that is renamed."""
    reason: str = ""
    """For the list's readers."""
    internal_reason: str = ""
    """For ourselves and auditors; never published."""
    references: tuple[Reference, ...] = ()
    until: date | None = None
    """The day on which an amendment ends."""
    asked: date | None = None
    """The day on which an upgrade path was asked of us; None for the day on which it is proposed."""
    removal: RemovalReason | None = None
    replaced_by: str = ""
    """The entry that takes the place of those removed."""
