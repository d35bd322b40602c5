"""The clocks of upgrade paths: from the day on which one was asked of us to the version that publishes it.

Neither the final text of MP231 nor a length of this clock is known, so that the configuration says it; nothing hangs
on it but what people and alerts see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from intake.clock import LONDON
from intake.pipeline.list.enter import read
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange
from intake.store import changes
from intake.store.changes import StoredChange
from intake.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class PathClock:
    """An upgrade path that was asked for and is not published yet."""

    change: int
    asked_at: datetime
    """The moment of asking, or the beginning of the day that was stated."""
    due: datetime
    """The end of the last working day for it."""

    def is_late(self, now: datetime) -> bool:
        """Tell whether its last working day is over."""
        return now > self.due


def path_clocks(services: Services, tx: Transaction) -> tuple[PathClock, ...]:
    """List the clocks that run, the earliest deadline first."""
    waiting = changes.unpublished_of_kind(tx, ChangeKind.STATE_PATH.value)
    clocks = (_clock(services, stored, read(stored.request).change) for stored in waiting)
    return tuple(sorted(clocks, key=lambda clock: (clock.due, clock.change)))


def path_clock(services: Services, stored: StoredChange, change: ListChange) -> PathClock | None:
    """Give the clock of one change, whether it still runs or not; None where it states no upgrade path."""
    return _clock(services, stored, change) if change.kind is ChangeKind.STATE_PATH else None


def _clock(services: Services, stored: StoredChange, change: ListChange) -> PathClock:
    asked = datetime.combine(change.asked, time(), LONDON) if change.asked else stored.proposed_at
    days = services.config.publish.path_within_days
    return PathClock(stored.id, asked, services.calendar.decide_due(asked, days))
