"""Does what there is to do, step by step; a step that fails three times goes before a person."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event

import structlog

from intake.domain.events import Quarantined, StepFailed, StepPostponed
from intake.domain.submission import MAX_ATTEMPTS, State
from intake.errors import IntakeError, UnreachableError, place, publicly
from intake.mailbox.retry import patiently
from intake.pipeline.examine import examine
from intake.pipeline.extract import extract
from intake.pipeline.services import Services
from intake.store import events, leases, outbox, submissions
from intake.store.submissions import LostLeaseError, Submission

Step = Callable[[Services, Submission], Submission]

STEPS: dict[State, Step] = {State.RECEIVED: extract, State.EXTRACTED: examine}

RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5))
"""How long the second and the third attempt wait."""

WORLD_WAIT = timedelta(seconds=30)
"""How long work waits for an edge that did not answer."""

log = structlog.get_logger()


def claim_one(services: Services) -> Submission | None:
    """Take the next submission that has work to do."""
    with services.store.transaction() as tx:
        claimed = submissions.claim(tx, services.owner, now=services.clock.now(), lease=services.lease, limit=1)
    return claimed[0] if claimed else None


def work_on(services: Services, held: Submission, stopping: Event) -> None:
    """Take it as far as the program can; stops between steps where it is told to.

    Raises:
        UnreachableError: an edge did not answer; the work waits, and the submission is not to blame.
    """
    try:
        with services.in_hand.working_on(leases.SUBMISSIONS, [held.id]):
            _step_by_step(services, held, stopping)
    except LostLeaseError:
        log.warning("work_taken_over", reference=held.reference)


def _step_by_step(services: Services, held: Submission, stopping: Event) -> None:
    try:
        while held.state in STEPS and not stopping.is_set():
            before, step = held, STEPS[held.state]
            started = time.perf_counter()
            held = patiently(partial(step, services, held), stopping)
            services.pulse.beat()
            log.info(step.__name__, **_told(before, held), seconds=round(time.perf_counter() - started, 3))
        if held.state in STEPS:  # told to stop; else the last step has let go
            with services.store.transaction() as tx:
                submissions.release(tx, [held.id], services.owner)
    except LostLeaseError:
        raise
    except UnreachableError as error:
        _postpone(services, held, error)
        raise
    except Exception as error:  # noqa: BLE001  # our bug stops this step of this submission and nothing else
        _fail(services, held, error)


def _told(before: Submission, after: Submission) -> dict[str, object]:
    """The facts of one step's line; a message's subject, addresses and words are never among them."""
    moved = {"before": before.state.value, "after": after.state.value, "attempt": before.attempts + 1}
    return {"reference": before.reference, **moved, "outcome": after.outcome}


def _postpone(services: Services, held: Submission, error: UnreachableError) -> None:
    now = services.clock.now()
    with services.store.transaction() as tx:
        submissions.note(tx, held, next_attempt_at=now + WORLD_WAIT, last_error=str(error), **leases.NOBODY_S)
        events.append(tx, StepPostponed(error=str(error)), at=now, message=held.id)
    log.warning(StepPostponed.name, **_told(held, held), error=str(error), hint=error.hint)


def _fail(services: Services, held: Submission, error: Exception) -> None:
    """Count the failure, on the record and in the log."""
    step = STEPS[held.state].__name__ if held.state in STEPS else "work"
    hint = error.hint if isinstance(error, IntakeError) else ""
    said = f"{type(error).__name__}: {error}"
    now = services.clock.now()
    wait = RETRY_AFTER[min(held.attempts, len(RETRY_AFTER) - 1)]
    with services.store.transaction() as tx:
        failed = submissions.fail(tx, held, said, retry_at=now + wait)
        if failed.state is State.QUARANTINED:
            outbox.let_go(tx, held.id)  # an acknowledgement that waited for the reading waits no longer
        stopped = StepFailed(step=step, error=said, attempt=failed.attempts)
        events.append(tx, stopped, at=now, message=held.id)
        if failed.state is State.QUARANTINED:
            events.append(tx, Quarantined(step=step, attempts=MAX_ATTEMPTS), at=now, message=held.id)
    where = None if isinstance(error, IntakeError) else place(error)
    log.error(StepFailed.name, **_told(held, failed), step=step, error=publicly(error), where=where, hint=hint)
