"""How often each event has happened, and how many messages and letters stand in each state.

Events are counted once, kept beside the ledger, and only what is new is counted again. No state changes without an
event that names the message, or what of the list a letter is about: where there is one that was not there the last
time, what it may have changed is counted anew, and now and then everything.
"""

from __future__ import annotations

from threading import Lock

from sqlalchemy import select

from intake.domain.submission import State
from intake.store import events
from intake.store.engine import Transaction
from intake.store.outbox import LetterState, numbers_about
from intake.store.schema import event_count, message, outbox
from intake.store.standing import Standing
from intake.store.upsert import upsert

KEPT_EVERY = 10_000
"""Events after which the counts are kept anew: so many at most are counted by who asks for the first time."""

_MOST_NAMED = 500
"""Entries of the list that are asked for by name; a version of the list is about all of them."""


class Tally:
    """Event counts by name, read incrementally from the ledger."""

    def __init__(self) -> None:
        """Start with no counts."""
        self._lock = Lock()
        self._seen = 0
        self._kept = 0
        self._counts: dict[str, int] = {}
        self._newest: dict[str, int] = {}
        self._messages, self._letters = Standing(message, State), Standing(outbox, LetterState)
        self._counted = self._whole = -1
        """The newest event when they were counted, and when all of them were."""

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
        with self._lock:
            newest = events.head(tx)[0]
            if self._whole < 0 or newest < self._counted or newest - self._whole >= KEPT_EVERY:
                self._messages.count(tx)
                self._letters.count(tx)
                self._whole = newest
            elif newest > self._counted:
                messages, entries = events.named_since(tx, self._counted)
                self._messages.count_again(tx, messages)
                if len(entries) > _MOST_NAMED:
                    self._letters.count(tx)
                else:
                    self._letters.count_again(tx, numbers_about(tx, messages, entries))
            self._counted = newest
            return self._messages.by_state, self._letters.by_state

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
