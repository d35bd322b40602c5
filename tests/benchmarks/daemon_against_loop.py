"""`run --once` over 400 messages of about 200 KB, against a minimal loop doing the irreducible work."""

from __future__ import annotations

import email
import hashlib
import io
import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
from benchmarks.mail import folder, program
from benchmarks.spending import Spent, bounds, in_turn, medians, of_command, ratios

COUNT = 400
_PAIRS = 4
_LOOP = "from benchmarks.daemon_against_loop import loop; loop({!r}, {!r})"


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        mail = folder(Path(place, "mail"), COUNT)
        size = statistics.mean(file.stat().st_size for file in mail.iterdir())
        pairs = in_turn(
            lambda run: once(Path(place, f"ours-{run}"), mail),
            lambda run: of_command([sys.executable, "-c", _LOOP.format(str(Path(place, f"loop-{run}")), str(mail))]),
            _PAIRS,
        )
        start = medians([once(Path(place, f"empty-{run}"), Path(place, "nothing")) for run in range(3)])
    yield f"{COUNT} messages of {size / 1000:.0f} KB, {_PAIRS} pairs, starts included"
    for name, spent in zip(("run --once", "minimal loop"), zip(*pairs, strict=True), strict=True):
        middle = medians(spent)
        yield f"{name}: {_ms(middle.wall)} a message, {_ms(middle.processor)} of processors"
    yield f"ratio: {bounds(ratios(pairs), {'wall': 1.65, 'processor': 3.0})}"
    less = [(Spent(*(whole - part for whole, part in zip(ours, start, strict=True))), loop) for ours, loop in pairs]
    yield f"ratio less an empty run of {start.wall:.2f} s: {bounds(ratios(less), {'wall': 1.45})}"


def _ms(seconds: float) -> str:
    return f"{seconds / COUNT * 1000:.1f} ms"


def once(place: Path, mail: Path) -> Spent:
    """What `run --once` costs, process start included."""
    place.mkdir(exist_ok=True)
    mail.mkdir(exist_ok=True)
    config = place / "config.toml"
    config.write_text(f'[[mailbox]]\nname = "bench"\nkind = "folder"\npath = "{mail}"\n')
    return of_command([program(), "run", "--once", "--config", str(config)])


def loop(into: str, source: str) -> None:
    """Read, hash, write and fsync, insert durably, parse the MIME, load the form, read the PDFs' text."""
    place, mail = Path(into), Path(source)
    place.mkdir()
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
