"""The chain of events: appended, never changed, and any change shows."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from helpers import of_another_release, tamper_with_events
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from intake.domain.event import DomainEvent
from intake.domain.events import AcknowledgementQueued, Approved, Received, ReviewOpened
from intake.domain.message import MessageKind
from intake.store import events
from intake.store.engine import Store
from intake.store.events import Event
from intake.store.schema import PROGRAM

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


def three_of_old() -> tuple[DomainEvent, ...]:
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
    return received, queued, approved


def test_the_stored_text_is_that_of_the_releases_before(store: Store) -> None:
    with store.transaction() as tx:
        for happened in three_of_old():
            events.append(tx, happened, at=NOON)
        rows = tx.execute(text("SELECT name, detail FROM event ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [(name, detail) for name, detail, _ in STORED_BEFORE]


def test_what_was_digested_without_a_salt_still_is() -> None:
    digest, actors = events.GENESIS, (PROGRAM, PROGRAM, "ada")
    for seq, (actor, (name, detail, wanted)) in enumerate(zip(actors, STORED_BEFORE, strict=True), start=1):
        old = Event(seq, None, NOON, name, actor, json.loads(detail), wanted)
        assert old.detail_sha256 is None
        digest = events.link(digest, old.content_sha256)
        assert digest == wanted


def test_a_salted_digest_is_what_the_bag_s_reader_is_told(store: Store) -> None:
    with store.transaction() as tx:
        events.append(tx, three_of_old()[2], at=NOON, entry="000042", actor="Ada \u201cA.\u201d")
        row = tx.execute(text("SELECT salt, content_sha256, digest FROM event")).one()
        (read,) = events.chain(tx)
    rest = {"actor": read.actor, "detail": dict(read.detail), "entry": "000042", "message": None}
    hidden = hashlib.sha256(row.salt + json.dumps(rest, sort_keys=True).encode()).hexdigest()
    head = {"at": "2026-11-20T12:00:00.000000Z", "detail_sha256": hidden, "name": "approved", "seq": 1}
    content = hashlib.sha256(json.dumps(head, sort_keys=True).encode()).hexdigest()
    assert (hidden, content) == (read.detail_sha256, read.content_sha256)
    assert content == row.content_sha256
    assert row.digest == hashlib.sha256(("0" * 64 + content).encode()).hexdigest()


def test_the_same_event_never_has_the_same_digest(store: Store) -> None:
    for _ in range(3):
        with store.transaction() as tx:
            events.append_all(tx, [events.NewEvent(ReviewOpened(), NOON)] * 3)
    with store.reading() as tx:
        salts = {event.salt for event in events.chain(tx)}
    assert len(salts) == 9
    assert {len(salt or b"") for salt in salts} == {16}


def test_writers_on_several_connections_leave_one_chain(store: Store) -> None:
    def write(number: int) -> None:
        for _ in range(10):
            with store.transaction() as tx:
                events.append_all(tx, [events.NewEvent(ReviewOpened(), NOON, actor=str(number))] * 2)

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(6)))
    assert fault(store) is None
    with store.reading() as tx:
        assert events.head(tx)[0] == 120
