"""What every entry of the list says in short, kept by a process so that pages of the list are cut from it.

The register is only ever appended to, so that the index is read on from where it ended and never anew: a page reads
what was appended since the last one, and the entries that it shows (`intake.store.listing.versions_by_id`).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from sys import intern
from threading import Lock
from typing import Any

import msgspec
from sqlalchemy import func, select

from intake.store.engine import Transaction
from intake.store.list_snapshot import Glance, Shape, Snapshot
from intake.store.schema import entry_version, list_version
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import CERTIFICATES, PUBLISHED, UPGRADE_PATH, is_current, one_listed, published, same_form

_OWN = (FormField.FIRMWARE_VERSION, FormField.IMAGE_HASH, UPGRADE_PATH)
"""Columns that an entry shares with few others."""
_SHARED = tuple(str(name) for name in PUBLISHED[2:] if name not in _OWN)
"""The others. What is restricted is not searched, so that nobody can find out by guessing."""
_DEVICE = (FormField.DEVICE_TYPE, FormField.MANUFACTURER_IDENTIFIER, FormField.MODEL_IDENTIFIER)
_SNAPSHOTS = 4
"""Lists as of some version or day that are kept ready."""
_fields = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which list is looked at; the one of now, approved and unpublished changes included, where nothing is said."""

    list_version: int | None = None
    """The id of a version of the list: as that version published it."""
    day: date | None = None
    """As it was at the end of this day in London."""


NOW = AsOf()


class ListIndex:
    """The index of a process; its threads share it."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._lock = Lock()
        self._newest: dict[str, Glance] = {}
        """By number."""
        self._shapes: dict[tuple[str, ...], Shape] = {}
        """By what they say."""
        self._days: list[str] = []
        """Every day from which on some entry said something, in order."""
        self._published: dict[int, int] = {}
        """By the id of an entry's version: the version of the list that published it."""
        self._read_to = (0, 0)
        """The newest version of an entry, and of the list."""
        self._ordered: tuple[tuple[int, int], Sequence[Glance]] = (self._read_to, ())
        """What had been read, and `_in_order` of that."""
        self._ready: OrderedDict[tuple[AsOf, int, int], Snapshot] = OrderedDict()

    def snapshot(self, tx: Transaction, as_of: AsOf = NOW) -> Snapshot:
        """Give the list by number, as `tx` sees it."""
        last = tx.scalar(select(func.max(entry_version.c.id))) or 0
        last_list = tx.scalar(select(func.max(list_version.c.id))) or 0
        with self._lock:
            self._read_on(tx, last, last_list)
            key = (self._plain(as_of), last, last_list)
            if key not in self._ready:
                self._ready[key] = self._made(key[0], last)
            self._ready.move_to_end(key)
            while len(self._ready) > _SNAPSHOTS:
                self._ready.popitem(last=False)
            return self._ready[key]

    def _read_on(self, tx: Transaction, last: int, last_list: int) -> None:
        columns = entry_version.c
        read_to, lists = self._read_to
        if last_list > lists:
            newly = select(columns.id, columns.list_version).where(columns.list_version > lists)
            self._published.update((row.id, row.list_version) for row in tx.execute(newly))
        if last > read_to:
            query = select(columns.id, columns.number, columns.status, columns.fields, columns.effective)
            rows = tx.execute(query.where(columns.id > read_to, columns.id <= last).order_by(columns.id))
            for row in rows:
                self._newest[row.number] = self._glance(row)
        self._read_to = (max(last, read_to), max(last_list, lists))

    def _plain(self, as_of: AsOf) -> AsOf:
        """The same list by the last day on which anything of it changed: most days' lists are one and the same."""
        if as_of.day is None:
            return as_of
        at = bisect_right(self._days, as_of.day.isoformat())
        return replace(as_of, day=date.fromisoformat(self._days[at - 1]) if at else date.min)

    def _made(self, as_of: AsOf, last: int) -> Snapshot:
        counts = self._counts(as_of, last)
        told = [glance if counts(glance) else _back(glance, counts) for glance in self._in_order()]
        return Snapshot(tuple(filter(None, told)))

    def _in_order(self) -> Sequence[Glance]:
        """What every entry says now, by number."""
        if self._ordered[0] != self._read_to:
            self._ordered = (self._read_to, [self._newest[number] for number in sorted(self._newest)])
        return self._ordered[1]

    def _counts(self, as_of: AsOf, last: int) -> Callable[[Glance], bool]:
        """Which versions of entries had been told by then."""
        if as_of.list_version is not None:
            until, published, never = as_of.list_version, self._published, as_of.list_version + 1
            return lambda glance: glance.id <= last and published.get(glance.id, never) <= until
        if as_of.day is not None:
            day = as_of.day.isoformat()
            return lambda glance: glance.id <= last and glance.effective <= day
        return lambda glance: glance.id <= last

    def _glance(self, row: Any) -> Glance:  # noqa: ANN401  # a row of `entry_version`
        fields = _fields.decode(row.fields)
        says = (row.status, *[fields.get(name, "") for name in _SHARED])
        shape = self._shapes.get(says)
        if shape is None:
            shape = self._shapes[says] = _shape(RegisterEntry(row.number, row.status, fields), says)
        at = bisect_right(self._days, row.effective)
        if not at or self._days[at - 1] != row.effective:
            insort(self._days, row.effective)
        own = "\n".join((row.number, *[fields.get(name, "") for name in _OWN])).casefold()
        before = self._newest.get(row.number)
        return Glance(row.id, row.number, shape, own, own.replace(":", ""), intern(row.effective), before)


def _back(glance: Glance, counts: Callable[[Glance], bool]) -> Glance | None:
    """The newest of an entry's earlier versions that counts."""
    earlier = glance.before
    while earlier is not None and not counts(earlier):
        earlier = earlier.before
    return earlier


def _shape(entry: RegisterEntry, says: Iterable[str]) -> Shape:
    device_type, *codes = (published(entry, name) for name in _DEVICE)
    return Shape(
        is_current(entry),
        intern(device_type),
        intern(codes[0]),
        tuple(intern(same_form(name, published(entry, name))) for name in _DEVICE),
        tuple(intern(one_listed(name, published(entry, name))) for name in CERTIFICATES),
        "\n".join((*says, *(code.replace(":", "") for code in codes))).casefold(),
    )
