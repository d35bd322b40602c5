"""Where messages were seen: a row from the moment one is found, so that none that is known of is ever forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, tuple_, update

from intake.domain.message import Sighting
from intake.store.engine import Transaction
from intake.store.schema import sighting

_AT_A_TIME = 400
"""Rows named in one statement; SQLite once bore no more than 999 values in one."""


class SightingState(StrEnum):
    """How far a message that was seen has come."""

    SEEN = "seen"
    """It is there, and still has to be fetched."""
    RECEIVED = "received"
    VANISHED = "vanished"
    """It was seen and was gone before it could be fetched: somebody moved or deleted it."""
    SUPERSEDED = "superseded"
    """The mailbox has numbered its messages anew, or the file was written anew: it is looked for under its new name."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a mailbox still owes, or has lost."""

    seen: int
    """Found and not yet received."""
    withheld: int
    """Of these, how many did not come when they were asked for."""
    vanished: int
    why: str | None
    """Why one of them did not come."""


NOTHING = Waiting(0, 0, 0, None)


_TAKEN = (
    update(sighting)
    .where(*(sighting.c[key] == bindparam(f"at_{key}") for key in ("mailbox", "epoch", "uid")))
    .values(message=bindparam("number"), state=SightingState.RECEIVED, last_error=None)
)


def _at(row: Sighting) -> tuple[str, str]:
    return row.epoch, row.uid


def _chunks(rows: Sequence[Sighting]) -> Iterator[Sequence[Sighting]]:
    for start in range(0, len(rows), _AT_A_TIME):
        yield rows[start : start + _AT_A_TIME]


def _these(some: Sequence[Sighting]) -> ColumnElement[bool]:
    """The rows of these sightings, which are all of one mailbox."""
    names = [_at(row) for row in some]
    return and_(sighting.c.mailbox == some[0].mailbox, tuple_(sighting.c.epoch, sighting.c.uid).in_(names))


def states_of(tx: Transaction, found: Sequence[Sighting]) -> dict[tuple[str, str], SightingState]:
    """What is known of these, by epoch and uid."""
    columns = select(sighting.c.epoch, sighting.c.uid, sighting.c.state)
    return {
        (row.epoch, row.uid): SightingState(row.state)
        for some in _chunks(found)
        for row in tx.execute(columns.where(_these(some)))
    }


def all_states(tx: Transaction, mailbox: str) -> dict[tuple[str, str], SightingState]:
    """What is known of a whole mailbox, by epoch and uid."""
    rows = tx.execute(select(sighting.c.epoch, sighting.c.uid, sighting.c.state).where(sighting.c.mailbox == mailbox))
    return {(row.epoch, row.uid): SightingState(row.state) for row in rows}


def discover(tx: Transaction, found: Sequence[Sighting], at: datetime) -> None:
    """Write down messages that were found for the first time."""
    if found:
        new = {"state": SightingState.SEEN, "attempts": 0, "seen_at": at}
        tx.execute(insert(sighting), [_place(row) | new for row in found])


def change(tx: Transaction, rows: Sequence[Sighting], state: SightingState) -> None:
    """What has become of some that were not received."""
    for some in _chunks(rows):
        tx.execute(update(sighting).where(_these(some)).values(state=state, message=None))


def pending(tx: Transaction, mailbox: str, *, fewer_attempts_than: int | None = None) -> list[Sighting]:
    """What still has to be fetched: what never failed first, each in the order in which it was found."""
    query = select(sighting).where(sighting.c.state == SightingState.SEEN, sighting.c.mailbox == mailbox)
    if fewer_attempts_than is not None:
        query = query.where(sighting.c.attempts < fewer_attempts_than)
    rows = tx.execute(query.order_by(sighting.c.attempts, sighting.c.id))
    return [Sighting(row.mailbox, row.epoch, row.uid) for row in rows]


def attempted(tx: Transaction, rows: Sequence[Sighting], error: str) -> None:
    """These were asked for and did not come."""
    for some in _chunks(rows):
        more = sighting.c.attempts + 1
        tx.execute(update(sighting).where(_these(some)).values(attempts=more, last_error=error))


def receive(tx: Transaction, found: Mapping[Sighting, int], at: datetime) -> list[Sighting]:
    """Say which message each of these is, all of one mailbox; gives those of which that had not been said before."""
    known = states_of(tx, list(found))
    discover(tx, [each for each in found if _at(each) not in known], at)
    told = [each for each in found if known.get(_at(each)) != SightingState.RECEIVED]
    if told:
        names = [{f"at_{key}": value for key, value in _place(each).items()} for each in told]
        tx.execute(_TAKEN, [name | {"number": found[each]} for name, each in zip(names, told, strict=True)])
    return told


def messages_at(tx: Transaction, found: Sequence[Sighting]) -> dict[Sighting, int]:
    """Which message each of these was received as, all of one mailbox; those not received are left out."""
    columns = select(sighting.c.mailbox, sighting.c.epoch, sighting.c.uid, sighting.c.message)
    return {
        Sighting(row.mailbox, row.epoch, row.uid): row.message
        for some in _chunks(found)
        for row in tx.execute(columns.where(_these(some), sighting.c.state == SightingState.RECEIVED))
    }


def _place(row: Sighting) -> dict[str, str]:
    return {"mailbox": row.mailbox, "epoch": row.epoch, "uid": row.uid}


def of_message(tx: Transaction, number: int) -> list[Sighting]:
    """Everywhere the message was seen."""
    rows = tx.execute(select(sighting).where(sighting.c.message == number).order_by(sighting.c.id))
    return [Sighting(row.mailbox, row.epoch, row.uid) for row in rows]


def waiting(tx: Transaction, mailbox: str) -> Waiting:
    """What a mailbox still owes, or has lost."""

    def count(state: SightingState, *more: ColumnElement[bool]) -> int:
        query = select(func.count()).where(sighting.c.state == state, sighting.c.mailbox == mailbox, *more)
        return tx.scalar(query) or 0

    failed = (sighting.c.state == SightingState.SEEN, sighting.c.mailbox == mailbox, sighting.c.attempts > 0)
    return Waiting(
        seen=count(SightingState.SEEN),
        withheld=count(SightingState.SEEN, sighting.c.attempts > 0),
        vanished=count(SightingState.VANISHED),
        why=tx.scalar(select(sighting.c.last_error).where(*failed).order_by(sighting.c.id).limit(1)),
    )
