"""Memory of the daemon and all its children while a large message comes in by IMAP, over what they have when idle."""

from __future__ import annotations

import base64
import random
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from benchmarks.mail import program
from peers.dovecot import Dovecot, dovecot
from processes import memory

_SIZES = (48_000_000, 60_000_000)
"""Octets: a message that is just small enough to be opened, and one that is archived and left to a person."""
_DOCUMENTS = 3
_PATIENCE = 180


def figures() -> Iterator[str]:
    with dovecot() as server:
        for octets in _SIZES:
            with tempfile.TemporaryDirectory() as place:
                idle, peak, state = _measured(server, Path(place), octets)
            name, more = f"{octets // 1_000_000} MB", (peak - idle) / 1e6
            yield f"{name}: idle {idle / 1e6:.0f} MB, peak {peak / 1e6:.0f} MB; the message is {state}"
            yield f"{name}: {more:.0f} MB more than idle (bound 300 MB)"


def _measured(server: Dovecot, place: Path, octets: int) -> tuple[int, int, str]:
    user = f"{octets}@example.test"
    server.deliver(user, [b"Subject: Lunch\r\n\r\n"])
    (place / "secret").write_text(server.password)
    (place / "config.toml").write_text(
        f'[[mailbox]]\nname = "bench"\nkind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\ntls = false\n'
        f'user = "{user}"\npassword_file = "secret"\npoll_seconds = 1\n'
    )
    command = [program(), "run", "--config", str(place / "config.toml")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as daemon:
        try:
            _until(place, 1)
            idle = max(_sampled(daemon.pid, 2.0))
            server.deliver(user, [_large(octets)])
            peak, state, over = idle, "", time.monotonic() + _PATIENCE
            while not state and time.monotonic() < over:
                peak = max([peak, *_sampled(daemon.pid, 0.2)])
                state = _until(place, 2, seconds=0)
            return idle, peak, state or "not read in time"
        finally:
            daemon.terminate()


def _large(octets: int) -> bytes:
    """Random octets, which nothing can make smaller, as so many attached documents."""
    part = base64.encodebytes(random.Random(1).randbytes(octets * 3 // 4 // _DOCUMENTS))
    head = b"From: Desk <desk@maker.example>\r\nSubject: CPL submission\r\nMIME-Version: 1.0\r\n"
    head += b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    parts = (
        b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Disposition: attachment; filename=%d.pdf\r\n\r\n%b\r\n" % (number, part)
        for number in range(_DOCUMENTS)
    )
    return head + b"".join(parts) + b"--b--\r\n"


def _until(place: Path, number: int, seconds: float = _PATIENCE) -> str:
    """The state of a message once the daemon has done what it can; empty where it has not within the time."""
    over = time.monotonic() + seconds
    while True:
        with suppress(sqlite3.Error), closing(sqlite3.connect(place / "var" / "cpl-intake.db")) as store:
            row = store.execute("SELECT state FROM message WHERE id = ?", (number,)).fetchone()
            if row and row[0] not in {"received", "extracted"}:
                return str(row[0])
        if time.monotonic() >= over:
            return ""
        time.sleep(0.1)  # the wait between two looks, bounded by the time


def _sampled(pid: int, seconds: float) -> list[int]:
    """The tree's memory, measured again and again; what processes share is counted once."""
    over, actual = time.monotonic() + seconds, [memory(pid)]
    while time.monotonic() < over:
        time.sleep(0.02)  # the wait between two measurements
        actual.append(memory(pid))
    return actual
