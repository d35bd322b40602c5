"""Every event as it lies there, for whoever checks the ledger: read in order, some at a time, and not interpreted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from sqlalchemy import Text, bindparam, func, select, type_coerce

from intake.store.engine import Transaction
from intake.store.schema import event

_AT_A_TIME = 2_000


class RawEvent(NamedTuple):
    """A row of the ledger."""

    seq: int
    message: int | None
    entry: str | None
    at: str
    """RFC 3339 text."""
    name: str
    actor: str
    detail: str
    """JSON text."""
    salt: bytes | None
    content_sha256: str
    digest: str


_EVERY = select(
    event.c.seq,
    event.c.message,
    event.c.entry,
    type_coerce(event.c.at, Text).label("at"),
    event.c.name,
    event.c.actor,
    event.c.detail,
    event.c.salt,
    event.c.content_sha256,
    event.c.digest,
).order_by(event.c.seq)


_ABOUT = (
    select(
        event.c.seq,
        event.c.message,
        type_coerce(event.c.at, Text).label("at"),
        event.c.name,
        event.c.actor,
        event.c.detail,
    )
    .where(event.c.message >= bindparam("since"), event.c.message < bindparam("until"))
    .order_by(event.c.seq)
)
_GREATEST = select(func.max(event.c.message))


def greatest_message(tx: Transaction) -> int:
    """Give the greatest number of a message that an event is about; 0 where there is none."""
    return tx.scalar(_GREATEST) or 0


def about(tx: Transaction, since: int, until: int) -> Iterator[tuple[int, int, str, str, str, str]]:
    """Yield events about the messages from one number up to, not including, another, in order.

    Each is its number, the message's, its time as RFC 3339 text, its name, its actor and its detail as JSON text.
    """
    for row in tx.execute(_ABOUT, {"since": since, "until": until}):
        yield cast("tuple[int, int, str, str, str, str]", row)


def every(tx: Transaction) -> Iterator[RawEvent]:
    """Yield every event in order."""
    for row in tx.execute(_EVERY.execution_options(yield_per=_AT_A_TIME)):
        yield cast("RawEvent", row)
