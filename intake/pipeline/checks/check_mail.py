"""Answers what arrives in a check mailbox, once each, and deletes it there; nothing of it comes among submissions.

Nothing is archived. A mail is dealt with when one commit says so and holds its answer; before that, it is looked at
again after a crash, and after it, never. The answer is sent next, under the one Message-ID that its bytes give it, and
only then is the mail deleted in its mailbox.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from threading import Event

import structlog

from intake.domain.authentication import sender_checks
from intake.domain.check_events import CheckAnswered, CheckMailDeleted, CheckNotAnswered, CheckPassedOn
from intake.domain.check_mail import LEFT, Proof, Refusal, answers_ours, refusal
from intake.domain.envelope import Envelope, read_envelope
from intake.errors import DeferredError, PermanentFailureError, UnreachableError, safe_message, source_location
from intake.mailbox.base import Discards, Fetched, Letter, Mailbox, Postman, WithheldError
from intake.mailbox.retry import patiently
from intake.pipeline.checks import check_letters
from intake.pipeline.checks.check import Checked, check_message
from intake.pipeline.services import Services
from intake.signatures.trust_settings import configured
from intake.store import checks, events, mailboxes
from intake.store.checks import CheckLetter, CheckMail
from intake.store.engine import Transaction

AT_ONCE = 2
"""Checks that are made side by side; each reads in a child process of its own."""
MOST_WITHOUT_DOCUMENTS = 2
"""Answers to one sender, within `checks.REMEMBERED`, to mail that brings no document: there a robot stops."""
_LETTERS_AT_A_TIME = 20
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
_MOST_DOUBLINGS = 7
_GIVEN_UP_AFTER = timedelta(days=1)
"""An answer of yesterday helps nobody."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Dealt:
    """A mail and what is to be done with it."""

    fetched: Fetched
    envelope: Envelope
    raw_sha256: str
    why_not: Refusal | None
    checked: Checked | None = None

    @property
    def sender_sha256(self) -> str | None:
        """Of the address that an answer goes to."""
        address = self.envelope.reply_address
        return None if address is None else hashlib.sha256(address.casefold().encode()).hexdigest()

    @property
    def documents(self) -> int | None:
        """How many documents it brings, pictures of its own text and messages attached to it aside."""
        if self.checked is None:
            return None
        brought = sum(not doc.inline and doc.media != "message" for doc in self.checked.dossier.documents)
        return brought or int(self.checked.trouble is not None)


def answer_checks(services: Services, mailbox: Mailbox, postman: Postman, stopping: Event) -> None:
    """Answer what is new in a check mailbox, send the answers, and delete what has been dealt with.

    Raises:
        UnreachableError: the mailbox, the store or the postman did not answer; what is not done is done later.
    """
    with services.store.transaction() as tx:
        if not mailboxes.hold(tx, mailbox.name, services.owner, services.lease):
            return
    seen = mailbox.scan()
    with services.store.reading() as tx:
        wanted = checks.unknown(tx, seen.sightings)
    refused: Counter[Refusal] = Counter()
    try:
        with suppress(WithheldError):  # what would not come is asked for again
            for dealt in _checked(services, mailbox.fetch(wanted), stopping):
                _record(services, dealt, refused)
                _send(services, mailbox.name, postman, stopping)
                services.pulse.beat()
    finally:
        _tell_of_refusals(services, mailbox.name, refused)
    _send(services, mailbox.name, postman, stopping)
    _delete(services, mailbox)
    with services.store.transaction() as tx:
        mailboxes.polled(tx, mailbox.name, services.clock.now())
        checks.forget(tx, services.clock.now())


def _checked(services: Services, mails: Iterator[Fetched], stopping: Event) -> Iterator[_Dealt]:
    """Check mail by mail, a few side by side, in the order in which they lie there."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="check") as pool:
        while batch := list(islice(mails, AT_ONCE)):
            yield from pool.map(partial(_check, services), batch)
            del batch
            if stopping.is_set():
                return


def _check(services: Services, fetched: Fetched) -> _Dealt:
    """Check one mail; our own bug costs its answer, and no other mail's."""
    raw_sha256 = hashlib.sha256(fetched.raw).hexdigest()
    envelope = read_envelope(fetched.raw)
    dealt = partial(_Dealt, fetched, envelope, raw_sha256)
    why_not = _why_not(services, envelope) or _over_budget(services, dealt(None))
    if why_not is not None:
        return dealt(why_not)
    with services.store.reading() as tx:
        register = services.listing.entries(tx)
    checked = check_message(
        services.sandbox,
        fetched.raw,
        trust_settings=configured(services.config, services.clock.now()),
        limits=services.config.limits,
        register=register,
        speaks_to_us=not check_letters.reads_like_a_submission(envelope),
    )
    for fault in checked.faults:
        log.error("reader_stumbled", mailbox=fetched.sighting.mailbox, error=fault.kind, where=fault.place)
    return dealt(None, checked)


def _why_not(services: Services, envelope: Envelope) -> Refusal | None:
    config = services.config
    stamps = sender_checks(envelope.authentication_results, config.authentication.trusted_servers)
    return refusal(envelope, services.our_addresses, Proof(stamps, config.check.answer_domains))


def _over_budget(services: Services, dealt: _Dealt) -> Refusal | None:
    with services.store.reading() as tx:
        return _budget(services, tx, dealt)


def _budget(services: Services, tx: Transaction, dealt: _Dealt) -> Refusal | None:
    """Why it is not answered for what has been dealt with before."""
    now, wanted, sender = services.clock.now(), services.config.check, dealt.sender_sha256 or ""
    if checks.is_known(tx, dealt.raw_sha256):
        return Refusal.AGAIN
    if checks.answers_to(tx, sender, now - timedelta(days=1)) >= wanted.per_sender_per_day:
        return Refusal.TOO_MANY
    if checks.answers_since(tx, now - timedelta(hours=1)) >= wanted.answers_per_hour:
        return Refusal.BREAKER
    if dealt.documents != 0:
        return None
    if answers_ours(dealt.envelope, check_letters.MARK):
        return Refusal.ROBOT
    empty = checks.answers_to(tx, sender, now - checks.REMEMBERED, without_documents=True)
    return Refusal.ROBOT if empty >= MOST_WITHOUT_DOCUMENTS else None


def _record(services: Services, dealt: _Dealt, refused: Counter[Refusal]) -> None:
    """Write down that a mail is dealt with, its letters and what happened, in one commit."""
    now = services.clock.now()
    written = _written(services, dealt)
    forwarded = _forwarded(services, dealt)
    with services.store.transaction() as tx:
        why_not = dealt.why_not or _budget(services, tx, dealt)
        answers = why_not is None and written is not None
        why_not = why_not if answers or why_not else Refusal.DOUBTFUL
        letters = [*([written] if answers and written else []), *([forwarded] if forwarded and _once(why_not) else [])]
        mail = CheckMail(
            sighting=dealt.fetched.sighting,
            raw_sha256=dealt.raw_sha256,
            sender_sha256=dealt.sender_sha256,
            documents=dealt.documents,
            why_not=why_not,
            delete_at=_delete_at(services, dealt, why_not, now, forwarded=forwarded is not None),
        )
        if not checks.record(tx, mail, letters, now):
            return
        name = dealt.fetched.sighting.mailbox
        if answers and dealt.checked is not None:
            told = CheckAnswered(mailbox=name, outcome=dealt.checked.outcome.value, message_id=letters[0].message_id)
            events.append(tx, told, at=now)
        if forwarded and _once(why_not):
            events.append(tx, CheckPassedOn(mailbox=name), at=now)
    if why_not is not None:
        refused[why_not] += 1
    log.info("check", mailbox=name, size=len(dealt.fetched.raw), answered=answers, why_not=why_not)


def _once(why_not: Refusal | None) -> bool:
    """Whether the mail has not been passed on before, and no machine wrote it."""
    return why_not not in {Refusal.AGAIN, Refusal.AUTOMATIC, Refusal.ROBOT}


def _written(services: Services, dealt: _Dealt) -> CheckLetter | None:
    if dealt.checked is None:
        return None
    try:
        return check_letters.answer(services, dealt.envelope, dealt.raw_sha256, dealt.checked)
    except Exception as error:  # noqa: BLE001  # an answer that cannot be written must not keep the others waiting
        log.error("check_stumbled", error=safe_message(error), where=source_location(error))  # noqa: TRY400  # one line
        return None


def _forwarded(services: Services, dealt: _Dealt) -> CheckLetter | None:
    """The letter to the person who is to see what reads like a submission, where there is one."""
    if not (services.config.check.forward_to and check_letters.reads_like_a_submission(dealt.envelope)):
        return None
    answered = dealt.why_not is None
    return check_letters.forward(services, dealt.envelope, dealt.fetched.raw, dealt.raw_sha256, answered=answered)


def _delete_at(
    services: Services, dealt: _Dealt, why_not: Refusal | None, now: datetime, *, forwarded: bool
) -> datetime | None:
    """When the mail may be deleted; never what reads like a submission and nobody has been told of."""
    unheard = why_not in LEFT and not forwarded and check_letters.reads_like_a_submission(dealt.envelope)
    return None if unheard else now + timedelta(days=services.config.check.keep_days)


def _tell_of_refusals(services: Services, mailbox: str, refused: Counter[Refusal]) -> None:
    if refused:
        with services.store.transaction() as tx:
            for why, mails in sorted(refused.items()):
                events.append(tx, CheckNotAnswered(mailbox=mailbox, why=why, mails=mails), at=services.clock.now())


def _send(services: Services, mailbox: str, postman: Postman, stopping: Event) -> None:
    """Send the answers that are due; each goes under one Message-ID, however often it is tried."""
    while not stopping.is_set():
        with services.store.reading() as tx:
            letters = checks.due_letters(tx, mailbox, services.clock.now(), _LETTERS_AT_A_TIME)
        for letter in letters:
            _send_one(services, postman, letter, stopping)
        if len(letters) < _LETTERS_AT_A_TIME:
            return


def _send_one(services: Services, postman: Postman, letter: CheckLetter, stopping: Event) -> None:
    finished, now = Letter(letter.message_id, letter.recipient, letter.content), services.clock.now()
    try:
        patiently(partial(postman.send, finished), stopping)
    except (DeferredError, UnreachableError) as error:
        given_up = letter.queued_at is not None and now - letter.queued_at > _GIVEN_UP_AFTER
        wait = min(_FIRST_WAIT * 2 ** min(letter.attempts, _MOST_DOUBLINGS), _LONGEST_WAIT)
        with services.store.transaction() as tx:
            if given_up:
                checks.sent(tx, letter)
            else:
                checks.postpone(tx, letter, now + wait, safe_message(error))
        log.warning("check_postponed", message_id=letter.message_id, error=safe_message(error), given_up=given_up)
        return
    except PermanentFailureError as error:
        log.warning("check_refused", message_id=letter.message_id, error=safe_message(error))
    with services.store.transaction() as tx:
        checks.sent(tx, letter)


def _delete(services: Services, mailbox: Mailbox) -> None:
    """Delete what has been dealt with where it lies, and say so; what is gone already is said likewise."""
    now = services.clock.now()
    with services.store.reading() as tx:
        due = checks.to_delete(tx, mailbox.name, now)
    if not due or not isinstance(mailbox, Discards):
        return
    mailbox.discard(due)
    with services.store.transaction() as tx:
        checks.deleted(tx, due, now)
        events.append(tx, CheckMailDeleted(mailbox=mailbox.name, mails=len(due)), at=now)
    log.info("check_mail_deleted", mailbox=mailbox.name, mails=len(due))
