"""Messages of about 200 KB, every one of another product."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from intake.demo import products
from intake.demo.form_rows import DEVICE_TYPES
from intake.demo.samples import Sample, submission

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_SIZE = 200_000


def messages(count: int, *, first: int = 0) -> list[bytes]:
    """So many submissions, certificates and all, each with a long text that makes up the size."""
    return [_message(number) for number in range(first, first + count)]


def _message(number: int) -> bytes:
    device_type = DEVICE_TYPES[number % len(DEVICE_TYPES)]
    documents = submission(products.faultless_form(device_type, on=NOW.date(), serial=number % 5000))
    spare = max(_SIZE - sum(map(len, documents.values())) * 4 // 3, 0)
    noise = random.Random(number).randbytes(spare // 2).hex()
    lines = "\n".join(noise[start : start + 76] for start in range(0, len(noise), 76))
    return Sample(f"bench-{number}", "", f"CPL submission {number}", documents=documents, body=lines).message(NOW)


def sized(count: int, size: int) -> list[bytes]:
    """So many messages of one size with the subject of a submission, each of another sender, and nothing to read."""
    line = "No certificate is as long as this message is.".ljust(76, ".") + "\r\n"
    head = "From: Desk <{0}@maker.example>\r\nSubject: CPL submission {0}\r\nMessage-ID: <{0}@maker.example>\r\n\r\n"
    return [(head.format(number) + line * (size // len(line))).encode() for number in range(count)]


def folder(into: Path, count: int, *, first: int = 0) -> Path:
    """A mailbox folder with so many messages."""
    into.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(messages(count, first=first), start=first):
        (into / f"{number:06d}.eml").write_bytes(raw)
    return into


def program() -> str:
    """The program as installed beside this interpreter."""
    return str(Path(sys.executable).with_name("cpl-intake"))
