"""A page's text character by character, and the text objects that the characters belong to.

A page has hundreds of characters, and each question to PDFium costs a call across languages; so what has been asked of
all of them is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ctypes import addressof
from itertools import groupby, repeat
from typing import Any

from pypdfium2 import raw

from intake.extract.page.calls import address_of, by_address, passed
from intake.extract.page.runs import Box

HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
"""What PDFium gives for a hyphen at a line's end, and the soft one."""
_FOREIGN = re.compile("[^\0-\u058f\u2000-\u214f]")
"""Characters beyond those of left-to-right alphabets and common signs."""

_SWAPPED = re.compile("(?<![\u3400-\u9fff])[\u6600\u7400][\u6600\u6900\u6a00\u6c00\u7400]+(?![\u3400-\u9fff])")
"""`fi`, `ff`, `tt` and the like as Ghostscript 10.0 writes what a ligature means: with its octets swapped."""

_character = by_address(raw.FPDFText_GetUnicode)
_loose_box = by_address(raw.FPDFText_GetLooseCharBox)
_text_object = by_address(raw.FPDFText_GetTextObject)
_mode = by_address(raw.FPDFTextObj_GetTextRenderMode)


Stretch = tuple[int, int, int]
"""Neighbouring characters of one text object: its address, 0 of none, the index of the first, and that behind the
last."""


class PageText:
    """The text of one loaded page."""

    def __init__(self, handle: Any) -> None:  # noqa: ANN401  # pypdfium2 ships no types
        """Take the text page of `pypdfium2`, which must stay open."""
        self.handle = handle
        self.passed = passed(address_of(handle.raw))
        self.count: int = handle.count_chars()
        """Characters, those included that PDFium puts between words and lines by itself."""
        self._objects: list[int] = []
        self._stretches: tuple[int, list[Stretch]] = (0, [])
        self._bulk = (0, "")
        self._box = raw.FS_RECTF()
        self._box_passed = passed(addressof(self._box))

    def characters(self, count: int) -> str:
        """Read so many characters by index, in bulk where that surely gives the same.

        It does where none was left out or doubled (the count says so) and none is of a script that is written
        backwards.
        """
        whole = self._in_bulk(count)
        if len(whole) == count and (whole.isascii() or _FOREIGN.search(whole) is None):
            return whole
        codes = map(_character, repeat(self.passed), range(count))
        return _set_right("".join(HYPHENS.get(code) or chr(code) for code in codes))

    def stretches(self, count: int) -> list[Stretch]:
        """Part so many characters where the text object changes; what PDFium put in by itself belongs to none."""
        if self._stretches[0] != count:
            self._ask(count)
            stretches, start = [], 0
            for item, same in groupby(self._objects[:count]):
                end = start + len(list(same))
                stretches.append((item, start, end))
                start = end
            self._stretches = count, stretches
        return self._stretches[1]

    def objects_of(self, indexes: Collection[int]) -> frozenset[int]:
        """Give the addresses of the text objects that characters belong to, 0 of none."""
        self._ask(max(indexes, default=-1) + 1)
        return frozenset(map(self._objects.__getitem__, indexes))

    def _ask(self, count: int) -> None:
        asked = len(self._objects)
        if count > asked:
            self._objects += map(_text_object, repeat(self.passed), range(asked, count))

    def printed(self, count: int, page_box: Box) -> str:
        """Read the text of so many characters without what is not printed.

        Text of rendering mode 3 is not: it is a scanner's guess behind a picture, or a trap. Nor is what stands beyond
        the page, as where a larger sheet was cropped (ISO 32000-1, 14.11.2).

        Args:
            count: of the characters, from the first on.
            page_box: what is shown of the page, left, bottom, right and top in its own points.
        """
        stretches = self.stretches(count)
        hidden = {item for item in {item for item, _, _ in stretches} if item and not is_printed(item)}
        hidden |= self._beyond(stretches, page_box)
        if not hidden:
            return self._in_bulk(count)
        characters = self.characters(count)
        return "".join(characters[start:end] for item, start, end in stretches if item not in hidden)

    def _beyond(self, stretches: list[Stretch], page_box: Box) -> set[int]:
        """Find text objects whose first and last characters stand beyond the same edge: each is one straight line."""
        last = {item: end - 1 for item, _, end in stretches}
        first = {item: start for item, start, _ in reversed(stretches)}
        return {
            item
            for item in last
            if item and (edges := self._edges(first[item], page_box)) and edges & self._edges(last[item], page_box)
        }

    def _edges(self, index: int, page_box: Box) -> int:
        """The edges of the page that a character stands beyond, as bits; 0 where its place is not known."""
        if not _loose_box(self.passed, index, self._box_passed):
            return 0
        left, bottom, right, top = page_box
        box = self._box
        beyond: tuple[bool, ...] = (box.right < left, box.top < bottom, box.left > right, box.bottom > top)
        return sum(1 << place for place, is_beyond in enumerate(beyond) if is_beyond) if any(beyond) else 0

    def _in_bulk(self, count: int) -> str:
        if self._bulk[0] != count:
            whole: str = self.handle.get_text_range(0, count)
            for code, hyphen in HYPHENS.items():
                whole = whole.replace(chr(code), hyphen)
            self._bulk = count, _set_right(whole)
        return self._bulk[1]


def _set_right(text: str) -> str:
    """Put the octets of swapped ligatures right; every character keeps its index."""
    if text.isascii():
        return text
    return _SWAPPED.sub(lambda match: "".join(chr(ord(character) >> 8) for character in match[0]), text)


def is_printed(item: int) -> bool:
    """Tell whether a text object is printed, by its address, and not of the rendering mode that leaves no ink."""
    return bool(_mode(passed(item)) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)
