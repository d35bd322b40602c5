"""What the pages of the list call kinds of changes and states, and in which colour they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake.register.changes import ChangeKind, RemovalReason
from intake.store.changes import ChangeState
from intake.store.listing import IMPORT
from intake.store.loader_rules import LoaderRuleState
from intake.store.publications import PublicationState
from rules.fields import FormField

KINDS: Mapping[str, str] = {
    ChangeKind.ADD: "Added",
    ChangeKind.UPDATE_HASH: "Hash listed",
    ChangeKind.CORRECT: "Corrected",
    ChangeKind.REPLACE_CERTIFICATE: "Certificate replaced",
    ChangeKind.REMOVE: "Removed",
    ChangeKind.REINSTATE: "Reinstated",
    ChangeKind.READD: "Listed again",
    ChangeKind.AMEND: "Amended for a time",
    ChangeKind.RENAME_VALUE: "Value renamed",
    ChangeKind.STATE_PATH: "Upgrade path stated",
    ChangeKind.END_AMENDMENT: "Amendment ended",
    IMPORT: "Came with a file of the list",
}
"""By the kind of what an entry said, as its history tells it."""

ASKED: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.CORRECT: ("Correct an entry", "It said what was never so. Both values are kept."),
    ChangeKind.UPDATE_HASH: (
        "List the hash of an image",
        "Only where none is listed; a wrong hash is corrected.",
    ),
    ChangeKind.REPLACE_CERTIFICATE: ("Replace a certificate", "On many entries in one go."),
    ChangeKind.REMOVE: ("Remove an entry", "It stays on the list as Removed."),
    ChangeKind.REINSTATE: ("Reinstate an entry", "A Removed entry is Current again."),
    ChangeKind.READD: ("List a Removed device again", "Under a new number."),
    ChangeKind.AMEND: (
        "Amend for a time",
        "Such as for the loader of the DCC; then it says what it said before.",
    ),
    ChangeKind.RENAME_VALUE: ("Rename a value", "On every entry that has it."),
    ChangeKind.STATE_PATH: ("State an upgrade path", "From which entries it can be upgraded to (MP231)."),
}
"""By the kind of change that a person asks for on a page: its title, and when it is right."""

SLUGS: Mapping[str, ChangeKind] = {kind.value.replace(" ", "-"): kind for kind in ASKED}
"""How an address names a kind of change."""

CHANGES: Mapping[str, tuple[str, str]] = {
    ChangeState.PROPOSED: ("For a second person", "yellow"),
    ChangeState.WAITS: ("Waits for a list", "grey"),
    ChangeState.APPROVED: ("Approved", "green"),
    ChangeState.REFUSED: ("Refused", "red"),
}

PUBLICATIONS: Mapping[str, tuple[str, str]] = {
    PublicationState.PREPARED: ("Prepared", "yellow"),
    PublicationState.WITHDRAWN: ("Given up", "grey"),
    PublicationState.PUBLISHED: ("Published", "blue"),
    PublicationState.LOADED: ("Loaded by the DCC", "green"),
    PublicationState.REJECTED: ("Rejected by the DCC", "red"),
}

LOADER_RULES: Mapping[str, tuple[str, str]] = {
    LoaderRuleState.PROPOSED: ("For a second person", "yellow"),
    LoaderRuleState.AGREED: ("Holds", "green"),
    LoaderRuleState.REFUSED: ("Refused", "red"),
    LoaderRuleState.REPLACED: ("Replaced", "grey"),
}

REMOVALS: Mapping[str, str] = {
    RemovalReason.REVOKED: "Its certificate was withdrawn",
    RemovalReason.EXPIRED: "Its certificate has expired",
    RemovalReason.REPLACED: "Another entry takes its place",
    RemovalReason.CLONE: "It lists the same release as another entry",
    RemovalReason.DEFECT: "A defect",
}

_SHORT: Mapping[str, str] = {
    FormField.CPA_NUMBER: "CPA certificate",
    FormField.DLMS_NUMBER: "DLMS certificate",
    FormField.ZSE_NUMBER: "ZigBee certificate",
}


def certificate(name: str) -> str:
    """Give what a kind of certificate is called, by the field of its number."""
    return _SHORT[name]


def slug(kind: str) -> str:
    """Tell how an address names a kind of change."""
    return kind.replace(" ", "-")


def numbers(entries: Iterable[str], most: int = 6) -> str:
    """Name entries by their numbers, the first few: ``000001, 000002 and 3 more``."""
    every = [*entries]
    shown = ", ".join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most} more"


def pairs(values: Iterable[str], chosen: str = "") -> list[tuple[str, str]]:
    """List values to choose from, as a form offers them; the one that was chosen too, known or not."""
    every = [*values]
    return [(value, value) for value in (every if not chosen or chosen in every else [chosen, *every])]
