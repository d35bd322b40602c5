"""What a submitter probably typed into a cell that Excel then turned into something else.

For showing beside a finding, never for comparing: `0` may have been `00`, `0:00` or `00E1`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from rules.days import in_form
from rules.facts import CellKind, FormRow
from rules.profile import Field

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a workbook's calendar, as it counts from March 1900 on."""
_MINUTES_A_DAY = 24 * 60
_TWO_DIGITS = 99
_LIKELY_DAYS = (36_526, 73_050)
"""The serial numbers of the years 2000 to 2099."""


def typed(field: Field, row: FormRow) -> str | None:
    """The likely original, or None where too much is lost."""
    if row.kind is CellKind.FORMULA:
        return row.cached or None
    if field.shape == "hex1":
        return _pair(row)
    if field.shape == "hex2":
        return _clock(row)
    if field.shape == "date":
        return _day(row)
    if field.choices is None and field.shape is None and row.kind is CellKind.NUMBER:
        return _whole(row.value)
    return None


def _pair(row: FormRow) -> str | None:
    """A lost leading zero: 1 was ``01``."""
    number = _number(row.value)
    if row.kind is not CellKind.NUMBER or number is None or number != int(number) or not 0 <= number <= _TWO_DIGITS:
        return None
    return f"{int(number):02}"


def _clock(row: FormRow) -> str | None:
    """A time of day: ``10:02`` was taken for two minutes past ten."""
    if row.kind not in {CellKind.TIME, CellKind.NUMBER, CellKind.DATE}:
        return None
    if match := _CLOCK.fullmatch(row.value.strip()):
        return f"{int(match[1]):02}:{match[2]}"
    number = _number(row.value)
    if number is None or not 0 < number <= 1:
        return None
    minutes = number * _MINUTES_A_DAY
    near = round(minutes)
    if abs(minutes - near) > Decimal("0.001"):
        return None
    return f"{near // 60:02}:{near % 60:02}"


def _day(row: FormRow) -> str | None:
    """A day of the calendar, which Excel keeps as a number."""
    if match := _ISO.fullmatch(row.value.strip()):
        return f"{match[3]}/{match[2]}/{match[1]}"
    number = _number(row.value)
    if number is None or not _LIKELY_DAYS[0] <= number < _LIKELY_DAYS[1]:
        return None
    return in_form(_FIRST_DAY + timedelta(days=int(number)))


def _whole(value: str) -> str | None:
    number = _number(value)
    if number is None or number != int(number) or abs(number) >= Decimal(10) ** 15:
        return None
    return str(int(number))


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 30 else None  # noqa: PLR2004  # keeps int() cheap
