"""A store in one file: durable, and one writer at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import OperationalError

HINT = "Check that the folder exists, is writable and has room. If the file is damaged, restore a backup."
_PATIENCE_SECONDS = 10
_BUSY_MILLISECONDS = 30_000
_PRIMARY = 0xFF
"""The part of an error code that says what; the rest says where."""
READING = {"reading": True}
"""Options of a connection that only reads; in write-ahead mode it sees one state throughout and waits for no writer."""


DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
"""SQLite's primary codes for a file that is no database any more."""


class ReplacedError(Exception):
    """The file at the store's path is no longer the one that was opened: what is written now, nobody would find."""

    hint = (
        "Put the store's own file back, or end every run and web and start them again: they go on with what is there."
    )


@dataclass(slots=True)
class _File:
    """The store's file, by its number in the file system, as it was when it was opened first."""

    path: Path | None
    """None: in memory."""
    opened: tuple[int, int] | None = None

    def remember(self) -> None:
        """Remember the file; done once it has been made."""
        if self.path is not None and self.opened is None:
            self.opened = self._number()

    def check(self) -> None:
        """Check that the path still leads to the file.

        Raises:
            ReplacedError: it was moved, removed or replaced.
        """
        if self.opened is not None and self._number() != self.opened:
            message = f"the file {self.path} was moved, removed or replaced after it was opened"
            raise ReplacedError(message)

    def _number(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat() if self.path is not None else None
        except FileNotFoundError:
            return None
        return (status.st_dev, status.st_ino) if status is not None else None


class _Compiler(SQLiteCompiler):
    """SQLAlchemy's own drops what is said of a table to SQLite, as NOT INDEXED, without a word."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        return text


def engine(url: URL) -> Engine:
    """Build the engine; create its folder if it is missing."""
    file = _File(Path(url.database).absolute() if url.database and url.database != ":memory:" else None)
    if file.path is not None:
        file.path.parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, hide_parameters=True)
    made.dialect.statement_compiler = _Compiler

    @event.listens_for(made, "do_connect")
    def look(*_: object) -> None:
        file.check()  # before SQLite makes a new one in its place

    @event.listens_for(made, "connect")
    def configure(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
        connection.isolation_level = None  # the driver begins no transactions behind our back
        for pragma in (f"busy_timeout={_BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)
        file.remember()

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        file.check()
        # a writer takes its lock at once: two who read first and write later would both fail
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return made


@contextmanager
def probing(connection: Connection) -> Iterator[Connection]:
    """Give a transaction that does not wait for the one who writes; where somebody does, it can be written."""
    probe = connection.execution_options(**READING)
    probe.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        yield probe
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY != sqlite3.SQLITE_BUSY:
            raise
    finally:
        probe.rollback()
        probe.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")


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
