"""Finds submissions by their facts: each word that was typed begins a fact, and all of them hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal_column, or_, select, union_all

from intake.domain.search_facts import Fact, FactKind, Sought, Term
from intake.store.engine import Transaction
from intake.store.schema import fact
from intake.store.submissions import GREATEST

MOST = 1_000
"""Submissions that a search finds; who wants others types more."""
_LOOKED_AT = 5_000
"""Facts of the rarest word that are held against the other words."""
_LAST = chr(0x10FFFF)
"""Sorts behind whatever may go on a beginning."""
_other = fact.alias("other")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found."""

    numbers: tuple[int, ...] = ()
    more: bool = False
    """There may be more than these."""


def find(tx: Transaction, sought: Sought) -> Found:
    """Find submissions; what is just what was typed comes before what begins with it, where there are too many."""
    own = () if sought.number is None or sought.number > GREATEST else (sought.number,)
    if sought.by_reference or not (sought.terms or sought.whole):
        return Found(own)
    terms, more = _rarest_first(tx, sought.terms)
    branches = [*_beginning(sought.whole, MOST + 1), *_of_terms(terms)]
    numbers, met = dict.fromkeys(own), [0] * len(branches)
    for row in tx.execute(union_all(*(_told(branch, at) for at, branch in enumerate(branches)))):
        met[row.branch] += 1
        numbers.setdefault(row.message)
    more = more or len(numbers) > MOST or any(count > MOST for count in met)
    return Found(tuple(numbers)[:MOST], more)


def matched(tx: Transaction, sought: Sought, numbers: Collection[int]) -> dict[int, list[Fact]]:
    """Tell by which facts the search has found each of these submissions."""
    values = (*sought.whole, *(value for term in sought.terms for value in term.values))
    if sought.by_reference or not values or not numbers:
        return {}
    query = select(fact).where(fact.c.message.in_(numbers), _begins(fact.c.value, values))
    told: dict[int, list[Fact]] = {}
    for row in tx.execute(query.order_by(fact.c.message, fact.c.kind, fact.c.value)):
        told.setdefault(row.message, []).append(Fact(FactKind(row.kind), row.value))
    return told


def _rarest_first(tx: Transaction, terms: Sequence[Term]) -> tuple[list[Term], bool]:
    """Sort several words by how many facts they begin; and whether the rarest begins too many to look at each."""
    if len(terms) < 2:  # noqa: PLR2004  # one alone is held against nothing
        return list(terms), False
    counts = [_how_many(list(_beginning(term.values, _LOOKED_AT + 1))) for term in terms]
    counted = tx.execute(select(*counts)).one()
    order = sorted(range(len(terms)), key=counted.__getitem__)
    return [terms[at] for at in order], counted[order[0]] > _LOOKED_AT


def _how_many(branches: Sequence[Select[Any]]) -> ColumnElement[int]:
    some = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _of_terms(terms: Sequence[Term]) -> Iterator[Select[Any]]:
    """The messages of the first word's facts for which the other words hold, too."""
    if not terms:
        return
    first, *others = terms
    if not others:
        yield from _beginning(first.values, MOST + 1)
        return
    for branch in _beginning(first.values, _LOOKED_AT):
        some = branch.subquery()
        hold = (_holds(some, term) for term in others)
        yield select(some.c.message).where(and_(*hold)).limit(MOST + 1)


def _holds(some: FromClause, term: Term) -> ColumnElement[bool]:
    own = _other.c.message == some.c.message
    return select(_other.c.message).where(own, _begins(_other.c.value, term.values)).exists()


def _begins(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(and_(column >= value, column < value + _LAST) for value in values))


def _beginning(values: Sequence[str], limit: int) -> Iterator[Select[Any]]:
    """Select the messages of facts that are one of the values, newest first, and of those that begin with one."""
    for value in values:
        yield select(fact.c.message).where(fact.c.value == value).order_by(fact.c.message.desc()).limit(limit)
        yield select(fact.c.message).where(fact.c.value > value, fact.c.value < value + _LAST).limit(limit)


def _told(branch: Select[Any], number: int) -> Select[Any]:
    some = branch.subquery()
    return select(literal_column(str(number)).label("branch"), some.c.message)
