"""Gathers what the register knows of certificates that end, and says where each notice about them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.clock import LONDON
from intake.domain.letter import message_id
from intake.pipeline.services import Services
from intake.register.expiry import Known, Notice, NoticeState, identity, notices, term_of, without_day
from intake.store import contacts, listing, outbox
from intake.store.engine import Transaction
from intake.store.outbox import LetterState, QueuedLetter
from rules.facts import RegisterEntry

EXPIRY = "expiry"
"""The kind of the letters."""
_OF_LETTERS: Mapping[LetterState, tuple[NoticeState, str]] = {
    LetterState.QUEUED: (NoticeState.QUEUED, ""),
    LetterState.SENT: (NoticeState.SENT, ""),
    LetterState.DROPPED: (NoticeState.SET_ASIDE, ""),
    LetterState.REFUSED: (NoticeState.FOR_A_PERSON, "the mail server refused it"),
    LetterState.BOUNCED: (NoticeState.FOR_A_PERSON, "it came back undelivered"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice, and its letter where one is written."""

    notice: Notice
    letter: QueuedLetter | None

    @property
    def key(self) -> str:
        """What tells its letter from every other, whatever our domain is called."""
        return key_of(self.notice)

    @property
    def detail(self) -> str:
        """What a mail server said, or a person; it may name the contact."""
        letter = self.letter
        return "" if letter is None else letter.last_error or letter.hold_reason or ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """All notices as they stand today."""

    standings: tuple[Standing, ...]
    without_day: tuple[str, ...]
    """Numbers of Current entries whose CPA certificate has no day that can be read."""


def key_of(notice: Notice) -> str:
    """Give what stands before the @ in the Message-ID of a notice's letter."""
    return _local(message_id(EXPIRY, identity(notice), ""))


def notices_now(services: Services) -> tuple[Notice, ...]:
    """List every notice as it stands today; none where no list was ever taken in.

    Raises:
        UnreachableError: the store did not answer.
    """
    return tuple(standing.notice for standing in standings_now(services))


def standings_now(services: Services) -> tuple[Standing, ...]:
    """Give the same with their letters.

    Raises:
        UnreachableError: the store did not answer.
    """
    return outlook(services).standings


def outlook(services: Services) -> Outlook:
    """Give the same, and the entries about which no notice can fall due.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        entries = listing.all_entries(tx) or ()
        return Outlook(standings(services, tx, today(services), entries), without_day(entries))


def today(services: Services) -> date:
    """Give the day in London."""
    return services.clock.now().astimezone(LONDON).date()


def standings(
    services: Services, tx: Transaction, day: date, entries: tuple[RegisterEntry, ...] | None = None
) -> tuple[Standing, ...]:
    """List every notice as it stands on a day, with its letter.

    Args:
        services: the edges; only the calendar is asked.
        tx: the caller's transaction.
        day: the day to judge by; where it lies before a list was taken in, as if that had been on the day itself.
        entries: the list, where it has been read already.
    """
    entries = listing.all_entries(tx) or () if entries is None else entries
    if not entries:
        return ()
    since, addresses = listing.first_days(tx, term_of), contacts.addresses(tx)
    by_entry = {
        entry.number: Known(addresses.get(entry.number, ""), min(since[entry.number], day)) for entry in entries
    }
    letters = letters_by_key(tx)
    told = notices(entries, by_entry, services.calendar.is_working_day, day)
    return tuple(_standing(notice, letters) for notice in told)


def letters_by_key(tx: Transaction) -> Mapping[str, QueuedLetter]:
    """Give every notice's letter that was ever written, by `key_of`."""
    return {_local(letter.message_id): letter for letter in outbox.of_kind(tx, EXPIRY)}


def _standing(notice: Notice, letters: Mapping[str, QueuedLetter]) -> Standing:
    letter = letters.get(key_of(notice))
    if letter is None:
        aside = letters.get(key_of(replace(notice, contact="")))  # settled before anybody was known
        letter = aside if aside is not None and aside.state is LetterState.DROPPED else None
    if letter is None:
        return Standing(notice, None)
    state, why = _OF_LETTERS.get(letter.state, (NoticeState.FOR_A_PERSON, letter.hold_reason or "it is held"))
    return Standing(replace(notice, state=state, why=why), letter)


def _local(identity: str) -> str:
    return identity.strip("<>").partition("@")[0]
