"""Letters: queued in the commit that makes them necessary, sent afterwards, never under two Message-IDs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
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
    WITHHELD = "withheld"
    """It answers mail from before the first day whose mail is answered; it waits for nobody, a person may send it."""
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
_LATELY = and_(
    outbox.c.kind == ACKNOWLEDGEMENT,
    outbox.c.state.in_((LetterState.QUEUED, LetterState.SENT)),
    outbox.c.queued_at >= bindparam("since"),
)
_SINCE = select(func.count()).where(_LATELY)
_SINCE_TO = (
    select(outbox.c.recipient, func.count())
    .where(_LATELY, outbox.c.recipient.in_(bindparam("recipients", expanding=True)))
    .group_by(outbox.c.recipient)
)


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
    withheld: bool = False,
) -> bool:
    """Queue a letter, or hold or withhold it where there is a reason; False where this very letter is there already."""
    if tx.scalar(_WRITTEN, {"message_id": message_id}) is not None:
        return False
    held = LetterState.WITHHELD if withheld else LetterState.HELD
    row = {
        "message": message,
        "kind": kind,
        "message_id": message_id,
        "recipient": recipient,
        "content": content,
        "state": held if hold_reason else LetterState.QUEUED,
        "hold_reason": hold_reason,
        "attempts": 0,
        "queued_at": at,
    }
    tx.execute(_QUEUE, row)
    return True


@dataclass(slots=True)
class Spent:
    """How many acknowledgements have been written of late: counted once a commit, and carried on within it."""

    tx: Transaction
    now: datetime
    recipients: Collection[str] = ()
    """Whoever may be asked about, so that they are counted together."""
    counts: dict[str | None, int] = field(default_factory=dict)
    """By recipient; None is everybody."""

    def within_a_day(self, recipient: str) -> int:
        """To one recipient."""
        if recipient not in self.counts:
            every, since = {recipient, *self.recipients}, self.now - timedelta(days=1)
            self.counts |= dict.fromkeys(every, 0) | _to_each_since(self.tx, since, every) | self.counts
        return self.counts[recipient]

    def within_an_hour(self) -> int:
        """To all."""
        if None not in self.counts:
            self.counts[None] = sent_or_queued_since(self.tx, self.now - timedelta(hours=1))
        return self.counts[None]

    def one_more(self, recipient: str) -> None:
        """An acknowledgement has been queued."""
        for key in {None, recipient} & self.counts.keys():
            self.counts[key] += 1


def _to_each_since(tx: Transaction, since: datetime, recipients: Collection[str]) -> dict[str | None, int]:
    rows = tx.execute(_SINCE_TO, {"since": since, "recipients": list(recipients)})
    return {row[0]: row[1] for row in rows}


def sent_or_queued_since(tx: Transaction, since: datetime) -> int:
    """How many acknowledgements were written since then."""
    return tx.scalar(_SINCE, {"since": since}) or 0


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
