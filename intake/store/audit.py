"""Searches the ledger: by who, when, about what, and what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union_all

from intake.domain.search_facts import FactKind
from intake.store import events
from intake.store.among import among, numbered
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.schema import BY_PEOPLE, PROGRAM, event, fact
from intake.store.several import of_several

_FEW = 5_000
"""The events about so many submissions are read and sorted sooner than the ledger is searched for them."""
_about = event.alias("about")
_BY_PEOPLE = _about.c.actor != literal_column(f"'{PROGRAM}'")


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
    """Numbers of entries of the list that bear it likewise; without a fact, the entries themselves."""
    messages: tuple[int, ...] = ()
    """Submissions that the entries come of."""


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
        query = query.where(events.by(sought.person))
    if sought.message is not None:
        query = query.where(event.c.message == sought.message)
    if sought.name:
        query = query.where(events.called(sought.name))
    if sought.fact is not None:
        query = query.where(_bearing(tx, *sought.fact, sought.entries))
    elif sought.entries:
        query = query.where(_about_entries(tx, sought.entries, sought.messages))
    if sought.since is not None:
        query = query.where(events.from_on(tx, sought.since))
    if sought.until is not None:
        query = query.where(events.before(tx, sought.until))
    return query


def _bearing(tx: Transaction, kind: FactKind, value: str, entries: tuple[str, ...]) -> ColumnElement[bool]:
    """Build the condition that an event is about what bears a fact.

    Where few submissions do, it leads through their events; else the ledger is read from its end, where such an event
    is never far, and each is looked up.
    """
    told = (fact.c.value == value) & (fact.c.kind == kind.value)
    some = select(fact.c.message).where(told).limit(_FEW + 1).subquery()
    if (tx.scalar(select(func.count()).select_from(some)) or 0) > _FEW:
        its = select(fact.c.message).where(fact.c.message == event.c.message, told)
        return its.offset(0).exists() | event.c.entry.in_(entries) | numbered(event.c.seq, _several(tx, entries))
    theirs = select(_about.c.seq).where(among(_about.c.message, select(fact.c.message).where(told)))
    return among(event.c.seq, union_all(theirs, *_of(tx, entries)))


def _about_entries(tx: Transaction, entries: tuple[str, ...], messages: tuple[int, ...]) -> ColumnElement[bool]:
    """Build the condition that an event is about one of these entries, or about a submission that they come of."""
    theirs = select(_about.c.seq).where(numbered(_about.c.message, messages))
    return among(event.c.seq, union_all(theirs, *_of(tx, entries)))


def _of(tx: Transaction, entries: tuple[str, ...]) -> tuple[Select[Any], Select[Any]]:
    """The numbers of the events about entries: about one alone, and of changes that name it among others."""
    alone = select(_about.c.seq).where(_about.c.entry.in_(entries))
    return alone, select(_about.c.seq).where(numbered(_about.c.seq, _several(tx, entries)))


def _several(tx: Transaction, entries: tuple[str, ...]) -> list[int]:
    return [told.seq for told in of_several(tx, entries)]


def people(tx: Transaction) -> tuple[str, ...]:
    """List everybody who has ever done anything, in order; the program is nobody.

    From one name to the next: what one person did is passed over, however much that is.
    """
    after = select(func.min(event.c.actor).label("actor")).where(BY_PEOPLE).cte("names", recursive=True)
    further = select(func.min(_about.c.actor)).where(_about.c.actor > after.c.actor, _BY_PEOPLE)
    names = after.union_all(select(further.scalar_subquery()).where(after.c.actor.is_not(None)))
    return tuple(tx.scalars(select(names.c.actor).where(names.c.actor.is_not(None)).order_by(names.c.actor)))
