"""Does what there is to do, step by step; a step that fails three times goes before a person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from threading import Event

import structlog

from intake.domain.events import Quarantined, StepFailed, StepPostponed
from intake.domain.submission import MAX_ATTEMPTS, State
from intake.errors import IntakeError, UnreachableError, safe_message, source_location
from intake.mailbox.retry import patiently
from intake.pipeline.case.thread import back_to_review, tell_back
from intake.pipeline.reading.examine import Then, examine, no_more
from intake.pipeline.reading.extract import extract_and_examine
from intake.pipeline.services import Services
from intake.store import events, leases, outbox, submissions
from intake.store.engine import Transaction
from intake.store.submissions import LostLeaseError, Submission

Step = Callable[[Services, Submission, Then], Submission]

STEPS: dict[State, Step] = {State.RECEIVED: extract_and_examine, State.EXTRACTED: examine}

RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5))
"""How long the second and the third attempt wait."""

RETRY_DELAY = timedelta(seconds=30)
"""How long work waits for an edge that did not answer."""

log = structlog.get_logger()


def claim_one(services: Services) -> Submission | None:
    """Take the next submission that has work to do."""
    with services.store.transaction() as tx:
        return _claim(services, tx)


def _claim(services: Services, tx: Transaction) -> Submission | None:
    claimed = submissions.claim(tx, services.owner, now=services.clock.now(), lease=services.lease, limit=1)
    return claimed[0] if claimed else None


@dataclass(slots=True)
class _Next:
    """The submission that is taken in the commit that lets go of the one before; a claim of its own costs a sync."""

    services: Services
    claimed: Submission | None = None

    def __call__(self, tx: Transaction) -> None:
        self.claimed = _claim(self.services, tx)


def work_on(services: Services, submission: Submission, stopping: Event) -> None:
    """Process the submission as far as possible; stop between steps where asked to.

    Raises:
        UnreachableError: an edge did not answer; the work waits, and the submission is not to blame.
    """
    _work_on(services, submission, stopping, no_more)


def work_through(services: Services, submission: Submission, stopping: Event) -> None:
    """Process the submission, and whatever else can be claimed as soon as one is done.

    Raises:
        UnreachableError: an edge did not answer; the work waits, and the submission is not to blame.
    """
    waiting: Submission | None = submission
    while waiting is not None:
        following = _Next(services)
        _work_on(services, waiting, stopping, following)
        waiting = following.claimed


def _work_on(services: Services, submission: Submission, stopping: Event, then: Then) -> None:
    try:
        with services.in_hand.working_on(leases.SUBMISSIONS, [submission.id]):
            _step_by_step(services, submission, stopping, then)
    except LostLeaseError:
        log.warning("work_taken_over", reference=submission.reference)


def _step_by_step(services: Services, submission: Submission, stopping: Event, then: Then) -> None:
    try:
        while submission.state in STEPS and not stopping.is_set():
            before, step = submission, STEPS[submission.state]
            started = time.perf_counter()
            submission = patiently(partial(step, services, submission, then), stopping)
            services.pulse.beat()
            _tell(before, submission, round(time.perf_counter() - started, 3))
        if submission.state in STEPS:  # told to stop; else the last step has let go
            with services.store.transaction() as tx:
                submissions.release(tx, [submission.id], services.owner)
    except LostLeaseError:
        raise
    except UnreachableError as error:
        _postpone(services, submission, error)
        raise
    except Exception as error:  # noqa: BLE001  # our bug stops this step of this submission and nothing else
        _fail(services, submission, error)


_NAMES = {State.RECEIVED: "extract", State.EXTRACTED: "examine"}
"""Of the step that begins there."""


def _tell(before: Submission, after: Submission, seconds: float) -> None:
    """Log each step in a line of its own, where one commit made two of them, too; the seconds are the commit's."""
    if (before.state, after.state) == (State.RECEIVED, State.IN_REVIEW):
        between = replace(after, state=State.EXTRACTED, outcome=None)
        log.info(_NAMES[before.state], **_log_fields(before, between), seconds=seconds)
        before = between
    log.info(_NAMES[before.state], **_log_fields(before, after), seconds=seconds)


def _log_fields(before: Submission, after: Submission) -> dict[str, object]:
    """Give the log fields of a step; never a message's subject, addresses or text."""
    moved = {"before": before.state.value, "after": after.state.value, "attempt": before.attempts + 1}
    return {"reference": before.reference, **moved, "outcome": after.outcome}


def _postpone(services: Services, submission: Submission, error: UnreachableError) -> None:
    now = services.clock.now()
    with services.store.transaction() as tx:
        submissions.note(tx, submission, next_attempt_at=now + RETRY_DELAY, last_error=str(error), **leases.RELEASED)
        events.append(tx, StepPostponed(error=str(error)), at=now, message=submission.id)
    log.warning(StepPostponed.name, **_log_fields(submission, submission), error=str(error), hint=error.hint)


def _fail(services: Services, submission: Submission, error: Exception) -> None:
    """Count the failure, on the record and in the log."""
    step = _NAMES.get(submission.state, "work")
    hint = error.hint if isinstance(error, IntakeError) else ""
    account = f"{type(error).__name__}: {error}"
    now = services.clock.now()
    wait = RETRY_AFTER[min(submission.attempts, len(RETRY_AFTER) - 1)]
    with services.store.transaction() as tx:
        failed = submissions.fail(tx, submission, account, retry_at=now + wait)
        case, moved = None, None
        if failed.state is State.QUARANTINED:
            outbox.let_go(tx, submission.id)  # an acknowledgement that waited for the reading waits no longer
            if failed.thread is not None:  # nobody knows what it says of the case that it answers
                case = submissions.get(tx, failed.thread, to_change=True)
                moved = back_to_review(tx, case)
        stopped = StepFailed(step=step, error=account, attempt=failed.attempts)
        events.append(tx, stopped, at=now, message=submission.id)
        if failed.state is State.QUARANTINED:
            events.append(tx, Quarantined(step=step, attempts=MAX_ATTEMPTS), at=now, message=submission.id)
        if case is not None:
            tell_back(services, tx, case, moved, failed)
    where = None if isinstance(error, IntakeError) else source_location(error)
    log.error(
        StepFailed.name, **_log_fields(submission, failed), step=step, error=safe_message(error), where=where, hint=hint
    )
