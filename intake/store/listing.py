"""The register in the store: every version of every entry of the list, appended and never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from intake.clock import LONDON
from intake.store.engine import Transaction
from intake.store.schema import entry_version, list_version
from intake.store.turns import serialize_writers
from rules.facts import RegisterEntry

IMPORT = "import"
"""The kind of what a file of the list said."""
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A version of the list that was taken in."""

    id: int
    version: str
    """Such as ``2.051``; empty where it said none."""
    issued: str
    """The day that it said it was issued on, as written."""
    recorded_at: datetime
    source: str
    """The digest of its file."""


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """What an entry of the list said from a day on, and who says so, why."""

    entry: RegisterEntry
    kind: str
    effective: date
    recorded_at: datetime
    version: str
    """Of the list that published it; empty where it said none, or where none has yet."""
    person: str | None
    reason: str | None
    """For the list's readers."""
    internal_reason: str | None = None
    change: int | None = None
    """The number of the change that it comes of; None where it came with a file of the list."""
    published: bool = True
    id: int = 0


def record(
    tx: Transaction,
    entries: Sequence[RegisterEntry],
    at: datetime,
    *,
    source: str,
    version: str = "",
    issued: str = "",
    person: str | None = None,
    reason: str | None = None,
) -> ListVersion:
    """Append a version of the list, and these entries as it has them; all others stay as they are.

    Args:
        tx: the commit that it is part of.
        entries: those that are new or say something else.
        at: now.
        source: the digest of the list's file.
        version: as the file states it.
        issued: likewise.
        person: who took it in.
        reason: why.
    """
    serialize_writers(tx)
    values = {"version": version, "issued": issued, "recorded_at": at, "source": source}
    number = tx.execute(insert(list_version).values(**values).returning(list_version.c.id)).scalar_one()
    shared = {
        "list_version": number,
        "kind": IMPORT,
        "effective": at.astimezone(LONDON).date().isoformat(),
        "recorded_at": at,
        "person": person,
        "reason": reason,
        "internal_reason": None,
    }
    _insert(tx, entries, shared)
    return ListVersion(number, version, issued, at, source)


def append(
    tx: Transaction,
    entries: Sequence[RegisterEntry],
    at: datetime,
    *,
    change: int,
    kind: str,
    effective: date,
    person: str,
    reason: str = "",
    internal_reason: str = "",
) -> None:
    """Append what people approved of these entries; a version of the list is yet to publish it.

    Args:
        tx: the commit that it is part of; the caller has had its turn among writers.
        entries: as they are from now on.
        at: now.
        change: the number of the change that it comes of.
        kind: likewise its kind.
        effective: the day from which it holds.
        person: who approved it.
        reason: for the list's readers.
        internal_reason: for ourselves and auditors.
    """
    shared = {
        "list_version": None,
        "change": change,
        "kind": kind,
        "effective": effective.isoformat(),
        "recorded_at": at,
        "person": person,
        "reason": reason or None,
        "internal_reason": internal_reason or None,
    }
    _insert(tx, entries, shared)


def _insert(tx: Transaction, entries: Sequence[RegisterEntry], shared: Mapping[str, object]) -> None:
    """Append what entries say, some at a time: the rows of a long list are never all in memory."""
    for start in range(0, len(entries), _AT_A_TIME):
        rows = [
            {"number": entry.number, "status": entry.status, "fields": json.dumps(dict(entry.fields)), **shared}
            for entry in entries[start : start + _AT_A_TIME]
        ]
        tx.execute(insert(entry_version), rows)


def publish(tx: Transaction, version: ListVersion, ids: Collection[int]) -> None:
    """Say which version of the list published these of what was approved; each is published once.

    Raises:
        AssertionError: one of them is published already.
    """
    changed = 0
    every = sorted(ids)
    for some in (every[start : start + _AT_A_TIME] for start in range(0, len(every), _AT_A_TIME)):
        waiting = entry_version.c.id.in_(some) & entry_version.c.list_version.is_(None)
        changed += tx.execute(update(entry_version).where(waiting).values(list_version=version.id)).rowcount
    assert changed == len(ids), "an entry's version is published once"  # noqa: S101  # our own mistake


def content_sha256(tx: Transaction, number: int) -> str:
    """Digest what a version of the list recorded: what it says of itself, and every entry version, in order."""
    version = tx.execute(select(list_version).where(list_version.c.id == number)).one_or_none()
    if version is None:
        return ""
    whole = sha256(json.dumps([version.version, version.issued, version.source]).encode())
    names = ("number", "kind", "effective", "status", "fields", "person", "reason", "internal_reason")
    query = select(*(entry_version.c[name] for name in names)).where(entry_version.c.list_version == number)
    for row in tx.execute(query.order_by(entry_version.c.id).execution_options(yield_per=500)):
        whole.update(json.dumps(list(row)).encode())
    return whole.hexdigest()


def newest(tx: Transaction) -> ListVersion | None:
    """Give the newest version of the list; None where none was ever taken in."""
    row = tx.execute(select(list_version).order_by(list_version.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else ListVersion(*row)


def versions(tx: Transaction) -> tuple[ListVersion, ...]:
    """List every version that was taken in, oldest first."""
    return tuple(ListVersion(*row) for row in tx.execute(select(list_version).order_by(list_version.c.id)))


def version_named(tx: Transaction, version: str) -> ListVersion | None:
    """Find the newest version of the list that said that it is this one; none is named by what cannot be seen."""
    if not version.isprintable():
        return None
    query = select(list_version).where(list_version.c.version == version).order_by(list_version.c.id.desc()).limit(1)
    row = tx.execute(query).one_or_none()
    return None if row is None else ListVersion(*row)


def version_on(tx: Transaction, day: date) -> str:
    """Give the version of the list that had been taken in by the end of a day in London; empty where it says none."""
    taken = [version for version in versions(tx) if version.recorded_at.astimezone(LONDON).date() <= day]
    return taken[-1].version if taken else ""


def all_entries(tx: Transaction) -> tuple[RegisterEntry, ...] | None:
    """Read the whole list by number as it is now; None where none was ever taken in."""
    return _entries(tx, None) or None


def any_entry(tx: Transaction) -> bool:
    """Tell whether there is a list at all."""
    return tx.scalar(select(func.max(entry_version.c.id))) is not None


def numbers_of(tx: Transaction, change: int) -> tuple[str, ...]:
    """List the numbers of the entries that a change made, in order."""
    query = select(entry_version.c.number).where(entry_version.c.change == change).order_by(entry_version.c.id)
    return tuple(tx.scalars(query))


def untold(tx: Transaction, changes: Collection[object]) -> tuple[str, ...]:
    """List the numbers of entries with versions that come neither of a file of the list nor of these changes."""
    query = select(entry_version.c.number, entry_version.c.change, entry_version.c.list_version)
    query = query.where(entry_version.c.change.is_not(None) | entry_version.c.list_version.is_(None))
    return tuple(sorted({row.number for row in tx.execute(query) if row.change not in changes}))


def made_by(tx: Transaction, change: int) -> tuple[RegisterEntry, ...]:
    """List what a change made of its entries, in order."""
    query = select(entry_version).where(entry_version.c.change == change).order_by(entry_version.c.id)
    return tuple(RegisterEntry(row.number, row.status, json.loads(row.fields)) for row in tx.execute(query))


def published_entries(tx: Transaction) -> tuple[RegisterEntry, ...]:
    """Read the whole list by number as it was published last; what was approved since is left out."""
    return _entries(tx, entry_version.c.list_version.is_not(None))


def unpublished(tx: Transaction) -> tuple[EntryVersion, ...]:
    """List what was approved and no version of the list has published, oldest first."""
    query = select(entry_version).where(entry_version.c.list_version.is_(None)).order_by(entry_version.c.id)
    return tuple(_version(row, "") for row in tx.execute(query))


def entries_of(tx: Transaction, version: ListVersion) -> tuple[RegisterEntry, ...]:
    """Read the whole list by number as it was when this version had been taken in."""
    return _entries(tx, entry_version.c.list_version <= version.id)


def entries_on(tx: Transaction, day: date) -> tuple[RegisterEntry, ...]:
    """Read the whole list by number as it was at the end of a day in London."""
    return _entries(tx, entry_version.c.effective <= day.isoformat())


def _entries(tx: Transaction, until: ColumnElement[bool] | None) -> tuple[RegisterEntry, ...]:
    newest_of_each = select(func.max(entry_version.c.id)).group_by(entry_version.c.number)
    if until is not None:
        newest_of_each = newest_of_each.where(until)
    query = select(entry_version.c.number, entry_version.c.status, entry_version.c.fields)
    rows = tx.execute(query.where(entry_version.c.id.in_(newest_of_each)).order_by(entry_version.c.number))
    return tuple(RegisterEntry(row.number, row.status, json.loads(row.fields)) for row in rows)


def history(tx: Transaction, number: str) -> tuple[EntryVersion, ...]:
    """List what an entry has said, oldest first."""
    query = _TOLD.where(entry_version.c.number == number).order_by(entry_version.c.id)
    return tuple(_version(row, row.version or "") for row in tx.execute(query))


def histories(
    tx: Transaction, numbers: Collection[str], up_to: ListVersion | None = None
) -> dict[str, tuple[EntryVersion, ...]]:
    """List what each of these entries has said, oldest first; where a version is named, what it or one before had."""
    columns, told = entry_version.c, dict[str, list[EntryVersion]]()
    query = _TOLD if up_to is None else _TOLD.where(columns.list_version <= up_to.id)
    every = sorted(numbers)
    for some in (every[start : start + _AT_A_TIME] for start in range(0, len(every), _AT_A_TIME)):
        for row in tx.execute(query.where(columns.number.in_(some)).order_by(columns.id)):
            told.setdefault(row.number, []).append(_version(row, row.version or ""))
    return {number: tuple(versions) for number, versions in told.items()}


def versions_by_id(tx: Transaction, ids: Collection[int]) -> dict[int, EntryVersion]:
    """Read these versions of entries, by their ids."""
    every, versions = sorted(ids), dict[int, EntryVersion]()
    for some in (every[start : start + _AT_A_TIME] for start in range(0, len(every), _AT_A_TIME)):
        rows = tx.execute(_TOLD.where(entry_version.c.id.in_(some)))
        versions |= {row.id: _version(row, row.version or "") for row in rows}
    return versions


def unpublished_numbers(tx: Transaction, numbers: Collection[str]) -> frozenset[str]:
    """List those of these entries of which something was approved that no version of the list has published."""
    waiting = entry_version.c.list_version.is_(None)
    return frozenset(tx.scalars(select(entry_version.c.number).where(waiting, entry_version.c.number.in_([*numbers]))))


def published_between(tx: Transaction, earlier: ListVersion, other: ListVersion) -> tuple[EntryVersion, ...]:
    """List what the versions of the list after the earlier of two, up to the later, have published; oldest first."""
    first, last = sorted((earlier.id, other.id))
    query = (
        select(entry_version, list_version.c.version)
        .join(list_version, list_version.c.id == entry_version.c.list_version)
        .where(entry_version.c.list_version > first, entry_version.c.list_version <= last)
        .order_by(entry_version.c.id)
    )
    return tuple(_version(row, row.version) for row in tx.execute(query))


def some_entries_of(tx: Transaction, version: ListVersion, numbers: Collection[str]) -> tuple[RegisterEntry, ...]:
    """Read these entries, by number, as they were when this version had been taken in; those that it has."""
    columns, every, entries = entry_version.c, sorted(numbers), list[RegisterEntry]()
    for some in (every[start : start + _AT_A_TIME] for start in range(0, len(every), _AT_A_TIME)):
        newest = (
            select(func.max(columns.id))
            .where(columns.number.in_(some), columns.list_version <= version.id)
            .group_by(columns.number)
        )
        rows = tx.execute(select(columns.number, columns.status, columns.fields).where(columns.id.in_(newest)))
        entries += [RegisterEntry(row.number, row.status, json.loads(row.fields)) for row in rows]
    return tuple(sorted(entries, key=lambda entry: entry.number))


def _version(row: Any, version: str) -> EntryVersion:  # noqa: ANN401  # a row of `entry_version`
    return EntryVersion(
        RegisterEntry(row.number, row.status, json.loads(row.fields)),
        row.kind,
        date.fromisoformat(row.effective),
        row.recorded_at,
        version,
        row.person,
        row.reason,
        row.internal_reason,
        row.change,
        row.list_version is not None,
        row.id,
    )


def published_in(tx: Transaction, version: ListVersion) -> tuple[EntryVersion, ...]:
    """List what a version of the list published, oldest first."""
    query = select(entry_version).where(entry_version.c.list_version == version.id).order_by(entry_version.c.id)
    return tuple(_version(row, version.version) for row in tx.execute(query))


def digest_of(entries: Iterable[RegisterEntry]) -> str:
    """Give the digest of what entries say: SHA-256, in hex, over a JSON array a line, by number."""
    lines = (
        json.dumps([entry.number, entry.status, dict(entry.fields)], sort_keys=True) + "\n"
        for entry in sorted(entries, key=lambda entry: entry.number)
    )
    return sha256("".join(lines).encode("ascii")).hexdigest()


def newest_of(tx: Transaction, numbers: Iterable[str]) -> dict[str, EntryVersion]:
    """Give what each of these entries says now, and since when."""
    histories = {number: history(tx, number) for number in numbers}
    return {number: told[-1] for number, told in histories.items() if told}


def first_days(tx: Transaction, name_of: Callable[[RegisterEntry], object]) -> dict[str, date]:
    """Give, for every entry, the day from which on it has said without a break what it says now.

    Args:
        tx: the caller's transaction.
        name_of: what of it matters.
    """
    days: dict[str, date] = {}
    told: dict[str, object] = {}
    columns = entry_version.c
    query = select(columns.number, columns.status, columns.fields, columns.effective).order_by(columns.id)
    for row in tx.execute(query):
        now = name_of(RegisterEntry(row.number, row.status, json.loads(row.fields)))
        if row.number not in days or told[row.number] != now:
            days[row.number] = date.fromisoformat(row.effective)
            told[row.number] = now
    return days


_TOLD = select(entry_version, list_version.c.version).outerjoin(
    list_version, list_version.c.id == entry_version.c.list_version
)
"""Versions of entries, each with the name of the list's version that published it."""
_LAST = select(func.max(entry_version.c.id))


class Listing:
    """The list for a process that judges many submissions: read again only after an entry has changed."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._cached: tuple[int, tuple[RegisterEntry, ...] | None] | None = None

    def entries(self, tx: Transaction) -> tuple[RegisterEntry, ...] | None:
        """Give the whole list as `tx` sees it; None where none was ever taken in."""
        last = tx.scalar(_LAST)
        if last is None:
            return None
        cached = self._cached  # two threads may both read a new list; either reads the same
        if cached is None or cached[0] != last:
            cached = self._cached = (last, all_entries(tx))
        return cached[1]
