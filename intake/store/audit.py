"""Searches the ledger: by who, when, about what, and what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from intake.store import events
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.schema import PROGRAM, event

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


def find(tx: Transaction, sought: Sought, before: int | None, most: int) -> tuple[Event, ...]:
    """List events, the newest first.

    Args:
        tx: a transaction.
        sought: what narrows them.
        before: only events of a smaller number; None: from the newest.
        most: so many at most.
    """
    query = select(event.c.seq).order_by(event.c.seq.desc()).limit(most)
    if before is not None:
        query = query.where(event.c.seq < before)
    if sought.person:
        query = query.where(event.c.actor == sought.person)
    if sought.message is not None:
        query = query.where(event.c.message == sought.message)
    if sought.name:
        query = query.where(event.c.name == sought.name)
    if sought.since is not None:
        query = query.where(event.c.seq >= _first(tx, sought.since - _SKEW), event.c.at >= sought.since)
    if sought.until is not None:
        query = query.where(event.c.seq < _first(tx, sought.until + _SKEW), event.c.at < sought.until)
    matches = (events.at(tx, seq) for seq in tx.execute(query).scalars().all())
    return tuple(matching for matching in matches if matching is not None)


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
