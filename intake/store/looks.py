"""How far each person has looked at a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.store.engine import Transaction
from intake.store.schema import looked
from intake.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Look:
    """A person's latest look at a case."""

    up_to: int
    """The number of the newest message that was on the page."""
    at: datetime


def look(tx: Transaction, person: str, case: int, up_to: int, at: datetime) -> None:
    """Note that a person has looked at a case as far as this message."""
    values = {"person": person, "message": case, "up_to": up_to, "at": at}
    upsert(tx, looked, values, change=("up_to", "at"))
