"""SQLite stores with the present schema, copied from one that was migrated; PostgreSQL has its template for that."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from intake.store.engine import Store


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        Store(f"sqlite:///{path}").open().close()
        return path.read_bytes()


def lay_store(path: Path) -> str:
    """Put a store that is up to date and empty at a path where there is none; gives its URL.

    Thirteen migrations take longer than most tests do after them. The tests of the migrations run them for themselves.
    """
    if not path.exists():
        path.write_bytes(_migrated())
    return f"sqlite:///{path}"
