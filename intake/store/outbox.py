"""Letters: queued in the commit that makes them necessary, sent afterwards, never under two Message-IDs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from intake.store import leases
from intake.store.engine import Transaction
from intake.store.schema import outbox
from intake.store.submissions import LostLeaseError, due


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    HELD = "held"
    """Waits for a person; `hold_reason` says why."""
    SENT = "sent"
    REFUSED = "refused"
    """The other side will not take it; a person must look."""
    DROPPED = "dropped"
    """A person decided that it shall not be sent."""


ACKNOWLEDGEMENT = "acknowledgement"


@dataclass(frozen=True, slots=True)
class QueuedLetter:
    """A letter as the store knows it."""

    id: int
    message: int
    kind: str
    message_id: str
    recipient: str
    content: bytes
    state: LetterState
    hold_reason: str | None
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    lease_owner: str | None
    lease_until: datetime | None
    queued_at: datetime
    sent_at: datetime | None


_QUEUE = insert(outbox)
_WRITTEN = select(outbox.c.id).where(outbox.c.message_id == bindparam("message_id"))
_SINCE = select(func.count()).where(
    outbox.c.kind == ACKNOWLEDGEMENT,
    outbox.c.state.in_((LetterState.QUEUED, LetterState.SENT)),
    outbox.c.queued_at >= bindparam("since"),
)
_SINCE_TO = _SINCE.where(outbox.c.recipient == bindparam("recipient"))


def _from_row(row: Any) -> QueuedLetter:  # noqa: ANN401  # a row of `outbox`
    values = dict(row._mapping)  # noqa: SLF001  # the documented way to read a row by name
    return QueuedLetter(**{**values, "state": LetterState(values["state"])})


def queue(
    tx: Transaction,
    *,
    message: int,
    kind: str,
    message_id: str,
    recipient: str,
    content: bytes,
    at: datetime,
    hold_reason: str | None = None,
) -> bool:
    """Queue a letter, or hold it where there is a reason; False where this very letter is there already."""
    if tx.scalar(_WRITTEN, {"message_id": message_id}) is not None:
        return False
    row = {
        "message": message,
        "kind": kind,
        "message_id": message_id,
        "recipient": recipient,
        "content": content,
        "state": LetterState.HELD if hold_reason else LetterState.QUEUED,
        "hold_reason": hold_reason,
        "attempts": 0,
        "queued_at": at,
    }
    tx.execute(_QUEUE, row)
    return True


def sent_or_queued_since(tx: Transaction, since: datetime, *, recipient: str | None = None) -> int:
    """How many acknowledgements were written since then, to one recipient or to all."""
    if recipient is None:
        return tx.scalar(_SINCE, {"since": since}) or 0
    return tx.scalar(_SINCE_TO, {"since": since, "recipient": recipient}) or 0


def claim(tx: Transaction, owner: str, *, now: datetime, lease: timedelta, limit: int) -> list[QueuedLetter]:
    """Take up to `limit` letters that are due by `now`; they are ours until the lease ends."""
    wanted = (outbox.c.state == LetterState.QUEUED) & due(outbox.c.next_attempt_at, now)
    return [_from_row(row) for row in leases.claim(tx, outbox, wanted, leases.ours(owner, lease), limit)]


def next_letter_at(tx: Transaction) -> datetime | None:
    """When the earliest postponed letter falls due."""
    query = select(outbox.c.next_attempt_at).where(
        outbox.c.state == LetterState.QUEUED, outbox.c.next_attempt_at.is_not(None)
    )
    return tx.scalar(query.order_by(outbox.c.next_attempt_at).limit(1))


def settle(tx: Transaction, letter: QueuedLetter, state: LetterState, **values: object) -> None:
    """Write what became of a letter we hold.

    Raises:
        LostLeaseError: somebody else took it over.
    """
    holder = outbox.c.lease_owner == letter.lease_owner if letter.lease_owner else outbox.c.lease_owner.is_(None)
    guard = and_(outbox.c.id == letter.id, outbox.c.state == letter.state, holder)
    change = update(outbox).where(guard).values(state=state, **leases.NOBODY_S, **values)
    if tx.execute(change).rowcount != 1:
        raise LostLeaseError(letter.message_id)


def release(tx: Transaction, numbers: Sequence[int], owner: str) -> None:
    """Let go of letters we hold and did not come to."""
    held = and_(outbox.c.id.in_(numbers), outbox.c.lease_owner == owner)
    tx.execute(update(outbox).where(held).values(leases.NOBODY_S))


def of_message(tx: Transaction, message: int) -> tuple[QueuedLetter, ...]:
    """Every letter about one message, oldest first."""
    return tuple(
        _from_row(row) for row in tx.execute(select(outbox).where(outbox.c.message == message).order_by(outbox.c.id))
    )


def get(tx: Transaction, number: int, *, to_change: bool = False) -> QueuedLetter | None:
    """One letter; nobody else changes it before the commit of whoever gets it `to_change` it."""
    query = select(outbox).where(outbox.c.id == number)
    row = tx.execute(query.with_for_update(key_share=True) if to_change else query).one_or_none()
    return None if row is None else _from_row(row)
