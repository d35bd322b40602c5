"""Days: the one on which a dossier is judged, and those that forms and certificates state."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rules.facts import Dossier

LONDON = ZoneInfo("Europe/London")
"""Days of the Code are days in Great Britain."""

_FORM_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{2})\2([0-9]{2})")
_OF = r"(?:de |d['\u2019]|of )?"
_WRITTEN = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º)?[ -]?{_OF}([^\W\d_]+)[.,]?[ -]?{_OF}([0-9]{{4}})", re.IGNORECASE
)
_AMERICAN = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE)
_CHARACTERS = re.compile(r"([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일]")
_MONTH_ALONE = re.compile(
    rf"(?:([^\W\d_]+)\.?,? {_OF}([0-9]{{4}})|([0-9]{{1,2}})[-/.]([0-9]{{4}})|([0-9]{{4}})[-/.]([0-9]{{1,2}}))",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"[0-9]{4}")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_MONTH = 3
"""Letters: ``Aug``."""
_ABROAD = (
    "januar janvier janv enero ene gennaio januari stycznia styczeń janeiro",
    "februar février févr febrero febbraio februari lutego luty fevereiro fev",
    "märz mars marzo maart mrt marca marzec março",
    "avril avr abril abr aprile kwietnia kwiecień",
    "mai mayo maggio mei maja maj maio",
    "juni juin junio giugno czerwca czerwiec junho",
    "juli juillet juil julio luglio lipca lipiec julho",
    "août agosto ago augustus augusti sierpnia sierpień",
    "septembre sept septiembre settembre sett września wrzesień setembro set",
    "oktober okt octobre octubre ottobre ott października październik outubro out",
    "novembre noviembre listopada listopad novembro",
    "dezember dez décembre déc diciembre dic dicembre desember grudnia grudzień dezembro",
)
MONTH_WORDS = {
    **{word: number for number, words in enumerate(_ABROAD, 1) for word in words.split()},
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:_SHORTEST_MONTH]: number for number, name in enumerate(_MONTHS, 1)},
}
"""Names of the months, in English and in the languages that test houses write."""
_MONTHS_A_YEAR = 12


def day_of(dossier: Dossier) -> date:
    """Give the day in Great Britain on which the dossier is judged."""
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

    Months are known by name in the languages that test houses write: ``30. März 2023``. Where the month is
    a number, the day comes before it.
    """
    plain = " ".join(text.split())
    if match := _NUMERIC.fullmatch(plain):
        return _date(match[3], match[2], match[1])
    if match := _ISO.fullmatch(plain):
        return _date(match[1], match[3], match[4])
    if match := _CHARACTERS.fullmatch(plain):
        return _date(match[1], match[2], match[3])
    if match := _WRITTEN.fullmatch(plain):
        return _date(match[3], str(_month(match[2])), match[1])
    if match := _AMERICAN.fullmatch(plain):
        return _date(match[3], str(_month(match[1])), match[2])
    return None


def last_day(text: str) -> date | None:
    """Read a day, or the last one of a month or a year that stands alone: ``March 2025``, ``03/2025``, ``2025``."""
    plain = " ".join(text.split())
    if (day := stated_date(plain)) is not None:
        return day
    if _YEAR_ALONE.fullmatch(plain):
        return _date(plain, "12", "31")
    match = _MONTH_ALONE.fullmatch(plain)
    if match is None:
        return None
    year = match[2] or match[4] or match[5]
    month = _month(match[1]) if match[1] else int(match[3] or match[6])
    first = _date(year, str(month), "1")
    if first is None:
        return None
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


def in_either_order(text: str) -> tuple[date, ...]:
    """Give every day that two numbers and a year can mean, the month first or the day first."""
    match = _NUMERIC.fullmatch(" ".join(text.split()))
    orders = ((match[2], match[1]), (match[1], match[2])) if match else ()
    days = (_date(match[3], month, day) for month, day in orders) if match else ()
    return tuple(dict.fromkeys(day for day in days if day is not None))


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


def months_after(day: date, months: int) -> date:
    """Add months to a day, whose number is the month's last where it has no such day."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """Add days to a day; what lies beyond the calendar is its last."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max


def _month(word: str) -> int:
    """Give the month's number; 0 where it is not a month."""
    start = word.casefold()
    if start in MONTH_WORDS:
        return MONTH_WORDS[start]
    if len(start) < _SHORTEST_MONTH:
        return 0
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(start)), 0)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
