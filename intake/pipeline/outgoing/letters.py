"""Letters that a person drafts, sends, or drops: decisions' letters and held ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser

from intake.domain.letter import Heading, compose, message_id, text_of
from intake.domain.letter_events import LetterDropped, LetterReleased, LetterWritten
from intake.domain.review import Action, DecisionRefusedError, placeholder_in
from intake.pipeline.outgoing.overtaken import overtaken
from intake.pipeline.services import Services
from intake.store import events, outbox
from intake.store.engine import Transaction
from intake.store.outbox import LetterState, NewLetter, QueuedLetter
from intake.store.schema import PROGRAM
from intake.store.submissions import Submission

Settled = type[LetterReleased] | type[LetterDropped]
"""What becomes of a held letter."""


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter that is not sent yet, as its reader will see it."""

    to: str
    """Empty where there is no address, so that it will be held."""
    subject: str
    cc: str
    text: str


def queue_letter(services: Services, tx: Transaction, submission: Submission, kind: str, text: str) -> None:
    """Queue a letter that a person wrote, in the caller's commit; held where there is no address.

    Raises:
        DecisionRefusedError: it holds a placeholder.
    """
    if not text.strip():
        return
    refuse_placeholder(text)
    # a submission can be written about more than once, so its version tells the letters apart
    identity = message_id(kind, f"{submission.raw_sha256}{submission.version}", services.config.outgoing.domain)
    content = _written(services, submission, kind, identity, text)
    hold = None if content else "there is no address to answer to"
    letter = NewLetter(
        submission.id, kind, identity, submission.reply_address or "", content, hold, answers=submission.id
    )
    now = services.clock.now()
    outbox.queue(tx, [letter], now)
    tell_written(tx, [letter], now)


def tell_written(tx: Transaction, letters: Sequence[NewLetter], at: datetime, actor: str = PROGRAM) -> None:
    """Name the bytes of letters in the ledger, in the commit that queues them."""
    told = (
        (letter, LetterWritten(message_id=letter.message_id, kind=letter.kind, letter_sha256=letter.sha256))
        for letter in letters
    )
    events.append_all(
        tx, [events.NewEvent(written, at, letter.message, actor, letter.entry) for letter, written in told]
    )


def keep_written(services: Services, letters: Iterable[QueuedLetter]) -> None:
    """Archive the bytes of letters that may be written anew: events name them, so they are kept beside the new ones.

    Raises:
        UnreachableError: the archive did not answer.
    """
    for letter in letters:
        if letter.content and letter.archived_sha256 is None:
            services.archive.put(letter.content)


def preview(services: Services, submission: Submission, action: Action, letter: str) -> LetterPreview:
    """Show a decision's letter as it will be sent: it is written just so, and read again."""
    kind = action.value
    identity = message_id(kind, f"{submission.raw_sha256}{submission.version}", services.config.outgoing.domain)
    content = _written(services, submission, kind, identity, letter)
    headers = BytesHeaderParser(policy=policy.default).parsebytes(content)
    to, subject, cc = (str(headers[name] or "") for name in ("To", "Subject", "Cc"))
    return LetterPreview(to, subject, cc, text_of(content) if content else letter.strip("\n"))


def _written(services: Services, submission: Submission, kind: str, identity: str, letter: str) -> bytes:
    """The letter as bytes; none where there is no address to answer to."""
    if submission.reply_address is None:
        return b""
    heading = Heading(
        kind=kind,
        message_id=identity,
        sender=services.config.outgoing.sender,
        recipient=submission.reply_address,
        date=services.clock.now(),
        automatic=False,
    )
    return compose(heading, submission, letter)


def refuse_placeholder(text: str) -> None:
    """Refuse a person's letter that still holds what only a person can write.

    Raises:
        DecisionRefusedError: it does.
    """
    if (placeholder := placeholder_in(text)) is not None:
        message = f"The letter still says “{placeholder}”. Put what you mean to say in its place."
        raise DecisionRefusedError(message)


def send_held_letter(services: Services, letter_id: int, person: str) -> None:
    """Send a held letter."""
    _release_letter(services, letter_id, person, LetterState.QUEUED, LetterReleased)


def drop_held_letter(services: Services, letter_id: int, person: str) -> None:
    """Decide that a held letter shall not be sent."""
    _release_letter(services, letter_id, person, LetterState.DROPPED, LetterDropped)


def _release_letter(services: Services, letter_id: int, person: str, to: LetterState, settled: Settled) -> None:
    with services.store.transaction() as tx:
        _release(services, tx, letter_id, person, to, settled)


def release(services: Services, tx: Transaction, letter_id: int, person: str) -> None:
    """Send a held letter, in the caller's commit.

    Raises:
        DecisionRefusedError: it is not held any more, or cannot be sent.
    """
    _release(services, tx, letter_id, person, LetterState.QUEUED, LetterReleased)


def _release(  # one a fact of the letter's fate
    services: Services, tx: Transaction, letter_id: int, person: str, to: LetterState, settled: Settled
) -> None:
    letter = outbox.get(tx, letter_id, to_change=True)
    if letter is None or letter.state not in outbox.A_PERSON_MAY_SETTLE:
        message = "This letter is not held any more."
        raise DecisionRefusedError(message)
    if to is LetterState.QUEUED and not letter.content:
        message = "This letter has no address or could not be written; write to the submitter by hand."
        raise DecisionRefusedError(message)
    if to is LetterState.QUEUED and _unfinished(letter):
        message = "This letter still holds a placeholder, so it cannot be sent; drop it, and write another."
        raise DecisionRefusedError(message)
    if to is LetterState.QUEUED and (why := overtaken(tx, letter)):
        message = f"{why}, so this letter is not sent any more."
        raise DecisionRefusedError(message)
    _released(services, tx, letter, to, settled, person)


def send_all_held(services: Services, reason: str, newest: int, person: str) -> int:
    """Send every letter held for this reason, up to the newest the person saw; give their number.

    What still holds a placeholder stays.
    """
    with services.store.transaction() as tx:
        letters = [letter for letter in outbox.held_for(tx, reason, newest=newest) if not _unfinished(letter)]
        for letter in letters:
            _released(services, tx, letter, LetterState.QUEUED, LetterReleased, person)
    return len(letters)


def _unfinished(letter: QueuedLetter) -> bool:
    """Whether a letter that an earlier release let pass holds a placeholder; an acknowledgement only quotes."""
    return letter.kind != outbox.ACKNOWLEDGEMENT and placeholder_in(text_of(letter.content)) is not None


def _released(
    services: Services, tx: Transaction, letter: QueuedLetter, to: LetterState, settled: Settled, person: str
) -> None:
    outbox.settle(tx, letter, to, attempts=0, next_attempt_at=None)
    happened = settled(message_id=letter.message_id, kind=letter.kind)
    events.append(tx, happened, at=services.clock.now(), message=letter.message, entry=letter.entry, actor=person)
