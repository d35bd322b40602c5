"""Mailboxes as the store knows them: how far and when they were last read, and by whom they are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from intake.store import leases
from intake.store.engine import Transaction
from intake.store.schema import mailbox
from intake.store.turns import serialize_writers


def hold(tx: Transaction, name: str, owner: str, lease: timedelta) -> bool:
    """Take or renew the mailbox's lease; False where a living peer holds it."""
    may = leases.free(mailbox) | (mailbox.c.lease_owner == owner)
    change = update(mailbox).where(mailbox.c.name == name, may).values(leases.ours(owner, lease))
    if tx.execute(change).rowcount == 1:
        return True
    serialize_writers(tx)  # two replicas may meet a new mailbox at once
    if tx.scalar(select(mailbox.c.name).where(mailbox.c.name == name)) is not None:
        return False
    tx.execute(insert(mailbox).values(name=name, **leases.ours(owner, lease)))
    return True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a mailbox has been scanned."""

    cursor: str | None
    """Where the next look may go on, in the mailbox's own words."""
    epoch: str | None
    swept_at: datetime | None
    """When everything in it was last compared with what is known; None where the next look has to be whole."""


def progress(tx: Transaction, name: str) -> Progress:
    """Read how far a mailbox has been scanned; an empty progress where it was never polled."""
    row = tx.execute(select(mailbox).where(mailbox.c.name == name)).one_or_none()
    return Progress(None, None, None) if row is None else Progress(row.cursor, row.epoch, row.swept_at)


def looked(tx: Transaction, name: str, made: Progress) -> None:
    """Record a scan's progress in the caller's transaction."""
    changed = {"cursor": made.cursor, "epoch": made.epoch, "swept_at": made.swept_at}
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(**changed))


def sweep_next(tx: Transaction, name: str) -> None:
    """Request a full listing at the next scan."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(swept_at=None))


def polled(tx: Transaction, name: str, at: datetime) -> None:
    """Record that the mailbox was read to its end."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(last_poll_at=at, last_error=None))


def failed(tx: Transaction, name: str, error: str) -> None:
    """Record that the mailbox did not answer."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(last_error=error))


def release(tx: Transaction, owner: str) -> None:
    """Release the mailbox's lease."""
    tx.execute(update(mailbox).where(mailbox.c.lease_owner == owner).values(leases.RELEASED))


def last_polls(tx: Transaction) -> dict[str, tuple[datetime | None, str | None]]:
    """Give each mailbox's last complete poll and the errors since."""
    return {row.name: (row.last_poll_at, row.last_error) for row in tx.execute(select(mailbox))}
