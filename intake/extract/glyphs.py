"""Where each character of a page stands, and the runs that characters make.

A page has hundreds of characters, and each question to PDFium costs a call across languages;
so what can be asked for the whole page, or once for all characters of a text object, is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from ctypes import CFUNCTYPE, addressof, c_int, c_uint, c_void_p, cast, sizeof
from itertools import repeat
from struct import iter_unpack
from typing import Any

from pypdfium2 import raw

from intake.extract.runs import Box, Run, turned

MAX_PLACED = 12_000
"""Characters of a page whose places are read."""
HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
"""What PDFium gives for a hyphen at a line's end, and the soft one."""

_FOREIGN = re.compile("[^\0-\u058f\u2000-\u214f]")
"""Characters beyond those of left-to-right alphabets and common signs."""
_LIGATURES = frozenset({"ff", "fi", "fl", "st"})
"""Letters drawn as one, which PDFium gives one by one, each with the box of the whole."""
_INVISIBLE = 3
_QUARTER = math.pi / 2
_CELL_GAP = 0.7
_WORD_GAP = 0.2
_LINE_SHIFT = 0.4


# The same functions as in `raw`; plain addresses spare half of what a call for every character costs.
def _address(function: Any) -> int:  # noqa: ANN401  # pypdfium2 ships no types
    return cast(function, c_void_p).value or 0


_unicode = CFUNCTYPE(c_uint, c_void_p, c_int)(_address(raw.FPDFText_GetUnicode))
_loose_box = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(_address(raw.FPDFText_GetLooseCharBox))
_text_object = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(raw.FPDFText_GetTextObject))

_Glyph = tuple[str, Box, int, bool]
"""One visible character; its box as the page is shown; the quarters that the shown page must be turned clockwise for
it to stand upright; whether white space stood before it."""


def runs_of(page: Any, text: Any, number: int) -> Iterator[Run]:  # noqa: ANN401  # pypdfium2 ships no types
    """The page's visible text in pieces, as the page's main direction of writing has them.

    Args:
        page: the loaded page.
        text: its text page.
        number: the page's number, counted from 1.
    """
    glyphs = list(_glyphs(page, text))
    if not glyphs:
        return
    direction = Counter([glyph[2] for glyph in glyphs]).most_common(1)[0][0]
    size = page.get_size()
    sideways = (size[1], size[0]) if direction % 2 else size
    for piece, boxes in _pieces(glyphs, direction, size):
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        box = min(lefts), min(bottoms), max(rights), max(tops)
        yield Run(piece, number, box, turned(box, -direction, sideways) if direction else box)


def visible(handle: Any, index: int) -> bool:  # noqa: ANN401  # the same
    """Text of rendering mode 3 is not printed: it is a scanner's guess behind a picture, or a trap."""
    item = raw.FPDFText_GetTextObject(handle, index)
    return not item or raw.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE


def _glyphs(page: Any, text: Any) -> Iterator[_Glyph]:  # noqa: ANN401  # the same
    rotation = page.get_rotation() // 90
    left, bottom, right, top = page.get_cropbox()
    size = (right - left, top - bottom)
    count = min(text.count_chars(), MAX_PLACED)
    address = cast(text.raw, c_void_p).value
    boxes = (raw.FS_RECTF * count)()
    first, step = addressof(boxes), sizeof(raw.FS_RECTF)
    placed = list(map(_loose_box, repeat(address), range(count), range(first, first + count * step, step)))
    directions: dict[int | None, int | None] = {}
    spaced = False
    glyphs = zip(_characters(text, address, count), placed, iter_unpack("4f", boxes), range(count), strict=True)
    for character, known, (x, high, end, low), index in glyphs:
        if character.isspace() or not character.isprintable():
            spaced = True
            continue
        item = _text_object(address, index)
        if item is None or item not in directions:
            directions[item] = _direction(text.raw, index, rotation) if visible(text.raw, index) else None
        direction = directions[item]
        if direction is None or not known:
            continue
        place = x - left, low - bottom, end - left, high - bottom
        if place[2] < 0 or place[3] < 0 or place[0] > size[0] or place[1] > size[1]:
            continue
        yield character, turned(place, rotation, size) if rotation else place, direction, spaced
        spaced = False


def _characters(text: Any, address: int | None, count: int) -> str:  # noqa: ANN401  # the same
    """The page's characters by their index, in one go where that surely gives the same as asking for each.

    It does where none was left out or doubled (the count says so) and none is of a script that is written backwards.
    """
    whole: str = text.get_text_range(0, count).translate(HYPHENS)
    if len(whole) == count and _FOREIGN.search(whole) is None:
        return whole
    codes = map(_unicode, repeat(address), range(count))
    return "".join(HYPHENS.get(code) or chr(code) for code in codes)


def _direction(handle: Any, index: int, rotation: int) -> int:  # noqa: ANN401  # the same
    """All characters of one text object are set in one direction."""
    angle: float = raw.FPDFText_GetCharAngle(handle, index)
    return -(round(angle / _QUARTER) + rotation) % 4


def _pieces(glyphs: list[_Glyph], main: int, size: tuple[float, float]) -> Iterator[tuple[str, list[Box]]]:
    """Join the characters of the main direction: one line, no gap as between two cells."""
    text = ""
    boxes: list[Box] = []
    right = bottom = top = 0.0
    for character, shown, direction, spaced in glyphs:
        if direction != main:
            continue
        box = turned(shown, direction, size) if direction else shown
        x, low, end, high = box
        if boxes:
            height = max(top - bottom, 1.0)
            gap, shift = x - right, abs(bottom + top - low - high) / 2
            if box == boxes[-1] and text[-1] + character in _LIGATURES:
                gap = 0.0
            if shift < _LINE_SHIFT * height and -height / 2 < gap < _CELL_GAP * height:
                if spaced or gap > _WORD_GAP * (high - low):
                    text += " "
            else:
                yield text, boxes
                text, boxes = "", []
        text += character
        boxes.append(box)
        bottom, right, top = low, end, high
    if boxes:
        yield text, boxes
