"""Notices about CPA certificates: one for each certificate, day, term and contact, on working days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register.lines import a_version

from intake.domain.working_days import WorkingCalendar
from intake.register.expiry import (
    DCC,
    Known,
    Notice,
    NoticeState,
    due_day,
    identity,
    months_before,
    needs_contact,
    notices,
    without_day,
)
from rules.facts import RegisterEntry

CALENDAR = WorkingCalendar()
TODAY = date(2026, 11, 20)


def told(*entries: RegisterEntry, today: date = TODAY, **known: Known) -> tuple[Notice, ...]:
    named = {number.removeprefix("e"): each for number, each in known.items()}
    everyone = {entry.number: named.get(entry.number, Known("meters@example.test")) for entry in entries}
    return notices(entries, everyone, CALENDAR.is_working_day, today)


def certified(number: int, ends: str = "30/08/2028", certificate: str = "[E] NCSC-1", **other: str) -> RegisterEntry:
    return a_version(number, certificate=certificate, ends=ends, **other)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 8, 30), 6, date(2028, 2, 29)),
        (date(2027, 1, 15), 12, date(2026, 1, 15)),
        (date(2027, 1, 15), 6, date(2026, 7, 15)),
    ],
)
def test_a_calendar_month_goes_back_to_its_own_last_day(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_a_notice_goes_out_on_the_working_day_on_or_before() -> None:
    assert due_day(date(2028, 2, 29), 12, CALENDAR.is_working_day) == date(2027, 2, 26)  # Sunday 28 February 2027
    assert due_day(date(2027, 12, 27), 12, CALENDAR.is_working_day) == date(2026, 12, 24)  # Christmas and its weekend


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([6, 12]))
def test_no_notice_falls_on_a_closed_day_or_behind_its_month(day: date, months: int) -> None:
    due = due_day(day, months, CALENDAR.is_working_day)
    assert CALENDAR.is_working_day(due)
    assert due <= months_before(day, months)
    assert (months_before(day, months) - due).days <= 5


def test_entries_of_one_certificate_and_contact_share_a_notice_however_it_is_spelled() -> None:
    first, second = told(certified(1), certified(2, certificate="[E] 1"), certified(3, certificate="[E] NCSC 1"))
    assert (first.term, second.term) == (12, 6)
    assert first.entries == second.entries == ("000001", "000002", "000003")
    assert first.as_object() == {
        "certificate": "[E] NCSC-1",
        "date": "2028-08-30",
        "term": "12 months",
        "due": "2027-08-27",
        "entries": ["000001", "000002", "000003"],
        "contact": "meters@example.test",
        "state": "upcoming",
    }


def test_one_contact_in_capitals_or_not_has_one_letter() -> None:
    first, second = told(certified(2), certified(1), e000001=Known("Meters@Example.test"))
    assert first.entries == second.entries == ("000001", "000002")
    (other, _) = told(certified(1), e000001=Known("Meters@Example.test"))
    assert identity(first) == identity(other)  # whichever entry came first


def test_of_one_day_notices_stand_in_the_order_of_certificate_and_contact() -> None:
    entries = (certified(1, certificate="[E] NCSC-2"), certified(2), certified(3))
    actual = told(*entries, e000002=Known("b@example.test"), e000003=Known("a@example.test"))
    assert [(notice.certificate, notice.contact) for notice in actual if notice.term == 12] == [
        ("[E] NCSC-1", "a@example.test"),
        ("[E] NCSC-1", "b@example.test"),
        ("[E] NCSC-2", "meters@example.test"),
    ]


def test_where_nobody_is_known_there_is_no_contact() -> None:
    (first, _) = told(certified(1), today=date(2027, 9, 30), e000001=Known())
    assert (first.as_object()["contact"], first.why) == (None, "no contact is known")


@pytest.mark.parametrize(
    ("entry", "dayless", "needs"),
    [
        (certified(1), False, True),
        (certified(1, ends="soon"), True, True),
        (certified(1, ends="soon", status="Removed"), False, False),
        (certified(1, ends="soon", certificate=""), False, False),
        (certified(1, ends="", kind="Communications Hub"), True, False),
    ],
)
def test_what_no_notice_can_be_sent_for_is_found(entry: RegisterEntry, dayless: bool, needs: bool) -> None:
    assert without_day([entry]) == (("000001",) if dayless else ())
    assert needs_contact(entry) is needs


def test_another_day_another_contact_and_another_certificate_have_their_own() -> None:
    entries = (certified(1), certified(2, ends="31/08/2028"), certified(3, certificate="[E] NCSC-2"), certified(4))
    assert len(told(*entries, e000004=Known("others@example.test"))) == 8
    assert len({identity(notice) for notice in told(*entries, e000004=Known("others@example.test"))}) == 8


def test_removed_entries_other_certificates_and_odd_days_have_none() -> None:
    assert (
        told(certified(1, status="Removed"), certified(2, ends="soon"), certified(3, certificate=""), a_version(4))
        == ()
    )


@pytest.mark.parametrize(
    ("today", "known", "expected"),
    [
        (date(2027, 8, 26), Known("a@b.test"), NoticeState.UPCOMING),
        (date(2027, 8, 27), Known("a@b.test"), NoticeState.DUE),
        (date(2027, 9, 30), Known("a@b.test"), NoticeState.DUE),
        (date(2027, 9, 30), Known("a@b.test", date(2027, 8, 27)), NoticeState.DUE),
        (date(2027, 9, 30), Known("a@b.test", date(2027, 8, 28)), NoticeState.FOR_A_PERSON),
        (date(2027, 9, 30), Known(""), NoticeState.FOR_A_PERSON),
        (date(2028, 8, 30), Known("a@b.test"), NoticeState.DUE),
        (date(2028, 8, 31), Known("a@b.test"), NoticeState.OVER),
    ],
)
def test_a_notice_is_due_from_its_day_on_unless_it_was_past_or_nobody_is_known(
    today: date, known: Known, expected: NoticeState
) -> None:
    first, _ = told(certified(1), today=today, e000001=known)
    assert (first.term, first.state) == (12, expected)


def test_hubs_are_the_dccs_and_r_is_a_risk_review() -> None:
    hub, _ = told(certified(1, kind="Communications Hub"), e000001=Known("a@b.test"))
    review, _ = told(certified(1, certificate="[R] NCSC-1"))
    assert (hub.contact, hub.review, review.review) == (DCC, False, True)
