"""What a submitter probably typed into a cell that Excel then turned into something else.

For showing beside a finding, never for comparing: `0` may have been `00`, `0:00` or `00E1`.
Where two or three texts are as likely, all of them are shown; where there are more, none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from rules.days import in_form
from rules.facts import CellKind, FormRow
from rules.profile import Field
from rules.reference import reference
from rules.shapes import SHAPES, Pairs, in_pairs

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_LAST_NUMBER = re.compile(r"[0-9]+\.[0-9]+\Z")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a workbook's calendar, as it counts from March 1900 on."""
_MINUTES_A_DAY = 24 * 60
_AS_STORED = frozenset({"General", "@"})
"""Number formats that show a whole number as it is stored; those of digits alone do too, if they add no nought."""
_DIGITS_ALONE = re.compile("#*0+")
_DIGITS = re.compile("[1-9][0-9]{0,14}")
"""Excel keeps 15 digits."""
_TWO_DIGITS = 99
_FOUR_DIGITS = range(1000, 10_000)
_LAST_ENTRY = 999_999
_BRITISH_NUMBER = 10
"""Digits of a telephone number without its leading nought."""
_LIKELY_DAYS = (36_526, 73_050)
"""The serial numbers of the years 2000 to 2099."""
_LONGEST_CODE = 8
_MOST = 3
"""So many likely originals are shown; of more, none is."""


def typed(field: Field, row: FormRow) -> str | None:
    """Reconstruct the likely original; None where too much is lost."""
    if row.kind is CellKind.FORMULA:
        return row.cached or None
    likely = list(dict.fromkeys(_originals(field, row)))
    return " or ".join(likely) if 0 < len(likely) <= _MOST else None


def unharmed(field: Field, row: FormRow) -> bool:
    """Tell whether a number shows every digit that was typed, so that nothing but the cell's kind is wrong.

    Leading noughts are lost from telephone numbers, and words from choices; of these it cannot be said.
    """
    if row.kind is not CellKind.NUMBER or not _DIGITS.fullmatch(row.value) or not _shows_all(row):
        return False
    shape = SHAPES.get(field.shape or "")
    if shape is not None:
        return shape.fits(row.value)
    return field.choices is None and "telephone" not in field.attribute.casefold()


def _shows_all(row: FormRow) -> bool:
    """Whether a whole number is shown with its own digits and no other."""
    own = row.number_format
    return own in _AS_STORED or (_DIGITS_ALONE.fullmatch(own) is not None and own.count("0") <= len(row.value))


def scientific(row: FormRow) -> bool:
    """Tell whether the number is shown as a power of ten, which Excel does of its own accord to `1E05`."""
    return row.kind is CellKind.NUMBER and re.search(r"E[+-]", row.number_format, re.IGNORECASE) is not None


def _originals(field: Field, row: FormRow) -> Iterator[str]:
    shape = SHAPES.get(field.shape or "")
    if isinstance(shape, Pairs):
        yield from _codes(shape, row)
    elif field.shape == "date":
        yield from _day(row)
    elif field.choices is not None:
        yield from _choices(field.choices, row)
    elif row.kind is CellKind.NUMBER:
        yield from _whole(field, row.value)


def _codes(shape: Pairs, row: FormRow) -> Iterator[str]:
    if scientific(row):
        yield from _powers(row.value, 2 * shape.count)
    elif shape.count == 1:
        yield from _pair(row)
    elif shape.count == 2:  # noqa: PLR2004  # two pairs, as 10:02
        yield from _two_pairs(row)


def _powers(value: str, digits: int) -> Iterator[str]:
    """Every code of so many digits, one of them an E, that means this power of ten: `1E05`, `10E4`."""
    number = _number(value)
    if number is None or number <= 0 or number != int(number) or digits > _LONGEST_CODE:
        return
    for before in range(1, digits - 1):
        after = digits - 1 - before
        for power in range(min(10**after, 30)):
            root = int(number) // 10**power
            if root * 10**power == number and len(str(root)) <= before:
                yield in_pairs(f"{root:0{before}}E{power:0{after}}")


def _pair(row: FormRow) -> Iterator[str]:
    """Restore a lost leading zero: 1 was ``01``."""
    number = _number(row.value)
    if row.kind is CellKind.NUMBER and number is not None and number == int(number) and 0 <= number <= _TWO_DIGITS:
        yield f"{int(number):02}"


def _two_pairs(row: FormRow) -> Iterator[str]:
    """A time of day: ``10:02`` was taken for two minutes past ten; a date: ``12-03``; a number: ``1002``."""
    if row.kind not in {CellKind.TIME, CellKind.NUMBER, CellKind.DATE}:
        return
    if match := _CLOCK.fullmatch(row.value.strip()):
        yield f"{int(match[1]):02}:{match[2]}"
    elif match := _ISO.fullmatch(row.value.strip()):
        yield f"{match[3]}:{match[2]}"
        yield f"{match[2]}:{match[3]}"
    number = _number(row.value)
    if number is None:
        return
    if number == int(number) and int(number) in _FOUR_DIGITS:
        yield in_pairs(str(int(number)))
    minutes = number * _MINUTES_A_DAY
    near = round(minutes)
    if 0 < number <= 1 and abs(minutes - near) <= Decimal("0.001"):
        yield f"{near // 60:02}:{near % 60:02}"


def _day(row: FormRow) -> Iterator[str]:
    """A day of the calendar, which Excel keeps as a number."""
    if match := _ISO.fullmatch(row.value.strip()):
        yield f"{match[3]}/{match[2]}/{match[1]}"
    number = _number(row.value)
    if number is not None and _LIKELY_DAYS[0] <= number < _LIKELY_DAYS[1]:
        yield in_form(_FIRST_DAY + timedelta(days=int(number)))


def _choices(table: str, row: FormRow) -> Iterator[str]:
    """The values of a list whose version is this number: 4.1 was ``GBCS Version 4.1``."""
    number = _number(row.value) if row.kind is CellKind.NUMBER else None
    for value in reference().values(table):
        version = _LAST_NUMBER.search(value)
        if number is not None and version is not None and Decimal(version[0]) == number:
            yield value


def _whole(field: Field, value: str) -> Iterator[str]:
    """Digits alone: a certificate's number, an Entry number, a telephone number."""
    number = _number(value)
    if number is None or number != int(number) or abs(number) >= Decimal(10) ** 15:
        return
    if field.shape == "entry_ids":
        if 0 < number <= _LAST_ENTRY:
            yield f"{int(number):06}"
        return
    digits = str(int(number))
    if "telephone" in field.attribute.casefold() and len(digits) == _BRITISH_NUMBER:
        yield f"0{digits}"
    else:
        yield digits


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 30 else None  # noqa: PLR2004  # keeps int() cheap
