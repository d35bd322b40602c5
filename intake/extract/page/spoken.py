"""Finds text that is read as other letters than the page draws, because its producer wrote what to read in its place.

A PDF may say of a piece of its content which text stands for it (`ActualText`, ISO 32000-1, 14.9.4), as it does for
ligatures and hyphens. Programs read that text; people see what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import addressof, c_ulong, create_string_buffer

from pypdfium2 import raw

from intake.extract.page.calls import by_address

_KEY = b"ActualText"
_LIGATURE = 3
"""Letters that may be drawn as one."""

_count = by_address(raw.FPDFPageObj_CountMarks)
_mark = by_address(raw.FPDFPageObj_GetMark)
_text = by_address(raw.FPDFPageObjMark_GetParamStringValue)


def is_spoken_otherwise(items: Iterable[int | None]) -> bool:
    """Tell whether one of these text objects, given by address, is read as more than a ligature's letters."""
    return any(
        any(map(str.isdecimal, text)) or sum(map(str.isalpha, text)) > _LIGATURE
        for item in items
        if item is not None
        for text in _texts_for(item)
    )


def _texts_for(item: int) -> list[str]:
    """The texts that stand for an object, one for each mark around it that has one."""
    texts = []
    for number in range(max(0, _count(item))):
        mark, size = _mark(item, number), c_ulong()
        if not mark or not _text(mark, _KEY, None, 0, addressof(size)):
            continue
        letters = create_string_buffer(size.value)
        _text(mark, _KEY, addressof(letters), size.value, addressof(size))
        texts.append(letters.raw.decode("utf-16-le", "replace").rstrip("\0"))
    return texts
