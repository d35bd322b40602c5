"""Copies of an SQLite store: taken whole while others write, settled into one file that needs nothing beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from intake.errors import ConfigurationError, UnreachableError
from intake.files import sync

_PATIENCE_SECONDS = 60


def file_of(url: str | URL) -> Path:
    """Give the file of an SQLite store.

    Raises:
        ConfigurationError: the store is of another kind.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        message = f"the store is {parsed.drivername}, which its own tools copy"
        raise ConfigurationError(message, "Use pg_dump and pg_restore for it, and --only evidence here.")
    return Path(parsed.database)


def take(url: str | URL, target: Path) -> None:
    """Copy the store as it is at one moment, by SQLite's online backup; readers and writers go on.

    Raises:
        UnreachableError: it cannot be read, or the copy not written.
    """
    source = file_of(url)
    try:
        with (
            closing(
                sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=_PATIENCE_SECONDS)
            ) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        message = f"the store {source} cannot be copied to {target}: {error}"
        raise UnreachableError(message, "Check that the target folder is writable and has room.") from error


def settle(file: Path) -> None:
    """Make a copy one durable file, without write-ahead log, and have SQLite check every page of it.

    Raises:
        UnreachableError: it is damaged, or cannot be written.
    """
    try:
        with closing(sqlite3.connect(file)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
            (told,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        told = str(error)
    if told != "ok":
        message = f"the copy {file} is damaged: {told}"
        raise UnreachableError(message, "Check the disk, and take the copy again.")
    sync(file)
