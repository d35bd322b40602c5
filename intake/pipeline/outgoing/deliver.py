"""Hands queued letters to the postman; an unknown outcome is tried again under the same Message-ID."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain
from threading import Event

import structlog

from intake.domain.letter_events import Handled, LetterHeld, LetterPostponed, LetterRefused, LetterSent
from intake.errors import DeferredError, IntakeError, PermanentFailureError, UnreachableError
from intake.mailbox.base import Letter, Postman
from intake.mailbox.retry import patiently, seconds_asked
from intake.pipeline.services import Services
from intake.store import events, leases, outbox
from intake.store.engine import Transaction
from intake.store.outbox import LetterState, QueuedLetter
from intake.store.submissions import LostLeaseError

BATCH = 20
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_MOST_DOUBLINGS = 10
MAX_BUGS = 3

log = structlog.get_logger()


def deliver(services: Services, postman: Postman, stopping: Event) -> int:
    """Send what is due, up to a batch; gives how many letters were dealt with.

    Raises:
        UnreachableError: the postman did not answer; the letters stay queued for later.
    """
    with services.store.transaction() as tx:
        letters = outbox.claim(tx, services.owner, now=services.clock.now(), lease=services.lease, limit=BATCH)
    with services.in_hand.working_on(leases.LETTERS, [letter.id for letter in letters]):
        letters = _archived(services, letters)
        return _send_all(services, postman, letters, stopping)


def archive_letters(services: Services) -> int:
    """Archive the bytes of letters that are not on their way, up to a batch; gives how many.

    A letter is composed within the commit that makes it necessary, where no archive is waited for; so its bytes are
    archived right after, by the digest that its event names, and before it leaves.

    Raises:
        UnreachableError: the archive did not answer.
    """
    with services.store.reading() as tx:
        waiting = outbox.unarchived(tx, BATCH)
    if waiting:
        digests = _put(services, [content for _, content in waiting])
        with services.store.transaction() as tx:
            outbox.archived(tx, [(number, sha256) for (number, _), sha256 in zip(waiting, digests, strict=True)])
    return len(waiting)


def _archived(services: Services, letters: Sequence[QueuedLetter]) -> list[QueuedLetter]:
    """Archive letters that are about to leave and are not yet; those that we hold wait for nobody if that fails."""
    unarchived = [letter for letter in letters if letter.archived_sha256 is None]
    try:
        digests = _put(services, [letter.content for letter in unarchived])
    except Exception:
        with services.store.transaction() as tx:
            outbox.release(tx, [letter.id for letter in letters], services.owner)
        raise
    by_number = {letter.id: sha256 for letter, sha256 in zip(unarchived, digests, strict=True)}
    return [replace(letter, archived_sha256=by_number.get(letter.id, letter.archived_sha256)) for letter in letters]


def _put(services: Services, contents: Sequence[bytes]) -> list[str]:
    """Archive side by side, as waiting for the disk together is several times faster."""
    if not contents:
        return []
    at_once = min(services.archive.writers, len(contents))
    share = -(-len(contents) // at_once)
    shares = [contents[start : start + share] for start in range(0, len(contents), share)]
    with ThreadPoolExecutor(at_once) as writers:
        return list(chain.from_iterable(writers.map(services.archive.put_all, shares)))


def _send_all(
    services: Services,
    postman: Postman,
    letters: Sequence[QueuedLetter],
    stopping: Event,
) -> int:
    done = 0
    try:
        for letter in letters:
            if stopping.is_set():
                break
            done += 1
            try:
                _send(services, postman, letter, stopping)
            except LostLeaseError:
                log.warning("letter_taken_over", message_id=letter.message_id)
            services.pulse.beat()
    finally:
        if letters[done:]:
            with services.store.transaction() as tx:
                outbox.release(tx, [letter.id for letter in letters[done:]], services.owner)
    return done


def _send(services: Services, postman: Postman, letter: QueuedLetter, stopping: Event) -> None:
    finished = Letter(letter.message_id, letter.recipient, letter.content)
    try:
        patiently(partial(postman.send, finished), stopping)
    except PermanentFailureError as error:
        _settle(services, letter, LetterState.REFUSED, LetterRefused, last_error=str(error))
    except DeferredError as error:
        _postpone(services, letter, error)
    except UnreachableError as error:
        _postpone(services, letter, error)
        raise
    except Exception as error:  # noqa: BLE001  # our bug must not keep the other letters waiting
        _stumble(services, letter, error)
    else:
        now = services.clock.now()
        _settle(services, letter, LetterState.SENT, LetterSent, sent_at=now, last_error=None)


def _settle(
    services: Services,
    letter: QueuedLetter,
    state: LetterState,
    handled: type[Handled],
    last_error: str | None,
    **values: object,
) -> None:
    with services.store.transaction() as tx:
        outbox.settle(tx, letter, state, last_error=last_error, archived_sha256=letter.archived_sha256, **values)
        _tell(services, tx, letter, handled, last_error)
    if last_error is None:
        log.info(handled.name, **_log_fields(letter, state))
    else:  # for good: nobody tries it again but a person; what the server said may quote people, and `status` shows it
        log.warning(handled.name, **_log_fields(letter, state))


def _log_fields(letter: QueuedLetter, after: LetterState) -> dict[str, object]:
    """Give the log fields of a letter; never its recipient or content."""
    moved = {"before": letter.state.value, "after": after.value, "attempt": letter.attempts + 1}
    return {"reference": letter.about, "message_id": letter.message_id, "kind": letter.kind, **moved}


def _postpone(services: Services, letter: QueuedLetter, error: IntakeError) -> None:
    """Postpone the letter with growing delay, at least as long as the other side asked, within the bound."""
    asked = timedelta(seconds=min(seconds_asked(error), _LONGEST_WAIT.total_seconds()))
    wait = max(min(_FIRST_WAIT * 2 ** min(letter.attempts, _MOST_DOUBLINGS), _LONGEST_WAIT), asked)
    with services.store.transaction() as tx:
        outbox.settle(
            tx,
            letter,
            LetterState.QUEUED,
            attempts=letter.attempts + 1,
            next_attempt_at=services.clock.now() + wait,
            last_error=str(error),
            archived_sha256=letter.archived_sha256,
        )
        _tell(services, tx, letter, LetterPostponed, str(error))
    log.warning(LetterPostponed.name, **_log_fields(letter, LetterState.QUEUED), error=str(error), hint=error.hint)


def _stumble(services: Services, letter: QueuedLetter, error: Exception) -> None:
    cause, attempts = f"{type(error).__name__}: {error}", letter.attempts + 1
    state = LetterState.HELD if attempts >= MAX_BUGS else LetterState.QUEUED
    hold = "sending it failed three times" if state is LetterState.HELD else None
    handled = LetterHeld if hold else LetterPostponed
    retry_at = services.clock.now() + timedelta(seconds=1)
    facts = {"attempts": attempts, "next_attempt_at": retry_at, "hold_reason": hold}
    _settle(services, letter, state, handled, last_error=cause, **facts)


def _tell(services: Services, tx: Transaction, letter: QueuedLetter, handled: type[Handled], error: str | None) -> None:
    happened = handled(message_id=letter.message_id, kind=letter.kind, error=error)
    events.append(tx, happened, at=services.clock.now(), message=letter.message, entry=letter.entry)
