"""Queues the notices about certificates that are due, each once, and does what people decide about the others.

A notice's Message-ID follows from its certificate, day, term and contact, and letter and event are one commit: however
often, wherever and by however many processes this runs, and wherever one of them dies, there is one letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from intake.domain.letter import Heading, compose, message_id, text_of
from intake.domain.register_events import NoticeOvertaken, NoticeSetAside, NoticeWritten
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list.expiry import EXPIRY, Standing, letters_by_key, standings, today
from intake.pipeline.outgoing import letters
from intake.pipeline.outgoing.letters import tell_written
from intake.pipeline.services import Services
from intake.publication.expiry_letter import expiry_letter
from intake.register.expiry import DCC, TERMS, Notice, NoticeState, due_day, identity
from intake.store import events, listing, outbox
from intake.store.engine import Transaction
from intake.store.outbox import LetterState, NewLetter
from intake.store.schema import PROGRAM
from intake.store.turns import serialize_writers
from rules.facts import RegisterEntry

NO_DCC = "[publish] dcc names no address for notices about Communications Hubs"
_NO_DCC_YET = "The DCC's address is not configured yet, so nobody is known whom it could go to."
_NO_CONTACT = "Enter a contact first: nobody is known whom it could go to."
_GONE = "This notice is not before a person any more."

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Sight:
    """The list and its notices as one transaction sees them."""

    services: Services
    tx: Transaction
    entries: Mapping[str, RegisterEntry]
    standings: tuple[Standing, ...]
    day: date

    def due(self) -> list[Standing]:
        """Give what is to be written now."""
        return [standing for standing in self.standings if standing.notice.state is NoticeState.DUE]

    def overtaken(self) -> list[str]:
        """List the keys of letters that wait for a person, while no notice rests on them any more."""
        stand = {standing.key for standing in self.standings}
        waiting = (
            key for key, letter in letters_by_key(self.tx).items() if letter.state in outbox.WAITING_FOR_A_PERSON
        )
        return [key for key in waiting if key not in stand]

    def before_a_person(self, key: str) -> Standing:
        """Give the notice that a person decides about.

        Raises:
            DecisionRefusedError: it does not wait for a person any more.
        """
        for standing in self.standings:
            if standing.key == key and standing.notice.state is NoticeState.FOR_A_PERSON:
                return standing
        raise DecisionRefusedError(_GONE)


def notify(
    services: Services, *, day: date | None = None, dry_run: bool = False, person: str = PROGRAM
) -> tuple[Notice, ...]:
    """Queue the notices that are due; what is past or has no contact waits for a person and is left alone.

    Args:
        services: the edges.
        day: the day to judge by; today in London by default.
        dry_run: only say what would be queued.
        person: who asked for it, where it was a person.

    Returns:
        What was queued, or would be, as it stands then.

    Raises:
        UnreachableError: the store did not answer.
    """
    day = day or today(services)
    with services.store.reading() as tx:
        sight = _look(services, tx, day)
        due = sight.due()
        idle = not due and not sight.overtaken()
    if idle or dry_run:
        return tuple(standing.notice for standing in due)
    _drop_overtaken(services, day)
    with services.store.transaction() as tx:
        serialize_writers(tx)
        sight = _look(services, tx, day)  # a peer may have been faster, or the list may have changed
        told = tuple(_write(sight, standing.notice, person) for standing in sight.due())
    for_people = sum(notice.state is NoticeState.FOR_A_PERSON for notice in told)
    log.info("notices_written", count=len(told), held=for_people)
    return told


def notify_on_working_days(services: Services) -> None:
    """Do as `notify` does, for whoever asks at any time: nobody is written to on a closed day.

    Raises:
        UnreachableError: the store did not answer.
    """
    if services.calendar.is_working_day(today(services)):
        notify(services)


def send_after_all(services: Services, key: str, person: str) -> None:
    """Send a notice that was before a person, with what the list says by now.

    Args:
        services: the edges.
        key: the notice's, as `Standing.key` gives it.
        person: who decided it.

    Raises:
        DecisionRefusedError: it cannot be sent; the message is for the person on the page.
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        stored = letters_by_key(tx).get(key)
    letters.keep_written(services, () if stored is None else (stored,))
    with services.store.transaction() as tx:
        sight, standing = _decided(services, tx, key)
        notice, letter = standing.notice, standing.letter
        if not _address(services, notice):
            raise DecisionRefusedError(_NO_DCC_YET if notice.contact == DCC else _NO_CONTACT)
        if letter is None:
            _write(sight, notice, person)
            return
        written = _letter(sight, notice, services.clock.now())
        if text_of(written.content) != text_of(letter.content):
            values = {"recipient": written.recipient, "content": written.content, "archived_sha256": None}
            outbox.settle(tx, letter, letter.state, hold_reason=None, **values)
            tell_written(tx, [written], services.clock.now(), person)
        letters.release(services, tx, letter.id, person)


def set_aside(services: Services, key: str, reason: str, person: str) -> None:
    """Decide that a notice that is before a person shall not be sent.

    Raises:
        DecisionRefusedError: it cannot be, or no reason is given; the message is for the person on the page.
        UnreachableError: the store did not answer.
    """
    if not reason.strip():
        message = "Say why it is set aside."
        raise DecisionRefusedError(message)
    now = services.clock.now()
    with services.store.transaction() as tx:
        sight, standing = _decided(services, tx, key)
        notice, letter = standing.notice, standing.letter
        if letter is None:
            new = replace(_letter(sight, notice, now), hold_reason=reason.strip())
            outbox.queue(tx, [new], now)
            tell_written(tx, [new], now)
            letter = outbox.of_message_id(tx, new.message_id)
        assert letter is not None, "it was just queued"  # noqa: S101  # our own mistake
        outbox.settle(tx, letter, LetterState.DROPPED, hold_reason=reason.strip(), last_error=None)
        happened = NoticeSetAside(
            certificate=notice.certificate,
            day=notice.day.isoformat(),
            term=notice.term,
            entries=notice.entries,
            reason=reason.strip(),
            message_id=letter.message_id,
        )
        events.append(tx, happened, at=now, entry=notice.about, actor=person)


def _decided(services: Services, tx: Transaction, key: str) -> tuple[_Sight, Standing]:
    """The notice that a person decides about; where its letter is still to be written, we have the turn to append.

    Raises:
        DecisionRefusedError: it does not wait for a person any more.
    """
    sight = _look(services, tx, today(services))
    standing = sight.before_a_person(key)
    if standing.letter is None:
        serialize_writers(tx)
        sight = _look(services, tx, today(services))
        standing = sight.before_a_person(key)
        if standing.letter is not None:
            raise DecisionRefusedError(_GONE)
    return sight, standing


def _look(services: Services, tx: Transaction, day: date) -> _Sight:
    entries = listing.all_entries(tx) or ()
    told = standings(services, tx, day, entries)
    return _Sight(services, tx, {entry.number: entry for entry in entries}, told, day)


def _drop_overtaken(services: Services, day: date) -> None:
    """Drop letters that wait for a person while no notice rests on them any more."""
    with services.store.transaction() as tx:  # a letter's row is locked before the turn to append, as everywhere
        stored = letters_by_key(tx)
        for key in _look(services, tx, day).overtaken():
            outbox.settle(tx, stored[key], LetterState.DROPPED)
            happened = NoticeOvertaken(message_id=stored[key].message_id)
            events.append(tx, happened, at=services.clock.now(), entry=stored[key].entry)


def _write(sight: _Sight, notice: Notice, person: str) -> Notice:
    """Queue one notice with its event; gives it as it stands then."""
    now = sight.services.clock.now()
    new = _letter(sight, notice, now)
    outbox.queue(sight.tx, [new], now)
    tell_written(sight.tx, [new], now)
    happened = NoticeWritten(
        certificate=notice.certificate,
        day=notice.day.isoformat(),
        term=notice.term,
        entries=notice.entries,
        message_id=new.message_id,
        reason=new.hold_reason or "",
    )
    events.append(sight.tx, happened, at=now, entry=notice.about, actor=person)
    state = NoticeState.FOR_A_PERSON if new.hold_reason else NoticeState.QUEUED
    return replace(notice, state=state, why=new.hold_reason or "")


def _letter(sight: _Sight, notice: Notice, now: datetime) -> NewLetter:
    services = sight.services
    outgoing, recipient = services.config.outgoing, _address(services, notice)
    own = message_id(EXPIRY, identity(notice), outgoing.domain)
    content = b""
    if recipient:
        draft = expiry_letter(notice, _named(sight.entries, notice.entries), _again(sight, notice))
        heading = Heading(EXPIRY, own, outgoing.sender, recipient, now, True, subject=draft.subject)  # noqa: FBT003  # no person wrote it
        content = compose(heading, None, draft.text)
    hold = None if recipient else NO_DCC
    return NewLetter(None, EXPIRY, own, recipient, content, hold, entry=notice.about)


def _named(entries: Mapping[str, RegisterEntry], numbers: Collection[str]) -> Iterable[RegisterEntry]:
    return (entries[number] for number in numbers)


def _again(sight: _Sight, notice: Notice) -> date | None:
    """When the last notice about the same day follows; None where this is the last."""
    last = due_day(notice.day, min(TERMS), sight.services.calendar.is_working_day)
    return last if notice.term != min(TERMS) and last > sight.day else None


def _address(services: Services, notice: Notice) -> str:
    return services.config.publish.dcc if notice.contact == DCC else notice.contact
