"""The counts that are kept beside the ledger, against the ledger itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine
from store.desk_rows import fill

from intake.domain.events import Retried, ReviewOpened
from intake.domain.submission import State
from intake.store import events, standing, tally
from intake.store.engine import Store
from intake.store.outbox import LetterState, NewLetter, queue
from intake.store.schema import event_count, message, outbox
from intake.store.tally import Tally

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def happen(store: Store, retried: int, opened: int) -> None:
    with store.transaction() as tx:
        for happened in (*([Retried()] * retried), *([ReviewOpened()] * opened)):
            events.append(tx, happened, at=NOW)


def read(store: Store, counts: Tally) -> dict[str, int]:
    with store.reading() as tx:
        return counts.read(tx)[0]


@contextmanager
def asked_for(words: str) -> Iterator[list[str]]:
    """The parameters of every statement with these words."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.extend([str(parameters)] if words in statement.replace("\n", " ") else [])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_what_stands_in_each_state_is_counted_anew_only_when_something_has_happened(store: Store) -> None:
    counts, cases = Tally(), fill(store, 40)
    stuck = {"held": sum(case.calls and case.id % 2 == 0 for case in cases)}
    by_state = Counter(case.state.value for case in cases)
    changed = next(case for case in cases if case.state is State.IN_REVIEW)
    with asked_for("GROUP BY") as asked:
        for _ in range(3):
            with store.reading() as tx:
                assert counts.standing(tx) == (by_state, stuck)
    assert len(asked) == 2
    with store.transaction() as tx:
        tx.execute(update(message).where(message.c.id == changed.id).values(state=State.CLOSED.value))
        events.append(tx, Retried(), at=NOW, message=changed.id)
    with store.reading() as tx:
        assert counts.standing(tx)[0] == by_state - Counter(["in_review"]) + Counter(["closed"])


@pytest.mark.parametrize("names", ["few", "many"])
def test_what_is_counted_again_is_what_a_count_of_all_tells(
    store: Store, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    monkeypatch.setattr(standing, "_BLOCK", 10)
    monkeypatch.setattr(tally, "_MOST_NAMED", 1 if names == "many" else 500)
    chance, counts, cases = random.Random(3), Tally(), fill(store, 60)  # a seeded sample
    about_the_list = [
        NewLetter(None, "notice", f"<n{at}@x.test>", "a@x.test", b"x", entry=f"{at % 3}") for at in range(9)
    ]
    with store.transaction() as tx:
        queue(tx, about_the_list, NOW)
        letters = [tuple(row) for row in tx.execute(select(outbox.c.id, outbox.c.message, outbox.c.entry))]
    for _ in range(40):
        with store.transaction() as tx:
            for case in chance.sample(cases, 2):
                tx.execute(update(message).where(message.c.id == case.id).values(state=chance.choice(list(State))))
                events.append(tx, Retried(), at=NOW, message=case.id)
            for number, about, entry in chance.sample(letters, 2):
                tx.execute(update(outbox).where(outbox.c.id == number).values(state=chance.choice(list(LetterState))))
                events.append(tx, Retried(), at=NOW, message=about, entry=entry)
        with store.reading() as tx:
            told = counts.standing(tx)
            assert told == tuple(Counter(tx.scalars(select(table.c.state))) for table in (message, outbox))


def test_only_what_something_has_happened_to_is_counted_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_BLOCK", 10)
    counts, cases = Tally(), fill(store, 60)
    with store.reading() as tx:
        counts.standing(tx)
    with store.transaction() as tx:
        events.append(tx, Retried(), at=NOW, message=cases[44].id)
    with asked_for("FROM message ") as asked, store.reading() as tx:
        counts.standing(tx)
    (parameters,) = asked
    assert re.findall(r"\b[0-9]+\b", parameters) == ["40", "50"]


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
    with asked_for("FROM event ") as asked:
        assert read(store, Tally()) == {"retried": 5, "review_opened": 2}
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
