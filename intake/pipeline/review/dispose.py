"""A person settles a message without a decision on the list: with a reason alone, or with a reply."""

from __future__ import annotations

from datetime import datetime

from intake.domain.desk_events import Closed, Replied, RepliedAfterwards
from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.case.known import known
from intake.pipeline.outgoing.letters import queue_letter, refuse_placeholder
from intake.pipeline.review.disposal import Disposal, changing, check, check_seen, in_work, locked, where_it_stands
from intake.pipeline.services import Services
from intake.render.templates import letter
from intake.store import drafts, events, submissions, threads
from intake.store.claims import NO_CLAIM
from intake.store.engine import Transaction
from intake.store.submissions import Submission

REPLY = "reply"
"""The kind of letter."""
CLOSABLE = frozenset({State.IN_REVIEW, State.ASKED, State.QUARANTINED})
SETTLED = frozenset({State.APPROVED, State.RETURNED, State.CLOSED})
"""Where a reply leaves the case as it is."""


def no_close(submission: Submission) -> str | None:
    """Say why a message cannot be closed; None where it can."""
    if submission.state in CLOSABLE:
        return None
    if submission.state is State.PROPOSED:
        return f"{where_it_stands(submission)}; withdraw, confirm or return it first."
    return in_work(submission) or f"{where_it_stands(submission)}, so there is nothing to close."


def no_reply(submission: Submission) -> str | None:
    """Say why a message cannot be answered; None where it can, and is closed by it unless it is settled already."""
    refusal = None if submission.state in SETTLED else no_close(submission)
    if refusal is None and submission.reply_address is None:
        return "There is no address to answer to; close it with a reason instead."
    return refusal


def close(services: Services, number: int, disposal: Disposal) -> Submission:
    """Close a message with a reason; nothing is written to anybody.

    Raises:
        DecisionRefusedError: it cannot be closed; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        before = locked(tx, number)[number]
        check(services, before, disposal, no_close(before), reason_due=True)
        newest = check_seen(tx, before, disposal)
        closed = Closed(reason=disposal.reason.strip(), thread=reference(newest) if newest else None)
        return settle(services, tx, before, disposal, closed, newest)


def reply(services: Services, number: int, disposal: Disposal, text: str) -> Submission:
    """Answer a message in words of one's own, and close it; a case that is settled stays as it was decided.

    Args:
        services: the edges.
        number: of the message.
        disposal: who, and what was on the page; a reason may be given.
        text: what the person writes; the letter adds the reference to it.

    Raises:
        DecisionRefusedError: it cannot be answered, or there are no words, or a placeholder is among them.
        NoSuchSubmissionError: there is no such message.
        UnreachableError: an edge did not answer.
    """
    known(services, number)  # the letter answers it
    with changing(services) as tx:
        before = locked(tx, number)[number]
        check(services, before, disposal, no_reply(before), reason_due=False)
        if not text.strip():
            message = f"The reply is empty; write it{'' if before.state in SETTLED else ', or close without a letter'}."
            raise DecisionRefusedError(message)
        refuse_placeholder(text)
        newest = check_seen(tx, before, disposal)
        written = letter("reply.txt", submission=before, text=text.strip())
        happened = RepliedAfterwards if before.state in SETTLED else Replied
        replied = happened(letter=written, reason=disposal.reason.strip(), thread=reference(newest) if newest else None)
        if isinstance(replied, RepliedAfterwards):
            moved = submissions.note(tx, before)
            _record(tx, before, disposal, replied, newest, services.clock.now())
        else:
            moved = settle(services, tx, before, disposal, replied, newest)
        queue_letter(services, tx, moved, REPLY, written)
        return moved


def settle(
    services: Services, tx: Transaction, before: Submission, disposal: Disposal, happened: Closed | Replied, newest: int
) -> Submission:
    """Close a locked message in the caller's commit."""
    now = services.clock.now()  # the row's moment is its event's, by which it is verified
    values = {"decided_by": disposal.person, "decided_at": now, "proposed_by": None, "handed_over_at": None}
    moved = submissions.move(tx, before, State.CLOSED, **values, **NO_CLAIM)
    _record(tx, before, disposal, happened, newest, now)
    return moved


def _record(  # one a fact of the deed
    tx: Transaction,
    before: Submission,
    disposal: Disposal,
    happened: Closed | Replied | RepliedAfterwards,
    newest: int,
    now: datetime,
) -> None:
    drafts.discard(tx, before.id, disposal.person)
    events.append(tx, happened, at=now, message=before.id, actor=disposal.person)
    threads.see(tx, before.id, max(newest, before.id), disposal.person, now)
