"""Tells what a version changes in the DCC's inventory, which knows Device Models and not entries: ``inventory.csv``.

Source: SEC F2.1 and the DCC's inventory records, whose shapes are used: manufacturer 4 hex digits, model 8 (image
type, hardware version and revision), firmware 8, and the CPLStatus. One model may stand on several entries, so that an
entry's removal suspends nothing while another still lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake.publication.edition import Issue
from intake.publication.tables import for_people
from rules.facts import RegisterEntry
from rules.published import MODEL, is_current, key_of, published

HEADER = ("device_type", "manufacturer", "model", "firmware_version", "CPLStatus", "effect", "entries")
_Key = tuple[str, ...]


class Effect(StrEnum):
    """What becomes of a Device Model."""

    LISTED = "listed"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ModelEffect:
    """What a version changes for one Device Model of one type."""

    model: tuple[str, ...]
    """Type as published, then manufacturer, model and firmware version in the DCC's shapes."""
    current: bool
    effect: Effect
    still: tuple[str, ...] = ()
    """Where nothing changes for the model: the Current entries that list it besides those that changed."""
    entries: tuple[str, ...] = ()
    """Those of the model whose status or model is another in this version."""

    @property
    def status(self) -> str:
        """The model's CPLStatus."""
        return "Current" if self.current else "Removed"

    @property
    def told(self) -> str:
        """The effect in words: ``unchanged because entry 000451 still lists it``."""
        if not self.still:
            return self.effect.value
        numbers = ", ".join(self.still)
        lists = f"entries {numbers} still list" if len(self.still) > 1 else f"entry {numbers} still lists"
        return f"{self.effect.value} because {lists} it"

    def as_row(self) -> tuple[str, ...]:
        """Give its values in the order of `HEADER`."""
        return (*self.model, self.status, self.told, " ".join(self.entries))


def model_effects(issue: Issue) -> Iterator[ModelEffect]:
    """Tell it of every model of which an entry was added, removed, reinstated or given another model, by its key."""
    old = _by_model(issue.inventory.entries if issue.inventory else ())
    new = _by_model(issue.edition.entries)
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key, []), new.get(key, [])
        were, are = _current(before), _current(after)
        if were == are:
            continue
        moved = tuple(sorted(were ^ are))
        yield ModelEffect(
            _shapes((after or before)[-1]),
            current=bool(are),
            effect=_effect(had=bool(before), were=bool(were), are=bool(are)),
            still=tuple(sorted(are & were or are)) if were and are else (),
            entries=moved,
        )


def _effect(*, had: bool, were: bool, are: bool) -> Effect:
    if were:
        return Effect.UNCHANGED if are else Effect.SUSPENDED
    return Effect.REINSTATED if had else Effect.LISTED


def _by_model(entries: Iterable[RegisterEntry]) -> dict[_Key, list[RegisterEntry]]:
    grouped: dict[_Key, list[RegisterEntry]] = {}
    for entry in entries:
        grouped.setdefault(key_of(entry, MODEL), []).append(entry)
    return grouped


def _current(entries: Sequence[RegisterEntry]) -> set[str]:
    return {entry.number for entry in entries if is_current(entry)}


def _shapes(entry: RegisterEntry) -> tuple[str, ...]:
    kind, manufacturer, model, version, revision, firmware = [published(entry, name) for name in MODEL]
    codes = (manufacturer, f"{model}{version}{revision}", firmware)
    return (kind, *(code.replace(":", "").upper() for code in codes))


def inventory_csv(effects: Iterable[ModelEffect], line_end: str) -> bytes:
    """Write them as a table."""
    return for_people(HEADER, (effect.as_row() for effect in effects), line_end)
