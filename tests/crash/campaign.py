"""Kills, one after the other, in one place whose mail keeps coming."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crash.place import KILLED, Place, Posted, a_mail
from helpers import a_submission

SQLITE = "sqlite:///var/cpl-intake.db"
"""A store beneath the place's own folder."""
_DECISION, _JUDGING = "decide: ", "examine: "
_OF_A_FORM_ALONE = {"received", "extracted+acknowledgement_queued+examined+review_opened"}
"""Commits that a message makes whose subject does not say that it is a submission."""


@dataclass
class Toll:
    """What was done to a place."""

    kills: int = 0
    rounds: int = 0
    not_reached: list[str] = field(default_factory=list)
    """Points at which nothing died, though it should have."""


def points_of(place: Place) -> list[str]:
    """Every point that a process comes by which takes in each kind of mail and returns a submission."""
    seen = place.folder / "seen"
    for number, form_alone in enumerate((True, False, False)):
        _submit(place, number, form_alone=form_alone)
        place.live(seen=str(seen))
    _submit(place, 3, form_alone=False)
    place.live(seen=str(seen), stumbles=True)
    place.live(seen=str(seen), **{"return": place.waiting()[0]})
    place.live()
    return sorted(set(seen.read_text().splitlines()))


_LIVES = 4
"""Loops run side by side: a letter is archived by the one that sends it or, where that one is late, on its own, so that
some points are not come by in every life."""


def kill_at_each(place: Place, points: list[str]) -> Toll:
    """Kill one process at every point, each restarting where the one before it died."""
    toll = Toll()
    for point in points:
        form_alone = point.rpartition(" commit of ")[2] in _OF_A_FORM_ALONE
        for _ in range(_LIVES):
            if form_alone:
                settle(place)  # or it would be recorded together with what the one before left behind
            _submit(place, len(place.posted), form_alone=form_alone)
            toll.rounds += 1
            if _dies(place, point, time=1):
                toll.kills += 1
                break
        else:
            toll.not_reached.append(point)
    settle(place)
    return toll


def kill_at_random(
    place: Place, points: list[str], kills: int, draw: random.Random, tell: Callable[[Toll], None]
) -> Toll:
    """Kill at points and moments drawn at random until so many have died."""
    toll = Toll()
    while toll.kills < kills:
        for _ in range(draw.choice((0, 1, 1, 2))):
            place.post(a_mail(len(place.posted), draw))
        if draw.random() < 0.3:  # three in ten die at any moment, not at a point
            died = place.live(after=draw.uniform(0.02, 0.5)) == KILLED
        else:
            died = _dies(place, draw.choice(points), time=draw.choice((1, 1, 1, 2, 3)))
        toll.kills += died
        toll.rounds += 1
        if died and toll.kills % 100 == 0:
            tell(toll)
    settle(place)
    return toll


def settle(place: Place) -> None:
    """Let a process that nobody kills finish what there is to do."""
    assert place.live() == 0


def _dies(place: Place, point: str, *, time: int) -> bool:
    if not point.startswith(_DECISION):
        return place.live(death=point, time=time, stumbles=_is_of_two_steps(point)) == KILLED
    waiting = place.waiting()
    if not waiting:
        return False
    died = place.live(death=point, **{"return": waiting[0]}) == KILLED
    place.live(**{"return": waiting[0]})  # as a person does who sees no answer; refused where it was returned before
    return died


def _is_of_two_steps(point: str) -> bool:
    """Whether it is come by only where reading and judging are two commits."""
    return point.startswith(_JUDGING) or point.endswith(" commit of extracted")


def _submit(place: Place, number: int, *, form_alone: bool) -> None:
    subject = "Documents as discussed" if form_alone else "CPL submission"
    place.post(Posted(a_submission(serial=number, subject=subject), answered=True))


def place_in(folder: Path, url: str, *, own_volume: bool = False) -> Place:
    """A place whose store is where the URL says; a relative file of SQLite's lies in the folder."""
    return Place(folder / "place", url, own_volume=own_volume)
