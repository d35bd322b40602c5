"""Changes of the list in the store: what people ask for, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update

from intake.store.engine import Transaction
from intake.store.schema import entry_version, list_change


class ChangeState(StrEnum):
    """Where a change stands."""

    PROPOSED = "proposed"
    """One person asks for it; another has to agree."""
    WAITS = "waits for a list"
    """Approved before any list was taken in, so that it has no number yet."""
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change before it is recorded; its columns are those of a `StoredChange`."""

    kind: str
    state: ChangeState
    request: str
    basis: str
    person: str
    """Who asks for it."""
    message: int | None = None
    until: date | None = None
    decided_by: str | None = None
    """Who agreed, where it is approved at once."""


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change as the store knows it."""

    id: int
    kind: str
    state: ChangeState
    request: str
    """All of it, as JSON."""
    basis: str
    """The digest of what it would have made of the list when it was asked for."""
    message: int | None
    """The number of the submission that it comes of."""
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    until: date | None
    """The day on which its amendment ends; None where it has none or it has ended."""


def add(tx: Transaction, new: NewChange, at: datetime) -> int:
    """Record a change, asked for or approved at once; give its number."""
    values = {
        **{name: getattr(new, name) for name in ("kind", "state", "request", "basis", "message", "decided_by")},
        "proposed_by": new.person,
        "proposed_at": at,
        "decided_at": at if new.decided_by else None,
        "until": new.until.isoformat() if new.until else None,
    }
    number: int = tx.execute(insert(list_change).values(**values).returning(list_change.c.id)).scalar_one()
    return number


def get(tx: Transaction, number: int, *, to_change: bool = False) -> StoredChange | None:
    """Find a change by its number; locked until commit where it is to change."""
    query = select(list_change).where(list_change.c.id == number)
    row = tx.execute(query.with_for_update() if to_change else query).one_or_none()
    return None if row is None else _from_row(row)


def move(tx: Transaction, change: StoredChange, to: ChangeState, *, person: str | None, at: datetime) -> bool:
    """Bring a change to another state; False where somebody else already has."""
    still = (list_change.c.id == change.id) & (list_change.c.state == change.state)
    return tx.execute(update(list_change).where(still).values(state=to, decided_by=person, decided_at=at)).rowcount == 1


def rewrite(tx: Transaction, number: int, request: str) -> None:
    """Write what is asked for anew, as whoever agrees to it has added something."""
    tx.execute(update(list_change).where(list_change.c.id == number).values(request=request))


def asked_sha256(tx: Transaction, number: int) -> str:
    """Digest all that is asked for, as the store keeps it: see `digest_of`."""
    query = select(list_change.c.request, list_change.c.basis).where(list_change.c.id == number)
    row = tx.execute(query).one()
    return digest_of(row.request, row.basis)


def digest_of(request: str, basis: str) -> str:
    """Digest what a change asks for: SHA-256, in hex, over a JSON array of its request and its basis."""
    return sha256(json.dumps([request, basis]).encode()).hexdigest()


def in_state(tx: Transaction, *states: ChangeState) -> tuple[StoredChange, ...]:
    """List the changes in these states, oldest first."""
    rows = tx.execute(select(list_change).where(list_change.c.state.in_(states)).order_by(list_change.c.id))
    return tuple(map(_from_row, rows))


def decided(tx: Transaction, most: int, before: int | None = None) -> tuple[StoredChange, ...]:
    """List the changes that are decided, the newest first, so many at most; `before` a number, where it is given."""
    over = list_change.c.state.in_((ChangeState.APPROVED, ChangeState.REFUSED))
    query = select(list_change).where(over).order_by(list_change.c.id.desc()).limit(most)
    return tuple(map(_from_row, tx.execute(query if before is None else query.where(list_change.c.id < before))))


def by_number(tx: Transaction, numbers: Collection[int]) -> dict[int, StoredChange]:
    """Find changes by their numbers."""
    rows = tx.execute(select(list_change).where(list_change.c.id.in_(sorted(numbers))))
    return {row.id: _from_row(row) for row in rows}


def unpublished_of_kind(tx: Transaction, kind: str) -> tuple[StoredChange, ...]:
    """List the changes of a kind that are asked for, or approved and in no version of the list yet; oldest first."""
    entered = select(entry_version.c.change).where(entry_version.c.list_version.is_(None))
    asked = list_change.c.state.in_((ChangeState.PROPOSED, ChangeState.WAITS))
    query = select(list_change).where(list_change.c.kind == kind, asked | list_change.c.id.in_(entered))
    return tuple(map(_from_row, tx.execute(query.order_by(list_change.c.id))))


def of_message(tx: Transaction, message: int) -> tuple[StoredChange, ...]:
    """List the changes that a submission led to, by entry."""
    rows = tx.execute(select(list_change).where(list_change.c.message == message).order_by(list_change.c.id))
    return tuple(map(_from_row, rows))


def amendments_over(tx: Transaction, today: date) -> tuple[StoredChange, ...]:
    """List approved amendments whose day has come and that have not been ended."""
    over = (list_change.c.state == ChangeState.APPROVED) & (list_change.c.until <= today.isoformat())
    return tuple(map(_from_row, tx.execute(select(list_change).where(over).order_by(list_change.c.id))))


def approved(tx: Transaction, kinds: Collection[str]) -> tuple[StoredChange, ...]:
    """List the approved changes of these kinds, oldest first."""
    query = select(list_change).where(list_change.c.state == ChangeState.APPROVED, list_change.c.kind.in_(kinds))
    return tuple(map(_from_row, tx.execute(query.order_by(list_change.c.id))))


def end_amendment(tx: Transaction, change: StoredChange) -> bool:
    """Note that an amendment has ended; False where that was noted already."""
    still = (list_change.c.id == change.id) & list_change.c.until.is_not(None)
    return tx.execute(update(list_change).where(still).values(until=None)).rowcount == 1


def _from_row(row: Any) -> StoredChange:  # noqa: ANN401  # a row of `list_change`
    values = dict(row._mapping)  # noqa: SLF001  # the documented way to read a row by name
    until = values["until"]
    return StoredChange(
        **{**values, "state": ChangeState(values["state"]), "until": date.fromisoformat(until) if until else None}
    )
