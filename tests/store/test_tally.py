"""The counts that are kept beside the ledger, against the ledger itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from intake.domain.events import Retried, ReviewOpened
from intake.store import events, tally
from intake.store.engine import Store
from intake.store.schema import event_count
from intake.store.tally import Tally

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def happen(store: Store, retried: int, opened: int) -> None:
    with store.transaction() as tx:
        for happened in (*([Retried()] * retried), *([ReviewOpened()] * opened)):
            events.append(tx, happened, at=NOW)


def read(store: Store, counts: Tally) -> dict[str, int]:
    with store.reading() as tx:
        return counts.read(tx)[0]


def test_counts_that_were_kept_are_gone_on_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "KEPT_EVERY", 5)
    first = Tally()
    happen(store, 3, 1)
    assert read(store, first) == {"retried": 3, "review_opened": 1}
    happen(store, 0, 1)
    read(store, first)
    assert first.due
    with store.transaction() as tx:
        first.keep(tx)
    happen(store, 2, 0)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.extend([str(parameters)] if "FROM event " in statement.replace("\n", " ") else [])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert read(store, Tally()) == {"retried": 5, "review_opened": 2}
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    (since,) = asked
    assert re.findall("[0-9]+", since.replace("seq_1", "")) == ["5"]


def test_a_peer_that_has_read_further_is_not_undone(store: Store) -> None:
    behind, ahead = Tally(), Tally()
    happen(store, 2, 2)
    read(store, behind)
    happen(store, 3, 0)
    read(store, ahead)
    for counts in (ahead, behind):
        with store.transaction() as tx:
            counts.keep(tx)
    with store.reading() as tx:
        kept = {row.name: (row.events, row.newest) for row in tx.execute(select(event_count))}
    assert kept == {"retried": (5, 7), "review_opened": (2, 4)}
    assert read(store, Tally()) == {"retried": 5, "review_opened": 2}
