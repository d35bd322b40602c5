"""Numbers that a spreadsheet shows as days and times; openpyxl is the other reader of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from intake.register.moments import Moment, moment, shows_moment, shows_span, stated_moment


@given(st.floats(0, 2_000_000) | st.integers(0, 2_000_000), st.booleans())
def test_a_number_is_the_moment_that_openpyxl_says(number: float, since_1904: bool) -> None:
    epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    assert moment(number, span=False, since_1904=since_1904) == from_excel(number, epoch)


def test_beyond_the_calendar_is_no_moment() -> None:
    for number in (3e6, -1e9, 1e300, float("inf"), float("nan")):
        assert moment(number, span=False, since_1904=False) is None
    assert moment(1.5, span=True, since_1904=False) == timedelta(hours=36)


@pytest.mark.parametrize("number", [number for number in BUILTIN_FORMATS if number < 50])
def test_formats_without_a_code_are_known(number: int) -> None:
    code = BUILTIN_FORMATS[number]
    assert shows_moment(number, None) is bool(is_date_format(code))
    assert shows_span(number, None) is bool(is_timedelta_format(code))


@pytest.mark.parametrize(
    ("code", "is_moment", "span"),
    [
        ("dd/mm/yyyy", True, False), ("[$-809]dd mmmm yyyy;@", True, False), ("[h]:mm", True, True),
        ("[ss]", True, True),
        ("General", False, False), ("@", False, False), ("0.00", False, False), ("[Red]0;[Blue]-0", False, False),
        ('"days" 0', False, False), (r"\d0", False, False), ("#,##0_d", False, False), ("", False, False),
        ("h:mm AM/PM", True, False), ('0;"d"', False, False), ('[>0]"yes";@', False, False),
    ],
)  # fmt: skip
def test_a_code_says_what_is_shown(code: str, is_moment: bool, span: bool) -> None:
    assert (shows_moment(170, code), is_moment and shows_span(170, code)) == (is_moment, span)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2028-08-30", datetime(2028, 8, 30)),  # noqa: DTZ001  # a spreadsheet's days have no zone
        ("2028-08-30T10:02:00Z", datetime(2028, 8, 30, 10, 2)),  # noqa: DTZ001  # likewise
        ("10:02", time(10, 2)),
        ("soon", None),
    ],
)
def test_a_text_of_a_moment_is_read(text: str, says: Moment | None) -> None:
    assert stated_moment(text) == says
