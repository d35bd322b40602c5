"""Slows down whoever guesses passwords, and nobody else.

Failures count against an account from where they came: an address, or a browser that its owner has signed in with.
So whoever shares an address with a guesser (everybody does, behind some proxies) is not shut out of other accounts, and
whose account is guessed at still gets in with a browser that is known. Everything is in the store, for all processes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.pipeline.services import Services
from intake.store import attempts, people
from intake.store.turns import serialize_writers

WINDOW = timedelta(minutes=15)
PER_SOURCE = 5
"""Failures at one account from one address, or with one known browser."""
PER_ACCOUNT = 50
"""Failures at one account from all addresses together; a known browser is not asked."""
_DIGITS = 8
"""Of an account's digest: enough to tell accounts apart, too few to tell a password that was typed as the name."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that is being tried."""

    account: str
    source: str
    wait: timedelta
    """How long to wait instead; zero where it may be tried."""


def attempt(services: Services, name: str, address: str, browser_sha256: str) -> Attempt:
    """Begin an attempt, counted as failed until it has succeeded, so that many at once do not all slip through."""
    now = services.clock.now()
    account = hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:_DIGITS]
    with services.store.transaction() as tx:
        serialize_writers(tx)
        is_known = bool(browser_sha256) and people.knows_browser(tx, browser_sha256, name)
        source = f"browser {browser_sha256}" if is_known else f"address {address}"
        wait = _wait(attempts.failures(tx, account, now - WINDOW, source), PER_SOURCE, now)
        if not is_known:
            wait = max(wait, _wait(attempts.failures(tx, account, now - WINDOW), PER_ACCOUNT, now))
        if not wait:
            attempts.count(tx, account, source, now, forget=now - WINDOW)
    return Attempt(account, source, wait)


def succeeded(services: Services, tried: Attempt) -> None:
    """Forget the failures at the account from there."""
    with services.store.transaction() as tx:
        attempts.succeeded(tx, tried.account, tried.source)


def _wait(failed: tuple[datetime, ...], most: int, now: datetime) -> timedelta:
    return WINDOW - (now - failed[most - 1]) if len(failed) >= most else timedelta(0)
