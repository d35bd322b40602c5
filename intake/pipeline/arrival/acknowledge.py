"""Queues the acknowledgement of a message, or holds it for a person; waits for no parsing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from intake.clock import LONDON, iso
from intake.domain.authentication import sender_checks
from intake.domain.automatic import PERHAPS_A_PERSON, hold_reason
from intake.domain.envelope import Envelope
from intake.domain.events import AcknowledgementHeld, AcknowledgementQueued, AcknowledgementWithheld
from intake.domain.letter import Heading, compose, message_id
from intake.pipeline.services import Services
from intake.render.templates import letter
from intake.store import events, outbox, submissions
from intake.store.engine import Transaction
from intake.store.events import NewEvent
from intake.store.outbox import NewLetter, QueuedLetter
from intake.store.quota import AckQuota, acknowledged_without_documents
from intake.store.submissions import Submission

KIND = "ack"
"""The word in its Message-ID."""
LONGEST_WAIT = timedelta(hours=1)
"""Within it a message is read, or its acknowledgement goes unread."""
MOST_IN_A_ROW = 3
"""Acknowledgements that answer each other, no other letter of ours between: a person stops there, a loop does not."""


def acknowledge(services: Services, tx: Transaction, messages: Sequence[tuple[Submission, Envelope]]) -> None:
    """Queue the one acknowledgement of each of these messages in the caller's commit.

    Its Message-ID depends on the raw bytes and our domain alone, so a second one is never written. That of a message
    which bears a machine's mark, and yet brings what may be a form, is written and held: a person owes the receipt.
    """
    domain, now = services.config.outgoing.domain, services.clock.now()
    named = {
        message_id(KIND, submission.raw_sha256, domain): (submission, answered) for submission, answered in messages
    }
    written_ids = outbox.written(tx, named.keys())
    quota = AckQuota(tx, now, [submission.reply_address or "" for submission, _ in messages])
    letters = [
        _letter(services, tx, quota, identity, *named[identity]) for identity in named if identity not in written_ids
    ]
    outbox.queue(tx, letters, now)
    events.append_all(tx, [_queued(letter, now) for letter in letters])


def _queued(letter: NewLetter, at: datetime) -> NewEvent:
    kept = AcknowledgementWithheld if letter.withheld else AcknowledgementHeld
    written = kept if letter.hold_reason else AcknowledgementQueued
    waits = None if letter.not_before is None else iso(letter.not_before)
    event = written(
        message_id=letter.message_id, reason=letter.hold_reason, not_before=waits, letter_sha256=letter.sha256
    )
    return NewEvent(event, at, letter.message)


def _letter(
    services: Services, tx: Transaction, quota: AckQuota, identity: str, submission: Submission, envelope: Envelope
) -> NewLetter:
    """Write the letter and decide whether it is held for review."""
    content, trouble = _written(services, submission, envelope, identity)
    checks = sender_checks(envelope.authentication_results, services.config.authentication.trusted_servers)
    old = _too_old(services, submission)
    hold = (
        old
        or _marked(submission)
        or hold_reason(envelope, services.our_addresses, checks)
        or trouble
        or _mail_loop_reason(tx, submission)
        or _over_budget(services, quota, submission)
    )
    to = submission.reply_address or ""
    waits = not hold and (envelope.letters_inside or _waits_for_the_reading(quota, submission))
    if not hold:
        quota.record(to)
    return NewLetter(
        message=submission.id,
        kind=outbox.ACKNOWLEDGEMENT,
        message_id=identity,
        recipient=to,
        content=content,
        hold_reason=hold,
        withheld=old is not None,
        answers=submission.id,
        not_before=quota.now + LONGEST_WAIT if waits else None,
    )


def _marked(submission: Submission) -> str | None:
    """Why no machine answers it: it may be a machine's itself."""
    if submission.automatic is None:
        return None
    return f"{submission.automatic.removesuffix(PERHAPS_A_PERSON)}, and yet it may bring a submission"


def _waits_for_the_reading(quota: AckQuota, submission: Submission) -> bool:
    """Whether it is known only then whether it is owed: what answers a case and brings no form owes none.

    The letter is written all the same and goes by itself after `LONGEST_WAIT`, whatever becomes of the reading.
    """
    if submission.documents is not None:  # it has been read
        return False
    return submission.thread is not None or quota.without_documents(submission.reply_address or "") > 0


def after_reading(services: Services, tx: Transaction, read: Submission) -> QueuedLetter | None:
    """Let the acknowledgement of a message go that has been read and is owed one, or hold it where robots write.

    Gives the letter if it is held now. To be called before anything is appended to the ledger.
    """
    hold = None if read.documents else _robot(services, tx, read)
    letter = outbox.let_go(tx, read.id, hold_reason=hold)
    return letter if hold else None


def _robot(services: Services, tx: Transaction, read: Submission) -> str | None:
    """Why a machine seems to answer our letters, each time as something new."""
    to = read.reply_address or ""
    before = acknowledged_without_documents(tx, [to], services.clock.now(), but=read.id).get(to, 0)
    return f"{to} writes again and again without a document, as robots do" if before >= MOST_IN_A_ROW - 1 else None


def _too_old(services: Services, submission: Submission) -> str | None:
    """Explain why an old mailbox's backlog is not answered; None where it is."""
    answer_from = services.config.acknowledgement.answer_from
    if answer_from is None or submission.received_at.astimezone(LONDON).date() >= answer_from:
        return None
    return f"it answers mail from before {answer_from.isoformat()}, the first day whose mail is answered"


def _written(services: Services, submission: Submission, envelope: Envelope, identity: str) -> tuple[bytes, str | None]:
    """Write the letter's bytes, empty without a recipient; and the reason where it could not be written."""
    if submission.reply_address is None:
        return b"", None
    heading = Heading(
        kind=KIND,
        message_id=identity,
        sender=services.config.outgoing.sender,
        recipient=submission.reply_address,
        date=services.clock.now(),
        automatic=True,
    )
    try:
        return compose(heading, envelope, letter("acknowledgement.txt", submission=submission)), None
    except Exception as error:  # noqa: BLE001  # a letter that cannot be written must not keep the message out
        return b"", f"it could not be written ({type(error).__name__}: {error})"


def _mail_loop_reason(tx: Transaction, submission: Submission) -> str | None:
    """Explain, from our own records, why this message is part of a mail loop; None where it is not.

    A message that answers an acknowledgement of a message that answers an acknowledgement, and so on. What an earlier
    release took in may end the row early; the next turns are known.
    """
    turn = submission
    for _ in range(MOST_IN_A_ROW):
        answered = outbox.newest_of(tx, turn.answered)
        if answered is None or answered.kind != outbox.ACKNOWLEDGEMENT or answered.answers is None:
            return None
        turn = submissions.get(tx, answered.answers)
    return f"it answers an acknowledgement, and so did the {MOST_IN_A_ROW - 1} messages before it, as robots do"


def _over_budget(services: Services, quota: AckQuota, submission: Submission) -> str | None:
    """Explain why the acknowledgement quota is exceeded; None where it is not.

    The sentences hold no count, so that letters held for one reason can be released at once.
    """
    budget, to = services.config.acknowledgement, submission.reply_address or ""
    if quota.within_a_day(to) >= budget.per_sender_per_day:
        return f"{to} has had {budget.per_sender_per_day} acknowledgements within a day"
    if quota.within_an_hour() >= budget.breaker_per_hour:
        return f"{budget.breaker_per_hour} acknowledgements have been written within an hour"
    return None
