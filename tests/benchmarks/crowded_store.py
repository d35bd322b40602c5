"""Time per message with 100,000 messages stored, against 100 stored."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.daemon_against_loop import once
from benchmarks.mail import NOW, folder
from benchmarks.spending import Spent, bounds, ratios

from intake.clock import iso
from intake.domain.message import Sighting
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
    store = sqlite3.connect(place / "var" / "cpl-intake.db")
    with _indexes_afterwards(store):
        _copy_all(store, sightings)
    store.commit()
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _copy_all(store: sqlite3.Connection, sightings: Sequence[Sighting]) -> None:
    numbers = range(_FEW + 1, _FEW + 1 + len(sightings))
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


@contextmanager
def _indexes_afterwards(store: sqlite3.Connection) -> Iterator[None]:
    """Build the indexes once all rows are there: row by row they cost far more than the rows."""
    store.execute("PRAGMA cache_size = -400000")
    indexes = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in indexes:
        store.execute(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        store.execute(statement)


def _copy(store: sqlite3.Connection, table: str, copies: list[dict[str, object]]) -> None:
    """Copy the real rows in turn, each with these columns changed."""
    columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    key = columns.index("id" if table == "message" else "message")
    originals: dict[int, list[tuple[object, ...]]] = {}
    for row in store.execute(f"SELECT * FROM {table}"):  # noqa: S608  # our own names
        originals.setdefault(row[key], []).append(row)
    places = {name: columns.index(name) for name in copies[0]}
    store.executemany(
        f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})",  # noqa: S608  # likewise
        (
            _changed(row, {places[name]: value for name, value in copy.items()})
            for at, copy in enumerate(copies)
            for row in originals.get(at % _FEW + 1, ())
        ),
    )


def _changed(row: tuple[object, ...], changes: Mapping[int, object]) -> list[object]:
    values = list(row)
    for place, value in changes.items():
        values[place] = value
    return values


def _spent(place: Path, first: int) -> Spent:
    """Take in a further hundred."""
    return once(place, folder(place / "mail", _NEW, first=first))
