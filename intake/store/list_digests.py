"""What the ledger and its check need to know of the register's rows as they lie there: digests, and moments."""

from __future__ import annotations

import json
from hashlib import sha256

from sqlalchemy import Text, select, type_coerce

from intake.store.engine import Transaction
from intake.store.schema import entry_version, list_version

_OF_A_CHANGE = ("number", "kind", "effective", "recorded_at", "status", "fields", "person", "reason", "internal_reason")


def versions_sha256(tx: Transaction, change: int) -> str:
    """Digest all that the register keeps of what a change made, but the version of the list that publishes it."""
    columns = [type_coerce(entry_version.c[name], Text).label(name) for name in _OF_A_CHANGE]
    rows = tx.execute(select(*columns).where(entry_version.c.change == change).order_by(entry_version.c.id))
    return sha256("".join(f"{json.dumps(list(row))}\n" for row in rows).encode()).hexdigest()


def recorded_otherwise(tx: Transaction, number: int, at: str) -> bool:
    """Tell whether the store says of a version of the list, or of what came with its file, another moment than this.

    Args:
        tx: a consistent view.
        number: of the version.
        at: RFC 3339 text.
    """
    version = select(list_version.c.id).where(
        list_version.c.id == number, type_coerce(list_version.c.recorded_at, Text) != at
    )
    came = (entry_version.c.list_version == number) & entry_version.c.change.is_(None)
    entry = select(entry_version.c.id).where(came, type_coerce(entry_version.c.recorded_at, Text) != at)
    return any(tx.scalar(query.limit(1)) is not None for query in (version, entry))
