"""A statement for many rows writes what SQLAlchemy itself would write, and converts alike."""

from __future__ import annotations

from helpers import FRIDAY, a_message
from sqlalchemy import bindparam, insert, select, text, update

from intake.store import many, submissions
from intake.store.engine import Store
from intake.store.schema import mailbox, message, outbox

INSERT = insert(outbox)
WORDS = {"entry": "1", "kind": "notice", "recipient": "a\0b", "content": b"\0x", "state": "held", "attempts": 0}


def rows_of(count: int) -> list[dict[str, object]]:
    return [{**WORDS, "message_id": f"<{number}\0>", "queued_at": FRIDAY} for number in range(count)]


def test_rows_are_those_that_sqlalchemy_writes(store: Store) -> None:
    rows = rows_of(3)
    raw = text(f"SELECT {', '.join(outbox.c.keys()[1:])} FROM outbox ORDER BY id")  # noqa: S608  # names of ours
    with store.transaction() as tx:
        tx.execute(INSERT, rows)
        expected = tx.execute(raw).all()
        tx.execute(outbox.delete())
        names = tuple(reversed(rows[0]))  # in whatever order
        many.execute(tx, INSERT, names, [[row[name] for name in names] for row in rows])
        assert tx.execute(raw).all() == expected
        assert len(expected) == 3


def test_a_change_brings_values_of_its_own_for_every_row(store: Store) -> None:
    change = (
        update(mailbox)
        .where(mailbox.c.name == bindparam("of"))
        .values(last_poll_at=bindparam("at"), last_error="it\0was", cursor=None)
    )
    with store.transaction() as tx:
        tx.execute(insert(mailbox), [{"name": name, "cursor": "1:2"} for name in "abc"])
        many.execute(tx, change, ("at", "of"), [(FRIDAY, "a"), (None, "b")])
        columns = (mailbox.c.name, mailbox.c.last_poll_at, mailbox.c.last_error, mailbox.c.cursor)
        assert [tuple(row) for row in tx.execute(select(*columns).order_by(mailbox.c.name))] == [
            ("a", FRIDAY, "it\N{REPLACEMENT CHARACTER}was", None),
            ("b", None, "it\N{REPLACEMENT CHARACTER}was", None),
            ("c", None, None, "1:2"),
        ]


def test_no_rows_are_no_statement_and_columns_that_are_not_named_stay_empty(store: Store) -> None:
    with store.transaction() as tx:
        many.execute(tx, INSERT, tuple(rows_of(1)[0]), [])
        assert tx.scalar(select(outbox.c.id)) is None
        (recorded,) = submissions.record(tx, [a_message(1)])
        assert submissions.get(tx, recorded.id) == recorded
        assert tx.scalar(select(message.c.thread)) is None
