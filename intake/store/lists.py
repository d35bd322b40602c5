"""Lists of the desk: which submissions a view shows and in which order, a page at a time.

A list is made of lanes, one a state, each of which an index gives in the list's own order from any place on. So a page
costs the same wherever it lies and however much is stored; nothing is skipped over, and nothing is sorted that is not
shown. Where a few submissions only can match (a search, a rare manufacturer), these are read and sorted instead.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    union,
    union_all,
)

from intake.domain.submission import WAITING_FOR_A_PERSON, State
from intake.store.among import among
from intake.store.engine import Transaction
from intake.store.narrowing import CLAIMED, FREE, PERSON, Narrowing
from intake.store.outbox import WAITING_FOR_A_PERSON as LETTER_WAITS
from intake.store.schema import NEWS, Instant, message, outbox, thread
from intake.store.submissions import Submission

PAGE = 25
AROUND = 2
"""Pages before and behind the present one that a page can name."""
WORK = tuple(state for state in State if state in WAITING_FOR_A_PERSON)
"""States in which a person has something to do."""

Condition = ColumnElement[bool]

_PROPOSER = bindparam("proposer", type_=Text())
_DUE_BEFORE = bindparam("due_before", type_=Instant())

MINE: Condition = CLAIMED & (message.c.claimed_by == PERSON)
UNCLAIMED: Condition = FREE
DUE: Condition = message.c.received_at < _DUE_BEFORE
"""Its decision is due today, or was before."""
NOT_ONES_OWN: Condition = func.coalesce(message.c.proposed_by, "") != _PROPOSER
HANDED_OVER: Condition = message.c.handed_over_at.is_not(None)
PUBLISHED: Condition = message.c.publish_due.is_(None)
"""Of what is approved: nothing of it is still to be published."""
UNCLEAR: Condition = message.c.kind == "unclear"
CALLS: Condition = among(
    message.c.id,
    union(select(outbox.c.message).where(outbox.c.state.in_(LETTER_WAITS)), select(thread.c.id).where(NEWS)),
)
"""A letter about it could not go out by itself, or new mail has joined its case."""
MOVABLE: Condition = and_(
    or_(FREE, message.c.claimed_by == PERSON),
    or_(message.c.state != State.PROPOSED, NOT_ONES_OWN),
    message.c.handed_over_at.is_(None),
)
"""The person who looks may take it a step further: nobody else works on it, and it is not their own proposal."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks at a list, and when."""

    person: str
    now: datetime
    due_before: datetime
    """What arrived before is to be decided by the end of today."""
    four_eyes: bool = True

    @property
    def parameters(self) -> dict[str, object]:
        """The values of the conditions' parameters."""
        return {
            "person": self.person,
            "proposer": self.person if self.four_eyes else " ",
            "now": self.now,
            "due_before": self.due_before,
        }


class Order(StrEnum):
    """How a list is sorted; a tie is broken by number."""

    OLDEST = "oldest"
    NEWEST = "newest"
    DEADLINE = "deadline"
    """What is open by when its decision is due, then what is to be published; what has no deadline comes last."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Which submissions a view shows."""

    states: tuple[State, ...] = tuple(State)
    where: Condition | None = None
    """Holds for each of them."""
    beside: Condition | None = None
    """Shown likewise in any other state; few at any time, found by an index of their own."""
    movable_first: bool = False
    """What the person who looks cannot move comes behind all else."""
    few: bool = False
    """`where` leads to few submissions by an index of its own, whatever their state."""

    @property
    def condition(self) -> Condition:
        """The whole of it."""
        shown: Condition = message.c.state.in_(self.states)
        if self.where is not None:
            shown &= self.where
        return shown if self.beside is None else or_(shown, self.beside)


WAITING = Selection(WORK, beside=CALLS, movable_first=True)
"""What waits for a person: on the page, in the commands and in the metrics."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A place in a list: what its order goes by."""

    rank: int
    at: datetime
    number: int


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


@dataclass(frozen=True, slots=True)
class _Lane:
    """A part of a list that has one rank and that one index gives in order."""

    where: Condition
    rank: int = 0
    by: ColumnElement[datetime] = message.c.received_at

    def rows(self, after: Key | None, limit: int, *, newest: bool, backward: bool) -> Select[Any] | None:
        """Select its keys behind a place, nearest first; None where all of it lies on the other side."""
        if after is not None and self.rank != after.rank and (self.rank < after.rank) is not backward:
            return None
        query = select(literal_column(str(self.rank)).label("rank"), self.by.label("at"), message.c.id)
        query = query.where(self.where)
        down = newest is not backward
        if after is not None and self.rank == after.rank:
            query = query.where(_beyond(self.by, after.at, after.number, down=down, itself=backward))
        order = (self.by.desc(), message.c.id.desc()) if down else (self.by, message.c.id)
        return query.order_by(*order).limit(limit)


def _beyond(by: ColumnElement[datetime], at: datetime, number: int, *, down: bool, itself: bool) -> Condition:
    """What lies behind a place in the given direction, its own row or not."""
    if down:
        return and_(by <= at, or_(by < at, message.c.id <= number if itself else message.c.id < number))
    return and_(by >= at, or_(by > at, message.c.id >= number if itself else message.c.id > number))


def window(
    tx: Transaction,
    selection: Selection,
    narrowing: Narrowing,
    order: Order,
    onlooker: Onlooker,
    after: Key | None = None,
) -> Window:
    """Find the page of a list that begins behind a place; the last page where nothing is left behind it."""
    newest, limit = order is Order.NEWEST, AROUND * PAGE + 1
    leading = _leading(tx, selection, narrowing)
    if leading is not None:
        every = _few(tx, leading, selection, narrowing, order, onlooker)
        at = 0 if after is None else sum(not _follows(key, after, newest=newest) for key in every)
        ahead, behind = every[at : at + limit], every[max(at - limit, 0) : at][::-1]
    else:
        lanes = list(lanes_of(selection, narrowing, order))
        ahead = _keys(tx, lanes, onlooker, after, limit, newest=newest)
        behind = [] if after is None else _keys(tx, lanes, onlooker, after, limit, newest=newest, backward=True)
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
    newest, place = order is Order.NEWEST, Key(0, submission.received_at, submission.id)
    to_do, by_arrival = _to_do(selection), Order.NEWEST if newest else Order.OLDEST
    leading = _leading(tx, to_do, narrowing)
    if leading is not None:
        every = _few(tx, leading, to_do, narrowing, by_arrival, onlooker)
        before = [key.number for key in every if _follows(place, key, newest=newest)]
        after = [key.number for key in every if _follows(key, place, newest=newest)]
        return Neighbours(before[-1] if before else None, after[0] if after else None)
    lanes = list(lanes_of(to_do, narrowing, by_arrival))
    sides = {
        "after": _nearest(lanes, place, 1, newest=newest),
        "before": _nearest(lanes, place, 2, newest=newest, backward=True, beside=submission.id),  # itself is the first
    }
    some = [_of_side(side, keys) for side, keys in sides.items() if keys is not None]
    rows = tx.execute(union_all(*some), onlooker.parameters) if some else ()
    return Neighbours(**{row.side: row.id for row in rows})


def _of_side(side: str, keys: Select[Any]) -> Select[Any]:
    return select(literal_column(f"'{side}'").label("side"), keys.subquery().c.id)


@cache
def _to_do(selection: Selection) -> Selection:
    """The part of a list that the person who looks may take a step further."""
    states = tuple(state for state in selection.states if state in WORK)
    where = MOVABLE if selection.where is None else and_(selection.where, MOVABLE)
    beside = None if selection.beside is None else and_(_in_none_of(selection.states), selection.beside, MOVABLE)
    return Selection(states, where, beside, few=selection.few)


def _leading(tx: Transaction, selection: Selection, narrowing: Narrowing) -> Condition | None:
    """The condition that leads to few submissions; None where the list is to be read."""
    return selection.where if selection.few else narrowing.leading(tx)


def _in_none_of(states: Collection[State]) -> Condition:
    return message.c.state.not_in(states)


def lanes_of(selection: Selection, narrowing: Narrowing, order: Order) -> Iterator[_Lane]:
    """Yield every lane of a list; no two have a submission in common."""
    for where, rank, by in _parts(selection, order):
        wheres = [where, *narrowing.conditions()]
        if selection.movable_first:
            yield _Lane(and_(*wheres, MOVABLE), rank, by)
            yield _Lane(and_(*wheres, not_(MOVABLE)), rank + _RANKS, by)
        else:
            yield _Lane(and_(*wheres), rank, by)


def _parts(selection: Selection, order: Order) -> Iterator[tuple[Condition, int, ColumnElement[Any]]]:
    """The parts of a selection that have one rank each: what they show, the rank, and what they are sorted by."""
    for state in selection.states:
        shown = message.c.state == state
        yield from _ranked(state, shown if selection.where is None else shown & selection.where, order)
    if selection.beside is None:
        return
    if order is not Order.DEADLINE:  # few: they are one part, whatever their state
        yield _in_none_of(selection.states) & selection.beside, 0, message.c.received_at
        return
    for state in (other for other in State if other not in selection.states):
        yield from _ranked(state, (message.c.state == state) & selection.beside, order)


def _ranked(state: State, shown: Condition, order: Order) -> Iterator[tuple[Condition, int, ColumnElement[Any]]]:
    """A state in the order of deadlines, or all of it alike; a decision falls due in the order of arrival."""
    if order is not Order.DEADLINE:
        yield shown, 0, message.c.received_at
    elif state is State.APPROVED:
        yield shown & message.c.publish_due.is_not(None), 1, message.c.publish_due
        yield shown & message.c.publish_due.is_(None), 2, message.c.received_at
    else:
        yield shown, 0 if state in WORK else 2, message.c.received_at


_RANKS = 3
"""By deadline: to be decided, to be published, neither."""


def _follows(key: Key, place: Key, *, newest: bool) -> bool:
    if key.rank != place.rank:
        return key.rank > place.rank
    pair, other = (key.at, key.number), (place.at, place.number)
    return pair < other if newest else pair > other


def _keys(
    tx: Transaction,
    lanes: Sequence[_Lane],
    onlooker: Onlooker,
    after: Key | None,
    limit: int,
    *,
    newest: bool,
    backward: bool = False,
) -> list[Key]:
    """Read the keys nearest to a place: behind it in the list's order, or before it, from it on, the other way."""
    query = _nearest(lanes, after, limit, newest=newest, backward=backward)
    return [] if query is None else [Key(row.rank, row.at, row.id) for row in tx.execute(query, onlooker.parameters)]


def _nearest(
    lanes: Sequence[_Lane],
    after: Key | None,
    limit: int,
    *,
    newest: bool,
    backward: bool = False,
    beside: int | None = None,
) -> Select[Any] | None:
    """Select the keys nearest to a place; where they are those beside a submission, the nearest that is another.

    None where the whole list lies on the other side.
    """
    parts = [lane.rows(after, limit, newest=newest, backward=backward) for lane in lanes]
    some = [select(part.subquery()) for part in parts if part is not None]
    if not some:
        return None
    every = union_all(*some).subquery()
    moment = (every.c.at.desc(), every.c.id.desc()) if newest is not backward else (every.c.at, every.c.id)
    query = select(every).order_by(every.c.rank.desc() if backward else every.c.rank, *moment)
    return query.limit(limit) if beside is None else query.where(every.c.id != beside).limit(1)


def _few(
    tx: Transaction,
    leading: Condition,
    selection: Selection,
    narrowing: Narrowing,
    order: Order,
    onlooker: Onlooker,
) -> list[Key]:
    """Read and sort every key of a list that few submissions can be on."""
    query = (
        select(message.c.id, message.c.state, message.c.received_at, message.c.publish_due, MOVABLE.label("movable"))
        .where(leading, selection.condition, *narrowing.conditions())
        .with_hint(message, "NOT INDEXED", "sqlite")  # by number, as `leading` gives it, and by nothing else
    )
    keys = [_key(row, selection, order) for row in tx.execute(query, onlooker.parameters)]
    sign = -1 if order is Order.NEWEST else 1
    return sorted(keys, key=lambda key: (key.rank, sign * key.at.timestamp(), sign * key.number))


def _key(row: Any, selection: Selection, order: Order) -> Key:  # noqa: ANN401  # a row of `_few`
    rank, at = 0, row.received_at
    if order is Order.DEADLINE:
        open_for_publication = row.state == State.APPROVED and row.publish_due is not None
        rank, at = (1, row.publish_due) if open_for_publication else (0 if row.state in WORK else 2, at)
    behind = selection.movable_first and not row.movable
    return Key(rank + _RANKS * behind, at, row.id)
