"""Days of traffic, one after the other, and what the daemon takes at the end of each."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hostile.mails import MAILS
from peers.dovecot import dovecot
from peers.proxy import Wire
from processes import Footprint
from steady.faults import faults_of
from steady.pace import DAY, Pace
from steady.place import Place
from steady.traffic import Traffic
from steady.trust import signers

WARM_DAYS = 2
"""Until then caches fill, modules load and pools open; growth counts from the end of this day."""
_BREAKS = (2, 1)
"""Broken connections on a working day, and at weekends."""
_CUTS = (0, 40, 400, 40_000)
"""Octets that are still answered: none, amid an answer to a look, amid a message."""
_SATURDAY = 5


@dataclass(frozen=True)
class Plan:
    """How long, how fast, how much."""

    days: int = 7
    day_seconds: float = 120.0
    mail: tuple[int, int] = (60, 10)
    """Messages on a working day, and at weekends."""
    hostile_first: int = len(MAILS)
    """Hostile messages on the first day: one of each kind, as what the worst of them need grows nothing later."""
    measured_seconds: float = 3.0
    """So long at the end of each day is looked at what the daemon takes."""
    seed: int = 1


@dataclass
class Week:
    """What was seen."""

    footprints: list[Footprint] = field(default_factory=list)
    """At the end of each day."""
    messages: int = 0
    turns: dict[str, int] = field(default_factory=dict)
    """Of each of the daemon's loops."""
    faults: list[str] = field(default_factory=list)

    @property
    def grown(self) -> Footprint:
        """By how much, from the end of the last warm day to the end of the last."""
        first, last = self.footprints[WARM_DAYS - 1], self.footprints[-1]
        return Footprint(
            last.memory - first.memory,
            last.own - first.own,
            last.threads - first.threads,
            last.descriptors - first.descriptors,
        )


def live(plan: Plan, tell: Callable[[int, Week], object] = lambda _day, _week: None) -> Week:
    """Let the days pass; `tell` hears of each."""
    week = Week()
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="steady-")))
        lists, holders = kept.enter_context(signers(folder))
        server = kept.enter_context(dovecot())
        pace = Pace(_next_monday(), time.monotonic(), DAY.total_seconds() / plan.day_seconds)
        traffic = Traffic(random.Random(plan.seed), holders)
        place = Place(folder, server, kept.enter_context(Wire(server.port)), lists, pace)
        with place.open():
            for day in range(plan.days):
                _pass(plan, place, traffic, pace.start + day * DAY, week)
                tell(day + 1, week)
        week.messages, week.turns = len(place.posted), place.turns
        week.faults += faults_of(place)
    return week


def _pass(plan: Plan, place: Place, traffic: Traffic, midnight: datetime, week: Week) -> None:
    """One day, to its end."""
    weekend = midnight.weekday() >= _SATURDAY
    happening: list[tuple[datetime, str]] = [(at, "mail") for at in traffic.moments(midnight, plan.mail[weekend])]
    happening += [(at, "break") for at in traffic.moments(midnight, _BREAKS[weekend])]
    if not week.footprints:
        happening += [(at, "hostile") for at in traffic.moments(midnight, plan.hostile_first)]
    if len(week.footprints) == WARM_DAYS:
        happening += [(at, "restart") for at in traffic.moments(midnight, 1)]
    traffic.known = list(place.posted)
    for at, what in sorted(happening):
        place.wait_until(at)
        if what == "mail":
            place.post(traffic.message(at), at)
        elif what == "hostile":
            place.post(traffic.hostile(), at)
        elif what == "break":
            place.break_connection(traffic.draw.choice(_CUTS))
        else:
            place.restart_server()
    if not place.settled():
        week.faults.append(f"{midnight:%A}'s mail was not done in time")
    place.wait_until(midnight + DAY - timedelta(seconds=plan.measured_seconds * place.pace.factor))
    week.footprints.append(place.footprint(plan.measured_seconds))
    place.wait_until(midnight + DAY)


def _next_monday() -> datetime:
    """The tests' certificates are made as of today, and hold for a year."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 - today.weekday())
