"""Opens the database: durable, one writer at a time, migrated to the present schema."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from intake.errors import UnreachableError

_PATIENCE_SECONDS = 10
HEAD = "0003_aliases"
"""The newest migration."""

Transaction = Connection
"""An open transaction; the functions of this package take one, so that their caller says what is one commit."""


class Store:
    """The database behind one URL."""

    def __init__(self, url: str) -> None:
        """Prepare the connection pool; nothing is opened yet."""
        self.url = url
        self._engine = _engine(url)
        self._writing = Lock()  # threads take turns here, which is kinder than SQLite's own waiting

    def open(self) -> Store:
        """Bring the schema up to date, creating it where there is none.

        Raises:
            UnreachableError: the database cannot be opened, or is from a later release.
        """
        with _reachable(self.url):
            _make_folder(self._engine)
            with self._engine.begin() as connection:
                if _schema_of(connection) != HEAD:
                    _migrate(connection, self.url)
        return self

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One commit: all of it or nothing.

        Raises:
            UnreachableError: the database does not answer.
        """
        with self._writing, _reachable(self.url), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view; writes nothing and waits for no writer.

        Raises:
            UnreachableError: the database does not answer.
        """
        with _reachable(self.url), self._engine.connect().execution_options(reading=True) as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def _reachable(url: str) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        message = f"the store {url} cannot be used: {error.orig}"
        raise UnreachableError(message, "Check that the folder exists, is writable and has room.") from error
    except DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise
        message = f"the store {url} is not a database"
        raise UnreachableError(message, "Restore it from a backup, or name another file in [store] url.") from error


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
        connection.isolation_level = None  # the driver begins no transactions behind our back
        for pragma in ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # a writer takes its lock at once: two who read first and write later would both fail
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


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


def _make_folder(engine: Engine) -> None:
    database = engine.url.database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _schema_of(connection: Connection) -> str | None:
    """The migration that the schema is at; None where there is no schema yet."""
    tables = text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
    if connection.scalar(tables) is None:
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _migrate(connection: Connection, url: str) -> None:
    from alembic import command  # noqa: PLC0415  # 0.1 s that only a new or an old store needs
    from alembic.config import Config  # noqa: PLC0415  # likewise
    from alembic.util import CommandError  # noqa: PLC0415  # likewise

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = f"the store {url} is not of this release: {error}"
        raise UnreachableError(message, "Use the release that wrote it, or restore a backup of this one's.") from error
