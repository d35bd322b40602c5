"""Write a row or, where there is one of its key, change that: in one statement, on every database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite

from intake.store.engine import Transaction

_INSERTS: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def upsert(
    tx: Transaction,
    table: Table,
    values: Mapping[str, object],
    *,
    change: Collection[str],
    only: Callable[[Any], ColumnElement[bool]] | None = None,
) -> bool:
    """Write a row, or change the one of its primary key.

    Args:
        tx: the caller's transaction.
        table: of the row.
        values: by column, its key among them.
        change: the columns that are changed in a row that is there.
        only: builds, of the new values, the condition on which that row is changed.

    Returns:
        False where there was a row and it was left as it was.
    """
    row = _INSERTS[tx.dialect.name](table).values(values)
    written = row.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: row.excluded[name] for name in change},
        where=None if only is None else only(row.excluded),
    )
    return tx.execute(written.returning(*table.primary_key)).first() is not None
