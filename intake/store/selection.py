"""What a view of the desk shows: which submissions, for whom, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Text, and_, bindparam, func, or_, select, union

from intake.domain.submission import WAITING_FOR_A_PERSON, State
from intake.store.among import among
from intake.store.narrowing import CLAIMED, FREE, PERSON
from intake.store.outbox import WAITING_FOR_A_PERSON as LETTER_WAITS
from intake.store.schema import NEWS, Instant, message, outbox, thread

WORK = tuple(state for state in State if state in WAITING_FOR_A_PERSON)
"""States in which a person has something to do."""

Condition = ColumnElement[bool]

_PROPOSER = bindparam("proposer", type_=Text())
_DUE_BEFORE = bindparam("due_before", type_=Instant())

MINE: Condition = CLAIMED & (message.c.claimed_by == PERSON)
UNCLAIMED: Condition = FREE
DUE: Condition = message.c.received_at < _DUE_BEFORE
"""Its decision is due today, or was before."""
NOT_ONES_OWN: Condition = func.coalesce(message.c.proposed_by, "") != _PROPOSER
HANDED_OVER: Condition = message.c.handed_over_at.is_not(None)
"""Of what could not be processed; elsewhere it tells of what is over."""
PUBLISHED: Condition = message.c.publish_due.is_(None)
"""Of what is approved: nothing of it is still to be published."""
UNCLEAR: Condition = message.c.kind == "unclear"
CALLS: Condition = among(
    message.c.id,
    union(select(outbox.c.message).where(outbox.c.state.in_(LETTER_WAITS)), select(thread.c.id).where(NEWS)),
)
"""A letter about it could not go out by itself, or new mail has joined its case."""
MOVABLE: Condition = and_(
    or_(FREE, message.c.claimed_by == PERSON),
    or_(message.c.state != State.PROPOSED, NOT_ONES_OWN),
    or_(message.c.state != State.QUARANTINED, message.c.handed_over_at.is_(None)),
)
"""The person who looks may take it a step further: nobody else works on it, and it is not their own proposal."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks at a list, and when."""

    person: str
    now: datetime
    due_before: datetime
    """What arrived before is to be decided by the end of today."""
    four_eyes: bool = True

    @property
    def parameters(self) -> dict[str, object]:
        """The values of the conditions' parameters."""
        return {
            "person": self.person,
            "proposer": self.person if self.four_eyes else " ",
            "now": self.now,
            "due_before": self.due_before,
        }


class Order(StrEnum):
    """How a list is sorted; a tie is broken by number."""

    OLDEST = "oldest"
    NEWEST = "newest"
    DEADLINE = "deadline"
    """What is open by when its decision is due, then what is to be published; what has no deadline comes last."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Which submissions a view shows."""

    states: tuple[State, ...] = tuple(State)
    where: Condition | None = None
    """Holds for each of them."""
    beside: Condition | None = None
    """Shown likewise in any other state; few at any time, found by an index of their own."""
    movable_first: bool = False
    """What the person who looks cannot move comes behind all else."""
    few: bool = False
    """`where` leads to few submissions by an index of its own, whatever their state."""

    @property
    def everything(self) -> bool:
        """Whether no message is left out."""
        return self.where is None and self.states == tuple(State)

    @property
    def condition(self) -> Condition:
        """The whole of it."""
        shown: Condition = message.c.state.in_(self.states)
        if self.where is not None:
            shown &= self.where
        return shown if self.beside is None else or_(shown, self.beside)


WAITING = Selection(WORK, beside=CALLS, movable_first=True)
"""What waits for a person: on the page, in the commands and in the metrics."""
