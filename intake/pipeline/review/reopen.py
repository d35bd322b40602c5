"""A person takes up again what was closed, returned or filed."""

from __future__ import annotations

from intake.domain.desk_events import Reopened
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.pipeline.case.link import previous_of
from intake.pipeline.case.thread import overtake, tell_back
from intake.pipeline.review.disposal import Disposal, changing, check, in_work, locked, where_it_stands
from intake.pipeline.services import Services
from intake.store import events, resolutions, submissions
from intake.store.submissions import Submission

_OVER = frozenset({State.CLOSED, State.RETURNED, State.FILED})


def no_reopening(submission: Submission) -> str | None:
    """Say why a message cannot be reopened; None where it can."""
    if submission.state is State.APPROVED:
        return (
            f"{submission.reference} is approved, and an approval is not taken back here: "
            "an entry leaves the list by its removal from the list."
        )
    if submission.thread is not None:
        return f"{where_it_stands(submission)}; split it off to work on it by itself."
    if submission.state in _OVER:
        return None
    return in_work(submission) or f"{where_it_stands(submission)}, so it is open."


def reopen(services: Services, number: int, disposal: Disposal) -> Submission:
    """Bring a message before a person again; what has no report is read and judged first, and not filed unseen again.

    If it was sent again for an earlier submission, that one comes back to review where its approval was proposed.

    Raises:
        DecisionRefusedError: it cannot be reopened; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        earlier = previous_of(events.of_message(tx, number))
        rows = locked(tx, number, *([] if earlier is None else [earlier]))
        before = rows[number]
        check(services, before, disposal, no_reopening(before), reason_due=True)
        to = State.IN_REVIEW if before.report_sha256 and before.state is not State.FILED else State.RECEIVED
        values: dict[str, object] = {"decided_by": None, "decided_at": None, "proposed_by": None}
        if to is State.RECEIVED:  # a person has said that it is to be looked at
            kind = MessageKind.UNCLEAR if before.kind == MessageKind.OTHER else before.kind
            values |= {"kind": kind, "kind_set_by": disposal.person}
        moved = submissions.move(tx, before, to, **values)
        suspended = None if earlier is None else overtake(tx, rows[earlier])
        now, was = services.clock.now(), before.state.replace("_", " ")
        happened = Reopened(reason=disposal.reason.strip(), before=was)
        resolutions.decide_entries(tx, number, (), person=disposal.person, at=now)
        events.append(tx, happened, at=now, message=number, actor=disposal.person)
        if earlier is not None:
            tell_back(services, tx, rows[earlier], suspended, moved, actor=disposal.person)
        return moved
