"""Writes the notices about certificates as files: a table for spreadsheets, and a calendar (RFC 5545).

A calendar travels, so it names no contact; and as its events keep their identity and their stamp, whoever takes it in
twice has each of them once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from icalendar import Calendar, Event

from intake.publication.tables import for_people
from intake.register.expiry import Notice
from rules.certificate_number import one_certificate

COLUMNS = ("certificate", "date", "term", "due", "entries", "contact", "state")
CONTACT = "contact"
_STAMP = datetime(2016, 10, 27, tzinfo=UTC)
"""Of every event, whenever the file is made: the day of the list's first version."""

_Key = tuple[str, date, int]


def notices_csv(notices: Iterable[Notice], *, contacts: bool, line_end: str = "crlf") -> bytes:
    """Write the notices as a table.

    Args:
        notices: in their order.
        contacts: whether whoever gets the file may see whom they go to.
        line_end: ``crlf`` or ``lf``.
    """
    columns = [name for name in COLUMNS if contacts or name != CONTACT]
    return for_people(columns, ([_cell(notice.as_object()[name]) for name in columns] for notice in notices), line_end)


def _cell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def notices_calendar(notices: Iterable[Notice]) -> bytes:
    """Write one event for each certificate, day and term, on the working day on which its notices are due."""
    calendar = Calendar()
    calendar.add("PRODID", "-//cpl-intake//notices about CPA certificates//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", "CPA certificates of the Central Products List")
    for key, some in _by_event(notices).items():
        calendar.add_component(_event(key, some))
    return bytes(calendar.to_ical())


def _by_event(notices: Iterable[Notice]) -> Mapping[_Key, Sequence[Notice]]:
    """What goes to several contacts is one event: it names none of them."""
    alike: dict[_Key, list[Notice]] = {}
    for notice in notices:
        alike.setdefault((one_certificate(notice.certificate), notice.day, notice.term), []).append(notice)
    return alike


def _event(key: _Key, notices: Sequence[Notice]) -> Event:
    number, day, term = key
    first = min(notices, key=lambda notice: notice.entries)  # whose spelling is told, whoever the contacts are
    entries = sorted({entry for notice in notices for entry in notice.entries})
    what = "comes to its risk review" if first.review else "expires"
    count = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    event = Event()
    event.add("UID", f"{sha256(f'{number} {day.isoformat()} {term}'.encode()).hexdigest()[:32]}@cpl-intake")
    event.add("DTSTAMP", _STAMP)
    event.add("DTSTART", first.due)
    event.add("SUMMARY", f"CPA notice, {term} months: {first.certificate} {what} {day:%d/%m/%Y}, {count}")
    event.add(
        "DESCRIPTION", f"Certificate {first.certificate} {what} on {day:%d/%m/%Y}.\nEntries: {', '.join(entries)}"
    )
    event.add("TRANSP", "TRANSPARENT")
    return event
