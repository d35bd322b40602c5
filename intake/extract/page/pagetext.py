"""A page's text character by character, and the text objects that the characters belong to.

A page has hundreds of characters, and each question to PDFium costs a call across languages; so what has been asked of
all of them is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from ctypes import addressof
from itertools import compress, repeat
from operator import not_
from typing import Any

from pypdfium2 import raw

from intake.extract.page.calls import address_of, by_address
from intake.extract.page.runs import Box

HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
"""What PDFium gives for a hyphen at a line's end, and the soft one."""
_FOREIGN = re.compile("[^\0-\u058f\u2000-\u214f]")
"""Characters beyond those of left-to-right alphabets and common signs."""

_character = by_address(raw.FPDFText_GetUnicode)
_loose_box = by_address(raw.FPDFText_GetLooseCharBox)
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
        self._box = raw.FS_RECTF()

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
        """Give the address of the text object of each of so many characters; None of what PDFium put in by itself."""
        self._ask(count)
        return self._objects[:count]

    def objects_of(self, indexes: Collection[int]) -> frozenset[int | None]:
        """Give the addresses of the text objects that characters belong to."""
        self._ask(max(indexes, default=-1) + 1)
        return frozenset(map(self._objects.__getitem__, indexes))

    def _ask(self, count: int) -> None:
        asked = len(self._objects)
        if count > asked:
            self._objects += map(_text_object, repeat(self.address), range(asked, count))

    def printed(self, count: int, page_box: Box) -> str:
        """Read the text of so many characters without what is not printed.

        Text of rendering mode 3 is not: it is a scanner's guess behind a picture, or a trap. Nor is what stands beyond
        the page, as where a larger sheet was cropped (ISO 32000-1, 14.11.2).

        Args:
            count: of the characters, from the first on.
            page_box: what is shown of the page, left, bottom, right and top in its own points.
        """
        items = self.objects(count)
        hidden = {item for item in set(items) if item is not None and not is_printed(item)} | self._beyond(
            items, page_box
        )
        if not hidden:
            return self._in_bulk(count)
        return "".join(compress(self.characters(count), map(not_, map(hidden.__contains__, items))))

    def _beyond(self, items: Sequence[int | None], page_box: Box) -> set[int]:
        """Find text objects whose first and last characters stand beyond the same edge: each is one straight line."""
        last = dict(zip(items, range(len(items)), strict=True))
        first = dict(zip(reversed(items), reversed(range(len(items))), strict=True))
        return {
            item
            for item in last
            if item is not None and self._edges(first[item], page_box) & self._edges(last[item], page_box)
        }

    def _edges(self, index: int, page_box: Box) -> int:
        """The edges of the page that a character stands beyond, as bits; 0 where its place is not known."""
        if not _loose_box(self.address, index, addressof(self._box)):
            return 0
        left, bottom, right, top = page_box
        box = self._box
        beyond = (box.right < left, box.top < bottom, box.left > right, box.bottom > top)
        return sum(1 << place for place, is_beyond in enumerate(beyond) if is_beyond)

    def _in_bulk(self, count: int) -> str:
        whole: str = self.handle.get_text_range(0, count).translate(HYPHENS)
        return whole


def is_printed(item: int) -> bool:
    """Tell whether a text object is printed, by its address, and not of the rendering mode that leaves no ink."""
    return bool(_mode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)
