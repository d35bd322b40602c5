"""Submissions of long ago for tests of their end: two of them, a bag and a checkpoint that were made then."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from helpers import HandClock
from pipeline.retained import a_case, retaining, years_pass

from intake.archive.folder import FolderArchive
from intake.config import from_table
from intake.domain.working_days import WorkingCalendar
from intake.pipeline.evidence import retrieve
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.services import Services
from intake.sandbox import Sandbox
from intake.store import submissions
from intake.store.engine import Store


@dataclass(frozen=True)
class Past:
    """Two returned submissions of long ago, the bag of the first, and the checkpoint of that day."""

    services: Services
    clock: HandClock
    folder: Path
    bag: bytes
    checkpoint: str
    raw: str
    """The first one's raw message."""


def with_a_past(services: Services, clock: HandClock, folder: Path) -> Past:
    kept = retaining(services, folder)
    first = a_case(kept, 1)
    clock.forward(minutes=1)
    a_case(kept, 2)
    made = day_s_checkpoint(kept)
    assert made is not None
    bag = retrieve.export(kept, first, reason="before")
    with kept.store.reading() as tx:
        raw = submissions.get(tx, first).raw_sha256
    years_pass(clock, 8)
    return Past(kept, clock, folder, bag, made.note, raw)


def in_folder(folder: Path, clock: HandClock, reader: Sandbox) -> Services:
    return Services(
        config=from_table({}, folder / "config.toml"),
        store=Store(f"sqlite:///{folder / 'store.db'}").open(),
        archive=FolderArchive(folder / "evidence").open(),
        clock=clock,
        calendar=WorkingCalendar(),
        sandbox=reader,
    )


def checked(past: Past, content: bytes, *, kept: bool = True) -> str:
    """What a bag's own program says of it, with the checkpoint that was kept since the first day."""
    folder = past.folder / f"bag {len(list(past.folder.glob('bag *')))}"
    (past.folder / "a.zip").write_bytes(content)
    zipfile.ZipFile(past.folder / "a.zip").extractall(folder)
    (bag,) = folder.iterdir()
    (past.folder / "kept").write_text(past.checkpoint)
    given = ["--checkpoint", str(past.folder / "kept")] if kept else []
    command = [sys.executable, "-I", "-S", "data/verify.py", *given]
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
