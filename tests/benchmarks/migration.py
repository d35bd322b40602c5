"""Seconds until a store of the release before is of this one, with 100,000 messages in it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from helpers import a_store_at
from store import old_stores

from intake.store import events
from intake.store.engine import Store

MANY = 100_000


def figures(many: int = MANY) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place, 'store.db')}"
        old = a_store_at(url, old_stores.LAST)
        with old.begin() as tx:
            old_stores.fill(tx, many)
        old.dispose()
        started = time.perf_counter()
        store = Store(url).open()
        seconds = time.perf_counter() - started
        with store.reading() as tx:
            fault = events.first_fault(tx)
        store.close()
    yield f"{seconds:.1f} s for {many:,} messages (bound 60 s); the ledger {fault or 'holds'}"
