"""Serialises writers that must not overlap: those who append to the ledger or record a new message."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

_OURS = 0x43504C  # "CPL", among whatever else takes advisory locks in this database


def serialize_writers(tx: Connection) -> None:
    """Take the writers' advisory lock until commit, waiting for the writer that holds it.

    On SQLite every writer has had to wait already, by BEGIN IMMEDIATE.
    Whoever has a turn adds rows but waits for nobody's row lock, so no two can wait for each other.
    """
    if tx.dialect.name == "postgresql" and not tx.get_execution_options().get("has_turn"):
        tx.execute(select(func.pg_advisory_xact_lock(_OURS)))
        tx.execution_options(has_turn=True)
