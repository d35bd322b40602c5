"""Slows down whoever guesses passwords: a few failures, then a wait. Kept in memory, bounded."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
"""Failures from one address against one account."""
PER_ADDRESS = 30
"""Failures from one address against any account."""
MOST_KEYS = 10_000
"""Beyond these the longest unused are forgotten, so that guessing cannot fill the memory."""

Key = tuple[str, str]


class Throttle:
    """Counts failed sign-ins in a moving window."""

    def __init__(self) -> None:
        """Start without failures."""
        self._failures: OrderedDict[Key, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def wait(self, account: str, address: str, now: datetime) -> timedelta:
        """Give the seconds this account must wait from this address; zero where it need not."""
        with self._lock:
            return max(
                self._wait(_pair(account, address), PER_ACCOUNT, now),
                self._wait(("", address), PER_ADDRESS, now),
            )

    def failed(self, account: str, address: str, now: datetime) -> None:
        """Count a failed sign-in."""
        with self._lock:
            for key in (_pair(account, address), ("", address)):
                self._failures.setdefault(key, []).append(now)
                self._failures[key] = self._failures[key][-PER_ADDRESS:]
                self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str, at: datetime) -> None:
        """Forget the account's failures from this address, and the attempt of `at`, which turned out to be none.

        The address keeps its other failures: one known password must not pay for guesses at other accounts.
        """
        with self._lock:
            self._failures.pop(_pair(account, address), None)
            attempts = self._failures.get(("", address), [])
            if at in attempts:
                attempts.remove(at)

    def _wait(self, key: Key, most: int, now: datetime) -> timedelta:
        recent = [at for at in self._failures.get(key, ()) if now - at < WINDOW]
        if len(recent) < most:
            return timedelta(0)
        return WINDOW - (now - recent[-most])


def _pair(account: str, address: str) -> Key:
    # an account's name is never empty here, so that no account shares the key of an address
    return (f"account {account.strip().casefold()[:200]}", address)
