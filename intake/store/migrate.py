"""Brings the schema up to date, once, however many processes start at the same time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from intake.errors import UnreachableError
from intake.store.schema import metadata
from intake.store.turns import serialize_writers

HEAD = "0019"
"""The newest migration."""
_OTHERS_HINT = (
    "It was made by a program between two releases, or changed by hand. Nothing was changed now: use the program that "
    "wrote it, or restore a backup of a release's."
)


def bring_up_to_date(connection: Connection) -> None:
    """Create the schema where there is none, and change an older one.

    Raises:
        UnreachableError: the schema is from a later release, or is not what its number says.
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


def lacking(connection: Connection) -> list[str]:
    """List the tables and columns that this release works with and that are not there, in alphabetical order."""
    inspector = inspect(connection)
    there = {table: inspector.get_columns(table) for table in inspector.get_table_names()}
    lack = list[str]()
    for table in metadata.tables.values():
        if table.name not in there:
            lack.append(table.name)
            continue
        nullable = {column["name"]: column["nullable"] for column in there[table.name]}
        for column in table.columns:
            if column.name not in nullable:
                lack.append(f"{table.name}.{column.name}")
            elif column.nullable and not nullable[column.name]:
                lack.append(f"{table.name}.{column.name} that may be empty")
    return sorted(lack)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # 0.1 s that only a new or an old store needs
    from alembic.config import Config  # noqa: PLC0415  # likewise
    from alembic.util import CommandError  # noqa: PLC0415  # likewise

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    before = schema_version(connection)
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        if not _is_of_the_schema(error):
            raise
        raise _other_tables(before, str(error.orig)) from error
    except CommandError as error:
        message = f"the store's schema is not of this release: it is at migration {before}, and this one ends at {HEAD}"
        raise UnreachableError(message, "Use the release that wrote it, or restore a backup of this one's.") from error
    if before is not None and (lack := lacking(connection)):
        raise _other_tables(before, f"it lacks {', '.join(lack)}")


def _is_of_the_schema(error: DBAPIError) -> bool:
    """Tell whether a migration met something else than the one before it leaves."""
    state, code = getattr(error.orig, "sqlstate", None), getattr(error.orig, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_ERROR or (state or "").startswith("42")


def _other_tables(version: str | None, what: str) -> UnreachableError:
    message = f"the store says that it is at migration {version}, and is not: {' '.join(what.split())}"
    return UnreachableError(message, _OTHERS_HINT)
