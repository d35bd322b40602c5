"""The published folder as the feed sees it: released versions alone, their files, and the head of each.

A version that is prepared lies in the folder before it is released; ``current`` leads to the newest released one, so
whatever has a higher number is not there for the feed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from intake.publication.feed import Head
from intake.publication.files import BESIDE, ENTRIES_JSON, OF_VERSION, WORKBOOK
from intake.publication.openapi import NUMBERED

CURRENT = "current"
_BOOKS = tuple(f"{WORKBOOK}{suffix}" for suffix in (".xlsx", ".xlsm"))
SIGNATURES = frozenset({*(f"{name}.p7s" for name in (*_BOOKS, *OF_VERSION)), f"{WORKBOOK}.p7s"})
SERVED = frozenset({*OF_VERSION, *BESIDE, *_BOOKS, *SIGNATURES})
"""Names of a version's files; nothing else in its folder is served."""
_VERSION = re.compile(NUMBERED)
_MOST_OF_A_HEAD = 64 * 1024


class FeedFolder:
    """The folder that `[publish] folder` names."""

    def __init__(self, root: Path) -> None:
        """Look at this folder, which need not be there yet."""
        self._root = root

    def newest(self) -> str | None:
        """Give the newest released version; None where nothing is published."""
        try:
            name = (self._root / CURRENT).readlink().name
        except OSError:
            return None
        return name if _VERSION.fullmatch(name) and (self._root / name).is_dir() else None

    def released(self) -> Sequence[str]:
        """Give all released versions, the oldest first."""
        newest = self.newest()
        if newest is None:
            return ()
        names = (path.name for path in self._root.iterdir() if _VERSION.fullmatch(path.name))
        return sorted((name for name in names if in_order(name) <= in_order(newest)), key=in_order)

    def version(self, wanted: str) -> str | None:
        """Give the released version that an address names, `CURRENT` or its number; None where there is none."""
        newest = self.newest()
        if newest is None or wanted == CURRENT:
            return newest
        if not _VERSION.fullmatch(wanted) or in_order(wanted) > in_order(newest):
            return None
        return wanted if (self._root / wanted).is_dir() else None

    def as_of(self, day: date, newest: str) -> str | None:
        """Give the newest version up to this one that had been issued by a day; None where none had."""
        for version in reversed(self.released()):
            head = self.head(version) if in_order(version) <= in_order(newest) else None
            if head is not None and date.fromisoformat(head.issued) <= day:
                return version
        return None

    def path(self, version: str, name: str) -> Path | None:
        """Say where a file of a released version lies; None where it has no such file."""
        return self._within(self._root / version / name) if name in SERVED else None

    def beside(self, name: str) -> Path | None:
        """Say where a file beside the versions lies; None where there is none."""
        return self._within(self._root / name) if name in BESIDE else None

    def head(self, version: str) -> Head | None:
        """Give what a version's files say of it; None where that cannot be read."""
        path = self.path(version, ENTRIES_JSON)
        return None if path is None else _head(path, path.stat().st_mtime_ns)

    def _within(self, path: Path) -> Path | None:
        """The file itself, wherever links lead; None where it is none, or outside the folder."""
        try:
            real = path.resolve(strict=True)
        except OSError:
            return None
        return real if real.is_file() and real.is_relative_to(self._root.resolve()) else None


def in_order(version: str) -> tuple[int, ...]:
    """Give a version as numbers that compare: 1.10 comes before 1.100."""
    return tuple(map(int, version.split(".")))


@lru_cache(maxsize=1024)
def _head(path: Path, _changed: int) -> Head | None:
    with path.open("rb") as file:
        line = file.readline(_MOST_OF_A_HEAD)
    try:
        return msgspec.json.decode(line.rstrip().removesuffix(b"[") + b"[]}", type=Head)
    except msgspec.DecodeError:
        return None
