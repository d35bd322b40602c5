"""Takes parts out of the feed's files line by line: after an entry, so many, or what changed since a version.

The lines of a part are the file's own; only the place is sought, by halves, so that a part of a large list costs no
more than one of a small list.
"""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

_KEY = re.compile(rb'\{"(?:number|entry)":"([0-9]{6})"')
_END = b"]}"


def part(path: Path, rows: Iterator[bytes], limit: int) -> bytes:
    """Write a part of a file: its own head, some of its rows, and where the next part begins.

    Args:
        path: the file whose head it has.
        rows: lines in the order of their entries.
        limit: at most so many entries; all rows of an entry stay together.
    """
    taken: list[bytes] = []
    last, count, more = b"", 0, False
    for row in rows:
        key = _key(row)
        if key != last:
            if count == limit:
                more = True
                break
            count += 1
            last = key
        taken.append(row)
    following = b'"' + last + b'"' if more else b"null"
    with path.open("rb") as file:
        head = file.readline()
    return head + b",\n".join(taken) + b'\n],"next":' + following + b"}\n"


def rows_after(path: Path, after: str) -> Iterator[bytes]:
    """Give a file's rows behind an entry; from the beginning where its number is empty."""
    with path.open("rb") as file:
        file.readline()
        _seek(file, after.encode())
        for line in file:
            row = line.rstrip(b",\n")
            if row == _END:
                return
            if row and _key(row) > after.encode():
                yield row


def merged(paths: Sequence[Path], after: str) -> Iterator[bytes]:
    """Give the rows of several files by entry, and of one entry in the files' order."""
    return heapq.merge(*(rows_after(path, after) for path in paths), key=_key)  # which keeps their order among equals


def of_entries(rows: Iterator[bytes], entries: Collection[bytes]) -> Iterator[bytes]:
    """Give those rows that are of these entries."""
    return (row for row in rows if _key(row) in entries)


def entries_of(rows: Iterator[bytes]) -> frozenset[bytes]:
    """Give the entries that rows are of."""
    return frozenset(map(_key, rows))


def _key(row: bytes) -> bytes:
    match = _KEY.match(row)
    return match[1] if match else b""


def _seek(file: BinaryIO, after: bytes) -> None:
    """Go to a line at or before the first one behind an entry, by halves; lines are in the order of their entries."""
    low, high = file.tell(), os.fstat(file.fileno()).st_size
    while after and low < high:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()
        if file.tell() >= high or not b"" < _key(file.readline()) <= after:
            high = middle
        else:
            low = file.tell()
    file.seek(low)
