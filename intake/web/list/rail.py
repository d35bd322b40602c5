"""Draws which version leads to which as a rail beside a table's rows, as a version control system draws commits; pure.

Each row has a point in one lane. A line runs down from a point to every version that can be upgraded to it, as long as
that one stands in a row below; the table says the same in words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class RailRow:
    """The rail beside one row: lanes are counted from 0."""

    lane: int
    """Of the row's own point."""
    through: tuple[int, ...]
    """Lanes that pass by."""
    above: tuple[int, ...]
    """Lanes from which lines come down to the point."""
    below: tuple[int, ...]
    """Lanes to which lines go down from it."""
    lanes: int
    """How many there are in this row."""


def ordered(keys: Sequence[_Key], bases: Mapping[_Key, Sequence[_Key]]) -> list[_Key]:
    """Order versions so that each stands above those that can be upgraded to it, else as they come.

    Where the paths lead in a circle, the one that comes first in `keys` stands above.
    """
    place = {key: at for at, key in enumerate(keys)}
    above = dict.fromkeys(keys, 0)
    for key in keys:
        for base in bases.get(key, ()):
            if base in above:
                above[base] += 1
    ready = [at for at, key in enumerate(keys) if not above[key]]
    waiting, order = set(range(len(keys))), list[_Key]()
    while waiting:
        at = heappop(ready) if ready else min(waiting)
        if at not in waiting:
            continue
        waiting.discard(at)
        order.append(keys[at])
        for base in bases.get(keys[at], ()):
            if base in above:
                above[base] -= 1
                if not above[base]:
                    heappush(ready, place[base])
    return order


def rail(order: Sequence[_Key], bases: Mapping[_Key, Sequence[_Key]]) -> Iterator[RailRow]:
    """Lay the lines of rows in this order into lanes."""
    lanes: list[_Key | None] = []
    shown: set[_Key] = set()
    numbers = set(order)
    for key in order:
        above = tuple(at for at, awaited in enumerate(lanes) if awaited == key)
        lane = above[0] if above else _free(lanes)
        for at in above:
            lanes[at] = None
        shown.add(key)
        through = tuple(at for at, awaited in enumerate(lanes) if awaited is not None)
        below: list[int] = []
        for base in dict.fromkeys(base for base in bases.get(key, ()) if base in numbers and base not in shown):
            at = lanes.index(base) if base in lanes else (lane if lanes[lane] is None else _free(lanes))
            lanes[at] = base
            below.append(at)
        yield RailRow(lane, through, above, tuple(below), len(lanes))
        while lanes and lanes[-1] is None:
            lanes.pop()


def _free(lanes: list[_Key | None]) -> int:
    """The first lane that nothing runs in."""
    if None not in lanes:
        lanes.append(None)
    return lanes.index(None)
