"""Working days, and when an acknowledgement and a publication are due.

Neither the Code's definition of a Working Day nor its cut-off hour could be found. The list's own issue dates fit the
calendar of England and Wales without exception, so that is the default, and the end of the day is its last second.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from importlib import metadata

from intake.errors import ConfigurationError
from rules.days import LONDON

REGIONS = ("ENG", "WLS", "SCT", "NIR")
LAST_SECOND = time(23, 59, 59)
"""A day ends at 23:59:59, a moment that is still that day on every screen; 24:00 would be shown as the next."""
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkingCalendar:
    """Monday to Friday without the region's bank holidays and without our own closed days, which may become more."""

    def __init__(self, region: str = "ENG", extra_closed_days: Iterable[date] = ()) -> None:
        """Take the bank holidays of a part of the United Kingdom; `extra_closed_days` are ours alone.

        Bank holidays are proclaimed at short notice, before any library knows them: those belong there too.

        Raises:
            ConfigurationError: no such region.
        """
        if region not in REGIONS:
            message = f"calendar.region is {region!r}"
            raise ConfigurationError(message, f"use one of {', '.join(REGIONS)}")
        self._region = region
        self._configured = self._extra = frozenset(_day(closed) for closed in extra_closed_days)
        self._version: tuple[frozenset[date], str] | None = None
        self._due: dict[tuple[date, int], date] = {}

    def close_also(self, days: Iterable[date]) -> None:
        """Take these days for closed from now on, besides those that it was made with; what was computed stays."""
        self._extra = self._configured | frozenset(days)
        self._due = {}

    @property
    def version(self) -> str:
        """Identify the calendar for storage beside a deadline: library, region, digest of our own days."""
        extra = self._extra
        if self._version is None or self._version[0] != extra:
            days = " ".join(sorted(map(date.isoformat, extra)))
            told = sha256(days.encode()).hexdigest()[:12] if days else "none"
            self._version = (extra, f"holidays {metadata.version('holidays')}, {self._region}, extra days {told}")
        return self._version[1]

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on this day, by the calendar of London."""
        return day.weekday() < _SATURDAY and day not in self._extra and not self._is_bank_holiday(day)

    def next_working_day(self, day: date) -> date:
        """Give the first working day after this one."""
        day += _ONE_DAY
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def acknowledge_due(self, received_at: datetime) -> datetime:
        """Compute the end of the next working day after receipt, in London's time.

        A Monday's mail is due when Tuesday ends, a Saturday's when Monday ends.
        Source: guidance on CPL submissions, section 3.

        Raises:
            ValueError: the moment has no zone.
        """
        return self._end_of_next_working_day(received_at)

    def publish_due(self, approved_at: datetime) -> datetime:
        """Compute the end of the next working day after approval, in London's time.

        Source: SEC F2.8, which counts one Working Day from when the list must be added to. Guidance A.4 counts it from
        the submission; approval is taken for the moment, as nothing must be added before.

        Raises:
            ValueError: the moment has no zone.
        """
        return self._end_of_next_working_day(approved_at)

    def decide_due(self, received_at: datetime, days: int) -> datetime:
        """Compute the end of so many working days after receipt, in London's time.

        Raises:
            ValueError: the moment has no zone.
        """
        due, key = self._due, (_day(received_at), days)
        if key not in due:  # a list has many of one day
            due[key] = self._later(*key)
        return datetime.combine(due[key], LAST_SECOND, LONDON)

    def due_arrivals(self, now: datetime, days: int) -> datetime:
        """Compute the moment before which arrived whatever is to be decided by today's end, so many working days later.

        Raises:
            ValueError: the moment has no zone.
        """
        today = last = _day(now)
        while self._later(last, days) > today:
            last -= _ONE_DAY
        return datetime.combine(last + _ONE_DAY, time(), LONDON)

    def _later(self, day: date, days: int) -> date:
        for _ in range(days):
            day = self.next_working_day(day)
        return day

    def _end_of_next_working_day(self, moment: datetime) -> datetime:
        return datetime.combine(self.next_working_day(_day(moment)), LAST_SECOND, LONDON)

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start`, up to and with `end`; negative where `end` comes first.

        Moments are taken as days in London.
        """
        first, last = _day(start), _day(end)
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + _ONE_DAY * n) for n in range(1, (last - first).days + 1))

    def _is_bank_holiday(self, day: date) -> bool:
        return day in _bank_holidays(self._region, day.year)


@cache
def _bank_holidays(region: str, year: int) -> frozenset[date]:
    """Give the bank holidays of a year, made whole before anybody sees them.

    The library's own calendar fills itself in when it is first asked about a year, and meanwhile tells every other
    thread that there is no holiday in it.
    """
    import holidays  # noqa: PLC0415  # 40 ms that most commands never need

    return frozenset(day for day in holidays.country_holidays("GB", subdiv=region, years=year) if day.year == year)


def _day(moment: date) -> date:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        message = "a time without a zone"
        raise ValueError(message)
    return moment.astimezone(LONDON).date()
