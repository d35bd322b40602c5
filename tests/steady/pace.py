"""Time that goes faster: a clock and an event for the process under test, and the same clock for who watches it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, current_thread

DAY = timedelta(days=1)
SHORTEST_SECONDS = 0.01
"""No wait is made shorter: three loops that look every millisecond would do nothing but look, and nobody would poll."""


@dataclass(frozen=True)
class Pace:
    """How a simulated moment follows from this machine's monotonic clock, which all its processes share."""

    start: datetime
    """Simulated, with its zone."""
    begun: float
    """By the monotonic clock."""
    factor: float
    """Simulated seconds a second."""

    def now(self) -> datetime:
        """The simulated moment; so this is a Clock."""
        return self.start + timedelta(seconds=(time.monotonic() - self.begun) * self.factor)

    def until(self, moment: datetime) -> float:
        """Real seconds to go; less than 0 where it is past."""
        return (moment - self.now()).total_seconds() / self.factor


class HastyEvent(Event):
    """Its waits end sooner by a factor; counted by the thread that waited."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self._factor = factor
        self.waits: Counter[str] = Counter()

    def wait(self, timeout: float | None = None) -> bool:
        self.waits[current_thread().name] += 1
        if timeout:
            timeout = max(timeout / self._factor, SHORTEST_SECONDS)
        return super().wait(timeout)
