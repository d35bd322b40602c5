"""Who holds what: leases that a dead holder loses at once on the same machine, and after a while elsewhere."""

from __future__ import annotations

import os
import socket
import uuid
from pathlib import Path

from sqlalchemy import Table, select, update

from intake.store.engine import Transaction
from intake.store.schema import mailbox, message, outbox

_LEASED: tuple[Table, ...] = (message, outbox, mailbox)


def _birth(pid: int) -> str | None:
    """When the process began, in the kernel's ticks; None where there is no such process."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2]
    except OSError:
        return None
    state, *rest = after_name.split()
    return None if state in "ZX" else rest[18]


def owner() -> str:
    """A name for this process as a holder of leases: host, process, its birth, and something unique."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}/{_birth(pid) or '-'}/{uuid.uuid4().hex[:8]}"


def known_dead(holder: str) -> bool:
    """Whether the holder ran on this machine and runs no longer; False where that cannot be known."""
    host, pid, birth, _ = (*holder.split("/"), "", "", "")[:4]
    if host != socket.gethostname() or not pid.isdigit() or birth in {"", "-"}:
        return False
    return _birth(int(pid)) != birth


def release_those_of_the_dead(tx: Transaction) -> None:
    """Free everything that a process of this machine held when it died."""
    for table in _LEASED:
        holders = tx.scalars(select(table.c.lease_owner).where(table.c.lease_owner.is_not(None)).distinct()).all()
        dead = [holder for holder in holders if known_dead(holder)]
        if dead:
            tx.execute(update(table).where(table.c.lease_owner.in_(dead)).values(lease_owner=None, lease_until=None))


def release_all(tx: Transaction) -> None:
    """Free everything: of a store that has been put back, nobody holds anything."""
    for table in _LEASED:
        tx.execute(update(table).values(lease_owner=None, lease_until=None))
