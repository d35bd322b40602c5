"""Who works on a submission: a claim is a lease of some hours, taken, renewed, handed on, given up and noted.

It ends by itself where its holder does nothing with the case for so long. Until then nobody else decides the case
without having taken it over first, which the ledger says.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from intake.domain.desk_events import Assigned
from intake.domain.event import DomainEvent
from intake.domain.events import Claimed, Unclaimed
from intake.domain.review import DECIDERS, DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.render.moments import london_short
from intake.store import claims, events, people, submissions
from intake.store.claims import NO_CLAIM
from intake.store.engine import Transaction
from intake.store.submissions import Submission

CLOSED = frozenset({State.APPROVED, State.RETURNED, State.FILED, State.CLOSED})
"""Where there is nothing to work on."""


def claim(services: Services, number: int, person: str) -> None:
    """Record that this person is working on the submission; taking over from somebody else is recorded, too.

    Whoever holds the claim already has it renewed, and nothing is noted.

    Raises:
        DecisionRefusedError: there is nothing left to decide about it.
        LostLeaseError: somebody else has just changed it.
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        before = _open(tx, number)
        _give(services, tx, before, person, by=person, event=Claimed(before=before.holder(services.clock.now())))


def assign(services: Services, number: int, to: str, person: str, *, version: int) -> None:
    """Record that another person shall work on the submission; it is claimed for them.

    Whom it is assigned to already has the claim renewed, so that a form sent twice assigns once.

    Raises:
        DecisionRefusedError: there is nothing left to do, nobody of this name decides, or the submission has changed
            since the form was opened (`version`).
        LostLeaseError: somebody else has just changed it.
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        before = _open(tx, number)
        holder = before.holder(services.clock.now())
        if to not in people.names(tx, *DECIDERS):
            message = f"Nobody who decides is called “{to}”, so it is not assigned."
            raise DecisionRefusedError(message)
        if before.version != version and holder != to:
            message = f"{before.reference} has changed since you opened the page; look at it again, then assign it."
            raise DecisionRefusedError(message)
        event = Claimed(before=holder) if to == person else Assigned(to=to, before=holder)
        _give(services, tx, before, to, by=person, event=event)


def unclaim(services: Services, number: int, person: str) -> None:
    """Give one's own claim on the submission back.

    Raises:
        DecisionRefusedError: it is not this person's claim; another's may only be taken over, which names both.
        LostLeaseError: somebody else has just changed it.
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        before = submissions.get(tx, number, to_change=True)
        holder = before.holder(services.clock.now())
        if holder != person:
            whose = f"It is claimed by {holder}" if holder else "Nobody has claimed it"
            message = f"{whose}, so there is no claim of yours to release."
            raise DecisionRefusedError(message)
        submissions.note(tx, before, **NO_CLAIM)
        _append(services, tx, before, Unclaimed(before=holder), person)


def renew(services: Services, number: int, person: str) -> None:
    """Let this person's claim last from now on anew; nothing where they hold none."""
    now = services.clock.now()
    with services.store.reading() as tx:
        if not claims.holds(tx, number, person, now):
            return  # whoever holds nothing waits for no writer
    with services.store.transaction() as tx:
        claims.renew(tx, number, person, now=now, until=until(services, now))


def refuse_if_held(submission: Submission, person: str, now: datetime) -> None:
    """Raise where another person's claim on what is still open has not run out.

    Raises:
        DecisionRefusedError: who holds it, and until when.
    """
    holder = submission.holder(now)
    if holder in {None, person} or submission.state in CLOSED:
        return
    ends = f" until {london_short(submission.claimed_until)}" if submission.claimed_until else ""
    message = f"{holder} has claimed {submission.reference}{ends}; take it over first if it is yours to decide."
    raise DecisionRefusedError(message)


def until(services: Services, now: datetime) -> datetime:
    """Give the end of a claim that is made or renewed now."""
    return now + timedelta(hours=services.config.review.claim_hours)


def _open(tx: Transaction, number: int) -> Submission:
    before = submissions.get(tx, number, to_change=True)
    if before.state in CLOSED:
        message = f"{before.reference} is {before.state.replace('_', ' ')}; there is nothing to work on."
        raise DecisionRefusedError(message)
    return before


def _give(services: Services, tx: Transaction, before: Submission, to: str, *, by: str, event: DomainEvent) -> None:
    now = services.clock.now()
    if before.holder(now) == to:
        claims.renew(tx, before.id, to, now=now, until=until(services, now))
        return
    submissions.note(tx, before, claimed_by=to, claimed_until=until(services, now))
    _append(services, tx, before, event, by)


def _append(services: Services, tx: Transaction, before: Submission, event: DomainEvent, person: str) -> None:
    events.append(tx, event, at=services.clock.now(), message=before.id, actor=person)
