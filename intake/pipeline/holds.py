"""Holds: a person says that something is not to be disposed of, and a person says that it may be again."""

from __future__ import annotations

from intake.domain.reference import number_of, reference
from intake.domain.retention_events import HoldLifted, HoldPlaced
from intake.domain.review import DecisionRefusedError
from intake.domain.search_facts import code
from intake.pipeline.services import Services
from intake.store import events, holds, submissions
from intake.store.holds import Scope
from intake.store.submissions import GREATEST

LONGEST = 1_000
"""Characters of a reason."""


def place(services: Services, scope: Scope, value: str, reason: str, person: str) -> int:
    """Place a hold; gives its number.

    Args:
        services: the edges.
        scope: what it is on.
        value: a reference, a Model Identifier, or a manufacturer's identifier or name.
        reason: for colleagues and auditors.
        person: who places it.

    Raises:
        DecisionRefusedError: nothing is named, or no reason given.
        NoSuchSubmissionError: there is no submission of this reference.
        UnreachableError: the store did not answer.
    """
    named = value.strip()
    number = number_of(named)
    if scope is Scope.SUBMISSION and (number is None or number > GREATEST):
        message = "Name a submission by its reference, such as CPL-000042."
        raise DecisionRefusedError(message)
    if not code(named):
        message = "Name what is to be held."
        raise DecisionRefusedError(message)
    why = reason_given(reason)
    now = services.clock.now()
    with services.store.transaction() as tx:
        if scope is Scope.SUBMISSION and number is not None:
            named = reference(submissions.get(tx, number).id)
        placed = holds.place(tx, scope, named, why, person, now)
        happened = HoldPlaced(hold=placed, reason=why, scope=scope.value, value=named)
        events.append(tx, happened, at=now, actor=person)
    return placed


def lift(services: Services, number: int, reason: str, person: str) -> None:
    """Lift a hold.

    Raises:
        DecisionRefusedError: there is none of this number that stands, or no reason is given.
        UnreachableError: the store did not answer.
    """
    why, now = reason_given(reason), services.clock.now()
    with services.store.transaction() as tx:
        if not holds.lift(tx, number, why, person, now):
            message = "This hold has been lifted already."
            raise DecisionRefusedError(message)
        events.append(tx, HoldLifted(hold=number, reason=why), at=now, actor=person)


def reason_given(reason: str) -> str:
    """Give a reason without the blanks around it.

    Raises:
        DecisionRefusedError: there is none.
    """
    if not reason.strip():
        message = "Give a reason; it is kept with the record."
        raise DecisionRefusedError(message)
    return reason.strip()[:LONGEST]
