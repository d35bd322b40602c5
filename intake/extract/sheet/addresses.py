"""Addresses of cells: columns by their letters, and ranges such as ``A1:C9`` (ECMA-376, 18.18.62)."""

from __future__ import annotations

import re
from functools import lru_cache

Bounds = tuple[int | None, int | None, int | None, int | None]
"""Left, top, right, bottom, counted from 1 and included; None where a range of whole rows or columns has none."""

_CORNER = r"\$?([A-Za-z]{1,3})?\$?([0-9]+)?"
_RANGE = re.compile(rf"{_CORNER}(?:(:){_CORNER})?\Z")
_LETTERS = 26


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Number a column by one to three letters: ``A`` is 1."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Name a column, counted from 1, by its letters."""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters


def bounds(area: str) -> Bounds:
    """Read the address of a cell or of a range.

    Raises:
        ValueError: it is none, or one corner names what the other does not.
    """
    match = _RANGE.match(area)
    if match is None:
        message = f"{area!r} is no address of cells"
        raise ValueError(message)
    left, top, colon, right, bottom = match.groups()
    if colon and ((left is None) != (right is None) or (top is None) != (bottom is None) or left is top is None):
        message = f"the corners of {area!r} do not belong together"
        raise ValueError(message)
    columns = [None if letters is None else column_number(letters) for letters in (left, right or left)]
    rows = [None if digits is None else int(digits) for digits in (top, bottom or top)]
    return columns[0], rows[0], columns[1], rows[1]


def area(cells: str) -> tuple[int, int, int, int]:
    """Read the address of a cell or of a range that has all four sides.

    Raises:
        ValueError: it is none.
    """
    left, top, right, bottom = bounds(cells)
    if left is None or top is None or right is None or bottom is None:
        message = f"{cells!r} names whole rows or columns"
        raise ValueError(message)
    return left, top, right, bottom
