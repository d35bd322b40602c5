"""Finds what a removal of entries would break: Device Models that leave the list, and upgrade routes that end.

It only tells; nothing is ever removed by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.register.paths import Plan, plan
from intake.register.releases import HARDWARE, Release, Releases
from rules.facts import RegisterEntry
from rules.published import MODEL, key_of, published

REMOVED = "Removed"


@dataclass(frozen=True, slots=True)
class LeavingModel:
    """A Device Model that no Current entry would list any more."""

    values: tuple[str, ...]
    """Type, manufacturer, model, hardware version and revision, firmware, as published."""
    entries: tuple[str, ...]
    """Those that list it now."""


@dataclass(frozen=True, slots=True)
class BrokenRoute:
    """An upgrade that can be planned now and could not be any more."""

    start: str
    goal: str
    was: tuple[str, ...]
    """A shortest route now, from the installed entry to the goal."""
    why: tuple[str, ...]
    """What blocks it then, a sentence each."""
    instead: str
    """The newest entry that could still be reached; empty where there is none, or the installed one is the newest."""


@dataclass(frozen=True, slots=True)
class RemovalEffects:
    """What would no longer be so."""

    models: tuple[LeavingModel, ...]
    routes: tuple[BrokenRoute, ...]


def effects_of_removal(entries: Sequence[RegisterEntry], removed: Collection[str]) -> RemovalEffects:
    """Tell what the removal of entries would break; only the hardware that they are for is looked at.

    Args:
        entries: the whole list, as it is.
        removed: numbers of the entries that would be removed.

    Raises:
        KeyError: the list has no such entry.
    """
    known = {entry.number: entry for entry in entries}
    hardware = {key_of(known[number], HARDWARE) for number in removed}
    concerned = [entry for entry in entries if key_of(entry, HARDWARE) in hardware]
    now = Releases(concerned)
    then = Releases(replace(entry, status=REMOVED) if entry.number in removed else entry for entry in concerned)
    return RemovalEffects(tuple(_models(now, then)), tuple(_routes(now, then)))


def _models(now: Releases, then: Releases) -> Iterator[LeavingModel]:
    for key, release in now.by_key.items():
        if release.current and not then.by_key[key].current:
            values = tuple(published(release.current[-1], name) for name in MODEL)
            yield LeavingModel(values, tuple(entry.number for entry in release.current))


def _routes(now: Releases, then: Releases) -> Iterator[BrokenRoute]:
    """Each installed release's way to the newest one, where it can be taken now and not then."""
    for release in now.by_key.values():
        before = plan(now, release.shown)
        if not before.steps:
            continue
        after = plan(then, before.start, before.goal)
        if after.steps is None:
            yield BrokenRoute(before.start, before.goal, before.routes[0], after.blocked, _instead(then, release))


def _instead(then: Releases, release: Release) -> str:
    other: Plan = plan(then, release.shown)
    return other.goal if other.steps else ""
