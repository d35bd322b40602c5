"""Finds events of changes of the list by the entries that they name in their detail, as no column names several."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select

from intake.domain.register_events import ListChangeApproved, ListChangeProposed, ListChangeRefused, ListChangeWaits
from intake.store import events
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.schema import event

_ASKED = (ListChangeProposed.name, ListChangeWaits.name, ListChangeApproved.name)
_NAMES = (*_ASKED, ListChangeRefused.name)


def of_several(tx: Transaction, entries: Collection[str]) -> tuple[Event, ...]:
    """List the events of the changes that one of these entries is or was among, in order; of no submission's.

    A refusal names its change alone, so that it is found by what was asked for. Of what was disposed of nothing is
    known any more but that it was.
    """
    wanted = frozenset(entries)
    if not wanted:
        return ()
    asked = or_(*map(events.called, _NAMES)) & event.c.message.is_(None)
    query = select(event).where(asked).order_by(event.c.seq)
    every = [events.from_row(row) for row in tx.execute(query)]
    about = {told.detail.get("change") for told in every if _names(told, wanted)}
    return tuple(told for told in every if told.detail.get("change") in about - {None})


def _names(told: Event, wanted: frozenset[str]) -> bool:
    named = (told.detail.get(column) for column in ("entries", "numbers"))
    return any(not wanted.isdisjoint(map(str, numbers)) for numbers in named if isinstance(numbers, list | tuple))
