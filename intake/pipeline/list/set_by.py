"""Finds which change set a value that an entry of the list has, among all that changed the entry."""

from __future__ import annotations

from collections.abc import Sequence

from intake.register.reconcile import STATUS, Change
from intake.store.listing import EntryVersion
from rules.facts import RegisterEntry


def set_by(told: Sequence[EntryVersion], change: Change) -> EntryVersion | None:
    """Find what made a value what it is after a change; what brought the entry in, where the whole of it is new.

    Args:
        told: what the entry has said, oldest first, up to what is told of.
        change: a value that differs.

    Returns:
        The last that changed the value to what it is after the change; None where nothing did, as in a file that says
        what the register never said, or where the entry is not there any more.
    """
    if not change.field:
        return told[0] if told and change.after else None
    later: EntryVersion | None = None
    for version in reversed(told):
        if _value(version.entry, change.field) == change.after:
            later = version
        elif later is not None:
            return later
    return later


def _value(entry: RegisterEntry, field: str) -> str:
    return entry.status if field == STATUS else entry.fields.get(field, "")
