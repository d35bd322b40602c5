"""Hands what could not be processed to the administrator, takes it back, and has it handed back."""

from __future__ import annotations

from intake.domain.desk_events import HandedBack, HandedOver, TakenBack
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.review.decide import changed
from intake.pipeline.review.disposal import Disposal, changing, check, locked, where_it_stands
from intake.pipeline.services import Services
from intake.store import events, mentions, submissions
from intake.store.submissions import Submission


def no_handing_over(submission: Submission) -> str | None:
    """Say why a message cannot be handed to the administrator; None where it can."""
    if submission.state is not State.QUARANTINED:
        return f"{where_it_stands(submission)}; only what could not be processed is for the administrator."
    return f"The administrator has {submission.reference} already." if submission.handed_over_at else None


def no_taking_back(submission: Submission) -> str | None:
    """Say why a message cannot be taken back from the administrator; None where it can."""
    with_them = submission.handed_over_at is not None and submission.state is State.QUARANTINED
    return None if with_them else f"{submission.reference} is not with the administrator."


def hand_over(services: Services, number: int, disposal: Disposal) -> Submission:
    """Hand a message that could not be processed to the administrator.

    Raises:
        DecisionRefusedError: it was processed, or is there already; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        before, now = locked(tx, number)[number], services.clock.now()
        check(services, before, disposal, no_handing_over(before), reason_due=False)
        noted = submissions.note(tx, before, handed_over_at=now)
        happened = HandedOver(reason=disposal.reason.strip())
        events.append(tx, happened, at=now, message=number, actor=disposal.person)
        return noted


def take_back(services: Services, number: int, disposal: Disposal) -> Submission:
    """Take a message back from the administrator.

    Raises:
        DecisionRefusedError: it is not there; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        before = locked(tx, number)[number]
        check(services, before, disposal, no_taking_back(before), reason_due=False)
        noted = submissions.note(tx, before, handed_over_at=None)
        happened = TakenBack(reason=disposal.reason.strip())
        events.append(tx, happened, at=services.clock.now(), message=number, actor=disposal.person)
        return noted


def hand_back(services: Services, number: int, disposal: Disposal) -> Submission:
    """Hand a message back to the analyst who handed it over, with what was wrong or is done; they are told.

    A colleague's claim does not stand in the way: who looks after the program decides nothing of the case.

    Raises:
        DecisionRefusedError: it is not with the administrator, has changed since the page was opened, or nothing is
            said to the analysts.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        before = locked(tx, number)[number]
        if message := _no_handing_back(before, disposal):
            raise DecisionRefusedError(message)
        to = events.newest(tx, HandedOver.name, [number])[number].actor
        noted = submissions.note(tx, before, handed_over_at=None)
        back = HandedBack(to=to, reason=disposal.reason.strip())
        event = events.append(tx, back, at=services.clock.now(), message=number, actor=disposal.person)
        mentions.add(tx, event, number, [to])
        return noted


def _no_handing_back(before: Submission, disposal: Disposal) -> str | None:
    """Say why it cannot be handed back; None where it can."""
    if refusal := no_taking_back(before):
        return refusal
    if before.version != disposal.version:
        return changed(before)
    return None if disposal.reason.strip() else "Say what was wrong, or what the analysts should do now."
