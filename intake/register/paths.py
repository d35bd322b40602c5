"""Finds how an installed release is upgraded to another: the next step, the shortest routes, and what blocks them.

The routes are never all written out: a thousand versions can have 10^16 of them. Their number is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intake.register.releases import Release, Releases
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import is_current, published
from rules.text import shown

MOST_ROUTES = 10
_NOTE = "It does not replace the Release Notes."


@dataclass(frozen=True, slots=True)
class Plan:
    """How one installed release gets to its goal."""

    start: str
    """The entry that is installed; empty where it is not known."""
    goal: str
    next: str
    """The entry to upgrade to first; empty where there is none or none is needed."""
    steps: int | None
    """How many upgrades it takes; None where no route can be taken."""
    routes: tuple[tuple[str, ...], ...] = ()
    """At most `MOST_ROUTES` of the shortest, each from the installed entry to the goal."""
    count: int = 0
    """How many shortest routes there are."""
    blocked: tuple[str, ...] = ()
    """Why there is no route, a sentence each."""
    notes: tuple[str, ...] = field(default=())
    as_of: str = ""

    def as_object(self) -> dict[str, object]:
        """Give the plan as JSON says it."""
        return {
            "from": self.start or None,
            "goal": self.goal or None,
            "next": self.next or None,
            "steps": self.steps,
            "routes": [list(route) for route in self.routes],
            "count": str(self.count),
            "blocked": list(self.blocked),
            "as_of": self.as_of,
            "note": self.note,
        }

    @property
    def note(self) -> str:
        """What a reader should know besides."""
        return " ".join((*self.notes, _NOTE))


def plan(releases: Releases, start: str, goal: str | None = None) -> Plan:
    """Plan the upgrade of an installed entry.

    Args:
        releases: the list.
        start: the installed entry's number.
        goal: an entry's number; None for the newest on the list of the same hardware.

    Raises:
        KeyError: the list has no such entry.
    """
    begin = releases.of_entry[start]
    end = releases.of_entry[goal] if goal is not None else releases.newest(begin)
    shown_goal = goal or end.shown
    if begin is end:
        return Plan(start, shown_goal, "", 0, ((start,),), 1, (), _notes(releases, begin, end), releases.as_of)
    layers = _layers(begin, end, releases.deliverable)
    if layers is None:
        return Plan(
            start,
            shown_goal,
            "",
            None,
            blocked=tuple(_blocked(releases, begin, end)),
            notes=_notes(releases, begin, end),
            as_of=releases.as_of,
        )
    ways = _routes(layers, begin, end)
    routes = tuple((start, *(release.shown for release in route[1:-1]), shown_goal) for route in ways)
    return Plan(
        start,
        shown_goal,
        routes[0][1],
        len(routes[0]) - 1,
        routes,
        _count(layers, begin, end),
        (),
        (*_notes(releases, begin, end), *_across_hardware(ways)),
        releases.as_of,
    )


Layers = Mapping[tuple[str, ...], tuple[Release, ...]]
"""By release: those before it on a shortest route, or those that it can be upgraded to."""


def _layers(begin: Release, end: Release, onward: Layers) -> Layers | None:
    """Walk layer by layer to the goal; None where it is not reached."""
    before: dict[tuple[str, ...], list[Release]] = {begin.key: []}
    layer = [begin]
    while layer and end.key not in before:
        ahead: dict[tuple[str, ...], list[Release]] = {}
        reached: dict[tuple[str, ...], Release] = {}
        for release in layer:
            for other in onward.get(release.key, ()):
                if other.key not in before:
                    ahead.setdefault(other.key, []).append(release)
                    reached[other.key] = other
        before.update(ahead)
        layer = list(reached.values())
    return {key: tuple(those) for key, those in before.items()} if end.key in before else None


def _count(layers: Layers, begin: Release, end: Release) -> int:
    """Count the shortest routes, each release's once its predecessors' are known."""
    counted = {begin.key: 1}
    ahead = [end]
    while ahead:
        release = ahead[-1]
        missing = [other for other in layers[release.key] if other.key not in counted]
        if missing:
            ahead += missing
            continue
        counted.setdefault(release.key, sum(counted[other.key] for other in layers[release.key]))
        ahead.pop()
    return counted[end.key]


def _routes(layers: Layers, begin: Release, end: Release) -> list[tuple[Release, ...]]:
    """Write out some of the shortest routes, by entry number, walking back from the goal."""
    ends: list[tuple[Release, ...]] = [(end,)]
    while ends[0][0] is not begin:
        ends = [(other, *route) for route in ends for other in layers[route[0].key]][:MOST_ROUTES]
    return ends


def _blocked(releases: Releases, begin: Release, end: Release) -> Iterator[str]:
    """Say why the goal is not reached: what breaks the stated routes, or that none is stated."""
    if end.hindrance:
        yield f"{end.hindrance}."
    if end.key[:-1] != begin.key[:-1]:
        yield _other_hardware(begin, end)
    stated = _layers(begin, end, releases.onward)
    if stated is not None:
        for release in _routes(stated, begin, end)[0][1:-1]:
            if release.hindrance:
                yield f"On the way {release.hindrance}."
        return
    yield from _dead_ends(releases, end)
    circle = releases.circle(end)
    if circle:
        yield f"The stated paths lead in a circle: {' to '.join(circle)}."


def _dead_ends(releases: Releases, end: Release) -> Iterator[str]:
    """Where the stated paths to the goal begin, looking back from it."""
    seen, ahead = {end.key}, [end]
    while ahead:
        release = ahead.pop(0)
        stated = release.stated
        if release.unread:
            told = ", ".join(f"“{shown(text)}”" for text in release.unread)
            yield f"For {release.shown} the list says {told}, of which we cannot tell what can be upgraded to it."
        elif stated is None:
            yield f"For {release.shown} no upgrade path is stated, so it is not known what can be upgraded to it."
        elif not stated:
            yield f"For {release.shown} the list says N/A: no version can be upgraded to it."
        for number in stated or ():
            if number not in releases.of_entry:
                yield f"{release.shown} can be upgraded from {number}, which is not on the list."
            elif releases.of_entry[number] is release:
                yield f"{release.shown} names itself, {number}, as what can be upgraded to it."
        for base in releases.bases[release.key]:
            if base.key not in seen:
                seen.add(base.key)
                ahead.append(base)


def _notes(releases: Releases, begin: Release, end: Release) -> tuple[str, ...]:
    notes = []
    installed = [entry for entry in begin.entries if is_current(entry)]
    if not installed:
        notes.append(f"What is installed, {begin.numbers}, was removed from the list.")
    if begin.key[-1] > end.key[-1]:
        notes.append("The goal has the lower firmware number.")
    parts = [release for release in (end, begin) if _fragments(release.current)]
    notes += [f"{release.numbers} are parts of one release and are sent together." for release in parts]
    newest = releases.newest(begin)
    if end is not newest:
        notes.append(f"The newest on the list is {newest.shown}.")
    return tuple(notes)


def _across_hardware(routes: Sequence[tuple[Release, ...]]) -> tuple[str, ...]:
    """What the routes ask that no upgrade can do, though the makers state it."""
    steps = dict.fromkeys(step for route in routes for step in pairwise(route))
    return tuple(_other_hardware(base, other) for base, other in steps if base.key[:-1] != other.key[:-1])


def _other_hardware(base: Release, other: Release) -> str:
    return f"{other.shown} is for other hardware than {base.shown}: an upgrade changes firmware alone."


def _fragments(entries: tuple[RegisterEntry, ...]) -> bool:
    """Whether these entries state different images of one release."""
    images = {published(entry, FormField.IMAGE_HASH) for entry in entries} - {""}
    return len(images) > 1
