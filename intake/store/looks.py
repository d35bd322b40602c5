"""How far each person has looked at a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from intake.store.engine import Transaction
from intake.store.schema import looked
from intake.store.turns import serialize_writers


@dataclass(frozen=True, slots=True)
class Look:
    """A person's latest look at a case."""

    up_to: int
    """The number of the newest message that was on the page."""
    at: datetime


def latest(tx: Transaction, person: str, case: int) -> Look | None:
    """Read a person's latest look at the case that this message begins; None where there was none."""
    query = select(looked.c.up_to, looked.c.at).where(looked.c.person == person, looked.c.message == case)
    row = tx.execute(query).one_or_none()
    return None if row is None else Look(row.up_to, row.at)


def look(tx: Transaction, person: str, case: int, up_to: int, at: datetime) -> None:
    """Note that a person has looked at a case as far as this message."""
    serialize_writers(tx)
    if latest(tx, person, case) is None:
        tx.execute(insert(looked).values(person=person, message=case, up_to=up_to, at=at))
        return
    own = (looked.c.person == person) & (looked.c.message == case)
    tx.execute(update(looked).where(own).values(up_to=up_to, at=at))
