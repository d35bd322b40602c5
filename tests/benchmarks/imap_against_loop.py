"""Intake from Dovecot, archived and recorded, against a minimal loop: fetch, hash, write durably, insert."""

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
from imapclient import IMAPClient
from peers.dovecot import Dovecot, dovecot

from intake.archive.folder import FolderArchive
from intake.clock import SystemClock
from intake.config import LimitsConfig, LogConfig, from_table
from intake.domain.working_days import WorkingCalendar
from intake.extract.reader import sandbox
from intake.log import configure
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_session import Account
from intake.pipeline.poll import poll
from intake.pipeline.services import Services
from intake.store.engine import Store

_RUNS = 5
_SIZES = {20_000: 1000, 200_000: 400}
"""Octets of a message, and how many."""
_AT_A_TIME = 50


def figures() -> Iterator[str]:
    with dovecot() as server:
        for size, count in _SIZES.items():
            raw = sized(count, size)
            pairs = [_pair(server, raw, f"{size}-{run}@example.test", loop_first=run % 2 == 1) for run in range(_RUNS)]
            for ours, loop in pairs:
                yield f"{size // 1000} KB: {count / ours:.0f} messages a second, minimal loop {count / loop:.0f}"
            share = statistics.median(loop / ours for ours, loop in pairs)
            yield f"{size // 1000} KB, share of the loop's speed, median of {_RUNS}: {share:.0%} (bound 70 %)"


def _pair(server: Dovecot, raw: Sequence[bytes], user: str, *, loop_first: bool) -> tuple[float, float]:
    server.deliver(user, raw)
    with server.session(user) as client:
        client.select_folder("INBOX", readonly=True)  # Dovecot builds its index before anybody is timed
    with tempfile.TemporaryDirectory() as place:
        before = _loop(server, user, Path(place, "loop")) if loop_first else 0.0
        ours = _ours(server, user, Path(place, "ours"), len(raw))
        return ours, before or _loop(server, user, Path(place, "loop"))


def _ours(server: Dovecot, user: str, place: Path, count: int) -> float:
    place.mkdir()
    mailbox = ImapMailbox(Account("bench", "127.0.0.1", user, server.port, tls=False, password=server.password))
    with (
        (place / "log").open("w") as lines,
        redirect_stderr(lines),
        sandbox(LimitsConfig()) as box,
        closing(Store(f"sqlite:///{place}/store.db").open()) as store,
    ):
        configure(LogConfig(format="json"))  # as the daemon writes its lines
        config = from_table({}, place / "config.toml")
        archive = FolderArchive(place / "evidence").open()
        services = Services(config, store, archive, SystemClock(), WorkingCalendar(), box)
        started = time.perf_counter()
        polled = poll(services, mailbox, Event())
        seconds = time.perf_counter() - started
        mailbox.close()
    assert polled is not None
    assert polled.received == count
    return seconds


def _loop(server: Dovecot, user: str, place: Path) -> float:
    place.mkdir()
    started = time.perf_counter()
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
    return time.perf_counter() - started


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
