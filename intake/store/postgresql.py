"""A store that several machines share.

Writers run side by side at READ COMMITTED: a row is changed behind a fence (version and holder) or after it was
locked; readers see one state throughout (REPEATABLE READ, read only).
Nobody waits for ever: not to connect, not for a lock, not for a statement, not for a peer that has gone to sleep.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from sqlalchemy import URL, Connection, Engine, create_engine, text

from intake.errors import ConfigurationError

HINT = "Check that the server runs, that the URL, user and password are right, and that it has room."
READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""Options of a connection that only reads."""

_SESSION = {
    "statement_timeout": "60s",
    "lock_timeout": "20s",
    "idle_in_transaction_session_timeout": "60s",  # a process that was frozen in mid-transaction stops nobody
    "plan_cache_mode": "force_custom_plan",  # a plan for any state at all reads whole tables for the few of a rare one
    "synchronous_commit": "on",  # what we have committed stays committed, whatever the server's default is
}
_CONNECTION = {
    "application_name": "cpl-intake",
    "client_encoding": "utf8",
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
}
_UNKNOWN = text(
    "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r'"
    " AND pg_relation_size(oid) > 500000"
    " AND NOT EXISTS (SELECT FROM pg_stats WHERE schemaname = current_schema() AND tablename = relname)"
)
"""Large tables of which the planner knows nothing."""


def refuse_other_encodings(connection: Connection) -> None:
    """See that the database keeps any text at all, as mail from anywhere holds it.

    Raises:
        ConfigurationError: it does not.
    """
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        message = f"the database of [store] url is encoded in {encoding}, which cannot keep every text"
        raise ConfigurationError(message, "Make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0")


def gather_statistics(connection: Connection) -> None:
    """Have large tables analysed that never were, as after a dump was restored; later the server sees to it itself."""
    for name in connection.scalars(_UNKNOWN).all():
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {name}")  # a table of ours; a peer may be at it


@contextmanager
def probing(connection: Connection) -> Iterator[Connection]:
    """Give a transaction that is rolled back; row locks stop nobody here, so that it waits for no writer."""
    try:
        yield connection
    finally:
        connection.rollback()


def engine(url: URL) -> Engine:
    """Build the engine; the URL's own query overrides our settings.

    Raises:
        ConfigurationError: the driver is not installed.
    """
    if find_spec("psycopg") is None:
        message = "a store on PostgreSQL needs the extra `postgres`, which is not installed"
        raise ConfigurationError(message, "Install it with: pip install 'cpl-intake[postgres]'")
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={name: value for name, value in _CONNECTION.items() if name not in url.query},
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=30,
        pool_timeout=20,
        hide_parameters=True,
    )
