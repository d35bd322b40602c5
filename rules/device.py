"""What kind of device a form speaks of, and what that demands.

Where the form does not say it in the form's own words, nothing is guessed:
an answer is given only if it would be the same for every kind of device that it might be.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TypeVar

from rules.facts import CellKind, NewEntry
from rules.fields import FormField
from rules.profile import Field, Presence
from rules.reference import reference
from rules.remembered import once_a_form
from rules.text import trimmed
from rules.younger import younger

_Answer = TypeVar("_Answer")


def text_of(new_entry: NewEntry, name: FormField) -> str:
    """Give the field's trimmed text; empty where the cell does not hold text."""
    row = new_entry.row(name)
    return trimmed(row.value) if row is not None and row.kind is CellKind.TEXT else ""


def device_type(new_entry: NewEntry) -> str | None:
    """Give the device type; None where it is not one of the form's choices."""
    stated = text_of(new_entry, FormField.DEVICE_TYPE)
    return stated if stated in reference().device_types else None


def is_smets1(new_entry: NewEntry) -> bool | None:
    """Tell whether it is a SMETS1 device; None where the version is none of the form's choices and no later one."""
    stated = text_of(new_entry, FormField.SMETS_VERSION)
    is_version = stated in reference().values("smets_chts") or younger("smets_chts", stated)
    return stated == reference().smets1 if is_version else None


def presences(field: Field, new_entry: NewEntry) -> frozenset[Presence]:
    """Give what the form may demand of the cell: one answer where the form says what kind of device it speaks of."""
    if len(field.presence) == 1:
        return frozenset(field.presence.values())
    return frozenset(_look_up(field.presence, kind, smets1=smets1) for kind, smets1 in _kinds(new_entry))


def needs(assurance: str, new_entry: NewEntry) -> bool | None:
    """Tell whether the device needs a certificate: ``zigbee``, ``cpa`` or ``dlms`` (guidance, appendix A 2.1)."""
    matrix = {"smets1": False, assurance: True, "otherwise": False}
    possible = {_look_up(matrix, kind, smets1=smets1) for kind, smets1 in _kinds(new_entry)}
    return possible.pop() if len(possible) == 1 else None


@once_a_form
def _kinds(new_entry: NewEntry) -> tuple[tuple[str, bool], ...]:
    """Every device type and SMETS1 or not that the form might speak of."""
    kind, smets1 = device_type(new_entry), is_smets1(new_entry)
    types = reference().device_types if kind is None else (kind,)
    return tuple(product(types, (True, False) if smets1 is None else (smets1,)))


def _look_up(table: Mapping[str, _Answer], kind: str, *, smets1: bool) -> _Answer:
    if smets1 and "smets1" in table:
        return table["smets1"]
    groups = reference().groups
    return next((table[group] for group in table if kind in groups.get(group, ())), table["otherwise"])
