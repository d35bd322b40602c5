"""Who works on a submission: a claim is taken, given up, and noted as an event."""

from __future__ import annotations

from intake.domain.events import Claimed, Unclaimed
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import events, submissions
from intake.store.engine import Transaction
from intake.store.submissions import Submission

_CLOSED = frozenset({State.APPROVED, State.RETURNED, State.FILED, State.CLOSED})
_Noted = type[Claimed] | type[Unclaimed]


def claim(services: Services, number: int, person: str) -> None:
    """Record that this person is working on the submission; taking over from somebody else is recorded, too.

    Raises:
        DecisionRefusedError: there is nothing left to decide about it.
        LostLeaseError: somebody else has just changed it.
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        before = submissions.get(tx, number, to_change=True)
        if before.state in _CLOSED:
            message = f"{before.reference} is {before.state.replace('_', ' ')}; there is nothing to work on."
            raise DecisionRefusedError(message)
        _note(services, tx, before, person, Claimed, claimed_by=person)


def unclaim(services: Services, number: int, person: str) -> None:
    """Give one's own claim on the submission back.

    Raises:
        DecisionRefusedError: it is not this person's claim; another's may only be taken over, which names both.
        LostLeaseError: somebody else has just changed it.
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        before = submissions.get(tx, number, to_change=True)
        if before.claimed_by != person:
            whose = f"It is claimed by {before.claimed_by}" if before.claimed_by else "Nobody has claimed it"
            message = f"{whose}, so there is no claim of yours to release."
            raise DecisionRefusedError(message)
        _note(services, tx, before, person, Unclaimed, claimed_by=None)


def _note(
    services: Services, tx: Transaction, before: Submission, person: str, noted: _Noted, *, claimed_by: str | None
) -> None:
    submissions.note(tx, before, claimed_by=claimed_by)
    happened = noted(before=before.claimed_by)
    events.append(tx, happened, at=services.clock.now(), message=before.id, actor=person)
