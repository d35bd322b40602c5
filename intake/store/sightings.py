"""Where messages were seen: a row from the moment one is found, so that none that is known of is ever forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, insert, select, update

from intake.domain.message import Sighting
from intake.store import many
from intake.store.among import only
from intake.store.engine import Transaction
from intake.store.schema import sighting

_AT_A_TIME = 400
"""Rows named in one statement; SQLite once bore no more than 999 values in one."""


class SightingState(StrEnum):
    """The state of a sighting."""

    SEEN = "seen"
    """It is there, and still has to be fetched."""
    RECEIVED = "received"
    VANISHED = "vanished"
    """It was seen and was gone before it could be fetched: somebody moved or deleted it."""
    SUPERSEDED = "superseded"
    """The mailbox has numbered its messages anew, or the file was written anew: it is looked for under its new name."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of a mailbox's pending and vanished messages."""

    seen: int
    """Found and not yet received."""
    withheld: int
    """Of these, how many did not come when they were asked for."""
    vanished: int
    why: str | None
    """Why one of them did not come."""


NOTHING = Waiting(0, 0, 0, None)

_DISCOVER = insert(sighting)
_HERE = and_(*(sighting.c[key] == bindparam(f"at_{key}") for key in ("mailbox", "epoch", "uid")))
_TAKEN = (
    update(sighting).where(_HERE).values(message=bindparam("number"), state=SightingState.RECEIVED, last_error=None)
)
_CHANGED = update(sighting).where(_HERE).values(message=None, state=bindparam("to"))
_ATTEMPTED = update(sighting).where(_HERE).values(attempts=sighting.c.attempts + 1, last_error=bindparam("error"))
_OF_UIDS = select(sighting.c.epoch, sighting.c.uid, sighting.c.state, sighting.c.message).where(
    sighting.c.mailbox == bindparam("mailbox"), sighting.c.uid.in_(bindparam("uids", expanding=True))
)  # by index; a row value among row values would not be


def _at(row: Sighting) -> tuple[str, str]:
    return row.epoch, row.uid


def _here(row: Sighting) -> dict[str, object]:
    return {"at_mailbox": row.mailbox, "at_epoch": row.epoch, "at_uid": row.uid}


def _rows(tx: Transaction, sightings: Sequence[Sighting]) -> Iterator[tuple[str, str, str, int | None]]:
    """Read epoch, uid, state and message of these sightings of one mailbox, as far as they are recorded."""
    wanted = {(row.epoch, row.uid) for row in sightings}
    for start in range(0, len(sightings), _AT_A_TIME):
        some = sightings[start : start + _AT_A_TIME]
        rows = tx.execute(_OF_UIDS, {"mailbox": some[0].mailbox, "uids": [row.uid for row in some]}).all()
        yield from (row for row in rows if row[:2] in wanted)


_RECEIVED_AMONG = (
    select((sighting.c.uid + "/" + sighting.c.epoch).label("key"))
    .where(
        sighting.c.mailbox == bindparam("mailbox"),
        sighting.c.uid.between(bindparam("least"), bindparam("greatest")),
        only(sighting.c.state, SightingState.RECEIVED),
    )
    .limit(bindparam("most", type_=Integer()))
)
"""By index, neighbours by neighbours: a look-up for each costs three times as much."""


def not_received(tx: Transaction, mailbox: str, keys: Sequence[str]) -> dict[Sighting, SightingState | None]:
    """Tell which sightings of one mailbox were not received, with their state; None where one is not recorded.

    Whether one is recorded is told by a look for itself alone; that only spares those that were surely received.
    """
    remaining = set(keys)
    if len(keys) > _AT_A_TIME:  # of fewer, between which many others may lie, a look for each costs less
        uids = [key.rpartition("/")[0] for key in keys]
        between = {"mailbox": mailbox, "least": min(uids), "greatest": max(uids), "most": 2 * len(keys)}
        remaining.difference_update(tx.scalars(_RECEIVED_AMONG, between))
    doubtful = [Sighting.of_key(mailbox, key) for key in keys if key in remaining] if remaining else []
    states = states_of(tx, doubtful)
    told = {row: states.get(_at(row)) for row in doubtful}
    return {row: state for row, state in told.items() if state is not SightingState.RECEIVED}


_STATES = {state.value: state for state in SightingState}
"""By its value: a mailbox of a hundred thousand messages asks for as many at each look."""


def states_of(tx: Transaction, sightings: Sequence[Sighting]) -> dict[tuple[str, str], SightingState]:
    """Read the states of these sightings of one mailbox, by epoch and uid."""
    return {(epoch, uid): _STATES[state] for epoch, uid, state, _ in _rows(tx, sightings)}


def any_of(tx: Transaction, mailbox: str) -> bool:
    """Tell whether anything was ever seen in a mailbox."""
    return tx.scalar(select(sighting.c.id).where(sighting.c.mailbox == mailbox).limit(1)) is not None


def discover(tx: Transaction, sightings: Sequence[Sighting], at: datetime) -> None:
    """Record new sightings."""
    new = {"state": SightingState.SEEN, "attempts": 0, "seen_at": at}
    rows = [(row.mailbox, row.epoch, row.uid, *new.values()) for row in sightings]
    many.execute(tx, _DISCOVER, ("mailbox", "epoch", "uid", *new), rows)


def change(tx: Transaction, rows: Sequence[Sighting], state: SightingState) -> None:
    """Change the state of sightings that were not received."""
    if rows:
        tx.execute(_CHANGED, [_here(row) | {"to": state} for row in rows])


def pending(tx: Transaction, mailbox: str, *, fewer_attempts_than: int | None = None) -> list[Sighting]:
    """List sightings still to be fetched: those that never failed first, each group in the order of discovery."""
    query = select(sighting).where(sighting.c.state == SightingState.SEEN, sighting.c.mailbox == mailbox)
    if fewer_attempts_than is not None:
        query = query.where(sighting.c.attempts < fewer_attempts_than)
    rows = tx.execute(query.order_by(sighting.c.attempts, sighting.c.id))
    return [Sighting(row.mailbox, row.epoch, row.uid) for row in rows]


def attempted(tx: Transaction, rows: Sequence[Sighting], error: str) -> None:
    """Record a failed fetch of these sightings."""
    if rows:
        tx.execute(_ATTEMPTED, [_here(row) | {"error": error} for row in rows])


def looked_up(tx: Transaction, sightings: Sequence[Sighting]) -> dict[Sighting, int | None]:
    """Map those of these sightings of one mailbox that are recorded to their messages; None where none was received."""
    return {
        Sighting(sightings[0].mailbox, epoch, uid): message if state == SightingState.RECEIVED else None
        for epoch, uid, state, message in _rows(tx, sightings)
    }


def receive(
    tx: Transaction, message_numbers: Mapping[Sighting, int], before: Mapping[Sighting, int | None], at: datetime
) -> list[Sighting]:
    """Record which message each sighting of one mailbox is; give those recorded for the first time.

    Args:
        tx: the caller's transaction.
        message_numbers: by sighting.
        before: what `looked_up` told of these sightings, in this transaction.
        at: when they are seen, where they had not been.
    """
    discover(tx, [place for place in message_numbers if place not in before], at)
    told = [place for place in message_numbers if before.get(place) is None]
    rows = [(message_numbers[place], place.mailbox, place.epoch, place.uid) for place in told]
    many.execute(tx, _TAKEN, ("number", "at_mailbox", "at_epoch", "at_uid"), rows)
    return told


def of_message(tx: Transaction, number: int) -> list[Sighting]:
    """List the message's sightings."""
    rows = tx.execute(select(sighting).where(sighting.c.message == number).order_by(sighting.c.id))
    return [Sighting(row.mailbox, row.epoch, row.uid) for row in rows]


def waiting(tx: Transaction, mailbox: str) -> Waiting:
    """Count a mailbox's pending and vanished messages."""

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
