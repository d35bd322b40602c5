"""Finds text that is read as other letters than the page draws, because its producer wrote what to read in its place.

A PDF may say of a piece of its content which text stands for it (`ActualText`, ISO 32000-1, 14.9.4), as it does for
ligatures and hyphens. Programs read that text; people see what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import addressof, c_ulong, create_string_buffer

from pypdfium2 import raw

from intake.extract.page.calls import by_address, passed

_KEY = b"ActualText"
_LIGATURE = 3
"""Letters that may be drawn as one."""

_count = by_address(raw.FPDFPageObj_CountMarks)
_mark = by_address(raw.FPDFPageObj_GetMark)
_text = by_address(raw.FPDFPageObjMark_GetParamStringValue)


def is_spoken_otherwise(items: Iterable[int]) -> bool:
    """Tell whether one of these text objects (addresses, 0 of none) is read as more than a ligature's letters."""
    return any(
        any(map(str.isdecimal, text)) or sum(map(str.isalpha, text)) > _LIGATURE
        for item in items
        if item
        for text in _texts_for(passed(item))
    )


def _texts_for(item: object) -> list[str]:
    """The texts that stand for an object, one for each mark around it that has one."""
    texts: list[str] = []
    count = max(0, _count(item))
    if not count:  # as most have none
        return texts
    size = c_ulong()
    size_passed = passed(addressof(size))
    for number in range(count):
        mark = passed(_mark(item, c_ulong(number)))
        if not _text(mark, _KEY, None, c_ulong(0), size_passed):
            continue
        letters = create_string_buffer(size.value)
        _text(mark, _KEY, passed(addressof(letters)), size, size_passed)
        texts.append(letters.raw.decode("utf-16-le", "replace").rstrip("\0"))
    return texts
