"""The chain of events: appended, never changed, and any change shows."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from helpers import of_another_release, tamper_with_events
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from intake.domain.events import AcknowledgementQueued, Approved, Received, ReviewOpened
from intake.domain.message import MessageKind
from intake.store import events
from intake.store.engine import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

STORED_BEFORE = [
    (
        "received",
        (
            '{"automatic": null, "epoch": "7", "kind": "submission", "mailbox": "secas", "raw_sha256": '
            '"abababababababababababababababababababababababababababababababab", "size": 4711, "uid": "12"}'
        ),
        "46d842e07eb1722d0784bdf1b409688963013050c3edd1397daa2025fc968ada",
    ),
    (
        "acknowledgement_queued",
        '{"message_id": "<ack.1@secas.example>", "reason": null}',
        "eea6c985eda38d4dfa889135e92cd77c26c37a6abb6ea21a27f400f8107803b9",
    ),
    (
        "approved",
        (
            '{"letter": "Dear\\nall", "reason": "Gr\\u00fc\\u00dfe", "report_sha256": '
            '"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"}'
        ),
        "c703356cc331892b81d9d42ab9f860934fd7a0124fc0c6001a6a06ba0f973642",
    ),
]
"""Text and digests as they were written before events had types: old stores and old bags are verified by them."""


def three_events(store: Store) -> None:
    for name in ("received", "extracted", "examined"):
        with store.transaction() as tx:
            events.append(tx, of_another_release(name, detail_of=name), at=NOON)


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
        events.append(tx, ReviewOpened(), at=NOON)
        raise RuntimeError
    three_events(store)
    assert fault(store) is None


def test_the_stored_form_and_the_chain_are_those_of_the_releases_before(store: Store) -> None:
    received = Received(
        raw_sha256="ab" * 32,
        size=4711,
        mailbox="secas",
        epoch="7",
        uid="12",
        kind=MessageKind.SUBMISSION,
        automatic=None,
    )
    queued = AcknowledgementQueued(message_id="<ack.1@secas.example>", reason=None)
    approved = Approved(report_sha256="cd" * 32, reason="Gr\u00fc\u00dfe", letter="Dear\nall")
    with store.transaction() as tx:
        events.append(tx, received, at=NOON)
        events.append(tx, queued, at=NOON)
        events.append(tx, approved, at=NOON, actor="ada")
        rows = tx.execute(text("SELECT name, detail, digest FROM event ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == STORED_BEFORE
