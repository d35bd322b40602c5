"""The whole pipeline against what cannot be left out: reading in child processes, durable evidence, one durable row."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import structlog
from benchmarks.mail import folder

from intake import bootstrap
from intake.archive.folder import FolderArchive
from intake.config import Config, load
from intake.daemon import WORKERS
from intake.extract.reader import read_message, sandbox
from intake.sandbox import Sandbox

COUNT = 100
_RUNS = 4


def figures() -> Iterator[str]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))  # as much as both write: nothing
    with tempfile.TemporaryDirectory() as place:
        mail = folder(Path(place, "mail"), COUNT)
        pairs = []
        for run in range(_RUNS):
            mine, other = Path(place, f"ours-{run}"), Path(place, f"bare-{run}")
            pairs.append(
                (_ours(mine, mail), _irreducible(other, mail))
                if run % 2
                else (_irreducible(other, mail), _ours(mine, mail))[::-1]
            )
    for ours, bare in pairs:
        yield f"pipeline {_ms(ours)}, reading and keeping alone {_ms(bare)} a message ({COUNT}, {WORKERS} at once)"
    yield f"ratio, median of {_RUNS}: {statistics.median(ours / bare for ours, bare in pairs):.2f} (bound 1.6)"


def _ours(place: Path, mail: Path) -> float:
    """Seconds from the first look into the mailbox to the last letter; everything is loaded before."""
    services = bootstrap.services(_config(place, mail))
    _warm(services.sandbox, services.config)
    daemon = bootstrap.daemon(services.config, services, once=True)
    started = time.perf_counter()
    assert daemon.run() == 0
    taken = time.perf_counter() - started
    services.sandbox.close()
    services.store.close()
    return taken


def _irreducible(place: Path, mail: Path) -> float:
    """Read each file, keep it as evidence, read the message in a limited child, commit one row: in as many threads."""
    config = _config(place, mail)
    archive = FolderArchive(place / "evidence").open()
    rows = sqlite3.connect(place / "rows.db", isolation_level=None, check_same_thread=False)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE row (sha256 TEXT, entries INT)",
    ):
        rows.execute(statement)
    writing = Lock()
    with sandbox(config.limits) as box:
        _warm(box, config)

        def take(file: Path) -> None:
            raw = file.read_bytes()
            sha256 = archive.put(raw)
            reading = read_message(box, raw, config.limits)
            with writing:
                rows.execute("INSERT INTO row VALUES (?, ?)", (sha256, len(reading.entries)))

        files: Sequence[Path] = sorted(mail.iterdir())
        started = time.perf_counter()
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(take, files))
        taken = time.perf_counter() - started
    rows.close()
    return taken


def _config(place: Path, mail: Path) -> Config:
    place.mkdir()
    file = place / "config.toml"
    file.write_text(f'[[mailbox]]\nname = "bench"\nkind = "folder"\npath = "{mail}"\n')
    return load(file)


def _warm(box: Sandbox, config: Config) -> None:
    """Wait until children can be had."""
    read_message(box, b"", config.limits)


def _ms(seconds: float) -> str:
    return f"{seconds / COUNT * 1000:.1f} ms"
