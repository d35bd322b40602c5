"""Finds submissions by their facts: each word that was typed begins a fact, and all of them hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from intake.domain.search_facts import Fact, FactKind, Sought, Term
from intake.store.engine import Transaction
from intake.store.schema import Words, fact, message, outbox
from intake.store.submissions import GREATEST

MOST = 1_000
"""Submissions that a search finds; who wants others types more."""
_LOOKED_AT = 5_000
"""Facts of the rarest word that are held against the other words."""
_LAST = chr(0x10FFFF)
"""Sorts behind whatever may go on a beginning."""
_KEPT = 200
"""Statements that are kept: one for each number of words, and of normal forms that each of them may have."""
_LIMIT: BindParameter[int] = bindparam("most", type_=Integer())
_FIRST_LIMIT: BindParameter[int] = bindparam("looked_at", type_=Integer())
_IDENTITY: BindParameter[str] = bindparam("identity", type_=Words())
_BEARING = (
    select(message.c.id.label("message")).where(message.c.message_id == _IDENTITY).limit(_LIMIT),
    select(outbox.c.message).where(outbox.c.message_id == _IDENTITY, outbox.c.message.is_not(None)).limit(_LIMIT),
)
_other = fact.alias("other")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found."""

    numbers: tuple[int, ...] = ()
    more: bool = False
    """There may be more than these."""


class _Typed(NamedTuple):
    """Parameters of a statement: a beginning, and what sorts behind all that go on with it."""

    value: BindParameter[str]
    end: BindParameter[str]


def find(tx: Transaction, sought: Sought) -> Found:
    """Find submissions; what is just what was typed comes before what begins with it, where there are too many."""
    own = () if sought.number is None or sought.number > GREATEST else (sought.number,)
    if sought.by_reference or not (sought.terms or sought.whole):
        return Found(own)
    terms, more = _rarest_first(tx, sought.terms)
    query = _finding(len(sought.whole), tuple(len(term.values) for term in terms), identified=bool(sought.message_id))
    values = {"most": MOST + 1, "looked_at": _LOOKED_AT, **_parameters(sought.whole, *(term.values for term in terms))}
    values |= {"identity": sought.message_id} if sought.message_id else {}
    numbers, met = dict.fromkeys(own), dict[int, int]()
    with tx.execute(query, values, execution_options={"stream_results": True}) as rows:
        for branch, number in rows:
            met[branch] = met.get(branch, 0) + 1
            numbers.setdefault(number)
            if len(numbers) > MOST:  # SQLite has looked for no more than was asked for so far
                break
    more = more or len(numbers) > MOST or any(count > MOST for count in met.values())
    return Found(tuple(numbers)[:MOST], more)


def matched(tx: Transaction, sought: Sought, numbers: Collection[int]) -> dict[int, list[Fact]]:
    """Tell by which facts the search has found each of these submissions."""
    values = (*sought.whole, *(value for term in sought.terms for value in term.values))
    if sought.by_reference or not values or not numbers:
        return {}
    query = select(fact).where(fact.c.message.in_(numbers), _begins(fact.c.value, _typed(0, len(values))))
    told: dict[int, list[Fact]] = {}
    for row in tx.execute(query.order_by(fact.c.message, fact.c.kind, fact.c.value), _parameters(values)):
        told.setdefault(row.message, []).append(Fact(FactKind(row.kind), row.value))
    return told


def _typed(place: int, count: int) -> list[_Typed]:
    """Build the parameters of so many beginnings, of the word at a place."""
    return [_Typed(bindparam(f"begin_{place}_{at}"), bindparam(f"end_{place}_{at}")) for at in range(count)]


def _parameters(*beginnings: Sequence[str]) -> dict[str, str]:
    """Give those parameters their values, one place after the other."""
    every = [(f"{place}_{at}", value) for place, values in enumerate(beginnings) for at, value in enumerate(values)]
    return {f"begin_{name}": value for name, value in every} | {f"end_{name}": value + _LAST for name, value in every}


def _rarest_first(tx: Transaction, terms: Sequence[Term]) -> tuple[list[Term], bool]:
    """Sort several words by how many facts they begin; and whether the rarest begins too many to look at each.

    Of those that begin too many, the rarer is the one whose newest lie farther back.
    """
    if len(terms) < 2:  # noqa: PLR2004  # one alone is held against nothing
        return list(terms), False
    beginnings = [term.values for term in terms]
    query = _counting(tuple(map(len, beginnings)))
    rows = tx.execute(query, {"looked_at": _LOOKED_AT + 1, **_parameters(*beginnings)}).all()
    told = {place: (count, GREATEST if farthest is None else farthest) for place, count, farthest in rows}
    order = sorted(range(len(terms)), key=told.__getitem__)
    return [terms[at] for at in order], told[order[0]][0] > _LOOKED_AT


@lru_cache(maxsize=_KEPT)
def _counting(shape: tuple[int, ...]) -> CompoundSelect[Any]:
    """Select how many facts each word begins, up to a limit, and the farthest message of those that are just it."""
    return union_all(*(_how_many(place, _typed(place, count)) for place, count in enumerate(shape)))


def _how_many(place: int, typed: Sequence[_Typed]) -> Select[Any]:
    branches = [branch.subquery() for branch in _beginning(typed, _FIRST_LIMIT)]
    exact = (select(rows.c.message.label("exact")) for rows in branches[0::2])
    longer = (select(type_coerce(null(), Integer()).label("exact")).select_from(rows) for rows in branches[1::2])
    some = union_all(*exact, *longer).limit(_FIRST_LIMIT).subquery()
    columns: tuple[ColumnElement[Any], ...] = (literal_column(str(place)), func.count(), func.min(some.c.exact))
    return select(*columns).select_from(some)


@lru_cache(maxsize=_KEPT)
def _finding(whole: int, shape: tuple[int, ...], *, identified: bool) -> CompoundSelect[Any]:
    """Select the messages that have the whole text in so many forms, and those for which words of so many hold.

    Where the text may be a Message-ID, first those that bear it, and those that a letter of ours under it is about.
    """
    typed = [_typed(place, count) for place, count in enumerate(shape, 1)]
    branches = [*(_BEARING if identified else ()), *_beginning(_typed(0, whole), _LIMIT), *_of_terms(typed)]
    return union_all(*(_told(branch, at) for at, branch in enumerate(branches)))


def _of_terms(terms: Sequence[Sequence[_Typed]]) -> Iterator[Select[Any]]:
    """The messages of the first word's facts for which the other words hold, too."""
    if not terms:
        return
    first, *others = terms
    if not others:
        yield from _beginning(first, _LIMIT)
        return
    for at, branch in enumerate(_beginning(first, _FIRST_LIMIT)):
        some = branch.subquery()
        hold = [_holds(some, term) for term in others]
        if at % 2:  # the branch before has it already where the word is a fact itself
            hold.insert(0, not_(_is(some, first[at // 2])))
        yield select(some.c.message).where(and_(*hold)).limit(_LIMIT)


def _holds(some: FromClause, term: Sequence[_Typed]) -> ColumnElement[bool]:
    """Whether a message has a fact that the word begins: one look for each form that the word may have."""
    return or_(*(_has(some, _begins(_other.c.value, [typed])) for typed in term))


def _is(some: FromClause, typed: _Typed) -> ColumnElement[bool]:
    return _has(some, _other.c.value == typed.value)


def _has(some: FromClause, told: ColumnElement[bool]) -> ColumnElement[bool]:
    its = select(_other.c.message).where(_other.c.message == some.c.message, told)
    return its.offset(0).exists()  # PostgreSQL would else join them, and read every fact of a common word


def _begins(column: ColumnElement[str], typed: Sequence[_Typed]) -> ColumnElement[bool]:
    return or_(*(and_(column >= value, column < end) for value, end in typed))


def _beginning(typed: Sequence[_Typed], limit: BindParameter[int]) -> Iterator[Select[Any]]:
    """Select the messages of facts that are one of the values, newest first, and of those that begin with one."""
    for value, end in typed:
        yield select(fact.c.message).where(fact.c.value == value).order_by(fact.c.message.desc()).limit(limit)
        yield select(fact.c.message).where(fact.c.value > value, fact.c.value < end).limit(limit)


def _told(branch: Select[Any], number: int) -> Select[Any]:
    some = branch.subquery()
    return select(literal_column(str(number)).label("branch"), some.c.message)
