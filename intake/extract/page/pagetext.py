"""A page's text character by character, and the text objects that the characters belong to.

A page has hundreds of characters, and each question to PDFium costs a call across languages; so what has been asked of
all of them is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import compress, repeat
from operator import not_
from typing import Any

from pypdfium2 import raw

from intake.extract.page.calls import address_of, by_address

HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
"""What PDFium gives for a hyphen at a line's end, and the soft one."""
_FOREIGN = re.compile("[^\0-\u058f\u2000-\u214f]")
"""Characters beyond those of left-to-right alphabets and common signs."""

_character = by_address(raw.FPDFText_GetUnicode)
_text_object = by_address(raw.FPDFText_GetTextObject)
_mode = by_address(raw.FPDFTextObj_GetTextRenderMode)


class PageText:
    """The text of one loaded page."""

    def __init__(self, handle: Any) -> None:  # noqa: ANN401  # pypdfium2 ships no types
        """Take the text page of `pypdfium2`, which must stay open."""
        self.handle = handle
        self.address = address_of(handle.raw)
        self.count: int = handle.count_chars()
        """Characters, those included that PDFium puts between words and lines by itself."""
        self._objects: list[int | None] = []

    def characters(self, count: int) -> str:
        """Read so many characters by index, in bulk where that surely gives the same.

        It does where none was left out or doubled (the count says so) and none is of a script that is written
        backwards.
        """
        whole = self._in_bulk(count)
        if len(whole) == count and _FOREIGN.search(whole) is None:
            return whole
        codes = map(_character, repeat(self.address), range(count))
        return "".join(HYPHENS.get(code) or chr(code) for code in codes)

    def objects(self, count: int) -> list[int | None]:
        """The address of the text object of each of so many characters; None of what PDFium put in by itself."""
        self._ask(count)
        return self._objects[:count]

    def objects_of(self, indexes: Collection[int]) -> frozenset[int | None]:
        """The addresses of the text objects that characters belong to."""
        self._ask(max(indexes, default=-1) + 1)
        return frozenset(map(self._objects.__getitem__, indexes))

    def _ask(self, count: int) -> None:
        asked = len(self._objects)
        if count > asked:
            self._objects += map(_text_object, repeat(self.address), range(asked, count))

    def printed(self, count: int) -> str:
        """The text of so many characters without what is not printed.

        Text of rendering mode 3 is not: it is a scanner's guess behind a picture, or a trap.
        """
        items = self.objects(count)
        hidden = {item for item in set(items) if item is not None and not is_printed(item)}
        if not hidden:
            return self._in_bulk(count)
        return "".join(compress(self.characters(count), map(not_, map(hidden.__contains__, items))))

    def _in_bulk(self, count: int) -> str:
        whole: str = self.handle.get_text_range(0, count).translate(HYPHENS)
        return whole


def is_printed(item: int) -> bool:
    """Whether a text object is printed, by its address, and not of the rendering mode that leaves no ink."""
    return bool(_mode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)
