"""Makes a check once for all who send the same files at the same time; when it has ended, nothing of it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from intake.pipeline.checks.public_check import Files


class Once:
    """Checks that are being made, by what is checked; safe to use from several threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = Lock()
        self._running: dict[bytes, Future[str]] = {}

    def made(self, files: Files, make: Callable[[], str]) -> str:
        """Give the end of a check's page: what `make` gives, or whoever is making it for the same files already.

        Args:
            files: name and content of each, in the order in which they were sent.
            make: makes it; what it raises, everybody gets who waits for it.
        """
        key, ours = _digest(files), Future[str]()
        with self._lock:
            made = self._running.setdefault(key, ours)
        if made is ours:
            try:
                ours.set_result(make())
            except BaseException as error:  # noqa: BLE001  # it is theirs, too, whatever it is
                ours.set_exception(error)
            with self._lock:
                del self._running[key]
        return made.result()


def _digest(files: Files) -> bytes:
    """Of all names and contents, none of which can be taken for the end of another."""
    whole = hashlib.sha256()
    for name, content in files:
        for part in (name.encode("utf-8", "surrogatepass"), content):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.digest()
