"""Which loops of this process live: each says by when it will be heard of again."""

from __future__ import annotations

import time
from threading import Lock, current_thread

PATIENCE_SECONDS = 300.0
"""Longer than anything that works may be silent: a document's limit, a mail server's answer, a minute of retries."""


class Pulse:
    """Heartbeats by thread name; safe to use from several threads."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        """Start without loops."""
        self.patience = patience
        self._lock = Lock()
        self._due: dict[str, float] = {}

    def expect(self, wait: float = 0.0) -> None:
        """Register this thread as a loop that beats within `wait` seconds plus our patience."""
        with self._lock:
            self._due[current_thread().name] = time.monotonic() + wait + self.patience

    def beat(self) -> None:
        """Record that this loop's thread is alive."""
        with self._lock:
            name = current_thread().name
            if name in self._due:
                self._due[name] = time.monotonic() + self.patience

    def leave(self) -> None:
        """Unregister this thread."""
        with self._lock:
            self._due.pop(current_thread().name, None)

    def loops(self) -> dict[str, bool]:
        """List every loop and whether it is overdue."""
        now = time.monotonic()
        with self._lock:
            return {name: due < now for name, due in sorted(self._due.items())}

    def silent(self) -> list[str]:
        """List the overdue loops."""
        return [name for name, over in self.loops().items() if over]
