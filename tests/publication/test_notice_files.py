"""The days of notices as a calendar and as a table: read by somebody else's reader, twice, and without contacts."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import vobject
from register.lines import a_version

from intake.domain.working_days import WorkingCalendar
from intake.publication.notice_files import notices_calendar, notices_csv
from intake.register.expiry import Known, Notice, notices

ENTRIES = [
    a_version(1, certificate="[E] NCSC-1", ends="30/08/2028"),
    a_version(2, certificate="[E] 1", ends="30/08/2028"),
    a_version(3, certificate="[R] SMCH58603416", ends="01/02/2029", kind="Communications Hub"),
]
WORKS = WorkingCalendar().is_working_day


def told(today: date = date(2026, 11, 20), **emails: str) -> tuple[Notice, ...]:
    known = {entry.number: Known(emails.get(f"e{entry.number}", "canary@maker.example")) for entry in ENTRIES}
    return notices(ENTRIES, known, WORKS, today)


def read(content: bytes) -> dict[str, tuple[date, str, str]]:
    """As a calendar keeps what it takes in: by its identity, so that what comes twice is there once."""
    calendar = vobject.readOne(content.decode("utf-8"))
    return {
        event.uid.value: (event.dtstart.value, event.summary.value, event.description.value)
        for event in calendar.vevent_list
    }


def test_another_reader_sees_every_notice_on_its_day() -> None:
    kept = sorted(read(notices_calendar(told())).values())
    assert [day for day, _, _ in kept] == [date(2027, 8, 27), date(2028, 2, 1), date(2028, 2, 29), date(2028, 8, 1)]
    assert kept[0][1] == "CPA notice, 12 months: [E] NCSC-1 expires 30/08/2028, 2 entries"
    assert kept[1][1] == "CPA notice, 12 months: [R] SMCH58603416 comes to its risk review 01/02/2029, 1 entry"
    assert kept[0][2].endswith("Entries: 000001, 000002")


def test_who_takes_it_in_twice_has_each_once_whenever_and_for_whomever_it_was_made() -> None:
    first = notices_calendar(told())
    later = notices_calendar(told(date(2028, 3, 1), e000002="other@maker.example"))
    assert notices_calendar(told()) == first
    assert len(read(first) | read(later)) == len(read(first)) == 4
    assert {**read(first), **read(later)} == read(first)
    assert later.count(b"DTSTAMP:20161027T000000Z") == 4


def test_a_calendar_names_no_contact_and_follows_the_standard() -> None:
    content = notices_calendar(told())
    assert b"canary" not in content.replace(b"\r\n ", b"")
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75  # RFC 5545, 3.1


def test_a_table_has_contacts_only_for_who_may_see_them_and_no_formula() -> None:
    odd = a_version(4, certificate="=1+1", ends="30/08/2028")
    notice = notices([odd], {odd.number: Known("a@b.example")}, WORKS, date(2026, 11, 20))
    rows = list(csv.DictReader(StringIO(notices_csv(notice, contacts=True).decode())))
    assert (rows[0]["certificate"], rows[0]["contact"], rows[0]["entries"]) == ("'=1+1", "a@b.example", "000004")
    hidden = notices_csv(told(), contacts=False)
    assert b"contact" not in hidden
    assert b"canary" not in hidden
    assert b"canary" in notices_csv(told(), contacts=True, line_end="lf")
