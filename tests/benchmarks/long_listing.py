"""Memory and time of a look into a mailbox of a million messages, all of them known, over what the process has idle."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

from benchmarks.spending import of_step
from processes import memory

from intake.archive.folder import FolderArchive
from intake.clock import SystemClock
from intake.config import from_table
from intake.domain.message import Sighting
from intake.domain.working_days import WorkingCalendar
from intake.mailbox.base import Fetched, MailboxListing
from intake.mailbox.numbered import Numbered
from intake.pipeline.arrival.scan import scan
from intake.pipeline.services import Services
from intake.sandbox import Limits, Sandbox
from intake.store.engine import Store

MANY = 1_000_000
_KNOWN = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
INSERT INTO sighting (mailbox, epoch, uid, state, attempts, seen_at)
SELECT 'bench', '7', CAST(n AS TEXT), 'received', 0, '2026-11-20T12:00:00.000000+00:00' FROM numbers
"""


class _Listed:
    """A mailbox that lists so many messages as an IMAP server does, and gives none."""

    name, marks = "bench", False

    def scan(self, _since: str | None = None) -> MailboxListing:
        return MailboxListing(Numbered(self.name, "7", range(1, MANY + 1)), whole=True, cursor=f"7:{MANY}", epoch="7")

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        raise NotImplementedError

    def settle(self, taken: Sequence[Sighting]) -> None:
        raise NotImplementedError

    def wait(self, seconds: float, stopping: Event) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        Store(f"sqlite:///{place}/store.db").open().close()
        with closing(sqlite3.connect(place / "store.db")) as rows, rows:
            rows.execute(_KNOWN, (MANY,))
        with closing(Store(f"sqlite:///{place}/store.db").open()) as store:
            services = Services(
                from_table({}, place / "config.toml"),
                store,
                FolderArchive(place / "evidence").open(),
                SystemClock(),
                WorkingCalendar(),
                Sandbox("none:none", Limits(seconds=1, memory_mb=64)),
            )
            idle = memory(os.getpid())
            peak, over = [idle], Event()
            watch = Thread(target=_watch, args=(peak, over))
            watch.start()
            spent = of_step(lambda: scan(services, _Listed()))
            over.set()
            watch.join()
    yield f"idle {idle / 1e6:.0f} MB, peak {max(peak) / 1e6:.0f} MB; {spent.processor:.1f} s of processor time"
    yield f"ratio: {max(peak) / idle:.2f} (bound 1.3)"


def _watch(peak: list[int], over: Event) -> None:
    while not over.wait(0.05):
        peak.append(memory(os.getpid()))
