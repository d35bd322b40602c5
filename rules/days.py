"""Days: the one on which a dossier is judged, and those that forms and certificates state."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from rules.facts import Dossier

LONDON = ZoneInfo("Europe/London")
"""Days of the Code are days in Great Britain."""

_FORM_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WRITTEN = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)[.,]?[ -]([0-9]{4})", re.IGNORECASE)
_AMERICAN = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_MONTH = 3
"""Letters: ``Aug``."""


def day_of(dossier: Dossier) -> date:
    """The day in Great Britain on which the dossier is judged."""
    try:
        return dossier.judged_at.astimezone(LONDON).date()
    except OverflowError:  # within hours of the calendar's own ends
        return dossier.judged_at.date()


def form_date(text: str) -> date | None:
    """Read ``dd/mm/yyyy`` to the letter; None for anything else and for days that never were."""
    match = _FORM_DATE.fullmatch(text)
    return _date(match[3], match[2], match[1]) if match else None


def stated_date(text: str) -> date | None:
    """Read a day as certificates write it: ``30/08/2023``, ``30 August 2023``, ``August 30, 2023``, ``2023-08-30``.

    Where the month is a number, the day comes before it.
    """
    plain = " ".join(text.split())
    if match := _NUMERIC.fullmatch(plain):
        return _date(match[3], match[2], match[1])
    if match := _ISO.fullmatch(plain):
        return _date(match[1], match[2], match[3])
    if match := _WRITTEN.fullmatch(plain):
        return _date(match[3], str(_month(match[2])), match[1])
    if match := _AMERICAN.fullmatch(plain):
        return _date(match[3], str(_month(match[1])), match[2])
    return None


def in_form(day: date) -> str:
    """Write a day as the form wants it: ``30/08/2023``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def years_after(day: date, years: int) -> date:
    """Add years to a day; 29 February becomes the 28th where there is none."""
    last = date.max.year
    year = min(day.year + years, last)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _month(word: str) -> int:
    """Give the month's number; 0 where it is not a month."""
    start = word.casefold()
    if len(start) < _SHORTEST_MONTH:
        return 0
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(start)), 0)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
