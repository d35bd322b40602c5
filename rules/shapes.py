"""The fixed shapes of the form's coded cells, and what was probably meant by a value that misses them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.days import form_date, in_form, stated_date
from rules.text import plain

_SEPARATORS = re.compile(r"[\s:;.,_-]+")
_ZERO_X = re.compile(r"0[xX]|\\[xX]")
_ASIDE = re.compile(r"[hH]$")


@dataclass(frozen=True, slots=True)
class Shape:
    """A fixed shape of a cell's text."""

    expected: str
    """In words, for a finding."""
    pairs: int = 0
    """Hexadecimal pairs; 0 for a date."""

    def fits(self, text: str) -> bool:
        """Whether the text has the shape to the letter."""
        if not self.pairs:
            return form_date(text) is not None
        return re.fullmatch(rf"[0-9A-F]{{2}}(:[0-9A-F]{{2}}){{{self.pairs - 1}}}", text) is not None

    def meant(self, text: str) -> str | None:
        """The text in this shape, where it can be read in one way only; for showing, never for comparing."""
        if not self.pairs:
            day = stated_date(plain(text))
            return in_form(day) if day else None
        digits = _SEPARATORS.sub("", _ZERO_X.sub("", _ASIDE.sub("", plain(text)))).upper().replace("O", "0")
        if not re.fullmatch(rf"[0-9A-F]{{{2 * self.pairs}}}", digits):
            return None
        return in_pairs(digits)


def in_pairs(digits: str) -> str:
    """Write hexadecimal digits in pairs joined by colons."""
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


SHAPES = {
    "hex1": Shape("one pair of the characters 0 to 9 and A to F, such as 0A", 1),
    "hex2": Shape("two pairs of the characters 0 to 9 and A to F joined by a colon, such as 10:6C", 2),
    "hex4": Shape("four pairs of the characters 0 to 9 and A to F joined by colons, such as 01:02:0A:FF", 4),
    "hex32": Shape("32 pairs of the characters 0 to 9 and A to F joined by colons (SHA-256, 95 characters)", 32),
    "date": Shape("a day of the calendar as dd/mm/yyyy, such as 30/08/2028"),
}
