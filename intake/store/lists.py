"""Lists of the desk: a page at a time of what a view shows, and what lies beside a submission on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, literal_column, select, union_all

from intake.store.engine import Transaction
from intake.store.lanes import FIRST, KEPT, Direction, nearest, nearest_of_few
from intake.store.narrowing import Few, Narrowing
from intake.store.schema import message
from intake.store.selection import MOVABLE, WORK, Onlooker, Order, Selection
from intake.store.submissions import Submission

PAGE = 25
AROUND = 2
"""Pages before and behind the present one that a page can name."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A place in a list: what its order goes by."""

    rank: int
    at: datetime
    number: int

    @property
    def parameters(self) -> dict[str, object]:
        """The values of a place's parameters."""
        return {"place_rank": self.rank, "place_at": self.at, "place_number": self.number}


@dataclass(frozen=True, slots=True)
class Window:
    """A page of a list, and the pages around it."""

    numbers: tuple[int, ...] = ()
    """Of the submissions on it, in order."""
    before: tuple[Key | None, ...] = ()
    """Of up to `AROUND` pages before it, the farthest first: behind which key each begins; None: at the start."""
    after: tuple[Key, ...] = ()
    """Likewise of pages behind it, the nearest first."""
    number: int | None = None
    """Which page it is; None where that is too far from the start to be told."""


def window(
    tx: Transaction,
    selection: Selection,
    narrowing: Narrowing,
    order: Order,
    onlooker: Onlooker,
    after: Key | None = None,
) -> Window:
    """Find the page of a list that begins behind a place; the last page where nothing is left behind it."""
    limit, few = AROUND * PAGE + 1, _few(tx, selection, narrowing)

    def keys(*, backward: bool = False) -> list[Key]:
        way = Direction(order, None if after is None else after.rank, backward)
        if few is None:
            return _read(tx, nearest(selection, narrowing, way, limit), onlooker, after)
        return _read(tx, nearest_of_few(few, selection, way, limit), onlooker, after)

    ahead = keys()
    behind = [] if after is None else keys(backward=True)
    if not ahead:
        ahead, behind = behind[:PAGE][::-1], behind[PAGE:]
    pages = range(PAGE, PAGE * (AROUND + 1), PAGE)
    before = [behind[at] if at < len(behind) else None for at in pages if at - PAGE < len(behind)]
    return Window(
        numbers=tuple(key.number for key in ahead[:PAGE]),
        before=tuple(reversed(before)),
        after=tuple(ahead[at - 1] for at in pages if at < len(ahead)),
        number=math.ceil(len(behind) / PAGE) + 1 if len(behind) < limit else None,
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The submissions of a list around one of it that the person who looks may take a step further."""

    before: int | None = None
    after: int | None = None


def neighbours(
    tx: Transaction,
    selection: Selection,
    narrowing: Narrowing,
    order: Order,
    onlooker: Onlooker,
    submission: Submission,
) -> Neighbours:
    """Find the nearest submissions of a list, before this one and behind it, that wait for the person who looks."""
    rank = FIRST if submission.id == narrowing.first else 0
    place, to_do = Key(rank, submission.received_at, submission.id), _to_do(selection)
    by_arrival = Order.NEWEST if order is Order.NEWEST else Order.OLDEST
    few = _few(tx, to_do, narrowing)
    query = _both_sides(to_do, narrowing, by_arrival) if few is None else _sides_of_few(few, to_do, by_arrival)
    rows = () if query is None else tx.execute(query, {**onlooker.parameters, **place.parameters})
    return Neighbours(**{row.side: row.id for row in rows})


@lru_cache(maxsize=KEPT)
def _both_sides(selection: Selection, narrowing: Narrowing, order: Order) -> CompoundSelect[Any] | None:
    """Select the nearest of a list on either side of one of it; None where the list is empty."""
    sides = {name: nearest(selection, narrowing, way, 1, itself=False) for name, way in _ways(order).items()}
    some = [_of_side(name, keys) for name, keys in sides.items() if keys is not None]
    return union_all(*some) if some else None


def _sides_of_few(few: Few, selection: Selection, order: Order) -> CompoundSelect[Any]:
    sides = {name: nearest_of_few(few, selection, way, 1, itself=False) for name, way in _ways(order).items()}
    return union_all(*(_of_side(name, keys) for name, keys in sides.items()))


def _ways(order: Order) -> dict[str, Direction]:
    return {"after": Direction(order, 0), "before": Direction(order, 0, backward=True)}


def _of_side(side: str, keys: Select[Any]) -> Select[Any]:
    return select(literal_column(f"'{side}'").label("side"), keys.subquery().c.id)


@cache
def _to_do(selection: Selection) -> Selection:
    """The part of a list that the person who looks may take a step further."""
    states = tuple(state for state in selection.states if state in WORK)
    where = MOVABLE if selection.where is None else and_(selection.where, MOVABLE)
    elsewhere = message.c.state.not_in(selection.states)
    beside = None if selection.beside is None else and_(elsewhere, selection.beside, MOVABLE)
    return Selection(states, where, beside, few=selection.few)


def _few(tx: Transaction, selection: Selection, narrowing: Narrowing) -> Few | None:
    """What leads to few submissions; None where the list is to be read."""
    if selection.few and selection.where is not None:
        return Few(selection.where, tuple(narrowing.conditions()), narrowing.first)
    return narrowing.few(tx)


def _read(tx: Transaction, query: Select[Any] | None, onlooker: Onlooker, after: Key | None) -> list[Key]:
    """Read the keys that a statement selects; none where there is no statement."""
    if query is None:
        return []
    values = onlooker.parameters if after is None else {**onlooker.parameters, **after.parameters}
    return [Key(row.rank, row.at, row.id) for row in tx.execute(query, values)]
