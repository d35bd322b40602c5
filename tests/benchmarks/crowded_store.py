"""Time per message with 100,000 messages stored, against 100 stored."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.daemon_against_loop import once
from benchmarks.mail import NOW, folder
from benchmarks.spending import Spent, bounds, ratios

from intake.clock import iso
from intake.mailbox.folder import FolderMailbox

_NEW = 100
_FEW = 100
MANY = 100_000
_RUNS = 4


def figures(many: int = MANY) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        small = _crowded(Path(place, "few"), _FEW)
        large = _crowded(Path(place, "many"), many)
        pairs = []
        for run in range(_RUNS):
            new = 2 * MANY + run * _NEW
            pair = [(place, _spent(place, new)) for place in ((small, large) if run % 2 else (large, small))]
            pairs.append((dict(pair)[large], dict(pair)[small]))
    for with_many, with_few in pairs:
        yield (
            f"processors a message: {with_few.processor / _NEW * 1000:.1f} ms with {_FEW}, "
            f"{with_many.processor / _NEW * 1000:.1f} ms with {many:,} stored"
        )
    yield f"ratio, mean of {_RUNS}: {bounds(ratios(pairs), {'wall': 1.1, 'processor': 1.1})}"


def _crowded(place: Path, count: int) -> Path:
    """A place whose store and mailbox hold so many messages: a hundred real ones, the others copies in the tables."""
    mail = folder(place / "mail", min(count, _FEW))
    once(place, mail)
    if count > _FEW:
        _multiply(place, count)
    return place


def _multiply(place: Path, count: int) -> None:
    """Copy rows until there are `count`, an hour apart and each from somebody else, as they come over the years.

    Each copy has a file, a sighting and an identity of its own.
    """
    mail = place / "mail"
    for number in range(_FEW, count):
        (mail / f"copy-{number}.eml").touch()
    sightings = [at for at in FolderMailbox("bench", mail).scan().sightings if at.uid.startswith("copy-")]
    numbers = range(_FEW + 1, count + 1)
    store = sqlite3.connect(place / "var" / "cpl-intake.db")
    _copy(store, "message", [{"id": n, "raw_sha256": f"{n:064d}"} for n in numbers])
    _copy(
        store,
        "sighting",
        [
            {"id": None, "epoch": at.epoch, "uid": at.uid, "message": n}
            for n, at in zip(numbers, sightings, strict=True)
        ],
    )
    letters: list[dict[str, object]] = [
        {
            "id": None,
            "message": n,
            "message_id": f"<copy.{n}>",
            "recipient": f"{n}@example.test",
            "queued_at": iso(NOW - timedelta(hours=n)),
        }
        for n in numbers
    ]
    _copy(store, "outbox", letters)
    for told in ("summary", "fact"):  # or each run would begin to make them up
        _copy(store, told, [{"message": n} for n in numbers])
    store.commit()
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _copy(store: sqlite3.Connection, table: str, copies: list[dict[str, object]]) -> None:
    """Copy the real rows in turn, each with these columns changed."""
    columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    changed = [column for column in columns if column in copies[0]]
    chosen = ", ".join("?" if column in changed else column for column in columns)
    key = "id" if table == "message" else "message"
    statement = f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE {key} = ?"  # noqa: S608  # our own names
    values = ((*(copy[column] for column in changed), n % _FEW + 1) for n, copy in enumerate(copies))
    store.executemany(statement, values)


def _spent(place: Path, first: int) -> Spent:
    """Take in a further hundred."""
    return once(place, folder(place / "mail", _NEW, first=first))
