"""Leases on rows: a dead owner loses them at once on the same machine, elsewhere when they run out.

They run out by the database's clock. While a holder works it renews them; once one has lost its lease to a peer,
what it writes is refused by the fence (holder and version).
"""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Float,
    Integer,
    Row,
    Table,
    bindparam,
    false,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from intake.domain.submission import WORKABLE
from intake.store.among import only
from intake.store.engine import Transaction
from intake.store.moment import from_now
from intake.store.schema import Instant, mailbox, message, outbox

NEVER_LATER = timedelta(hours=2)
"""No letter and no step is put off for so long."""
LETTERS, MAILBOXES, SUBMISSIONS = outbox, mailbox, message
"""What can be held."""
_WORK: Mapping[Table, tuple[str, ...]] = {message: tuple(sorted(WORKABLE)), outbox: ("queued",)}
"""The states in which there is something to do."""
_LEASED: tuple[tuple[Table, ColumnElement[bool]], ...] = (
    (message, message.c.state.in_(_WORK[message])),  # by index: whatever else there is holds no lease
    (outbox, outbox.c.state.in_(_WORK[outbox])),
    (mailbox, mailbox.c.lease_owner.is_not(None)),
)


def _birth(pid: int) -> str | None:
    """Read the process's start time in kernel ticks; None where there is no such process."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2]
    except OSError:
        return None
    state, *rest = after_name.split()
    return None if state in "ZX" else rest[18]


def _here() -> str:
    """Identify this machine or container."""
    try:
        numbers = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        numbers = 0
    return f"{socket.gethostname()}:{numbers}"


def owner() -> str:
    """Name this process as a lease owner: machine, process number, start time, random part."""
    pid = os.getpid()
    return f"{_here()}/{pid}/{_birth(pid) or '-'}/{uuid.uuid4().hex[:8]}"


def known_dead(holder: str) -> bool:
    """Tell whether the owner ran on this machine and has ended; False where unknown."""
    where, pid, birth, _ = (*holder.split("/"), "", "", "")[:4]
    if where != _here() or not pid.isdigit() or birth in {"", "-"}:
        return False
    return _birth(int(pid)) != birth


def free(table: Table) -> ColumnElement[bool]:
    """Build the condition for a free or expired lease."""
    return or_(table.c.lease_owner.is_(None), table.c.lease_until < from_now())


def ours(owner: str, lease: timedelta) -> dict[str, Any]:
    """Give the columns that lease a row to us."""
    return {"lease_owner": owner, "lease_until": from_now(lease.total_seconds())}


@cache
def _claiming(table: Table) -> ReturningUpdate[Any]:
    """Build the claim statement, cached by table.

    State by state, in the order of the index by state: where PostgreSQL believes one frequent, as after a backlog, it
    would else read the whole table by number until it has met enough of them, and there may be none.
    """
    waits = or_(
        table.c.next_attempt_at.is_(None),
        table.c.next_attempt_at <= bindparam("present", type_=Instant()),
        table.c.next_attempt_at > bindparam("beyond", type_=Instant()),
    )
    most: BindParameter[int] = bindparam("most", type_=Integer())
    due = select(table.c.id).where(waits, free(table)).order_by(table.c.state, table.c.id).limit(most)
    due = due.with_for_update(skip_locked=True, key_share=True)
    every = union_all(*(select(due.where(only(table.c.state, state)).subquery()) for state in _WORK[table])).subquery()
    chosen = select(every.c.id).order_by(every.c.id).limit(most).cte("chosen")
    chosen = chosen.prefix_with("MATERIALIZED", dialect="postgresql")  # what is locked is looked for once
    lease_columns = {"lease_owner": bindparam("holder"), "lease_until": from_now(bindparam("seconds", type_=Float()))}
    return update(table).where(table.c.id.in_(select(chosen.c.id))).values(lease_columns).returning(*table.c)


def claim(
    tx: Transaction, table: Table, owner: str, *, now: datetime, lease: timedelta, limit: int
) -> Sequence[Row[Any]]:
    """Lease up to `limit` rows that are free and due by `now`, the oldest first.

    Whatever a peer is claiming at this very moment is passed over. What waits for longer than anything is ever made to
    wait was put off by a clock that has been put right since, and is due.
    """
    due = {"present": now, "beyond": now + NEVER_LATER}
    asked = {**due, "most": limit, "holder": owner, "seconds": lease.total_seconds()}
    return sorted(tx.execute(_claiming(table), asked), key=lambda row: int(row.id))


RELEASED: dict[str, Any] = {"lease_owner": None, "lease_until": None}
"""What lets go of a row."""


def try_writing(tx: Transaction) -> None:
    """Change no row, which a database that is read-only, or where we lack the right, refuses all the same."""
    for table, _ in _LEASED:
        tx.execute(update(table).where(false()).values(RELEASED))


def release_those_of_the_dead(tx: Transaction) -> None:
    """Release the leases of this machine's dead processes."""
    for table, may_be_held in _LEASED:
        lease_owners = select(table.c.lease_owner).where(may_be_held, table.c.lease_owner.is_not(None)).distinct()
        dead = [holder for holder in tx.scalars(lease_owners) if known_dead(holder)]
        if dead:
            tx.execute(update(table).where(may_be_held, table.c.lease_owner.in_(dead)).values(RELEASED))


def release_all(tx: Transaction) -> None:
    """Release every lease, for a restored store."""
    for table, may_be_held in _LEASED:
        tx.execute(update(table).where(may_be_held).values(RELEASED))


class InHand:
    """The rows this process is working on; thread-safe."""

    def __init__(self) -> None:
        """Start with nothing in hand."""
        self._lock = Lock()
        self._keys: dict[Table, list[object]] = {table: [] for table, _ in _LEASED}

    @contextmanager
    def working_on(self, table: Table, keys: Collection[object]) -> Iterator[None]:
        """Register rows being worked on, so that their leases are renewed."""
        with self._lock:
            self._keys[table].extend(keys)
        try:
            yield
        finally:
            with self._lock:
                for key in keys:
                    self._keys[table].remove(key)

    def renew(self, tx: Transaction, owner: str, lease: timedelta) -> None:
        """Renew the leases of all rows in hand; a lost one stays lost."""
        with self._lock:
            keys_by_table = {table: list(keys) for table, keys in self._keys.items() if keys}
        for table, keys in keys_by_table.items():
            (key,) = table.primary_key.columns
            tx.execute(update(table).where(key.in_(keys), table.c.lease_owner == owner).values(ours(owner, lease)))
