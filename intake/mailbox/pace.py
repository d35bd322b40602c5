"""Staying below a server's limit by ourselves, so that it need not stop us."""

from __future__ import annotations

import time
from threading import Lock


class Pace:
    """A token bucket for requests, full at first; thread-safe."""

    def __init__(self, *, at_once: float, per_second: float) -> None:
        """Set the burst size and the long-run rate per second."""
        self._most, self._per_second = at_once, per_second
        self._left, self._counted_at = at_once, time.monotonic()
        self._lock = Lock()

    def wait(self) -> None:
        """Block until the next request is allowed."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self._most, self._left + (now - self._counted_at) * self._per_second) - 1
            self._counted_at = now
            short = -self._left / self._per_second
            if short > 0:  # waiting with the lock held keeps the others in their order
                time.sleep(short)
