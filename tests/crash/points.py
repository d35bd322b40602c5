"""The points at which a process may die, found from outside: the program itself knows nothing of them.

Before and after every commit, every fsync, every piece of evidence, every letter, every reading in a child process.
A point's name says which verb of the pipeline was at work, e.g. ``receive: committed received+acknowledgement_queued``.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import Lock, local
from typing import Any

from sqlalchemy import Engine
from sqlalchemy import event as sql

from intake.archive import together, volume
from intake.archive.folder import FolderArchive
from intake.mailbox.folder_postman import FolderPostman
from intake.pipeline.reading import extract
from intake.store import events
from intake.store.engine import Store, Transaction
from intake.store.events import NewEvent

_LENT = local()
_WRITES = re.compile(r"\b(?:INSERT INTO|(?<!FOR )(?<!KEY )UPDATE|DELETE FROM) (\w+)")
"""A table that a statement changes; what ``SELECT … FOR NO KEY UPDATE SKIP LOCKED`` locks is not changed by it."""


class Points:
    """Counts the points reached, and ends the process, as a power cut would, at the one it was told."""

    def __init__(self, death: str | None = None, *, time: int = 1, seen: Path | None = None) -> None:
        """Die at the so-manieth `time` that the point `death` is reached; note every point in the file `seen`."""
        self._death, self._time, self._seen = death, time, seen
        self._lock = Lock()
        self._reached: Counter[str] = Counter()
        self._written = local()

    def reach(self, point: str) -> None:
        """A point is reached."""
        with self._lock:
            self._reached[point] += 1
            if self._seen is not None:
                with self._seen.open("a") as file:
                    file.write(f"{point}\n")
            if point == self._death and self._reached[point] == self._time:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, what: str) -> None:  # noqa: ANN401  # a class or a module
        """Make points before and after a function."""
        ordinary: Callable[..., Any] = getattr(owner, name)

        @wraps(ordinary)
        def watched(*args: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever it takes and gives
            self.reach(f"{_verb()}: before {what}")
            result = ordinary(*args, **named)
            self.reach(f"{_verb()}: after {what}")
            return result

        setattr(owner, name, watched)

    def around_commits(self) -> None:
        """Make points before and after every commit that changes something, named by what it records."""
        ordinary, append_all = Store.transaction, events.append_all

        @contextmanager
        def transaction(store: Store) -> Iterator[Transaction]:
            names = self._written.names = list[str]()
            with ordinary(store) as tx:
                yield tx
                told = _event_names(names)
                if told:
                    self.reach(f"{_verb()}: before the commit of {told}")
            if told:
                self.reach(f"{_verb()}: after the commit of {told}")

        def noted(tx: Transaction, happenings: Sequence[NewEvent]) -> None:
            self._written.names.extend(f"+{happening.event.name}" for happening in happenings)
            append_all(tx, happenings)

        def statement(_c: object, _cursor: object, text: str, *_: object) -> None:
            names = getattr(self._written, "names", None)
            if names is not None:
                names.extend(_WRITES.findall(text))

        Store.transaction = transaction  # type: ignore[method-assign,assignment]  # the seam
        events.append_all = noted  # likewise
        sql.listen(Engine, "before_cursor_execute", statement)


def _event_names(names: list[str]) -> str:
    """What happened, by its events, or by the tables that were changed where there were none."""
    happened = [name[1:] for name in names if name.startswith("+")]
    return "+".join(dict.fromkeys(happened) or sorted({name for name in names if not name.startswith("+")}))


def _verb() -> str:
    """The innermost verb of the pipeline, or else the daemon, that is at work in this thread."""
    frame = sys._getframe(1)  # noqa: SLF001  # the documented way to look at one's callers
    while frame.f_back is not None:
        module = str(frame.f_globals.get("__name__"))
        if module.startswith("intake.pipeline.") or module == "intake.daemon":
            return module.rpartition(".")[2]
        frame = frame.f_back
    return str(getattr(_LENT, "verb", "start"))


def _lend_verbs() -> None:
    """Let a pool's thread be at work for whoever gave it the work."""
    ordinary = ThreadPoolExecutor.submit

    def submit(pool: ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **named: Any) -> Any:  # noqa: ANN401  # as the pool's own
        verb = _verb()

        def lent() -> Any:  # noqa: ANN401  # whatever it gives
            _LENT.verb = verb
            return work(*args, **named)

        return ordinary(pool, lent)

    ThreadPoolExecutor.submit = submit  # type: ignore[method-assign,assignment]  # the seam


def watch(points: Points) -> None:
    """Put the points into this process, for good."""
    _lend_verbs()
    points.around_commits()
    points.around(FolderArchive, "put", "archiving")
    points.around(together, "write", "archiving together")
    points.around(volume, "sync_volume", "syncfs")
    points.around(FolderPostman, "send", "sending")
    points.around(extract, "read_message", "reading")
    points.around(os, "fsync", "fsync")
