"""Searches the ledger: by who, when, about what, and what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from intake.domain.search_facts import FactKind
from intake.store import events
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.schema import PROGRAM, event, fact

_SKEW = timedelta(hours=1)
"""Events are numbered in the order of their commits; the clocks of replicas may differ by so much."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for; what is left out narrows nothing."""

    person: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """Before this moment."""
    message: int | None = None
    name: str = ""
    fact: tuple[FactKind, str] | None = None
    """A Model Identifier or a certificate's number in normal form: events about submissions that bear it, and about
    `entries`."""
    entries: tuple[str, ...] = ()
    """Numbers of entries of the list that bear it likewise."""


def find(tx: Transaction, sought: Sought, before: int | None, most: int) -> tuple[Event, ...]:
    """List events, the newest first.

    Args:
        tx: a transaction.
        sought: what narrows them.
        before: only events of a smaller number; None: from the newest.
        most: so many at most.
    """
    query = _narrowed(tx, select(event), sought).order_by(event.c.seq.desc()).limit(most)
    if before is not None:
        query = query.where(event.c.seq < before)
    return tuple(events.from_row(row) for row in tx.execute(query))


def count(tx: Transaction, sought: Sought, most: int) -> int:
    """Count the events that a search finds, as far as so many."""
    narrowed = _narrowed(tx, select(event.c.seq), sought).limit(most).subquery()
    return tx.scalar(select(func.count()).select_from(narrowed)) or 0


def every(tx: Transaction, sought: Sought) -> tuple[Event, ...]:
    """List all events that a search finds, in order; `count` tells whether there are too many."""
    return tuple(events.from_row(row) for row in tx.execute(_narrowed(tx, select(event), sought).order_by(event.c.seq)))


def _narrowed(tx: Transaction, query: Select[Any], sought: Sought) -> Select[Any]:
    if sought.person:
        query = query.where(event.c.actor == sought.person)
    if sought.message is not None:
        query = query.where(event.c.message == sought.message)
    if sought.name:
        query = query.where(event.c.name == sought.name)
    if sought.fact is not None:
        kind, value = sought.fact
        bearing = select(fact.c.message).where(fact.c.kind == kind.value, fact.c.value == value)
        query = query.where(event.c.message.in_(bearing) | event.c.entry.in_(sought.entries))
    if sought.since is not None:
        query = query.where(event.c.seq >= _first(tx, sought.since - _SKEW), event.c.at >= sought.since)
    if sought.until is not None:
        query = query.where(event.c.seq < _first(tx, sought.until + _SKEW), event.c.at < sought.until)
    return query


def _first(tx: Transaction, moment: datetime) -> int:
    """Find the first event at this moment or later by halving: the ledger has no gaps, and needs no index by time."""
    low, high = 1, events.head(tx)[0] + 1
    while low < high:
        middle = (low + high) // 2
        at = tx.scalar(select(event.c.at).where(event.c.seq == middle))
        if at is None or at >= moment:
            high = middle
        else:
            low = middle + 1
    return low


def people(tx: Transaction) -> tuple[str, ...]:
    """List everybody who has ever done anything, in order; the program is nobody."""
    actors = select(event.c.actor).where(event.c.actor != PROGRAM).distinct().order_by(event.c.actor)
    return tuple(tx.execute(actors).scalars())
