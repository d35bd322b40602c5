"""Two people dispose of closed cases: one proposes it, another agrees, and both are on record."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.reference import reference
from intake.domain.retention_events import DisposalAgreed, DisposalProposed, DisposalRefused
from intake.domain.review import DecisionRefusedError
from intake.pipeline.retention.holds import reason_given
from intake.pipeline.retention.retention import MOST, Kept, judge
from intake.pipeline.services import Services
from intake.store import disposals, events
from intake.store.disposals import DisposalState, StoredDisposal
from intake.store.engine import Transaction


class NoSuchDisposalError(LookupError):
    """There is no disposal of this number."""


def propose(services: Services, cases: Sequence[int], reason: str, person: str) -> int:
    """Propose to dispose of cases; gives the disposal's number.

    Raises:
        DecisionRefusedError: one of them may not go, there is none or too many, or no reason is given.
        NoSuchSubmissionError: there is no such case.
        UnreachableError: the store did not answer.
    """
    why, now, wanted = reason_given(reason), services.clock.now(), sorted(set(cases))
    if not wanted or len(wanted) > MOST:
        message = f"Choose the cases that are to go, {MOST:,} at most."
        raise DecisionRefusedError(message)
    with services.store.transaction() as tx:
        refuse_kept(services, tx, wanted)
        number = disposals.propose(tx, wanted, why, person, now)
        proposed = DisposalProposed(disposal=number, cases=tuple(map(reference, wanted)), reason=why)
        events.append(tx, proposed, at=now, actor=person)
    return number


def agree(services: Services, number: int, person: str) -> None:
    """Agree to a disposal that another person proposed; the program then carries it out.

    Raises:
        DecisionRefusedError: it is not this person's to agree to, it is settled, or one of its cases may not go.
        NoSuchDisposalError: there is none of this number.
        UnreachableError: the store did not answer.
    """
    now = services.clock.now()
    with services.store.transaction() as tx:
        stored = _proposed(tx, number)
        if stored.proposed_by == person:
            message = "You proposed this, so another person must agree to it."
            raise DecisionRefusedError(message)
        refuse_kept(services, tx, stored.cases)
        disposals.move(tx, stored, DisposalState.AGREED, person, now)
        events.append(tx, DisposalAgreed(disposal=number), at=now, actor=person)


def refuse(services: Services, number: int, reason: str, person: str) -> None:
    """Refuse a disposal, or take back one's own.

    Raises:
        DecisionRefusedError: it is settled, or no reason is given.
        NoSuchDisposalError: there is none of this number.
        UnreachableError: the store did not answer.
    """
    why, now = reason_given(reason), services.clock.now()
    with services.store.transaction() as tx:
        disposals.move(tx, _proposed(tx, number), DisposalState.REFUSED, person, now)
        events.append(tx, DisposalRefused(disposal=number, reason=why), at=now, actor=person)


def refuse_kept(services: Services, tx: Transaction, cases: Sequence[int]) -> None:
    """Refuse cases of which one may not go.

    Raises:
        DecisionRefusedError: one may not; the message says which and why.
    """
    for verdict in judge(services, tx, cases):
        if isinstance(verdict, Kept):
            message = f"{reference(verdict.number)} cannot go: {verdict.why}."
            raise DecisionRefusedError(message)


def _proposed(tx: Transaction, number: int) -> StoredDisposal:
    stored = disposals.get(tx, number, to_change=True)
    if stored is None:
        raise NoSuchDisposalError(number)
    if stored.state is not DisposalState.PROPOSED:
        message = f"This disposal is {stored.state.value} already."
        raise DecisionRefusedError(message)
    return stored
