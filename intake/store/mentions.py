"""Who was named in a note, or sent a case back, and whether they have looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from intake.store.among import among
from intake.store.engine import Transaction
from intake.store.narrowing import PERSON
from intake.store.schema import mention, message


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in an event."""

    event: int
    """The event's number."""
    person: str
    seen: bool


def add(tx: Transaction, event: int, number: int, persons: Collection[str]) -> None:
    """Record that an event on a submission names these people."""
    rows = [{"event": event, "person": person, "message": number} for person in sorted(persons)]
    if rows:
        tx.execute(insert(mention), rows)


def from_values(values: Mapping[str, Any]) -> Mention:
    """Convert the columns of a row of `mention`, by name."""
    return Mention(values["event"], values["person"], values["seen_at"] is not None)


def see(tx: Transaction, number: int, person: str, at: datetime) -> None:
    """Record that this person has looked at where they were named on a submission."""
    unseen = (mention.c.message == number) & (mention.c.person == person) & mention.c.seen_at.is_(None)
    tx.execute(update(mention).where(unseen).values(seen_at=at))


UNSEEN_MENTION: ColumnElement[bool] = among(
    message.c.id, select(mention.c.message).where((mention.c.person == PERSON) & mention.c.seen_at.is_(None))
)
"""The person who looks at a list was named there, and has not looked."""
