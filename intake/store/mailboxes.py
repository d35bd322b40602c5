"""Mailboxes as the store knows them: when they were last read, and by whom they are held."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from intake.store import leases
from intake.store.engine import Transaction
from intake.store.schema import mailbox
from intake.store.turns import take_turn


def hold(tx: Transaction, name: str, owner: str, lease: timedelta) -> bool:
    """Take or renew the right to poll; False where a living peer has it."""
    may = leases.free(mailbox) | (mailbox.c.lease_owner == owner)
    change = update(mailbox).where(mailbox.c.name == name, may).values(leases.ours(owner, lease))
    if tx.execute(change).rowcount == 1:
        return True
    take_turn(tx)  # two replicas may meet a new mailbox at once
    if tx.scalar(select(mailbox.c.name).where(mailbox.c.name == name)) is not None:
        return False
    tx.execute(insert(mailbox).values(name=name, **leases.ours(owner, lease)))
    return True


def polled(tx: Transaction, name: str, at: datetime) -> None:
    """The mailbox was read to its end."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(last_poll_at=at, last_error=None))


def failed(tx: Transaction, name: str, error: str) -> None:
    """The mailbox did not answer."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(last_error=error))


def release(tx: Transaction, owner: str) -> None:
    """Let other processes poll."""
    tx.execute(update(mailbox).where(mailbox.c.lease_owner == owner).values(leases.NOBODY_S))


def last_polls(tx: Transaction) -> dict[str, tuple[datetime | None, str | None]]:
    """By mailbox: when it was last read to its end, and what went wrong since."""
    return {row.name: (row.last_poll_at, row.last_error) for row in tx.execute(select(mailbox))}
