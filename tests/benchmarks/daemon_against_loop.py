"""`run --once` over 400 messages of about 200 KB, against a minimal loop doing the irreducible work."""

from __future__ import annotations

import email
import hashlib
import io
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
from benchmarks.mail import folder, program

COUNT = 400
_RUNS = 3


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        mail = folder(Path(place, "mail"), COUNT)
        size = statistics.mean(file.stat().st_size for file in mail.iterdir())
        pairs = [(once(Path(place, f"ours-{n}"), mail), _loop(Path(place, f"loop-{n}"), mail)) for n in range(_RUNS)]
    ratios = [ours / loop for ours, loop in pairs]
    for ours, loop in pairs:
        yield f"run --once {ours:.2f} s, minimal loop {loop:.2f} s, {COUNT} messages of {size / 1000:.0f} KB"
    yield f"ratio, median of {_RUNS}: {statistics.median(ratios):.2f} (bound 2.0)"


def once(place: Path, mail: Path) -> float:
    """Seconds of `run --once`, process start included."""
    place.mkdir(exist_ok=True)
    config = place / "config.toml"
    config.write_text(f'[[mailbox]]\nname = "bench"\nkind = "folder"\npath = "{mail}"\n')
    started = time.perf_counter()
    subprocess.run([program(), "run", "--once", "--config", str(config)], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _loop(place: Path, mail: Path) -> float:
    """Read, hash, write and fsync, insert durably, parse the MIME, load the form, read the PDFs' text."""
    place.mkdir()
    started = time.perf_counter()
    store = sqlite3.connect(place / "store.db", isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("CREATE TABLE message (sha256 TEXT PRIMARY KEY, subject TEXT)")
    for file in sorted(mail.iterdir()):
        raw = file.read_bytes()
        sha256 = hashlib.sha256(raw).hexdigest()
        with (place / sha256).open("wb") as kept:
            kept.write(raw)
            kept.flush()
            os.fsync(kept.fileno())
        message = email.message_from_bytes(raw)
        store.execute("INSERT INTO message VALUES (?, ?)", (sha256, message["subject"]))
        for part in message.walk():
            _read(part.get_filename() or "", part.get_payload(decode=True))
    store.close()
    return time.perf_counter() - started


def _read(name: str, content: object) -> None:
    if not isinstance(content, bytes):
        return
    if name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        _ = [cell.value for row in sheet.iter_rows() for cell in row]
    elif name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(content)
        for page in document:
            page.get_textpage().get_text_bounded()
        document.close()
