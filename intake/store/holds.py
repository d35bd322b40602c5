"""Holds in the store: what may not be disposed of while they are not lifted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from intake.store.engine import Transaction
from intake.store.schema import hold

STANDING = select(hold).where(hold.c.lifted_at.is_(None))
"""Those that are not lifted."""


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
    lift_proposed_by: str | None
    """Who would lift it, for `lift_reason`; None where nobody would."""
    lift_proposed_at: datetime | None


def place(tx: Transaction, scope: Scope, value: str, reason: str, person: str, at: datetime) -> int:
    """Record a hold; give its number."""
    values = {"scope": scope.value, "value": value, "reason": reason, "placed_by": person, "placed_at": at}
    number: int = tx.execute(insert(hold).values(**values).returning(hold.c.id)).scalar_one()
    return number


def get(tx: Transaction, number: int) -> Hold | None:
    """Find a hold by its number; locked until commit."""
    row = tx.execute(select(hold).where(hold.c.id == number).with_for_update()).one_or_none()
    return None if row is None else _from_row(row)


def change(tx: Transaction, number: int, **values: object) -> None:
    """Write into a hold's row, which the caller has locked."""
    tx.execute(update(hold).where(hold.c.id == number).values(**values))


def standing(tx: Transaction) -> tuple[Hold, ...]:
    """List the holds that are not lifted, the newest first."""
    return tuple(map(_from_row, tx.execute(STANDING.order_by(hold.c.id.desc()))))


def from_values(values: Mapping[str, Any]) -> Hold:
    """Build a hold from the values of its row, by the names of its columns."""
    return Hold(**{**values, "scope": Scope(values["scope"])})


def _from_row(row: Any) -> Hold:  # noqa: ANN401  # a row of `hold`
    return from_values(row._mapping)  # noqa: SLF001  # the documented way to read a row by name
