"""Closed days in the store: those on which nobody works here, besides weekends and bank holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from intake.store.engine import Transaction
from intake.store.schema import closed_day


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A closed day, and who closed it."""

    day: date
    why: str
    closed_by: str
    closed_at: datetime


def every(tx: Transaction) -> tuple[ClosedDay, ...]:
    """List the closed days, in order."""
    rows = tx.execute(select(closed_day).order_by(closed_day.c.day))
    return tuple(ClosedDay(date.fromisoformat(row.day), row.why, row.closed_by, row.closed_at) for row in rows)


def close(tx: Transaction, day: date, why: str, person: str, at: datetime) -> None:
    """Record a closed day; it must not be one already."""
    values = {"day": day.isoformat(), "why": why, "closed_by": person, "closed_at": at}
    tx.execute(insert(closed_day).values(**values))


def reopen(tx: Transaction, day: date) -> bool:
    """Forget a closed day; False where it was none."""
    return tx.execute(delete(closed_day).where(closed_day.c.day == day.isoformat())).rowcount == 1
