"""Reads the days and times that a workbook keeps as numbers (ECMA-376 part 1, 18.17.4 and 18.8.30).

openpyxl could, and brings twelve megabytes of code for it into every process that reads the list.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

Moment = datetime | date | time | timedelta
_SINCE_1900, _SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # days of a sheet have no zone
_LEAP_DAY = 60
"""The 29th of February 1900, which Excel has and the calendar has not; days before it are one off."""
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Formats of days and times that have no code in the workbook; those from 27 and 50 on are of East Asia."""
_SPAN_BUILT_IN = 46
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")


def shows_moment(number: int, code: str | None) -> bool:
    """Tell whether a number format shows a day, a time or a span of time.

    Args:
        number: of the format.
        code: as the workbook has it; None where it has none, so that the number alone counts.
    """
    if code is None:
        return number in _BUILT_IN
    shown = _LITERAL.sub("", code.split(";")[0])
    return bool(_SPAN.search(shown)) or bool(re.search("[dmyhs]", _BRACKETS.sub("", shown), re.IGNORECASE))


def shows_span(number: int, code: str | None) -> bool:
    """Tell whether a number format that shows a moment shows a span of time, such as 36 hours."""
    return number == _SPAN_BUILT_IN if code is None else bool(_SPAN.search(_LITERAL.sub("", code.split(";")[0])))


def moment(number: float, *, span: bool, since_1904: bool) -> Moment | None:
    """Give the moment that a number stands for, to the millisecond; None where the calendar does not reach.

    Args:
        number: days.
        span: whether it is a span of time.
        since_1904: from which day on they are counted.
    """
    try:
        days, rest = divmod(number, 1)
        past = timedelta(milliseconds=round(rest * 86_400_000))
        if span:
            return timedelta(days=days) + past
        if number >= 0 and days == 0 and past.days == 0:
            return (_SINCE_1900 + past).time()
        early = 0 < number < _LEAP_DAY and not since_1904
        return (_SINCE_1904 if since_1904 else _SINCE_1900) + timedelta(days=days + early) + past
    except (OverflowError, ValueError):
        return None


def stated_moment(text: str) -> Moment | None:
    """Give the moment that a text of ISO 8601 says; None where it says none."""
    for kind in (datetime, time):
        try:
            return kind.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            continue
    return None
