"""Days as forms and certificates state them, and what is counted from them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from dossiers import a_dossier

from rules.days import (
    day_of,
    days_after,
    form_date,
    in_either_order,
    in_form,
    last_day,
    months_after,
    stated_date,
    years_after,
)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 12, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 6, 15, 23, 30, tzinfo=UTC), date(2026, 6, 16)),  # in summer, London's next day has begun
        (datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-5))), date(2026, 11, 21)),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))), date(1, 1, 1)),
        (datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-5))), date(9999, 12, 31)),
    ],
)
def test_a_dossier_is_judged_on_the_day_that_it_is_in_london(moment: datetime, day: date) -> None:
    assert day_of(a_dossier(judged_at=moment)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/08/2023", date(2023, 8, 30)),
        ("29/02/2024", date(2024, 2, 29)),
        ("29/02/2023", None),
        ("30/8/2023", None),
        ("30-08-2023", None),
        (" 30/08/2023", None),
        ("30/08/2023x", None),
        ("00/08/2023", None),
        ("30/08/0000", None),
    ],
)
def test_the_form_s_own_spelling_is_read_to_the_letter(text: str, day: date | None) -> None:
    assert form_date(text) == day
    assert day is None or in_form(day) == text


@pytest.mark.parametrize(
    "text",
    [
        "30/08/2023", "30.8.2023", "30-08-2023", " 30  August 2023 ", "30th August, 2023", "30 Aug 2023", "30-Aug-2023",
        "August 30, 2023", "aug. 30th 2023", "2023-08-30", "2023/08/30", "2023.08.30", "30. August 2023",
        "30 de agosto de 2023", "30 août 2023", "30º agosto 2023", "2023年8月30日", "2023년 8월 30일",
    ],
)  # fmt: skip
def test_a_day_is_read_as_certificates_write_it(text: str) -> None:
    assert stated_date(text) == date(2023, 8, 30)


@pytest.mark.parametrize(
    "text", ["", "30/08/23", "08/30/2023", "2023-08/30", "2023-8-30", "30 Au 2023", "30 Augment 2023", "August 2023"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert stated_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/08/2023", date(2023, 8, 30)),
        ("March 2025", date(2025, 3, 31)),
        ("feb 2024", date(2024, 2, 29)),
        ("März 2025", date(2025, 3, 31)),
        ("03/2025", date(2025, 3, 31)),
        ("4-2025", date(2025, 4, 30)),
        ("2025.12", date(2025, 12, 31)),
        ("2025", date(2025, 12, 31)),
        ("0000", None),
        ("13/2025", None),
        ("2025-00", None),
        ("Someday 2025", None),
        ("in 2025 or so", None),
        ("", None),
    ],
)
def test_the_last_day_of_a_month_or_year_that_stands_alone(text: str, day: date | None) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/04/2023", (date(2023, 4, 3), date(2023, 3, 4))),
        ("04/04/2023", (date(2023, 4, 4),)),
        ("30/08/2023", (date(2023, 8, 30),)),
        ("08/30/2023", (date(2023, 8, 30),)),
        ("31/31/2023", ()),
        ("30 August 2023", ()),
    ],
)
def test_two_numbers_and_a_year_may_be_read_in_either_order(text: str, days: tuple[date, ...]) -> None:
    assert in_either_order(text) == days


@pytest.mark.parametrize(
    ("day", "years", "after"),
    [
        (date(2022, 8, 30), 6, date(2028, 8, 30)),
        (date(2024, 2, 29), 6, date(2030, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(9998, 8, 30), 6, date(9999, 8, 30)),
        (date(9996, 2, 29), 6, date(9999, 2, 28)),
    ],
)
def test_years_are_added_within_the_calendar(day: date, years: int, after: date) -> None:
    assert years_after(day, years) == after


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_are_added_within_the_calendar(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("days", "after"), [(1, date(2027, 1, 1)), (365, date(2027, 12, 31)), (4_000_000, date.max), (10**12, date.max)]
)
def test_days_are_added_within_the_calendar(days: int, after: date) -> None:
    assert days_after(date(2026, 12, 31), days) == after
