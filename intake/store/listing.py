"""The published list as last imported: always whole, never mended line by line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from intake.store.engine import Transaction
from intake.store.schema import published_entry
from rules.facts import RegisterEntry


@dataclass(frozen=True, slots=True)
class Import:
    """The source of an imported list."""

    sha256: str
    """The digest of its file."""
    at: datetime


def replace_all(tx: Transaction, entries: Sequence[RegisterEntry], at: datetime, *, sha256: str) -> None:
    """Replace the whole list.

    Args:
        tx: the commit that it is part of.
        entries: the whole list; it has at least one entry, and each number once.
        at: now.
        sha256: the digest of the list's file.
    """
    tx.execute(delete(published_entry))
    tx.execute(
        insert(published_entry),
        [
            {
                "number": line.number,
                "status": line.status,
                "fields": json.dumps(dict(line.fields)),
                "list_sha256": sha256,
                "imported_at": at,
            }
            for line in entries
        ],
    )


def newest_import(tx: Transaction) -> Import | None:
    """Give the newest import; None where no list was ever imported."""
    row = tx.execute(select(published_entry.c.list_sha256, published_entry.c.imported_at).limit(1)).one_or_none()
    return None if row is None else Import(row.list_sha256, row.imported_at)


def all_entries(tx: Transaction) -> tuple[RegisterEntry, ...] | None:
    """Read the whole list by number; None where no list was ever imported."""
    rows = tx.execute(
        select(published_entry.c.number, published_entry.c.status, published_entry.c.fields).order_by(
            published_entry.c.number
        )
    )
    return tuple(RegisterEntry(row.number, row.status, json.loads(row.fields)) for row in rows) or None


class Listing:
    """The list for a process that judges many submissions: read again only after another import."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._held: tuple[Import, tuple[RegisterEntry, ...] | None] | None = None

    def entries(self, tx: Transaction) -> tuple[RegisterEntry, ...] | None:
        """Give the whole list as `tx` sees it; None where no list was ever imported."""
        newest = newest_import(tx)
        if newest is None:
            return None
        cached = self._held  # two threads may both read a new list; either reads the same
        if cached is None or cached[0] != newest:
            cached = self._held = (newest, all_entries(tx))
        return cached[1]
