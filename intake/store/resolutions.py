"""What people settled of a submission's findings: kept, taken back, never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from intake.domain.resolution import Resolution, ResolutionKind
from intake.domain.review import Action, EntryDecision
from intake.store.engine import Transaction
from intake.store.schema import entry_decision, resolution
from rules.facts import DocumentKind

_OF_MESSAGE = select(resolution).where(resolution.c.message == bindparam("number")).order_by(resolution.c.id)
_SAME = ("entry", "kind", "point", "value", "original", "document", "document_sha256", "document_kind")
"""Columns named as in a `Resolution`."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of one entry, by whom and when."""

    entry: int
    """Counted from 0."""
    action: Action
    person: str
    at: datetime


def add(tx: Transaction, message: int, new: Resolution) -> None:
    """Record what a person settled; the database numbers it."""
    values = {name: getattr(new, name) for name in (*_SAME, "reason", "person", "at")}
    tx.execute(insert(resolution).values(message=message, field=new.subject, **values))


def of_message(tx: Transaction, message: int) -> tuple[Resolution, ...]:
    """List everything settled of a submission in order, with what was taken back."""
    rows = tx.execute(_OF_MESSAGE, {"number": message})
    return tuple(from_values(row._asdict()) for row in rows)


def withdraw(tx: Transaction, number: int, *, person: str, at: datetime) -> bool:
    """Take one back; False where somebody else has."""
    still = (resolution.c.id == number) & resolution.c.withdrawn_at.is_(None)
    return tx.execute(update(resolution).where(still).values(withdrawn_by=person, withdrawn_at=at)).rowcount == 1


def decide_entries(
    tx: Transaction, message: int, decisions: Sequence[EntryDecision], *, person: str, at: datetime
) -> None:
    """Record what was decided of each entry, in the place of what was decided before."""
    tx.execute(delete(entry_decision).where(entry_decision.c.message == message))
    rows = [
        {"message": message, "entry": decided.entry, "action": decided.action.value, "person": person, "at": at}
        for decided in decisions
    ]
    if rows:
        tx.execute(insert(entry_decision), rows)


def decided_entries(tx: Transaction, message: int) -> tuple[Decided, ...]:
    """List what was decided of each entry; nothing where all were decided alike as one."""
    query = select(entry_decision).where(entry_decision.c.message == message).order_by(entry_decision.c.entry)
    return tuple(Decided(row.entry, Action(row.action), row.person, row.at) for row in tx.execute(query))


def from_values(values: Mapping[str, Any]) -> Resolution:
    """Convert the columns of a row of `resolution`, by name."""
    kind = values["document_kind"]
    return Resolution(
        id=values["id"],
        subject=values["field"] or "",
        reason=values["reason"],
        person=values["person"],
        at=values["at"],
        withdrawn_by=values["withdrawn_by"],
        withdrawn_at=values["withdrawn_at"],
        **{name: values[name] for name in _SAME if name not in {"kind", "document_kind"}},
        kind=ResolutionKind(values["kind"]),
        document_kind=None if kind is None else DocumentKind(kind),
    )
