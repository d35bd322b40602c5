"""What every entry of the list says in short, kept by a process so that pages of the list are cut from it.

The register is only ever appended to, so that the index is read on from where it ended and never anew: a page reads
what was appended since the last one, and the entries that it shows (`intake.store.listing.versions_by_id`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from sys import intern
from threading import Lock
from typing import Any

import msgspec
from sqlalchemy import func, select

from intake.store.engine import Transaction
from intake.store.schema import entry_version, list_version
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import CERTIFICATES, PUBLISHED, UPGRADE_PATH, is_current, one_listed, published, same_form

_SEARCHED = tuple(map(str, (*PUBLISHED, UPGRADE_PATH)))
"""What is restricted is not searched, so that nobody can find out by guessing."""
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


@dataclass(frozen=True, slots=True)
class Glance:
    """What an entry said at some time, as far as lists are narrowed by it."""

    id: int
    """Of the entry's version."""
    number: str
    current: bool
    device_type: str
    manufacturer: str
    """Its identifier, as published."""
    device: tuple[str, ...]
    """Type, manufacturer and model, comparable: those among whom upgrades lead."""
    certificates: tuple[str, ...]
    """The numbers of its certificates, comparable, by `CERTIFICATES`; empty where it has none."""
    text: str
    """All columns, folded; codes a second time without colons."""
    effective: str

    @property
    def certified(self) -> bool:
        """Whether it rests on a CPA certificate, whose end somebody has to be told of."""
        return bool(self.certificates[0])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The list as of some version or day."""

    entries: tuple[Glance, ...]
    """By number."""
    device_types: tuple[str, ...]
    manufacturers: tuple[str, ...]


class ListIndex:
    """The index of a process; its threads share it."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._lock = Lock()
        self._glances: list[Glance] = []
        self._published: dict[int, int] = {}
        """By the id of an entry's version: the version of the list that published it."""
        self._read_to = (0, 0)
        """The newest version of an entry, and of the list."""
        self._ready: OrderedDict[tuple[AsOf, int, int], Snapshot] = OrderedDict()

    def snapshot(self, tx: Transaction, as_of: AsOf = NOW) -> Snapshot:
        """Give the list by number, as `tx` sees it."""
        last = tx.scalar(select(func.max(entry_version.c.id))) or 0
        last_list = tx.scalar(select(func.max(list_version.c.id))) or 0
        key = (as_of, last, last_list)
        with self._lock:
            if key not in self._ready:
                self._read_on(tx, last, last_list)
                self._ready[key] = self._made(as_of, last)
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
            self._glances += map(_glance, rows)
        self._read_to = (max(last, read_to), max(last_list, lists))

    def _made(self, as_of: AsOf, last: int) -> Snapshot:
        newest = {glance.number: glance for glance in self._as_of(as_of) if glance.id <= last}
        entries = tuple(newest[number] for number in sorted(newest))
        types = sorted({glance.device_type for glance in entries} - {""})
        return Snapshot(entries, tuple(types), tuple(sorted({glance.manufacturer for glance in entries} - {""})))

    def _as_of(self, as_of: AsOf) -> Iterator[Glance]:
        if as_of.list_version is not None:
            until, published = as_of.list_version, self._published
            return (glance for glance in self._glances if glance.id in published and published[glance.id] <= until)
        if as_of.day is not None:
            day = as_of.day.isoformat()
            return (glance for glance in self._glances if glance.effective <= day)
        return iter(self._glances)


def _glance(row: Any) -> Glance:  # noqa: ANN401  # a row of `entry_version`
    entry = RegisterEntry(row.number, row.status, _fields.decode(row.fields))
    image = published(entry, FormField.IMAGE_HASH)
    texts = [row.number, row.status, *(entry.fields.get(name, "") for name in _SEARCHED)]
    codes = (published(entry, name) for name in (*_DEVICE[1:], FormField.FIRMWARE_VERSION))
    bare = [code.replace(":", "") for code in (*codes, image)]
    return Glance(
        row.id,
        row.number,
        is_current(entry),
        intern(published(entry, FormField.DEVICE_TYPE)),
        intern(published(entry, FormField.MANUFACTURER_IDENTIFIER)),
        tuple(intern(same_form(name, published(entry, name))) for name in _DEVICE),
        tuple(intern(one_listed(name, published(entry, name))) for name in CERTIFICATES),
        "\n".join((*texts, *bare)).casefold(),
        intern(row.effective),
    )
