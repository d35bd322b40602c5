"""How often each event has happened, and how many messages and letters stand in each state.

Events are counted once, kept beside the ledger, and only what is new is counted again. No state changes without an
event, so what stands in each is counted anew only where there is one that was not there the last time.
"""

from __future__ import annotations

from threading import Lock

from sqlalchemy import select

from intake.store import events, queue
from intake.store.engine import Transaction
from intake.store.schema import event_count, outbox
from intake.store.upsert import upsert

KEPT_EVERY = 10_000
"""Events after which the counts are kept anew: so many at most are counted by who asks for the first time."""


class Tally:
    """Event counts by name, read incrementally from the ledger."""

    def __init__(self) -> None:
        """Start with no counts."""
        self._lock = Lock()
        self._seen = 0
        self._kept = 0
        self._counts: dict[str, int] = {}
        self._newest: dict[str, int] = {}
        self._standing: tuple[int, dict[str, int], dict[str, int]] | None = None

    def read(self, tx: Transaction) -> tuple[dict[str, int], dict[str, int]]:
        """Give the counts by event name, and the newest event's number."""
        with self._lock:
            if self._seen == 0:
                self._begin(tx)
            for name, count, newest in events.counts_since(tx, self._seen):
                self._counts[name] = self._counts.get(name, 0) + count
                self._newest[name] = newest
            self._seen = max(self._newest.values(), default=0)
            return dict(self._counts), dict(self._newest)

    def standing(self, tx: Transaction) -> tuple[dict[str, int], dict[str, int]]:
        """Give how many messages, and how many letters, there are in each state that any of them is in.

        Args:
            tx: a consistent view.
        """
        newest, standing = events.head(tx)[0], self._standing
        if standing is None or standing[0] != newest:
            self._standing = standing = (newest, queue.messages_by_state(tx), queue.counts(tx, outbox.c.state))
        return standing[1:]

    @property
    def due(self) -> bool:
        """Whether so much has happened since the counts were kept that they are to be kept anew."""
        return self._seen - self._kept >= KEPT_EVERY

    def keep(self, tx: Transaction) -> None:
        """Write down what has been read; a peer that has read further is not undone."""
        with self._lock:
            for name, count in sorted(self._counts.items()):
                values = {"name": name, "events": count, "newest": self._newest[name]}
                upsert(
                    tx,
                    event_count,
                    values,
                    change=("events", "newest"),
                    only=lambda new: new.newest > event_count.c.newest,
                )
            self._kept = self._seen

    def _begin(self, tx: Transaction) -> None:
        for row in tx.execute(select(event_count)):
            self._counts[row.name], self._newest[row.name] = row.events, row.newest
        self._seen = self._kept = max(self._newest.values(), default=0)
