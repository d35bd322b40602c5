"""Checkpoints as the store knows them; their bytes lie in the archive, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from intake.store.engine import Transaction
from intake.store.schema import checkpoint, outbox
from intake.store.turns import serialize_writers

LETTER = "checkpoint"
"""The kind of letter that carries one."""


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint that was made."""

    id: int
    size: int
    """How many events it covers."""
    note: str
    """Signed, as it was sent and archived."""
    sha256: str
    made_at: datetime
    day: str | None
    """London's, where it is that day's checkpoint."""
    token_sha256: str | None
    """A time-stamp authority's token on it."""


def _from_row(row: Any) -> KeptCheckpoint:  # noqa: ANN401  # a row of `checkpoint`
    return KeptCheckpoint(**row._mapping)  # noqa: SLF001  # the documented way to read a row by name


def of_day(tx: Transaction, day: str, *, to_make: bool = False) -> KeptCheckpoint | None:
    """Find the checkpoint of this day; `to_make`: no peer makes it until commit."""
    if to_make:
        serialize_writers(tx)
    row = tx.execute(select(checkpoint).where(checkpoint.c.day == day)).one_or_none()
    return None if row is None else _from_row(row)


def record(
    tx: Transaction, *, size: int, note: str, sha256: str, made_at: datetime, day: str | None, token_sha256: str | None
) -> None:
    """Record a checkpoint.

    Raises:
        IntegrityError: the day has one already.
    """
    told = {"size": size, "note": note, "sha256": sha256, "made_at": made_at, "day": day, "token_sha256": token_sha256}
    tx.execute(insert(checkpoint).values(**told))


def newest(tx: Transaction) -> KeptCheckpoint | None:
    """Give the newest checkpoint."""
    row = tx.execute(select(checkpoint).order_by(checkpoint.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _from_row(row)


def first_covering(tx: Transaction, size: int) -> KeptCheckpoint | None:
    """Give the first checkpoint that covers so many events."""
    query = select(checkpoint).where(checkpoint.c.size >= size).order_by(checkpoint.c.size, checkpoint.c.id).limit(1)
    row = tx.execute(query).one_or_none()
    return None if row is None else _from_row(row)


def every(tx: Transaction) -> tuple[KeptCheckpoint, ...]:
    """List all checkpoints, oldest first."""
    return tuple(_from_row(row) for row in tx.execute(select(checkpoint).order_by(checkpoint.c.id)))


def last_sent_to(tx: Transaction, recipient: str) -> KeptCheckpoint | None:
    """Give the newest day's checkpoint whose letter this auditor has been sent."""
    letter = (outbox.c.kind == LETTER) & (outbox.c.recipient == recipient) & (outbox.c.state == "sent")
    query = (
        select(checkpoint)
        .join(outbox, outbox.c.entry == LETTER + " " + checkpoint.c.day)
        .where(letter)
        .order_by(checkpoint.c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else _from_row(row)
