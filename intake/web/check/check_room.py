"""How many public checks there may be: some at a time, some that wait, and so many bytes of all together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

_MOST_BYTES = 256 << 20
"""Of all uploads that are in memory together; beside them each check has a child process of its own."""


class FullError(Exception):
    """There is no room for another check now."""


class Room:
    """Admits checks; safe to use from several threads."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Say how many are made side by side, and how many may wait for their turn."""
        self._turns = BoundedSemaphore(at_once)
        self._most = at_once + waiting
        self._lock = Lock()
        self._inside = 0
        self._bytes = 0

    def enter(self, size: int) -> None:
        """Admit an upload of so many bytes; whoever entered leaves.

        Raises:
            FullError: there are too many, or they are too large together.
        """
        with self._lock:
            if self._inside >= self._most or self._bytes + size > _MOST_BYTES:
                raise FullError
            self._inside += 1
            self._bytes += size

    def leave(self, size: int) -> None:
        """Give the place of an upload of so many bytes to another."""
        with self._lock:
            self._inside -= 1
            self._bytes -= size

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it."""
        with self._turns:
            yield
