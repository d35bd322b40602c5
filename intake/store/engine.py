"""Opens the database and its transactions; hides which database it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, TimeoutError  # noqa: A004  # SQLAlchemy's name

from intake.errors import ConfigurationError, UnreachableError
from intake.store import postgresql, sqlite
from intake.store.migrate import HEAD, bring_up_to_date

__all__ = ["HEAD", "Address", "Store", "Transaction", "url_of_file"]

Address = str | URL
"""Where a store is: as the configuration says it, or a file's by `url_of_file`."""

Transaction = Connection
"""An open transaction; the functions of this package take one, so that their caller says what is one commit."""

_TRANSIENT_SQLSTATES = {"25006", "25P03", "25P04", "42501", "XX000", "XX001", "XX002"}
"""Read-only, as a standby is after a failover; ended for having idled within a transaction, or for its length; rights
that an administrator took away; a fault of the server's own; a damaged table or index."""
_CHANGED_SQLSTATES = {"0A000", "26000", "34000", "3D000", "3F000", "42703", "42704", "42P01", "42P05"}
"""A table, a column, a schema, a prepared statement is not there any more, or not as it was: the store was migrated or
restored under this process, or a pooler gives each transaction another connection."""
_CHANGED_HINT = (
    "Was the database restored, migrated by another release or put in another's place? Then end every run and web and "
    "start them again. A pooler before it must keep a session together."
)
_PRIMARY = 0xFF
"""The part of SQLite's error codes that says what; the rest says where."""
_KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def url_of_file(file: Path) -> Address:
    """Give the URL of an SQLite file, whatever its path holds; as text a question mark in it would end it."""
    return URL.create("sqlite", database=str(file))


class Store:
    """The database behind one URL."""

    def __init__(self, url: Address, *, password: str = "") -> None:
        """Remember the URL; opens later.

        Raises:
            ConfigurationError: the URL names no database that we know.
        """
        try:
            made = make_url(url)
            self._kind = _KINDS[made.get_backend_name()]
        except (ArgumentError, ValueError, KeyError) as error:
            message = "[store] url is neither sqlite:///path nor postgresql+psycopg://…"
            raise ConfigurationError(message) from error
        self.where = url
        self.url = str(url)
        self._address = made.set(password=password) if password else made
        self._name = made.render_as_string(hide_password=True)
        self._opened: Engine | None = None
        # threads take turns before SQLite, which is kinder than its own waiting
        self._writing: AbstractContextManager[Any] = Lock() if self._kind is sqlite else nullcontext()

    def open(self) -> Store:
        """Bring the schema up to date, creating it where there is none.

        Raises:
            UnreachableError: the database cannot be opened, or is from a later release.
            ConfigurationError: its driver is not installed, or it cannot keep every text.
        """
        try:
            self._opened = self._kind.engine(self._address)
        except OSError as error:
            raise self._unreachable(error) from error
        with self._reachable(), self._opened.begin() as connection:
            if self._kind is postgresql:
                postgresql.refuse_other_encodings(connection)
            bring_up_to_date(connection)
            if self._kind is postgresql:
                postgresql.gather_statistics(connection)
        return self

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction that commits all or nothing.

        Raises:
            UnreachableError: the database does not answer.
        """
        with self._writing, self._reachable(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a consistent read-only view that waits for no writer.

        Raises:
            UnreachableError: the database does not answer.
        """
        with self._reachable(), self._engine.connect().execution_options(**self._kind.READING) as connection:
            yield connection

    @contextmanager
    def probing(self) -> Iterator[Transaction]:
        """Open a transaction to see whether anything can be written; it waits for no writer, and nothing is committed.

        Raises:
            UnreachableError: the database does not answer, or refuses what is asked of it.
        """
        with self._reachable(), self._engine.connect() as connection, self._kind.probing(connection) as probe:
            yield probe

    def close(self) -> None:
        """Close every connection."""
        if self._opened is not None:
            self._opened.dispose()

    @property
    def _engine(self) -> Engine:
        assert self._opened is not None, "open it first"  # noqa: S101  # our own mistake
        return self._opened

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except (TimeoutError, sqlite.ReplacedError) as error:  # the first is of the pool
            raise self._unreachable(error) from error
        except DBAPIError as error:
            if not _is_transient(error):
                raise
            raise self._unreachable(error.orig) from error

    def _unreachable(self, error: BaseException | None) -> UnreachableError:
        cause = " ".join(str(error).split())
        hint = error.hint if isinstance(error, sqlite.ReplacedError) else self._kind.HINT
        if _sqlstate(error) in _CHANGED_SQLSTATES:
            hint = _CHANGED_HINT
        return UnreachableError(f"the store {self._name} cannot be used: {cause}", hint)


def _is_transient(error: DBAPIError) -> bool:
    """Tell whether the error is transient; an error in our own statements is not."""
    return (
        isinstance(error, OperationalError | InterfaceError)
        or error.connection_invalidated
        or error.statement is None  # it could not even connect
        or getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY in sqlite.DAMAGED
        or _sqlstate(error.orig) in _TRANSIENT_SQLSTATES | _CHANGED_SQLSTATES
    )


def _sqlstate(error: BaseException | None) -> str | None:
    """PostgreSQL's code for what went wrong; None where it is another's error."""
    return getattr(error, "sqlstate", None)
