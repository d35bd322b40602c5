"""Brings the schema up to date, once, however many processes start at the same time."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from intake.errors import UnreachableError
from intake.store.turns import serialize_writers

HEAD = "0019"
"""The newest migration."""


def bring_up_to_date(connection: Connection) -> None:
    """Create the schema where there is none, and change an older one.

    Raises:
        UnreachableError: the schema is from a later release.
    """
    if schema_version(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        for timeout in ("lock_timeout", "statement_timeout"):  # a large store, or a peer that is migrating it
            connection.execute(text(f"SET LOCAL {timeout} = '10min'"))
    serialize_writers(connection)
    if schema_version(connection) != HEAD:  # a peer may have done it while we waited
        _migrate(connection)


def schema_version(connection: Connection) -> str | None:
    """Read which migration the schema is at; None where there is no schema yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # 0.1 s that only a new or an old store needs
    from alembic.config import Config  # noqa: PLC0415  # likewise
    from alembic.util import CommandError  # noqa: PLC0415  # likewise

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = f"the store's schema is not of this release: {error}"
        raise UnreachableError(message, "Use the release that wrote it, or restore a backup of this one's.") from error
