"""What whoever watches over the system must know, told from the store alone, so that any replica tells the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case as when
from sqlalchemy import func, select

from intake.domain.store_events import BackedUp, EvidenceVerified
from intake.domain.submission import State
from intake.store import checkpoints, events, sightings, view_counts
from intake.store.engine import Transaction
from intake.store.mailboxes import last_polls
from intake.store.outbox import ACKNOWLEDGEMENT, LetterState
from intake.store.queue import UNSETTLED
from intake.store.schema import message, outbox
from intake.store.sightings import Waiting
from intake.store.tally import Tally
from intake.store.unsent import Unsent, unsent


@dataclass(frozen=True, slots=True)
class Vitals:
    """Counters and clocks at one moment."""

    messages: Mapping[str, int]
    """By state, each of them named."""
    letters: Mapping[str, int]
    """Likewise."""
    unsent: Unsent
    """Those that the outgoing server has not taken."""
    waiting: int
    """Submissions that a person must look at."""
    waiting_since: datetime | None
    """When the oldest of them was received."""
    unacknowledged: int
    overdue: int
    """Those of them whose deadline has passed."""
    oldest_unacknowledged: datetime | None
    next_due: tuple[datetime, datetime] | None
    """Of the unacknowledged message with the earliest deadline: when it was received, and the deadline."""
    polls: Mapping[str, tuple[datetime | None, str | None]]
    """By mailbox: when it was last read to its end, and what went wrong since."""
    owed: Mapping[str, Waiting]
    """By mailbox: what was found there and has not been taken in."""
    events: Mapping[str, int]
    """How often each has happened."""
    verified: tuple[datetime, int] | None
    """When evidence was last verified, and how many faults that found."""
    backed_up_at: datetime | None
    checkpoint: tuple[datetime, int] | None
    """When the newest checkpoint was made, and how many events it covers."""


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """Messages whose acknowledgement has neither reached its sender nor been dropped."""

    count: int
    overdue: int
    oldest: datetime | None
    next_due: tuple[datetime, datetime] | None
    """Of the one with the earliest deadline: when it was received, and the deadline."""


def unacknowledged(tx: Transaction, now: datetime) -> Unacknowledged:
    """Count them; from the letters, which are few while they are unsettled."""
    owed = message.join(outbox, outbox.c.message == message.c.id)
    unsettled = (outbox.c.kind == ACKNOWLEDGEMENT) & outbox.c.state.in_(UNSETTLED)
    late = func.sum(when((message.c.acknowledge_due < now, 1), else_=0))
    counted = select(func.count(), func.min(message.c.received_at), late).select_from(owed).where(unsettled)
    number, oldest, overdue = tx.execute(counted).one()
    due = select(message.c.received_at, message.c.acknowledge_due).select_from(owed).where(unsettled)
    first = tx.execute(due.order_by(message.c.acknowledge_due, message.c.received_at).limit(1)).one_or_none()
    return Unacknowledged(number, overdue or 0, oldest, None if first is None else (first[0], first[1]))


def vitals(tx: Transaction, tally: Tally, now: datetime) -> Vitals:
    """Read all counters and clocks."""
    counts, newest = tally.read(tx)
    messages, letters = tally.standing(tx)
    owed = unacknowledged(tx, now)
    polls = last_polls(tx)
    waiting, waiting_since = view_counts.waiting(tx)
    verified = events.at(tx, newest.get(EvidenceVerified.name))
    signed = checkpoints.newest(tx)
    backed_up = events.at(tx, newest.get(BackedUp.name))
    return Vitals(
        messages={**dict.fromkeys(State, 0), **messages},
        letters={**dict.fromkeys(LetterState, 0), **letters},
        unsent=unsent(tx),
        waiting=waiting,
        waiting_since=waiting_since,
        unacknowledged=owed.count,
        overdue=owed.overdue,
        oldest_unacknowledged=owed.oldest,
        next_due=owed.next_due,
        polls=polls,
        owed={name: sightings.waiting(tx, name) for name in polls},
        events=counts,
        verified=None if verified is None else (verified.at, int(str(verified.detail["faults"]))),
        backed_up_at=None if backed_up is None else backed_up.at,
        checkpoint=None if signed is None else (signed.made_at, signed.size),
    )
