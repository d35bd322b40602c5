"""Checks by mail: from a mail's arrival to its answer, beside a check of the same mail in a warm process."""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.checks import cpu, running
from benchmarks.mail import NOW
from peers.dovecot import dovecot

from intake.demo import products
from intake.demo.samples import Sample, submission
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.pipeline.checks.check import check_message
from intake.sandbox import Sandbox
from intake.signatures.trust_settings import TrustSettings

_STAMP = b"Authentication-Results: mx.example.test; dmarc=pass header.from=maker.example\r\n"
_RUNS = 9
_MANY = 200
_USER = "checks@example.test"
_WAIT_SECONDS = 300
_REST = (
    '[outgoing]\nkind = "folder"\npath = "sent"\n[authentication]\ntrusted_servers = ["mx.example.test"]\n'
    "[check]\nper_sender_per_day = 100000\nanswers_per_hour = 100000\n"
)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Seconds, of one mail."""

    warm: float
    """Of a check of it in a process that has made some."""
    warm_work: float
    """Of processor time in it."""
    queued: float
    """Until its answer was queued."""
    sent: float
    work: float
    """Of processor time in the daemon and all its children until it was sent."""


def figures() -> Iterator[str]:
    """Measure both kinds of mailbox."""
    with tempfile.TemporaryDirectory() as name:
        yield from _in_a_folder(Path(name))
    with tempfile.TemporaryDirectory() as name:
        yield from _at_dovecot(Path(name))


def _in_a_folder(folder: Path) -> Iterator[str]:
    (folder / "checks").mkdir()
    (folder / "config.toml").write_text(
        f'[[mailbox]]\nname = "checks"\npurpose = "check"\nkind = "folder"\npath = "checks"\n{_REST}'
    )

    def post(number: int) -> None:
        part = folder / "checks" / f"{number}.part"
        part.write_bytes(_mail(number))
        part.rename(part.with_suffix(".eml"))

    yield from _measured(folder, "a folder", post)


def _at_dovecot(folder: Path) -> Iterator[str]:
    with dovecot() as server, server.session(_USER) as client:
        (folder / "password").write_text(server.password)
        (folder / "config.toml").write_text(
            f'[[mailbox]]\nname = "checks"\npurpose = "check"\nkind = "imap"\nhost = "127.0.0.1"\n'
            f'port = {server.port}\ntls = false\nuser = "{_USER}"\npassword_file = "password"\n{_REST}'
        )
        yield from _measured(folder, "Dovecot", lambda number: client.append("INBOX", _mail(number)))


def _measured(folder: Path, where: str, post: Callable[[int], object]) -> Iterator[str]:
    (folder / "sent").mkdir()
    with sandbox(ReadingLimits(), preload_signatures=True) as box, running(folder, "run") as daemon:
        post(0)
        _answers(folder, 1)  # both are warm now
        _warm(box, 0)
        taken = [_one(folder, post, box, daemon.pid, number) for number in range(1, _RUNS + 1)]
        begun = time.perf_counter()
        for number in range(100, 100 + _MANY):
            post(number)
        _answers(folder, 1 + _RUNS + _MANY)
        every = time.perf_counter() - begun
    warm, work = (statistics.median(told) for told in ([t.warm for t in taken], [t.warm_work for t in taken]))
    queued, sent = (
        statistics.median(told) for told in ([t.queued / t.warm for t in taken], [t.sent / t.warm for t in taken])
    )
    yield (
        f"from {where}, medians of {_RUNS} pairs: queued after {queued:.2f} times a warm check of "
        f"{warm * 1000:.0f} ms (bound 2), sent after {sent:.2f} times; processor time "
        f"{statistics.median(t.work for t in taken) * 1000:.0f} ms beside {work * 1000:.0f} ms"
    )
    yield f"from {where}, {_MANY} mails at once: all answered once in {every:.0f} s"


def _one(folder: Path, post: Callable[[int], object], box: Sandbox, daemon: int, number: int) -> _Taken:
    warm, warm_work = _warm(box, number)
    before, begun = cpu(daemon), time.perf_counter()
    post(number)
    _recorded(folder, number + 1)
    queued = time.perf_counter() - begun
    _answers(folder, number + 1)
    return _Taken(warm, warm_work, queued, time.perf_counter() - begun, cpu(daemon) - before)


def _warm(box: Sandbox, number: int) -> tuple[float, float]:
    raw, family = _mail(number), os.getpid()
    before, begun = cpu(family), time.perf_counter()
    check_message(box, raw, trust_settings=TrustSettings(at=NOW), limits=ReadingLimits())
    return time.perf_counter() - begun, cpu(family) - before


def _mail(number: int) -> bytes:
    documents = submission(products.faultless_form(products.SINGLE, on=NOW.date(), serial=number + 1))
    sample = Sample(f"check-{number}", "", f"CPL submission, number {number}", documents=documents, body="Please.")
    return _STAMP + sample.message(NOW).replace(b"From: ", b"From: desk@maker.example\r\nX-From: ", 1)


def _recorded(folder: Path, count: int) -> None:
    """Wait until so many mails have been dealt with: the commit that says so holds the answer, too."""
    over = time.monotonic() + _WAIT_SECONDS
    with closing(sqlite3.connect(f"file:{folder}/var/cpl-intake.db?mode=ro", uri=True)) as store:
        while store.execute("SELECT count(*) FROM check_mail").fetchone()[0] < count:
            assert time.monotonic() < over, "there is no answer"
            time.sleep(0.002)  # the wait between two looks, bounded by the time


def _answers(folder: Path, count: int) -> None:
    over = time.monotonic() + _WAIT_SECONDS
    while len(list((folder / "sent").glob("check.*.eml"))) < count:
        assert time.monotonic() < over, "there is no answer"
        time.sleep(0.005)  # likewise


if __name__ == "__main__":
    for line in figures():
        sys.stdout.write(f"{line}\n")
