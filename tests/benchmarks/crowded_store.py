"""Time per message with 10,000 messages stored, against 100 stored."""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.daemon_against_loop import once
from benchmarks.mail import folder

from intake.mailbox.folder import FolderMailbox

_NEW = 100
_FEW = 100
_MANY = 10_000
_RUNS = 3


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        few = _crowded(Path(place, "few"), _FEW)
        many = _crowded(Path(place, "many"), _MANY)
        pairs = []
        for run in range(_RUNS):
            new = 20_000 + run * _NEW
            pairs.append((_seconds_per_message(few, new), _seconds_per_message(many, new)))
    for with_few, with_many in pairs:
        yield f"{with_few * 1000:.1f} ms with {_FEW}, {with_many * 1000:.1f} ms with {_MANY} stored"
    yield f"ratio, median of {_RUNS}: {statistics.median(many / few for few, many in pairs):.2f} (bound 1.2)"


def _crowded(place: Path, count: int) -> Path:
    """A place whose store and mailbox hold so many messages: a hundred real ones, the others copies in the tables."""
    mail = folder(place / "mail", min(count, _FEW))
    once(place, mail)
    if count > _FEW:
        _multiply(place, count)
    return place


def _multiply(place: Path, count: int) -> None:
    """Copy rows until there are `count`; each copy has a file, a sighting and an identity of its own."""
    mail = place / "mail"
    for number in range(_FEW, count):
        (mail / f"copy-{number}.eml").touch()
    copies = [
        sighting for sighting in FolderMailbox("bench", mail).look().sightings if sighting.uid.startswith("copy-")
    ]
    store = sqlite3.connect(place / "var" / "cpl-intake.db")
    for number, sighting in enumerate(copies, start=_FEW + 1):
        source = (number - 1) % _FEW + 1
        _copy(store, "message", {"id": number, "raw_sha256": f"{number:064d}"}, source)
        _copy(store, "sighting", {"id": None, "uid": sighting.uid, "epoch": sighting.epoch, "message": number}, source)
        _copy(store, "outbox", {"id": None, "message_id": f"<copy.{number}>", "message": number}, source)
    store.commit()
    store.close()


def _copy(store: sqlite3.Connection, table: str, changed: dict[str, object], source: int) -> None:
    columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join("?" if column in changed else column for column in columns)
    key = "id" if table == "message" else "message"
    values = [changed[column] for column in columns if column in changed]
    statement = f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE {key} = ?"  # noqa: S608  # our own names
    store.execute(statement, (*values, source))


def _seconds_per_message(place: Path, first: int) -> float:
    """Take in a further hundred and forget them again."""
    mail = place / "mail"
    kept = place / "store.kept"
    shutil.copytree(place / "var", kept)
    folder(mail, _NEW, first=first)
    try:
        return once(place, mail) / _NEW
    finally:
        for number in range(first, first + _NEW):
            (mail / f"{number:06d}.eml").unlink()
        shutil.rmtree(place / "var")
        kept.rename(place / "var")
