"""Holds in the store: what may not be disposed of while they are not lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select, update

from intake.store.engine import Transaction
from intake.store.schema import hold


class Scope(StrEnum):
    """What a hold is on."""

    SUBMISSION = "submission"
    MODEL = "model"
    """A Model Identifier."""
    MANUFACTURER = "manufacturer"
    """By its identifier, or by words of its name."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold, lifted or not."""

    id: int
    scope: Scope
    value: str
    """As it was typed; of a submission its reference."""
    reason: str
    placed_by: str
    placed_at: datetime
    lifted_by: str | None
    lifted_at: datetime | None
    lift_reason: str | None


def place(tx: Transaction, scope: Scope, value: str, reason: str, person: str, at: datetime) -> int:
    """Record a hold; give its number."""
    values = {"scope": scope.value, "value": value, "reason": reason, "placed_by": person, "placed_at": at}
    number: int = tx.execute(insert(hold).values(**values).returning(hold.c.id)).scalar_one()
    return number


def lift(tx: Transaction, number: int, reason: str, person: str, at: datetime) -> bool:
    """Lift a hold; False where there is none of this number, or it is lifted already."""
    still = (hold.c.id == number) & hold.c.lifted_at.is_(None)
    return (
        tx.execute(update(hold).where(still).values(lifted_by=person, lifted_at=at, lift_reason=reason)).rowcount == 1
    )


def standing(tx: Transaction) -> tuple[Hold, ...]:
    """List the holds that are not lifted, the newest first."""
    query = select(hold).where(hold.c.lifted_at.is_(None)).order_by(hold.c.id.desc())
    return tuple(Hold(**{**row._mapping, "scope": Scope(row.scope)}) for row in tx.execute(query))  # noqa: SLF001  # the documented way to read a row by name
