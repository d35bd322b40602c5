"""When an acknowledgement and a publication are due."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from intake.domain.working_days import WorkingCalendar
from intake.errors import ConfigurationError
from rules.days import LONDON


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-16T09:00:00+00:00", "2026-11-17"),  # Monday
        ("2026-11-19T23:59:59+00:00", "2026-11-20"),  # Thursday
        ("2026-11-20T00:00:00+00:00", "2026-11-23"),  # Friday
        ("2026-11-21T10:00:00+00:00", "2026-11-23"),  # Saturday
        ("2026-11-22T10:00:00+00:00", "2026-11-23"),  # Sunday
        ("2026-11-22T23:30:00-05:00", "2026-11-24"),  # Sunday night in New York is Monday in London
        ("2026-06-15T23:30:00+00:00", "2026-06-17"),  # in summer, London's Tuesday has begun
        ("2026-12-23T12:00:00+00:00", "2026-12-24"),
        ("2026-12-24T12:00:00+00:00", "2026-12-29"),  # Christmas, Saturday, Sunday, Boxing Day's Monday
        ("2026-12-31T12:00:00+00:00", "2027-01-04"),
        ("2027-03-25T12:00:00+00:00", "2027-03-30"),  # Good Friday and Easter Monday; the clocks go forward
        ("2026-10-23T12:00:00+01:00", "2026-10-26"),  # the clocks go back
        ("2022-09-16T12:00:00+01:00", "2022-09-20"),  # a one-off bank holiday
    ],
)
def test_an_acknowledgement_is_due_when_the_next_working_day_ends(received: str, due: str) -> None:
    moment = WorkingCalendar().acknowledge_due(datetime.fromisoformat(received))
    assert moment.isoformat() == f"{due}T23:59:59{'+01:00' if moment.dst() else '+00:00'}"
    assert moment.tzinfo is LONDON


@pytest.mark.parametrize(
    ("approved", "due"),
    [
        ("2026-11-16T09:00:00+00:00", "2026-11-17"),  # Monday
        ("2026-11-20T16:00:00+00:00", "2026-11-23"),  # Friday
        ("2026-06-15T23:30:00+00:00", "2026-06-17"),  # in summer, London's Tuesday has begun
        ("2026-12-24T12:00:00+00:00", "2026-12-29"),
    ],
)
def test_a_publication_is_due_when_the_working_day_after_approval_ends(approved: str, due: str) -> None:
    moment = WorkingCalendar().publish_due(datetime.fromisoformat(approved))
    assert moment.isoformat() == f"{due}T23:59:59{'+01:00' if moment.dst() else '+00:00'}"
    assert moment.tzinfo is LONDON


@pytest.mark.parametrize(
    ("region", "due"),
    [("ENG", date(2026, 1, 2)), ("WLS", date(2026, 1, 2)), ("SCT", date(2026, 1, 5)), ("NIR", date(2026, 1, 2))],
)
def test_each_part_of_the_kingdom_has_its_own_calendar(region: str, due: date) -> None:
    assert WorkingCalendar(region).acknowledge_due(datetime(2025, 12, 31, 9, tzinfo=UTC)).date() == due


def test_our_own_closed_days_count() -> None:
    calendar = WorkingCalendar(extra_closed_days=[date(2026, 11, 17), datetime(2026, 11, 18, 1, tzinfo=UTC)])
    assert calendar.acknowledge_due(datetime(2026, 11, 16, 9, tzinfo=UTC)).date() == date(2026, 11, 19)


def test_the_version_tells_calendars_apart() -> None:
    closed = [date(2026, 11, 17), date(2026, 11, 18)]
    versions = [
        WorkingCalendar().version,
        WorkingCalendar("SCT").version,
        WorkingCalendar(extra_closed_days=closed).version,
        WorkingCalendar(extra_closed_days=closed[:1]).version,
    ]
    assert len(set(versions)) == len(versions)
    assert versions[0].endswith(", ENG, extra days none")
    assert WorkingCalendar(extra_closed_days=reversed(closed)).version == versions[2]


def test_an_unknown_region_is_a_mistake_in_the_configuration() -> None:
    with pytest.raises(ConfigurationError, match=r"calendar\.region") as caught:
        WorkingCalendar("FRA")
    assert "ENG" in caught.value.hint


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        WorkingCalendar().acknowledge_due(datetime(2026, 11, 16, 9))  # noqa: DTZ001  # that is the mistake
    with pytest.raises(ValueError, match="zone"):
        WorkingCalendar().publish_due(datetime(2026, 11, 16, 9))  # noqa: DTZ001  # that is the mistake
    with pytest.raises(ValueError, match="zone"):
        WorkingCalendar().decide_due(datetime(2026, 11, 16, 9), 1)  # noqa: DTZ001  # that is the mistake
    with pytest.raises(ValueError, match="zone"):
        WorkingCalendar().due_arrivals(datetime(2026, 11, 16, 9), 1)  # noqa: DTZ001  # that is the mistake


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 16), date(2026, 11, 16), 0),
        (date(2026, 11, 16), date(2026, 11, 17), 1),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 12, 24), date(2026, 12, 29), 1),
        (date(2025, 12, 31), date(2026, 12, 31), 253),
        (datetime(2026, 11, 16, 23, 59, tzinfo=UTC), datetime(2026, 11, 17, tzinfo=UTC), 1),
    ],
)
def test_working_days_are_counted_after_the_first_day_and_with_the_last(start: date, end: date, days: int) -> None:
    assert WorkingCalendar().working_days_between(start, end) == days


def test_a_deadline_is_one_working_day_away_all_through_a_year() -> None:
    calendar = WorkingCalendar()
    for day in range(366):
        received = datetime(2028, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        due = calendar.acknowledge_due(received)
        assert calendar.is_working_day(due.date())
        assert calendar.working_days_between(received, due) == 1


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-16T09:00:00+00:00", 0, "2026-11-16"),
        ("2026-11-16T09:00:00+00:00", 1, "2026-11-17"),
        ("2026-11-16T09:00:00+00:00", 5, "2026-11-23"),
        ("2026-11-21T09:00:00+00:00", 5, "2026-11-27"),  # Saturday
        ("2026-12-23T23:30:00+00:00", 3, "2026-12-30"),
        ("2026-06-15T23:30:00+00:00", 10, "2026-06-30"),  # in summer, London's Tuesday has begun
    ],
)
def test_a_decision_is_due_when_so_many_working_days_have_ended(received: str, days: int, due: str) -> None:
    calendar = WorkingCalendar()
    for _ in range(2):  # the second time as it was kept
        moment = calendar.decide_due(datetime.fromisoformat(received), days)
        assert moment.isoformat() == f"{due}T23:59:59{'+01:00' if moment.dst() else '+00:00'}"
    assert moment.tzinfo is LONDON


@pytest.mark.parametrize("days", [0, 1, 5])
def test_what_is_to_be_decided_today_arrived_before_one_moment(days: int) -> None:
    calendar = WorkingCalendar()
    for day in range(0, 120, 3):
        now = datetime(2026, 10, 20, 12, tzinfo=LONDON) + timedelta(days=day)
        before = calendar.due_arrivals(now, days)
        assert before.timetz() == time(tzinfo=LONDON)
        assert calendar.decide_due(before - timedelta(seconds=1), days).date() <= now.date()
        assert calendar.decide_due(before, days).date() > now.date()


def test_a_day_that_is_closed_later_moves_what_is_due_from_then_on_and_keeps_the_configured_ones() -> None:
    calendar = WorkingCalendar(extra_closed_days=[date(2026, 11, 18)])
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    first = calendar.version
    assert calendar.version == first
    assert calendar.decide_due(monday, 1).date() == date(2026, 11, 17)
    calendar.close_also([date(2026, 11, 17)])
    assert calendar.decide_due(monday, 1).date() == date(2026, 11, 19)
    assert calendar.version != first
    calendar.close_also([])
    assert calendar.decide_due(monday, 1).date() == date(2026, 11, 17)
    assert not calendar.is_working_day(date(2026, 11, 18))
    assert calendar.version == first


def works(day: date, calendar: WorkingCalendar, together: threading.Barrier) -> bool:
    together.wait()
    return calendar.is_working_day(day)


def test_a_bank_holiday_is_one_for_every_thread_that_asks_first() -> None:
    before, askers = sys.getswitchinterval(), 4
    sys.setswitchinterval(1e-5)
    try:
        for year in range(2040, 2080):  # of which nobody has asked before
            ask = partial(works, calendar=WorkingCalendar(), together=threading.Barrier(askers))
            with ThreadPoolExecutor(askers) as threads:
                assert not any(threads.map(ask, [date(year, 12, 25)] * askers)), year
    finally:
        sys.setswitchinterval(before)
