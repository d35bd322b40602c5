"""Finds what a removal of entries would break: Device Models that leave the list, and upgrade routes that end.

It only tells; nothing is ever removed by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.register.paths import plan
from intake.register.releases import Release, Releases
from rules.facts import RegisterEntry
from rules.published import HARDWARE, MODEL, key_of, published

REMOVED = "Removed"
MOST_ROUTES = 50
"""So many broken routes are written out; the others are counted."""


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
    further: int
    """Routes that break beyond these."""


def effects_of_removal(entries: Sequence[RegisterEntry], removed: Collection[str]) -> RemovalEffects:
    """Tell what the removal of entries would break; only the hardware that they are for is looked at.

    Args:
        entries: the whole list, as it is.
        removed: numbers of the entries that would be removed.

    Raises:
        KeyError: the list has no such entry.
    """
    by_number = {entry.number: entry for entry in entries}
    hardware = {key_of(by_number[number], HARDWARE) for number in removed}
    concerned = [entry for entry in entries if key_of(entry, HARDWARE) in hardware]
    now = Releases(concerned)
    left = [replace(entry, status=REMOVED) if entry.number in removed else entry for entry in concerned]
    then = Releases(left, leaving=removed)
    broken = list(_broken(now, then))
    routes = tuple(_route(now, then, release) for release in broken[:MOST_ROUTES])
    return RemovalEffects(tuple(_models(now, then)), routes, len(broken) - len(routes))


def _models(now: Releases, then: Releases) -> Iterator[LeavingModel]:
    for key, release in now.by_key.items():
        if release.current and not then.by_key[key].current:
            values = tuple(published(release.current[-1], name) for name in MODEL)
            yield LeavingModel(values, tuple(entry.number for entry in release.current))


def _broken(now: Releases, then: Releases) -> Iterator[Release]:
    """The releases from which the newest one can be reached now and not then."""
    reaching: dict[tuple[str, ...], frozenset[tuple[str, ...]]] = {}
    for release in now.by_key.values():
        goal = now.newest(release)
        if goal.key not in reaching:
            reaching[goal.key] = _reaching(now, goal.key) - _reaching(then, goal.key)
        if release.key in reaching[goal.key]:
            yield release


def _reaching(releases: Releases, goal: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The releases from which this one can be reached, looking back from it once for all of them."""
    reached: set[tuple[str, ...]] = set()
    ahead = [goal]
    while ahead:
        key = ahead.pop()
        bases = () if releases.by_key[key].hindrance else releases.bases[key]
        fresh = {base.key for base in bases} - reached
        reached |= fresh
        ahead += fresh
    return frozenset(reached - {goal})


def _route(now: Releases, then: Releases, release: Release) -> BrokenRoute:
    before = plan(now, release.shown)
    after = plan(then, before.start, before.goal)
    other = plan(then, release.shown)
    instead = other.goal if other.steps else ""
    return BrokenRoute(before.start, before.goal, before.routes[0], after.blocked, instead)
