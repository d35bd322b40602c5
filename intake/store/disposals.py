"""Disposals in the store: what two people agreed to let go, and the evidence that is still to be removed."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from intake.clock import iso
from intake.domain.retention_events import Disposed
from intake.store import events
from intake.store.engine import Transaction
from intake.store.schema import DISPOSED, disposal, disposed_piece, event, message


class DisposalState(StrEnum):
    """Where a disposal stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    """The program carries it out."""
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StoredDisposal:
    """A disposal as the store knows it."""

    id: int
    state: DisposalState
    cases: tuple[int, ...]
    """Numbers of the messages that begin them."""
    reason: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None


def propose(tx: Transaction, cases: Sequence[int], reason: str, person: str, at: datetime) -> int:
    """Record a disposal that a second person must agree to; give its number."""
    values = {"state": DisposalState.PROPOSED, "cases": json.dumps(list(cases)), "reason": reason}
    query = insert(disposal).values(**values, proposed_by=person, proposed_at=at).returning(disposal.c.id)
    number: int = tx.execute(query).scalar_one()
    return number


def get(tx: Transaction, number: int, *, to_change: bool = False) -> StoredDisposal | None:
    """Find a disposal by its number; locked until commit where it is to change."""
    query = select(disposal).where(disposal.c.id == number)
    row = tx.execute(query.with_for_update() if to_change else query).one_or_none()
    return None if row is None else _from_row(row)


def move(tx: Transaction, before: StoredDisposal, to: DisposalState, person: str, at: datetime) -> None:
    """Bring a locked disposal to another state, by a person's word."""
    values = {"state": to, "decided_by": person, "decided_at": at}
    tx.execute(update(disposal).where(disposal.c.id == before.id).values(**values))


def end(tx: Transaction, number: int) -> None:
    """Note that every case of an agreed disposal has been gone through."""
    still = (disposal.c.id == number) & (disposal.c.state == DisposalState.AGREED)
    tx.execute(update(disposal).where(still).values(state=DisposalState.DONE))


def in_state(tx: Transaction, state: DisposalState) -> tuple[StoredDisposal, ...]:
    """List the disposals in a state, oldest first."""
    query = select(disposal).where(disposal.c.state == state).order_by(disposal.c.id)
    return tuple(_from_row(row) for row in tx.execute(query))


def newest(tx: Transaction, most: int) -> tuple[StoredDisposal, ...]:
    """List the newest disposals, whatever became of them."""
    return tuple(_from_row(row) for row in tx.execute(select(disposal).order_by(disposal.c.id.desc()).limit(most)))


def _from_row(row: Any) -> StoredDisposal:  # noqa: ANN401  # a row of `disposal`
    values = row._mapping  # noqa: SLF001  # the documented way to read a row by name
    return StoredDisposal(**{**values, "state": DisposalState(row.state), "cases": tuple(json.loads(row.cases))})


def add_pieces(tx: Transaction, pieces: Collection[tuple[str, int]]) -> None:
    """Write down evidence that is to be removed: digests, each with the number of its message."""
    if pieces:
        spare(tx, [sha256 for sha256, _ in pieces])  # it went before, and came again with another message
        tx.execute(insert(disposed_piece), [{"sha256": sha256, "message": number} for sha256, number in pieces])


def spare(tx: Transaction, pieces: Collection[str]) -> None:
    """Strike evidence off what is to be removed."""
    tx.execute(delete(disposed_piece).where(disposed_piece.c.sha256.in_(pieces)))


def pieces_to_remove(tx: Transaction, now: datetime, most: int) -> tuple[str, ...]:
    """List evidence that may be removed by now, at most so many."""
    query = select(disposed_piece.c.sha256).where(_waits(), disposed_piece.c.not_before.is_(None) | _over(now))
    return tuple(tx.scalars(query.order_by(disposed_piece.c.sha256).limit(most)))


def _waits() -> ColumnElement[bool]:
    return disposed_piece.c.gone_at.is_(None)


def _over(now: datetime) -> ColumnElement[bool]:
    return disposed_piece.c.not_before <= now


def settle_piece(tx: Transaction, sha256: str, *, gone_at: datetime | None, not_before: datetime | None) -> None:
    """Note that a piece is gone, or before when the archive lets nobody remove it."""
    values = {"gone_at": gone_at, "not_before": not_before}
    tx.execute(update(disposed_piece).where(disposed_piece.c.sha256 == sha256).values(**values))


@dataclass(frozen=True, slots=True)
class Remaining:
    """Evidence that is disposed of and not gone yet."""

    pieces: int
    not_before: datetime | None
    """The latest day that the archive has named; None where it has named none."""


def remaining(tx: Transaction) -> Remaining:
    """Count evidence that is disposed of and not gone yet."""
    row = tx.execute(select(func.count(), func.max(disposed_piece.c.not_before)).where(_waits())).one()
    return Remaining(row[0], row[1])


def gone(tx: Transaction) -> int:
    """Count evidence that was disposed of and is gone."""
    return tx.scalar(select(func.count()).where(disposed_piece.c.gone_at.is_not(None))) or 0


class DisposedMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message that two people have disposed of."""

    message: int
    raw_sha256: str
    proposed_by: str
    agreed_by: str
    at: str
    """RFC 3339."""
    pieces: tuple[str, ...]
    """Digests of the evidence that goes with it."""


def disposed_messages(tx: Transaction) -> tuple[DisposedMessage, ...]:
    """List what was disposed of, by number."""
    pieces: dict[int, list[str]] = {}
    for row in tx.execute(select(disposed_piece.c.message, disposed_piece.c.sha256)):
        pieces.setdefault(row.message, []).append(row.sha256)
    told = (event.c.message == message.c.id) & events.called(Disposed.name)
    columns = (message.c.id, message.c.raw_sha256, event.c.actor, event.c.at, event.c.detail)
    query = select(*columns).select_from(message.join(event, told)).where(DISPOSED).order_by(message.c.id)
    return tuple(
        DisposedMessage(
            row.id,
            row.raw_sha256,
            str(json.loads(row.detail).get("proposed_by")),
            row.actor,
            iso(row.at),
            tuple(sorted(pieces.get(row.id, ()))),
        )
        for row in tx.execute(query)
    )


def is_there(tx: Transaction, gone: DisposedMessage) -> bool:
    """Tell whether the store has a message as it was before it was disposed of."""
    here = (message.c.id == gone.message) & (message.c.raw_sha256 == gone.raw_sha256)
    return tx.scalar(select(message.c.id).where(here, message.c.disposed_at.is_(None))) is not None


def beginnings(tx: Transaction, numbers: Collection[int]) -> tuple[int, ...]:
    """Give, for each of these messages, the one that begins its case."""
    query = select(func.coalesce(message.c.thread, message.c.id)).where(message.c.id.in_(sorted(numbers)))
    return tuple(tx.scalars(query))


def gone_pieces(tx: Transaction) -> frozenset[str]:
    """List the digests of evidence that was disposed of and is gone."""
    return frozenset(tx.scalars(select(disposed_piece.c.sha256).where(disposed_piece.c.gone_at.is_not(None))))
