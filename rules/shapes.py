"""The fixed shapes of the form's coded cells, and what was probably meant by a value that misses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rules.days import form_date, in_form, stated_date
from rules.text import plain

_SEPARATORS = re.compile(r"[\s:;.,_-]+")
_ZERO_X = re.compile(r"0[xX]|\\[xX]")
_ASIDE = re.compile(r"[hH]$")
_BETWEEN = re.compile(r"\s*[,;\n]\s*|\s+")
_LOOSELY_BETWEEN = re.compile(r"\s*(?:[,;/&+|]|\band\b|\bor\b)\s*|\s+", re.IGNORECASE)
_LOOSE_NUMBER = re.compile(r"[0-9]{1,6}")
_NO_ENTRY = re.compile(r"n\s*[/.]?\s*a\.?|none|not applicable|nil|-+", re.IGNORECASE)
ENTRY_NUMBER = re.compile(r"(?!000000)[0-9]{6}")
"""000001 to 999999."""
NO_ENTRY = "N/A"


class Shape(Protocol):
    """A fixed shape of a cell's text."""

    @property
    def expected(self) -> str:
        """The shape in words, for a finding."""

    def fits(self, text: str) -> bool:
        """Tell whether the text has the shape to the letter."""

    def meant(self, text: str) -> str | None:
        """Give the text in this shape, where it can be read in one way only; for showing, never for comparing."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """So many hexadecimal pairs joined by colons."""

    expected: str
    count: int

    def fits(self, text: str) -> bool:
        """Tell whether the text has the shape to the letter."""
        return re.fullmatch(rf"[0-9A-F]{{2}}(:[0-9A-F]{{2}}){{{self.count - 1}}}", text) is not None

    def meant(self, text: str) -> str | None:
        """Give the text without other marks, in capitals, a letter O taken for a nought."""
        digits = _SEPARATORS.sub("", _ZERO_X.sub("", _ASIDE.sub("", plain(text)))).upper().replace("O", "0")
        if not re.fullmatch(rf"[0-9A-F]{{{2 * self.count}}}", digits):
            return None
        return in_pairs(digits)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    expected: str

    def fits(self, text: str) -> bool:
        """Tell whether the text has the shape to the letter."""
        return form_date(text) is not None

    def meant(self, text: str) -> str | None:
        """Give the day, where it is written in another way, day before month."""
        day = stated_date(plain(text))
        return in_form(day) if day else None


@dataclass(frozen=True, slots=True)
class EntryIds:
    """Numbers of entries of the list, or word that there is none."""

    expected: str

    def fits(self, text: str) -> bool:
        """Tell whether the text has the shape to the letter."""
        return text == NO_ENTRY or bool(entry_ids(text))

    def meant(self, text: str) -> str | None:
        """Give the numbers with their leading noughts, or `N/A` in another spelling."""
        seen = plain(text)
        if _NO_ENTRY.fullmatch(seen):
            return NO_ENTRY
        numbers = _loosely(seen)
        if not all(_LOOSE_NUMBER.fullmatch(number) and int(number) for number in numbers):
            return None
        return ", ".join(f"{int(number):06}" for number in numbers)

    def clear(self, text: str) -> bool:
        """Tell whether it says the same as a text of the shape, every number in full, and only misses the spelling."""
        seen = plain(text)
        return _NO_ENTRY.fullmatch(seen) is not None or all(ENTRY_NUMBER.fullmatch(number) for number in _loosely(seen))


def _loosely(text: str) -> list[str]:
    """The parts of a list that is joined in any way."""
    return _LOOSELY_BETWEEN.split(text)


def entry_ids(text: str) -> tuple[str, ...]:
    """Give the numbers of entries that a text names; none where it holds anything else."""
    numbers = tuple(_BETWEEN.split(text))
    return numbers if all(ENTRY_NUMBER.fullmatch(number) for number in numbers) else ()


def in_pairs(digits: str) -> str:
    """Write hexadecimal digits in pairs joined by colons."""
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


ENTRY_IDS = EntryIds("one or several Entry numbers of six digits, such as 000123, 000124; or N/A")

SHAPES: Mapping[str, Shape] = {
    "hex1": Pairs("one pair of the characters 0 to 9 and A to F, such as 0A", 1),
    "hex2": Pairs("two pairs of the characters 0 to 9 and A to F joined by a colon, such as 10:6C", 2),
    "hex4": Pairs("four pairs of the characters 0 to 9 and A to F joined by colons, such as 01:02:0A:FF", 4),
    "hex32": Pairs("32 pairs of the characters 0 to 9 and A to F joined by colons (SHA-256, 95 characters)", 32),
    "date": Day("a real date written dd/mm/yyyy, such as 30/08/2028"),
    "entry_ids": ENTRY_IDS,
}
