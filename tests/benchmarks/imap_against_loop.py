"""Intake from Dovecot, archived and recorded, against a minimal loop: fetch, hash, write durably, insert.

Which of them waits longer is decided by the disk: the loop waits twice for each message, intake twice for a batch. What
a wait takes here is told beside. ``strace -f --seccomp-bpf -e inject=fsync,fdatasync,syncfs:delay_exit=1000`` before
the command makes each take a millisecond more, as on a disk that writes before it answers.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, redirect_stderr
from pathlib import Path
from threading import Event

from benchmarks.mail import sized
from benchmarks.spending import Spent, in_turn, medians, of_step, ratios
from imapclient import IMAPClient
from peers.dovecot import Dovecot, dovecot

from intake.archive.folder import FolderArchive
from intake.clock import SystemClock
from intake.config import LogConfig, from_table
from intake.domain.working_days import WorkingCalendar
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.log import configure
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_session import Account
from intake.pipeline.arrival.poll import poll
from intake.pipeline.services import Services
from intake.store.engine import Store

_PAIRS = 4
_SIZES = {20_000: (1000, 1.10), 200_000: (400, 0.95)}
"""Octets of a message, how many, and the share of the loop's speed that is wanted."""
_AT_A_TIME = 50
_WAITS = 200


def figures() -> Iterator[str]:
    yield f"a new file of 20 KB is durable here after {_wait():.2f} ms, the median of {_WAITS}"
    with dovecot() as server:
        for size, (count, wanted) in _SIZES.items():
            raw = sized(count, size)
            for own_volume in (False, True):
                yield _told(server, raw, size, own_volume=own_volume, wanted=f" (bound {wanted:.0%})" * own_volume)


def _wait() -> float:
    """Measure what it takes to write a small file and to know it durable, in milliseconds."""
    with tempfile.TemporaryDirectory() as place:
        taken = []
        for number in range(_WAITS):
            started = time.perf_counter()
            with Path(place, str(number)).open("xb") as kept:
                kept.write(bytes(20_000))
                kept.flush()
                os.fsync(kept.fileno())
            taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def _told(server: Dovecot, raw: Sequence[bytes], size: int, *, own_volume: bool, wanted: str) -> str:
    user = f"{size}-{int(own_volume)}@example.test"
    server.deliver(user, raw)
    with server.session(user) as client:
        client.select_folder("INBOX", readonly=True)  # Dovecot builds its index before anybody is timed
    with tempfile.TemporaryDirectory() as place:
        pairs = in_turn(
            lambda run: _ours(server, user, Path(place, f"ours{run}"), len(raw), own_volume=own_volume),
            lambda run: of_step(lambda: _loop(server, user, Path(place, f"loop{run}"))),
            _PAIRS,
        )
    ratio, ours = ratios(pairs), medians([ours for ours, _ in pairs])
    kept = "whole batches, as on a volume of its own" if own_volume else "piece by piece"
    return (
        f"{size // 1000} KB, evidence written {kept}: {len(raw) / ours.wall:.0f} messages a second, "
        f"{1 / ratio.wall:.0%} of the loop's speed{wanted}, {ratio.processor:.2f} of its processor time"
    )


def _ours(server: Dovecot, user: str, place: Path, count: int, *, own_volume: bool) -> Spent:
    place.mkdir()
    mailbox = ImapMailbox(Account("bench", "127.0.0.1", user, server.port, tls=False, password=server.password))
    with (
        (place / "log").open("w") as lines,
        redirect_stderr(lines),
        sandbox(ReadingLimits()) as box,
        closing(Store(f"sqlite:///{place}/store.db").open()) as store,
    ):
        configure(LogConfig(format="json"))  # as the daemon writes its lines
        config = from_table({}, place / "config.toml")
        archive = FolderArchive(place / "evidence", own_volume=own_volume).open()
        services = Services(config, store, archive, SystemClock(), WorkingCalendar(), box)
        received: list[int] = []
        spent = of_step(
            lambda: received.extend(polled.received for polled in (poll(services, mailbox, Event()),) if polled)
        )
        mailbox.close()
    assert received == [count]
    return spent


def _loop(server: Dovecot, user: str, place: Path) -> None:
    place.mkdir()
    with closing(sqlite3.connect(place / "store.db", isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA synchronous=FULL")
        store.execute("CREATE TABLE message (uid INTEGER PRIMARY KEY, sha256 TEXT UNIQUE)")
        with IMAPClient("127.0.0.1", server.port, ssl=False) as client:
            client._imap.debug = 0  # noqa: SLF001  # as fast as the library can be
            client.login(user, server.password)
            client.select_folder("INBOX", readonly=True)
            uids = client.search(["ALL"])
            for start in range(0, len(uids), _AT_A_TIME):
                answer = client.fetch(uids[start : start + _AT_A_TIME], ["BODY.PEEK[]"])
                store.execute("BEGIN IMMEDIATE")
                for uid, items in answer.items():
                    store.execute("INSERT INTO message VALUES (?, ?)", (uid, _write(place, items[b"BODY[]"])))
                store.execute("COMMIT")


def _write(place: Path, raw: bytes) -> str:
    sha256 = hashlib.sha256(raw).hexdigest()
    with (place / f"{sha256}.part").open("xb") as kept:
        kept.write(raw)
        kept.flush()
        os.fsync(kept.fileno())
    (place / f"{sha256}.part").rename(place / sha256)
    folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(folder)
    os.close(folder)
    return sha256
