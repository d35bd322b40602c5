"""The statements behind a list of the desk: the keys nearest to a place in it, on either side.

A list is the union of lanes, one a state, each of which an index gives in the list's own order from any place on. So a
page costs the same wherever it lies and however much is stored; nothing is skipped over, and nothing is sorted that is
not shown. Where a few submissions only can match (a search, a rare manufacturer), the database sorts these instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)

from intake.domain.submission import State
from intake.store.among import only
from intake.store.narrowing import Few, Narrowing
from intake.store.schema import Instant, message
from intake.store.selection import MOVABLE, WORK, Condition, Order, Selection

KEPT = 200
"""Statements that are kept: of views, orders and directions, with the filters that people have set lately."""
FIRST = -1
"""The rank of what comes before all else."""
_RANKS = 3
"""By deadline: to be decided, to be published, neither."""
_RANK = bindparam("place_rank", type_=Integer())
_AT = bindparam("place_at", type_=Instant())
_NUMBER = bindparam("place_number", type_=Integer())
_TO_PUBLISH: Condition = and_(message.c.state == State.APPROVED, message.c.publish_due.is_not(None))


@dataclass(frozen=True, slots=True)
class Direction:
    """Which keys of a list are the nearest to a place in it."""

    order: Order
    placed: int | None = None
    """The rank of the place, whose other parts are parameters; None: the list's start."""
    backward: bool = False
    """Those before the place, from it on, the other way; else those behind it."""

    @property
    def down(self) -> bool:
        """Whether moments come falling."""
        return (self.order is Order.NEWEST) is not self.backward

    def beyond(self, by: ColumnElement[datetime], number: ColumnElement[int]) -> Condition:
        """Tell whether a key of the place's own rank lies that way; backward its own row does."""
        if self.down:
            return and_(by <= _AT, or_(by < _AT, number <= _NUMBER if self.backward else number < _NUMBER))
        return and_(by >= _AT, or_(by > _AT, number >= _NUMBER if self.backward else number > _NUMBER))

    def nearest(self, keys: FromClause) -> Select[Any]:
        """Select keys, the nearest first."""
        at, number = (keys.c.at.desc(), keys.c.id.desc()) if self.down else (keys.c.at, keys.c.id)
        return select(keys).order_by(keys.c.rank.desc() if self.backward else keys.c.rank, at, number)


@dataclass(frozen=True, slots=True)
class Lane:
    """A part of a list that has one rank and that one index gives in order."""

    where: Condition
    rank: int = 0
    by: ColumnElement[datetime] = message.c.received_at
    by_state: bool = False
    """All of it is in one state, with which its index begins."""
    led: bool = False
    """`where` leads to few submissions by their numbers, and no other index may be followed in its place."""

    def keys(self, way: Direction, limit: int) -> Select[Any] | None:
        """Select its keys nearest to a place; None where all of it lies on the other side."""
        placed = way.placed
        if placed is not None and self.rank != placed and (self.rank < placed) is not way.backward:
            return None
        query = select(literal_column(str(self.rank)).label("rank"), self.by.label("at"), message.c.id)
        query = query.where(self.where)
        if self.led:
            query = query.with_hint(message, "NOT INDEXED", "sqlite")
        if self.rank == placed:
            query = query.where(way.beyond(self.by, message.c.id))
        key = (message.c.state, self.by, message.c.id)[not self.by_state :]
        order = [part.desc() for part in key] if way.down else key
        return query.order_by(*order).limit(limit)


@lru_cache(maxsize=KEPT)
def nearest(
    selection: Selection, narrowing: Narrowing, way: Direction, limit: int, *, itself: bool = True
) -> Select[Any] | None:
    """Select the keys of a list that are nearest to a place.

    Args:
        selection: what the list shows.
        narrowing: what narrows it; it must not lead to a few.
        way: from where, and which way.
        limit: so many keys at most.
        itself: with False, the submission of the place is left out.

    Returns:
        None where the whole list lies on the other side.
    """
    at_most = limit if itself else limit + 1
    parts = [lane.keys(way, at_most) for lane in lanes_of(selection, narrowing, way.order)]
    some = [select(part.subquery()) for part in parts if part is not None]
    if not some:
        return None
    query = way.nearest(union_all(*some).subquery()).limit(limit)
    return query if itself else query.where(query.selected_columns.id != _NUMBER)


def nearest_of_few(few: Few, selection: Selection, way: Direction, limit: int, *, itself: bool = True) -> Select[Any]:
    """Select likewise the keys of a list on which a few submissions only can be."""
    rank, by = _rank_of(selection, way.order), _moment_of(way.order)
    if few.first is not None:
        rank = case((message.c.id == few.first, FIRST), else_=rank)
    keys = (
        select(rank.label("rank"), by.label("at"), message.c.id)
        .where(few.leading, selection.condition, *few.others)
        .with_hint(message, "NOT INDEXED", "sqlite")  # by number, as `few` gives it, and by nothing else
        .offset(0)  # for PostgreSQL, which would else go through all messages in order until it has met enough of them
        .subquery()
    )
    query = way.nearest(keys).limit(limit)
    if way.placed is not None:
        farther = keys.c.rank < _RANK if way.backward else keys.c.rank > _RANK
        query = query.where(or_(farther, and_(keys.c.rank == _RANK, way.beyond(keys.c.at, keys.c.id))))
    return query if itself else query.where(keys.c.id != _NUMBER)


def lanes_of(selection: Selection, narrowing: Narrowing, order: Order) -> Iterator[Lane]:
    """Yield every lane of a list; no two have a submission in common."""
    if selection.everything and narrowing.by_facts_alone and order is not Order.DEADLINE:
        yield Lane(and_(*narrowing.conditions()))  # state by state, each would be searched until it fills a page
        return
    for part in _parts(selection, order):
        where = and_(part.where, *narrowing.conditions())
        if selection.movable_first:
            yield replace(part, where=and_(where, MOVABLE))
            yield replace(part, where=and_(where, not_(MOVABLE)), rank=part.rank + _RANKS)
        else:
            yield replace(part, where=where)


def _parts(selection: Selection, order: Order) -> Iterator[Lane]:
    """The parts of a selection that have one rank each, before anything narrows them."""
    for state in selection.states:
        shown = only(message.c.state, state)
        yield from _ranked(state, shown if selection.where is None else shown & selection.where, order)
    if selection.beside is None:
        return
    if order is not Order.DEADLINE:  # few: they are one part, whatever their state
        yield Lane(message.c.state.not_in(selection.states) & selection.beside, led=True)
        return
    for state in (other for other in State if other not in selection.states):
        of_state = func.coalesce(message.c.state, "") == state  # no index on states, which would lead through all of it
        yield from (
            replace(lane, led=True, by_state=False) for lane in _ranked(state, of_state & selection.beside, order)
        )


def _ranked(state: State, shown: Condition, order: Order) -> Iterator[Lane]:
    """A state in the order of deadlines, or all of it alike; a decision falls due in the order of arrival."""
    if order is not Order.DEADLINE:
        yield Lane(shown, by_state=True)
    elif state is State.APPROVED:
        yield Lane(shown & message.c.publish_due.is_not(None), 1, message.c.publish_due, by_state=True)
        yield Lane(shown & message.c.publish_due.is_(None), 2, by_state=True)
    else:
        yield Lane(shown, 0 if state in WORK else 2, by_state=True)


def _rank_of(selection: Selection, order: Order) -> ColumnElement[int]:
    """The rank of a row's lane."""
    rank: ColumnElement[int] = literal(0, Integer())
    if order is Order.DEADLINE:
        rank = case((_TO_PUBLISH, 1), (message.c.state.in_(WORK), 0), else_=2)
    return rank + case((MOVABLE, 0), else_=_RANKS) if selection.movable_first else rank


def _moment_of(order: Order) -> ColumnElement[datetime]:
    """What a row's lane is sorted by."""
    arrival: ColumnElement[datetime] = message.c.received_at
    return case((_TO_PUBLISH, message.c.publish_due), else_=arrival) if order is Order.DEADLINE else arrival
