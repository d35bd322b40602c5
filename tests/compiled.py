"""Statements that are compiled once for all stores of a kind: each test opens its own, and asks much the same of it."""

from __future__ import annotations

from types import ModuleType

from sqlalchemy import URL, Engine, event
from sqlalchemy.util import LRUCache

from intake.store import postgresql, sqlite

_MOST = 4000


def share_compiled_statements() -> None:
    """Give each engine that is built from now on the dialect of the first of its kind, and what was compiled for it.

    A process of the program has one engine, which compiles each statement once. A test that opens a store of its own
    would compile all of them again, which took as long as to execute them.
    """
    for kind in (sqlite, postgresql):
        _share(kind)


def _share(kind: ModuleType) -> None:
    ordinary = kind.engine
    firsts: list[Engine] = []

    def engine(url: URL) -> Engine:
        made: Engine = ordinary(url)
        if firsts:
            _be_like(made, firsts[0])
        else:  # a dialect is complete when it has met its database

            @event.listens_for(made, "first_connect")
            def keep(_connection: object, _record: object) -> None:
                if not firsts:
                    made._compiled_cache = LRUCache(_MOST)  # noqa: SLF001  # larger than a process's own
                    firsts.append(made)

        return made

    setattr(kind, "engine", engine)  # noqa: B010  # a module's function, for all that build engines


def _be_like(engine: Engine, first: Engine) -> None:
    engine.dialect = engine.pool._dialect = first.dialect  # noqa: SLF001  # what was compiled is kept by its dialect
    engine._compiled_cache = first._compiled_cache  # noqa: SLF001  # as above
