"""A person decides: status, event and letter in one commit, bound to the report the person saw."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain import records
from intake.domain.events import (
    ApprovalProposed,
    Approved,
    Asked,
    Decided,
    ProposalWithdrawn,
    Retried,
    Returned,
)
from intake.domain.reference import reference
from intake.domain.review import Action, Decision, DecisionRefusedError, placeholder_in, state_after
from intake.domain.submission import DECIDABLE, State
from intake.pipeline.known import known
from intake.pipeline.letters import queue_letter
from intake.pipeline.services import Services
from intake.render.templates import letter
from intake.store import events, submissions, threads
from intake.store.engine import Transaction
from intake.store.submissions import LostLeaseError, Submission
from rules.finding import Outcome

_UNDECIDED = DECIDABLE | {State.QUARANTINED}
"""Where a person may still return it or ask about it."""
_EVENTS: Mapping[State, type[Decided]] = {
    State.PROPOSED: ApprovalProposed,
    State.APPROVED: Approved,
    State.RETURNED: Returned,
    State.ASKED: Asked,
}


def decide(services: Services, number: int, decision: Decision) -> Submission:
    """Record the decision.

    Raises:
        DecisionRefusedError: it cannot be taken; the message is for the person on the page.
        NoSuchSubmissionError: there is no such submission.
        UnreachableError: an edge did not answer.
    """
    known(services, number)  # the letter answers it
    try:
        with services.store.transaction() as tx:
            return _decide(services, tx, submissions.get(tx, number, to_change=True), decision)
    except LostLeaseError as error:
        message = "The submission has just changed; look at it again before you decide."
        raise DecisionRefusedError(message) from error


def _decide(services: Services, tx: Transaction, before: Submission, decision: Decision) -> Submission:
    newest = threads.newest(tx, before.id)
    _check(before, decision, newest)
    if decision.action is Action.APPROVE and (unread := threads.unread(tx, before.id)) is not None:
        message = f"{reference(unread)} has come in on this case and is still being read; wait until it can be seen."
        raise DecisionRefusedError(message)
    to = state_after(
        decision.action,
        now=before.state,
        proposed_by=before.proposed_by,
        person=decision.person,
        four_eyes=services.config.review.four_eyes,
    )
    now = services.clock.now()
    values: dict[str, object] = {"decided_by": decision.person, "decided_at": now, "proposed_by": None}
    if to is State.PROPOSED:
        values = {"proposed_by": decision.person}
    if to is State.APPROVED:
        values |= {"publish_due": services.calendar.publish_due(now), "proposed_by": before.proposed_by}
    moved = submissions.move(tx, before, to, **values)
    decided = _EVENTS[to](
        report_sha256=decision.report_sha256,
        reason=decision.reason,
        letter=decision.letter,
        thread=reference(newest) if newest else None,
    )
    events.append(tx, decided, at=now, message=before.id, actor=decision.person)
    threads.see(tx, before.id, max(newest, before.id), decision.person, now)
    if to is not State.PROPOSED:
        queue_letter(services, tx, moved, decision.action.value, decision.letter)
    return moved


def _check(before: Submission, decision: Decision, newest: int) -> None:
    """Validate the decision."""
    if before.state not in (DECIDABLE if decision.action is Action.APPROVE else _UNDECIDED):
        message = f"{before.reference} is {before.state.replace('_', ' ')}; there is nothing to decide."
    elif decision.report_sha256 != (before.report_sha256 or ""):
        message = "The report has changed since you opened the page; look at it again before you decide."
    elif newest > decision.thread:
        message = f"A new message has come in on this case, {reference(newest)}; look at it before you decide."
    elif decision.version is not None and decision.version != before.version:
        message = changed(before)
    elif decision.action is Action.APPROVE and before.entries == 0:
        message = "There is no New Entry form in this submission, so there is nothing to approve."
    elif decision.action is Action.APPROVE and before.outcome != Outcome.READY and not decision.reason.strip():
        message = "The checks did not find this ready; say in the reason why you approve it all the same."
    elif decision.action is not Action.APPROVE and not decision.letter.strip():
        message = "The letter is empty; the submitter needs to know what to do."
    elif (placeholder := placeholder_in(decision.letter)) is not None:
        message = f"The letter still says “{placeholder}”. Put what you mean to say in its place."
    else:
        return
    raise DecisionRefusedError(message)


def changed(now: Submission) -> str:
    """Why a form filled in on an older state is not taken, as one posted twice, or after a colleague's step."""
    state = now.state.replace("_", " ")
    whose = f" and claimed by {now.claimed_by}" if now.claimed_by else ""
    return (
        f"{now.reference} has changed since you opened the page: it is {state}{whose}. Look at it again, then decide."
    )


def draft(services: Services, number: int, action: Action) -> str:
    """Draft the letter from the report alone.

    A proposed approval keeps the words of the person who proposed it.
    """
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
        history = events.of_message(tx, number)
    if action is Action.APPROVE and submission.state is State.PROPOSED:
        proposal = next(event for event in reversed(history) if event.name == ApprovalProposed.name)
        return str(proposal.detail["letter"])
    archive = services.archive
    dossier = records.dossier(archive.get(submission.dossier_sha256)) if submission.dossier_sha256 else None
    report = records.report(archive.get(submission.report_sha256)) if submission.report_sha256 else None
    return letter(f"{action.value}.txt", submission=submission, dossier=dossier, report=report)


def retry(services: Services, number: int, person: str) -> None:
    """Queue a quarantined or filed message to be read and judged again.

    Raises:
        DecisionRefusedError: it is neither.
    """
    with services.store.transaction() as tx:
        before = submissions.get(tx, number, to_change=True)
        if before.state not in {State.QUARANTINED, State.FILED}:
            message = (
                f"{before.reference} is {before.state.replace('_', ' ')}; only what failed or was filed is retried."
            )
            raise DecisionRefusedError(message)
        submissions.move(tx, before, State.RECEIVED)
        events.append(tx, Retried(), at=services.clock.now(), message=number, actor=person)


def withdraw(services: Services, number: int, person: str) -> None:
    """Take back one's own proposal of approval; the submission is in review again, and no letter was written.

    Raises:
        DecisionRefusedError: there is no such proposal, or it is another person's.
        NoSuchSubmissionError: there is no such submission.
    """
    try:
        with services.store.transaction() as tx:
            before = submissions.get(tx, number)
            if before.state is not State.PROPOSED or before.proposed_by != person:
                message = "There is no proposal of yours to withdraw."
                raise DecisionRefusedError(message)
            submissions.move(tx, before, State.IN_REVIEW, proposed_by=None)
            events.append(tx, ProposalWithdrawn(), at=services.clock.now(), message=number, actor=person)
    except LostLeaseError as error:
        message = "The submission has just changed; look at it again."
        raise DecisionRefusedError(message) from error
