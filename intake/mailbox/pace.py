"""Staying below a server's limit by ourselves, so that it need not stop us."""

from __future__ import annotations

import time
from threading import Lock


class Pace:
    """A bucket of leave to ask: full at first, and filled again evenly; used by any number of threads."""

    def __init__(self, *, at_once: float, per_second: float) -> None:
        """Say how many may go without waiting, and how many a second in the long run."""
        self._most, self._per_second = at_once, per_second
        self._left, self._counted_at = at_once, time.monotonic()
        self._lock = Lock()

    def wait(self) -> None:
        """Return when it is our turn: never later than one turn's time after the one before."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self._most, self._left + (now - self._counted_at) * self._per_second) - 1
            self._counted_at = now
            short = -self._left / self._per_second
            if short > 0:  # waiting with the lock held keeps the others in their order
                time.sleep(short)
