"""Finds which CPA certificates of the list end, and when their holders are to be warned.

Source: SEC F2.7 (12 and 6 months before a CPA certificate expires); MP209 for ``[R]``, whose day is a risk review.
One letter is about one certificate, one day and one contact, however many entries rest on it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.certificate_number import one_certificate, prefix_of
from rules.days import stated_date
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import is_current, published

TERMS = (12, 6)
"""Months before the day."""
DCC = "DCC"
"""Whom a notice about Communications Hubs goes to."""
NOBODY = "no contact is known"
PAST = "its day was past when these entries came to the list with this certificate and day"
_HUB = "communications hub"
_MONTHS = 12


class NoticeState(StrEnum):
    """Where a notice stands on a day."""

    UPCOMING = "upcoming"
    DUE = "due"
    """It is to go out."""
    FOR_A_PERSON = "for a person"
    """Its day was past when the list was taken in, or nobody is known whom it could go to."""
    OVER = "over"
    """The certificate's own day has passed."""
    QUEUED = "queued"
    """It is written and will go out."""
    SENT = "sent"
    SET_ASIDE = "set aside"
    """A person decided that it shall not go out."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about a certificate, before it is sent."""

    certificate: str
    """As the list states it."""
    day: date
    """When it expires, or comes to its risk review."""
    term: int
    """Months before."""
    due: date
    """The working day on which it is sent."""
    entries: tuple[str, ...]
    contact: str
    """An address, `DCC`, or empty where nobody is known."""
    state: NoticeState
    why: str = ""
    """Why it is before a person, in words that anybody may read; empty where it is not."""

    @property
    def review(self) -> bool:
        """Whether the day is that of a risk review."""
        return prefix_of(self.certificate) == "[R]"

    @property
    def about(self) -> str:
        """What the notice is about, as outbox and ledger name it; nobody can be told from it."""
        return f"certificate {one_certificate(self.certificate)}, {self.day.isoformat()}, {self.term} months"

    def as_object(self) -> dict[str, object]:
        """Give the notice as JSON says it."""
        return {
            "certificate": self.certificate,
            "date": self.day.isoformat(),
            "term": f"{self.term} months",
            "due": self.due.isoformat(),
            "entries": list(self.entries),
            "contact": self.contact or None,
            "state": self.state.value,
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows of an entry besides what is published."""

    contact: str = ""
    since: date = date.min
    """From when on its certificate and day have been in the register."""


def months_before(day: date, months: int) -> date:
    """Go back so many calendar months; a day that the month does not have is its last."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_day(day: date, months: int, works: Callable[[date], bool]) -> date:
    """Give the working day on or before the day so many months before."""
    due = months_before(day, months)
    while not works(due):
        due -= timedelta(days=1)
    return due


def term_of(entry: RegisterEntry) -> tuple[str, date | None]:
    """Give what a notice rests on: the entry's CPA certificate and its day, in comparable form."""
    number = one_certificate(published(entry, FormField.CPA_NUMBER))
    return number, stated_date(published(entry, FormField.CPA_DATE))


def notices(
    entries: Iterable[RegisterEntry], contacts: Mapping[str, Known], works: Callable[[date], bool], today: date
) -> tuple[Notice, ...]:
    """List every notice about the certificates of Current entries, in the order of their days.

    Args:
        entries: the list.
        contacts: what the register knows besides, by an entry's number.
        works: whether people work on a day.
        today: the day on which the notices' states are told.
    """
    grouped: dict[tuple[str, date, str], tuple[str, list[RegisterEntry]]] = {}
    for entry in entries:
        key, day = term_of(entry)
        if is_current(entry) and day is not None and key:
            contact = _contact(entry, contacts.get(entry.number, Known()))
            _, lines = grouped.setdefault((key, day, contact.casefold()), (contact, []))
            lines.append(entry)
    told = (
        notice
        for (_, day, _), (contact, lines) in grouped.items()
        for notice in _of(lines, day, contact, contacts, works, today)
    )
    return tuple(sorted(told, key=lambda notice: (notice.due, notice.certificate, notice.contact, -notice.term)))


def _of(  # one a part of the group
    lines: Sequence[RegisterEntry],
    day: date,
    contact: str,
    contacts: Mapping[str, Known],
    works: Callable[[date], bool],
    today: date,
) -> Iterator[Notice]:
    since = min(contacts.get(line.number, Known()).since for line in lines)
    certificate = published(lines[0], FormField.CPA_NUMBER)
    for term in TERMS:
        due = due_day(day, term, works)
        state, why = _state(due, day, contact, since, today)
        yield Notice(
            certificate,
            day,
            term,
            due,
            tuple(sorted(line.number for line in lines)),
            contact,
            state,
            why,
        )


def _state(due: date, day: date, contact: str, since: date, today: date) -> tuple[NoticeState, str]:
    if today < due:
        return NoticeState.UPCOMING, ""
    if today > day:
        return NoticeState.OVER, ""
    why = NOBODY if not contact else PAST if due < since else ""
    return (NoticeState.FOR_A_PERSON if why else NoticeState.DUE), why


def is_hub(entry: RegisterEntry) -> bool:
    """Tell whether it is a Communications Hub, so that its notices go to the DCC."""
    return published(entry, FormField.DEVICE_TYPE).casefold() == _HUB


def without_day(entries: Iterable[RegisterEntry]) -> tuple[str, ...]:
    """List Current entries whose CPA certificate has no day that can be read, so that no notice is due."""
    return tuple(entry.number for entry in entries if is_current(entry) and (told := term_of(entry))[0] and not told[1])


def needs_contact(entry: RegisterEntry) -> bool:
    """Tell whether its notices need a contact of its own: a Current entry with a CPA certificate and no hub."""
    return is_current(entry) and bool(published(entry, FormField.CPA_NUMBER)) and not is_hub(entry)


def _contact(entry: RegisterEntry, contact: Known) -> str:
    return DCC if is_hub(entry) else contact.contact


def identity(notice: Notice) -> str:
    """Give what makes a notice the same one again: its certificate, day, term and contact."""
    number = one_certificate(notice.certificate)
    return f"{number} {notice.day.isoformat()} {notice.term} {notice.contact.casefold()}"
