"""The chain of events: appended, never changed, and any change shows."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from helpers import tamper_with_events
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from intake.store import events
from intake.store.engine import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def three_events(store: Store) -> None:
    for name in ("received", "extracted", "examined"):
        with store.transaction() as tx:
            events.append(tx, name, at=NOON, detail_of=name)


def fault(store: Store) -> str | None:
    with store.reading() as tx:
        return events.first_fault(tx)


def test_an_untouched_chain_holds(store: Store) -> None:
    three_events(store)
    assert fault(store) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET actor = 'me' WHERE seq = 2", "DELETE FROM event WHERE seq = 2"]
)
def test_the_database_itself_refuses_to_change_an_event(store: Store, statement: str) -> None:
    three_events(store)
    with pytest.raises(IntegrityError, match="only ever appended"), store.transaction() as tx:
        tx.execute(text(statement))
    assert fault(store) is None


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE event SET actor = 'me' WHERE seq = 2", "event 2 (extracted) is not what was recorded"),
        ("UPDATE event SET detail = '{}' WHERE seq = 3", "event 3 (examined) is not what was recorded"),
        ("UPDATE event SET message = NULL, at = '2020-01-01T00\\:00\\:00Z' WHERE seq = 1", "event 1 (received)"),
        ("DELETE FROM event WHERE seq = 1", "event 1 is missing"),
        ("DELETE FROM event WHERE seq = 2", "event 2 is missing"),
    ],
)
def test_a_change_behind_the_program_s_back_shows(store: Store, statement: str, says: str) -> None:
    three_events(store)
    tamper_with_events(store, statement)
    assert says in (fault(store) or "")


def test_what_was_not_committed_leaves_no_gap(store: Store) -> None:
    with suppress(RuntimeError), store.transaction() as tx:
        events.append(tx, "received", at=NOON)
        raise RuntimeError
    three_events(store)
    assert fault(store) is None
