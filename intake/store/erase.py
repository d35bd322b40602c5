"""Erases what messages said, and keeps what proofs are made of: every event's head and its digests.

An event's digest is over its public head and a salted digest of the rest. That digest takes the rest's place, and the
salt goes, so nobody can guess what it was; the chain, the tree and every checkpoint over it stay what they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Table, Text, bindparam, delete, func, select, type_coerce, union_all, update

from intake.domain import register_events
from intake.domain.event import DEFINED
from intake.domain.event_digest import detail_sha256
from intake.domain.submission import State
from intake.store.among import only
from intake.store.engine import Transaction
from intake.store.schema import (
    draft,
    entry_decision,
    event,
    fact,
    looked,
    mention,
    message,
    outbox,
    resolution,
    summary,
)

STAYS = frozenset(name for name, cls in DEFINED.items() if cls.__module__ == register_events.__name__)
"""Events about a message that tell of the list, which is kept for ever: their detail stays."""
_DERIVED: tuple[Table, ...] = (summary, fact, draft, looked, mention, resolution, entry_decision)
_NOTHING = {
    **dict.fromkeys(("subject", "sender", "message_id", "in_reply_to", "mail_references", "reply_to"), ""),
    **dict.fromkeys(("reply_address", "last_error", "claimed_by", "claimed_until", "next_attempt_at")),
}
_KEPT_COLUMNS = (
    message.c.id,
    message.c.raw_sha256,
    message.c.size,
    message.c.mailbox,
    message.c.kind,
    type_coerce(message.c.received_at, Text).label("received_at"),
    type_coerce(message.c.recorded_at, Text).label("recorded_at"),
    message.c.state,
    message.c.entries,
    message.c.dossier_sha256,
    message.c.report_sha256,
    message.c.decided_by,
    type_coerce(message.c.decided_at, Text).label("decided_at"),
    message.c.thread,
    type_coerce(message.c.disposed_at, Text).label("disposed_at"),
)
_HEADS = (
    select(
        event.c.seq,
        type_coerce(event.c.at, Text).label("at"),
        event.c.name,
        event.c.actor,
        event.c.entry,
        event.c.content_sha256,
    )
    .where(event.c.message == bindparam("number"), event.c.seq < bindparam("before"))
    .order_by(event.c.seq)
)
_LETTERS = (
    select(outbox.c.id, outbox.c.kind, outbox.c.message_id, type_coerce(outbox.c.queued_at, Text).label("queued_at"))
    .where(outbox.c.message == bindparam("number"))
    .order_by(outbox.c.id)
)
_WITH_DETAIL = select(event).where(
    event.c.message == bindparam("number"), func.length(event.c.salt) > 0, event.c.name.not_in(STAYS)
)
_ERASE = (
    update(event)
    .where(event.c.seq == bindparam("erased"))
    .values(detail=bindparam("digest_alone"), salt=b"")
    .execution_options(synchronize_session=False)
)


def erase(tx: Transaction, number: int, at: datetime) -> None:
    """Erase what a message said, what was written about it, and the detail of its events; the caller has locked it."""
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("PRAGMA secure_delete = ON")  # what was erased is overwritten in the file, too
    tx.execute(update(message).where(message.c.id == number).values(**_NOTHING, disposed_at=at))
    letters = {"content": b"", "recipient": "", "hold_reason": None, "last_error": None}
    tx.execute(update(outbox).where(outbox.c.message == number).values(**letters))
    for table in _DERIVED:
        tx.execute(delete(table).where(table.c.message == number))
    rows = [
        {"erased": row.seq, "digest_alone": _digest_alone(row.salt, row.detail, row.actor, row.message, row.entry)}
        for row in tx.execute(_WITH_DETAIL, {"number": number})
    ]
    if rows:
        tx.execute(_ERASE, rows)


def _digest_alone(salt: bytes, detail: str, actor: str, number: int | None, entry: str | None) -> str:
    return json.dumps({"disposed": detail_sha256(salt, detail, actor=actor, message=number, entry=entry)})


def kept_sha256(tx: Transaction, number: int, before: int) -> str:
    """Digest what is left of a message that was disposed of, so that it cannot be changed unseen.

    Args:
        tx: a consistent view.
        number: of the message.
        before: the number of the event that tells of the disposal; later ones do not count.

    Returns:
        SHA-256, in hex, over a line of JSON for its row, each event's head and each letter.
    """
    whole = hashlib.sha256()
    for row in _left(tx, number, before):
        whole.update(f"{json.dumps(row)}\n".encode())
    return whole.hexdigest()


def _left(tx: Transaction, number: int, before: int) -> Iterator[list[object]]:
    yield from (list(row) for row in tx.execute(select(*_KEPT_COLUMNS).where(message.c.id == number)))
    yield from (list(row) for row in tx.execute(_HEADS, {"number": number, "before": before}))
    yield from (list(row) for row in tx.execute(_LETTERS, {"number": number}))


def without_salt(tx: Transaction, numbers: Collection[int]) -> bool:
    """Tell whether an event about one of these messages has no salt, so that its digest would tell what it said."""
    query = select(event.c.seq).where(event.c.message.in_(numbers), event.c.salt.is_(None)).limit(1)
    return tx.scalar(query) is not None


def closed_cases(
    tx: Transaction, until: Mapping[State, datetime], after: tuple[datetime, int] | None, most: int
) -> list[tuple[datetime, int]]:
    """List messages that begin a case, wait for no version of the list and arrived long enough ago; by arrival.

    Args:
        tx: a transaction.
        until: by state, the moment up to which they arrived; those in no other state are listed.
        after: arrival and number of the last one that was listed before.
        most: so many at most.
    """
    key = (message.c.received_at, message.c.id)
    begins = message.c.thread.is_(None) & message.c.disposed_at.is_(None) & message.c.publish_due.is_(None)
    of_any = select(*key).where(begins).order_by(message.c.state, *key).limit(most)
    if after is not None:  # the first part leads through the index
        at, number = after
        of_any = of_any.where(message.c.received_at >= at, (message.c.received_at > at) | (message.c.id > number))
    of_each = (
        of_any.where(only(message.c.state, state), message.c.received_at <= moment).subquery()
        for state, moment in until.items()
    )
    some = union_all(*(select(part) for part in of_each)).subquery()
    query = select(some).order_by(some.c.received_at, some.c.id).limit(most)
    return [(row.received_at, row.id) for row in tx.execute(query)]
