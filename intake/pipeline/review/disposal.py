"""What every disposal of a message has in common: who, why, and what was on the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import WORKABLE, State
from intake.pipeline.case.claims import refuse_if_held
from intake.pipeline.review.decide import changed
from intake.pipeline.services import Services
from intake.store import submissions, threads
from intake.store.engine import Transaction
from intake.store.submissions import LostLeaseError, Submission


@dataclass(frozen=True, slots=True)
class Disposal:
    """What a person does with a message besides deciding on it, bound to what that person had before them."""

    person: str
    reason: str
    version: int
    """Of the message on the page, so that a form cannot be posted twice."""
    thread: int = 0
    """The number of the newest message of the case that was on the page; 0 where none had joined."""


@contextmanager
def changing(services: Services) -> Iterator[Transaction]:
    """Open a transaction in which what has just been changed by somebody else is refused in a sentence.

    Raises:
        DecisionRefusedError: somebody else, or the program, was quicker.
        UnreachableError: the store did not answer.
    """
    try:
        with services.store.transaction() as tx:
            yield tx
    except LostLeaseError as error:
        message = "This has just been changed by somebody else, or by the program; look at it again."
        raise DecisionRefusedError(message) from error


def locked(tx: Transaction, *numbers: int) -> dict[int, Submission]:
    """Lock messages until commit, the latest first as every other step does, so that no two wait for each other.

    Raises:
        NoSuchSubmissionError: there is none of one of the numbers.
    """
    return {number: submissions.get(tx, number, to_change=True) for number in sorted(set(numbers), reverse=True)}


def check(services: Services, before: Submission, disposal: Disposal, refusal: str | None, *, reason_due: bool) -> None:
    """Refuse what was filled in on an older state, what makes no sense, and what gives no reason where one is due.

    What a colleague has claimed is disposed of by that colleague, or by whoever has taken it over first.

    Raises:
        DecisionRefusedError: the message is for the person on the page.
    """
    if disposal.version != before.version:
        message = changed(before)
    elif refusal is not None:
        message = refusal
    elif reason_due and not disposal.reason.strip():
        message = "Give a reason; it is kept with the record, and the submitter does not see it."
    else:
        refuse_if_held(before, disposal.person, services.clock.now())
        return
    raise DecisionRefusedError(message)


def check_seen(tx: Transaction, before: Submission, disposal: Disposal) -> int:
    """Refuse to settle a case over a message that was not on the page; gives the number of its newest.

    Raises:
        DecisionRefusedError: there is one.
    """
    newest = threads.newest(tx, before.id)
    if newest > disposal.thread:
        message = f"A new message has come in on this case, {reference(newest)}; look at it first."
        raise DecisionRefusedError(message)
    return newest


def in_work(submission: Submission) -> str | None:
    """Say that the program has the message in hand; None where it has not."""
    if submission.state not in WORKABLE:
        return None
    return f"{submission.reference} is just being read and checked; wait a moment, and load the page again."


def where_it_stands(submission: Submission) -> str:
    """Say where a message stands, as the middle of a sentence."""
    if submission.state is State.PROPOSED:
        return f"{submission.reference} is proposed for approval by {submission.proposed_by}"
    if submission.state is State.FILED and submission.thread is not None:
        return f"{submission.reference} is looked at on {reference(submission.thread)}"
    return f"{submission.reference} is {submission.state.replace('_', ' ')}"
