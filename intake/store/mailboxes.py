"""Mailboxes as the store knows them: how far and when they were last read, and by whom they are held."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a mailbox has been looked through."""

    cursor: str | None
    """Where the next look may go on, in the mailbox's own words."""
    epoch: str | None
    swept_at: datetime | None
    """When everything in it was last compared with what is known; None where the next look has to be whole."""


def progress(tx: Transaction, name: str) -> Progress:
    """How far a mailbox has been looked through; not at all where it was never polled."""
    row = tx.execute(select(mailbox).where(mailbox.c.name == name)).one_or_none()
    return Progress(None, None, None) if row is None else Progress(row.cursor, row.epoch, row.swept_at)


def looked(tx: Transaction, name: str, made: Progress) -> None:
    """What a look has found is written down in this very transaction."""
    changed = {"cursor": made.cursor, "epoch": made.epoch, "swept_at": made.swept_at}
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(**changed))


def sweep_next(tx: Transaction, name: str) -> None:
    """The next look shall be whole."""
    tx.execute(update(mailbox).where(mailbox.c.name == name).values(swept_at=None))


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
