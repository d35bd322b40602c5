"""A person says of what kind a message is; the program does not overrule that when it reads the message again."""

from __future__ import annotations

from intake.domain.desk_events import Closed, KindSet
from intake.domain.envelope import read_envelope
from intake.domain.events import AcknowledgementHeld, AcknowledgementQueued
from intake.domain.letter_events import LetterDropped
from intake.domain.message import MessageKind
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.arrival.acknowledge import acknowledge
from intake.pipeline.case.known import with_envelope
from intake.pipeline.review.disposal import Disposal, changing, check, check_seen, in_work, locked, where_it_stands
from intake.pipeline.review.dispose import CLOSABLE, settle
from intake.pipeline.services import Services
from intake.store import events, outbox, submissions
from intake.store.engine import Transaction
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission

KINDS = (MessageKind.SUBMISSION, MessageKind.UPDATE, MessageKind.OTHER)
"""What a person may say."""


def no_mark(submission: Submission) -> str | None:
    """Say why the kind of a message cannot be set; None where it can."""
    if submission.thread is not None:
        return f"{where_it_stands(submission)}; split it off first."
    if submission.state in CLOSABLE | {State.FILED}:
        return None
    if submission.state is State.PROPOSED:
        return f"{where_it_stands(submission)}; withdraw, confirm or return it first."
    if submission.state in {State.CLOSED, State.RETURNED}:
        return f"{where_it_stands(submission)}; reopen it first."
    return in_work(submission) or f"{where_it_stands(submission)}, so its kind is settled."


def mark(services: Services, number: int, kind: MessageKind, disposal: Disposal) -> Submission:
    """Mark a message as a submission, an update, or other mail.

    A submission or an update is read and judged anew, and acknowledged where it has not been. Other mail is closed
    with a reason, and no acknowledgement follows; what was filed stays filed.

    Raises:
        DecisionRefusedError: its kind cannot be set, or is that already; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
        UnreachableError: an edge did not answer.
    """
    with services.store.reading() as tx:
        raw_sha256 = submissions.get(tx, number).raw_sha256
    envelope = read_envelope(services.archive.get(raw_sha256))
    with changing(services) as tx:
        before = locked(tx, number)[number]
        is_other = kind is MessageKind.OTHER
        closes = is_other and before.state is not State.FILED
        check(services, before, disposal, no_mark(before) or _same(before, kind), reason_due=closes)
        newest = check_seen(tx, before, disposal)
        set_ = KindSet(kind=kind, before=before.kind, reason="" if closes else disposal.reason.strip())
        if is_other:
            return _other(services, tx, before, disposal, set_, newest)
        moved = submissions.move(
            tx, before, State.RECEIVED, kind=kind, kind_set_by=disposal.person, proposed_by=None, handed_over_at=None
        )
        again = outbox.let_go(tx, number)
        events.append(tx, set_, at=services.clock.now(), message=number, actor=disposal.person)
        if again is not None:
            _tell_owed(services, tx, again)
        acknowledge(services, tx, [(with_envelope(moved, envelope), envelope)])
        return moved


def _tell_owed(services: Services, tx: Transaction, letter: QueuedLetter) -> None:
    """Write down that an acknowledgement, which had been written and not owed, is owed after all."""
    owed = AcknowledgementHeld if letter.hold_reason else AcknowledgementQueued
    happened = owed(
        message_id=letter.message_id, reason=letter.hold_reason, letter_sha256=outbox.digest(letter.content)
    )
    events.append(tx, happened, at=services.clock.now(), message=letter.message)


def _same(before: Submission, kind: MessageKind) -> str | None:
    if kind not in KINDS:
        message = "A message is marked as a submission, an update, or other mail."
        raise DecisionRefusedError(message)
    article = {MessageKind.SUBMISSION: "a submission", MessageKind.UPDATE: "an update", MessageKind.OTHER: "other mail"}
    return f"{before.reference} is taken as {article[kind]} already." if before.kind == kind else None


def _other(
    services: Services, tx: Transaction, before: Submission, disposal: Disposal, set_: KindSet, newest: int
) -> Submission:
    """It is settled by that; an acknowledgement that has not left is not sent."""
    now, person = services.clock.now(), disposal.person
    marked = submissions.note(tx, before, kind=MessageKind.OTHER, kind_set_by=person)
    letter = outbox.not_owed(tx, before.id)
    events.append(tx, set_, at=now, message=before.id, actor=person)
    if letter is not None:
        dropped = LetterDropped(message_id=letter.message_id, kind=letter.kind)
        events.append(tx, dropped, at=now, message=before.id, actor=person)
    if marked.state is State.FILED:
        return marked
    return settle(services, tx, marked, disposal, Closed(reason=disposal.reason.strip()), newest)
