"""A store in one file: durable, and one writer at a time."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

HINT = "Check that the folder exists, is writable and has room. If the file is damaged, restore a backup."
_PATIENCE_SECONDS = 10
READING = {"reading": True}
"""Options of a connection that only reads; in write-ahead mode it sees one state throughout and waits for no writer."""


class _Compiler(SQLiteCompiler):
    """SQLAlchemy's own drops what is said of a table to SQLite, as NOT INDEXED, without a word."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        return text


def engine(url: URL) -> Engine:
    """Build the engine; create its folder if it is missing."""
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True)
    made.dialect.statement_compiler = _Compiler

    @event.listens_for(made, "connect")
    def configure(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
        connection.isolation_level = None  # the driver begins no transactions behind our back
        for pragma in ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        # a writer takes its lock at once: two who read first and write later would both fail
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return made


def _write_ahead(connection: Any) -> None:  # noqa: ANN401  # the driver's own connection
    """Switch a new database to write-ahead logging; SQLite itself does not wait where a peer is just doing the same."""
    over = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > over:
                raise
            time.sleep(0.02)
        else:
            return
