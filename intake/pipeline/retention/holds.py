"""Holds: one person says that something is not to be disposed of; that it may be again, two people say.

So nobody alone, with a second signature on the disposal, brings something to an end that somebody wanted kept.
"""

from __future__ import annotations

from intake.domain.reference import number_of, reference
from intake.domain.retention_events import HoldLifted, HoldLiftProposed, HoldLiftRefused, HoldPlaced
from intake.domain.review import DecisionRefusedError
from intake.domain.search_facts import code
from intake.pipeline.services import Services
from intake.store import events, holds, submissions
from intake.store.engine import Transaction
from intake.store.holds import Hold, Scope
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


def propose_lift(services: Services, number: int, reason: str, person: str) -> None:
    """Propose to lift a hold; until another person agrees, it holds.

    Raises:
        DecisionRefusedError: there is none of this number that stands, its lifting is proposed, or no reason is given.
        UnreachableError: the store did not answer.
    """
    why, now = reason_given(reason), services.clock.now()
    with services.store.transaction() as tx:
        if _standing(tx, number).lift_proposed_by is not None:
            message = "It has been proposed already to lift this hold."
            raise DecisionRefusedError(message)
        holds.change(tx, number, lift_proposed_by=person, lift_proposed_at=now, lift_reason=why)
        events.append(tx, HoldLiftProposed(hold=number, reason=why), at=now, actor=person)


def agree_lift(services: Services, number: int, person: str) -> None:
    """Lift a hold that another person proposed to lift.

    Raises:
        DecisionRefusedError: nobody did, or this very person.
        UnreachableError: the store did not answer.
    """
    now = services.clock.now()
    with services.store.transaction() as tx:
        before = _proposed(tx, number)
        if before.lift_proposed_by == person:
            message = "You proposed this, so another person must agree to it."
            raise DecisionRefusedError(message)
        holds.change(tx, number, lifted_by=person, lifted_at=now)
        events.append(tx, HoldLifted(hold=number, reason=before.lift_reason or ""), at=now, actor=person)


def refuse_lift(services: Services, number: int, reason: str, person: str) -> None:
    """Keep a hold that somebody proposed to lift, or take back one's own proposal.

    Raises:
        DecisionRefusedError: nobody did, or no reason is given.
        UnreachableError: the store did not answer.
    """
    why, now = reason_given(reason), services.clock.now()
    with services.store.transaction() as tx:
        _proposed(tx, number)
        holds.change(tx, number, lift_proposed_by=None, lift_proposed_at=None, lift_reason=None)
        events.append(tx, HoldLiftRefused(hold=number, reason=why), at=now, actor=person)


def _standing(tx: Transaction, number: int) -> Hold:
    hold = holds.get(tx, number)
    if hold is None or hold.lifted_at is not None:
        message = "This hold has been lifted already."
        raise DecisionRefusedError(message)
    return hold


def _proposed(tx: Transaction, number: int) -> Hold:
    hold = _standing(tx, number)
    if hold.lift_proposed_by is None:
        message = "Nobody proposes to lift this hold any more; look at what stands."
        raise DecisionRefusedError(message)
    return hold


def reason_given(reason: str) -> str:
    """Give a reason without the blanks around it.

    Raises:
        DecisionRefusedError: there is none.
    """
    if not reason.strip():
        message = "Give a reason; it is kept with the record."
        raise DecisionRefusedError(message)
    return reason.strip()[:LONGEST]
