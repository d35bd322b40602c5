"""Where each character of a page stands, and the runs that characters make.

A page has hundreds of characters, and each question to PDFium costs a call across languages;
so what can be asked for the whole page, or once for all characters of a text object, is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import CFUNCTYPE, addressof, byref, c_double, c_int, c_uint, c_void_p, cast, sizeof
from dataclasses import dataclass
from itertools import repeat
from struct import iter_unpack
from typing import Any

from pypdfium2 import raw

from intake.extract.certificate.geometry import (
    CELL_GAP,
    COLUMN,
    DESCENT,
    LINE_HEIGHT,
    LINE_SHIFT,
    OVERLAP,
    RAISED,
    SMALL,
    WORD_GAP,
)
from intake.extract.page.runs import Box, Run, turned

MAX_PLACED = 12_000
"""Characters of a page whose places are read."""
HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
"""What PDFium gives for a hyphen at a line's end, and the soft one."""

_FOREIGN = re.compile("[^\0-\u058f\u2000-\u214f]")
"""Characters beyond those of left-to-right alphabets and common signs."""
_MARKING = re.compile(r"[^e-z]", re.IGNORECASE)
"""Raised characters that mark footnotes; other letters belong to what they follow: `14th`, `No`."""
_INVISIBLE = 3
_LEAST_SIZE, _MOST_SIZE = 0.3, 3.0
"""Of the height that PDFium gives: a font of which the size says less or more is measured in units of its own."""
_QUARTER = math.pi / 2


# The same functions as in `raw`; plain addresses spare half of what a call for every character costs.
def _address(function: Any) -> int:  # noqa: ANN401  # pypdfium2 ships no types
    return cast(function, c_void_p).value or 0


_unicode = CFUNCTYPE(c_uint, c_void_p, c_int)(_address(raw.FPDFText_GetUnicode))
_loose_box = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)(_address(raw.FPDFText_GetLooseCharBox))
_text_object = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(raw.FPDFText_GetTextObject))
_generated = CFUNCTYPE(c_int, c_void_p, c_int)(_address(raw.FPDFText_IsGenerated))
_mode = CFUNCTYPE(c_int, c_void_p)(_address(raw.FPDFTextObj_GetTextRenderMode))


@dataclass(frozen=True, slots=True)
class _TextObject:
    """What all characters of one text object share."""

    direction: int
    """The quarters that the shown page must be turned clockwise for it to stand upright."""
    size: float
    """Points of the font's em, as the page is shown; 0 where that cannot be told."""
    origin: tuple[float, float]
    """A point of its baseline, as the page is shown."""


_GENERATED, _PRINTED = 1, 2
"""White space that PDFium puts in for a gap, and white space that is printed."""
_Glyph = tuple[str, Box, _TextObject, int, int]
"""One visible character; its box as the page is shown; its text object; what white space stood before it; its index in
the page's text."""
_Placed = tuple[Box, Box, int, int]
"""A character's box as it is read, the same as it is shown, its index in the page's text, and where a word begins that
no printed blank parts from the one before, its place in the piece's text; else 0."""


def runs_of(page: Any, text: Any, number: int) -> Iterator[Run]:  # noqa: ANN401  # pypdfium2 ships no types
    """Split the page's visible text into runs along the page's main writing direction.

    Args:
        page: the loaded page.
        text: its text page.
        number: the page's number, counted from 1.
    """
    glyphs = list(_glyphs(page, text))
    if not glyphs:
        return
    direction = Counter([glyph[2].direction for glyph in glyphs]).most_common(1)[0][0]
    for piece, placed in _cut_at_columns(list(_pieces(glyphs, direction, page.get_size()))):
        read, shown, indexes, _ = zip(*placed, strict=True)
        yield Run(piece, number, _around(read), _around(shown), indexes)


def _around(boxes: Iterable[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def printed_text(text: Any, count: int) -> str:  # noqa: ANN401  # the same
    """The page's text without what is not printed.

    Text of rendering mode 3 is not: it is a scanner's guess behind a picture, or a trap.

    Args:
        text: the text page.
        count: characters that are read of it.
    """
    address = cast(text.raw, c_void_p).value
    items = list(map(_text_object, repeat(address), range(count)))
    hidden = {item for item in set(items) if item is not None and _mode(item) == _INVISIBLE}
    if not hidden:
        whole: str = text.get_text_range(0, count).translate(HYPHENS)
        return whole
    # What PDFium puts between words and lines by itself belongs to no text object.
    pairs = zip(_characters(text, address, count), items, strict=True)
    return "".join(character for character, item in pairs if item not in hidden)


def text_objects(text: Any, indexes: Iterable[int]) -> frozenset[int | None]:  # noqa: ANN401  # the same
    """The addresses of the text objects that characters belong to.

    Args:
        text: the text page.
        indexes: the characters'.
    """
    return frozenset(map(_text_object, repeat(cast(text.raw, c_void_p).value), indexes))


def visible(handle: Any, index: int) -> bool:  # noqa: ANN401  # the same
    """Whether a character is printed: it belongs to a text object, and not to an invisible one."""
    item = _text_object(cast(handle, c_void_p).value, index)
    return item is not None and _mode(item) != _INVISIBLE


def _glyphs(page: Any, text: Any) -> Iterator[_Glyph]:  # noqa: ANN401  # the same
    rotation = page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    size = (right - left, top - bottom)
    count = min(text.count_chars(), MAX_PLACED)
    address = cast(text.raw, c_void_p).value
    boxes = (raw.FS_RECTF * count)()
    first, step = addressof(boxes), sizeof(raw.FS_RECTF)
    placed = list(map(_loose_box, repeat(address), range(count), range(first, first + count * step, step)))
    objects: dict[int | None, _TextObject | None] = {}
    spaced = 0
    glyphs = zip(_characters(text, address, count), placed, iter_unpack("4f", boxes), range(count), strict=True)
    for character, is_mapped, (x, high, end, low), index in glyphs:
        if character.isspace() or not character.isprintable():
            spaced = max(spaced, _GENERATED if _generated(address, index) == 1 else _PRINTED)
            continue
        item = _text_object(address, index)
        if item is None or item not in objects:
            seen = visible(text.raw, index)
            objects[item] = _text_object_of(text.raw, index, rotation, (left, bottom), size) if seen else None
        holder = objects[item]
        if holder is None or not is_mapped:
            continue
        place = x - left, low - bottom, end - left, high - bottom
        if place[2] < 0 or place[3] < 0 or place[0] > size[0] or place[1] > size[1]:
            continue
        yield character, turned(place, rotation, size) if rotation else place, holder, spaced, index
        spaced = 0


def _characters(text: Any, address: int | None, count: int) -> str:  # noqa: ANN401  # the same
    """Read the page's characters by index, in bulk where that surely gives the same.

    It does where none was left out or doubled (the count says so) and none is of a script that is written backwards.
    """
    whole: str = text.get_text_range(0, count).translate(HYPHENS)
    if len(whole) == count and _FOREIGN.search(whole) is None:
        return whole
    codes = map(_unicode, repeat(address), range(count))
    return "".join(HYPHENS.get(code) or chr(code) for code in codes)


def _text_object_of(
    handle: Any,  # noqa: ANN401  # the same
    index: int,
    rotation: int,
    corner: tuple[float, float],
    size: tuple[float, float],
) -> _TextObject:
    """What the text object of one of its characters says of all of them: they stand on one line, in one direction."""
    angle: float = raw.FPDFText_GetCharAngle(handle, index)
    direction = -(round(angle / _QUARTER) + rotation) % 4
    x, y, matrix = c_double(), c_double(), raw.FS_MATRIX()
    item = raw.FPDFText_GetTextObject(handle, index)
    placed = raw.FPDFText_GetCharOrigin(handle, index, byref(x), byref(y)) and item
    if not (placed and raw.FPDFPageObj_GetMatrix(item, byref(matrix))):
        return _TextObject(direction, 0.0, (0.0, 0.0))
    across, up = x.value - corner[0], y.value - corner[1]
    origin = turned((across, up, across, up), rotation, size)[:2]
    em = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    return _TextObject(direction, em, origin)


def _pieces(glyphs: list[_Glyph], main: int, size: tuple[float, float]) -> Iterator[tuple[str, list[_Placed]]]:
    """Join the characters of the main direction: one line, no gap as between two cells."""
    text = ""
    placed: list[_Placed] = []
    before: Box = (0.0, 0.0, 0.0, 0.0)
    last: _TextObject | None = None
    for character, shown, holder, spaced, index in glyphs:
        if holder.direction != main:
            continue
        box = _as_read(shown, holder, size)
        begins = 0
        if placed:
            height = max(before[3] - before[1], 1.0)
            gap = box[0] - before[2]
            if holder is last and box == before and character.isalpha():
                # PDFium gives the letters of a ligature one by one, each with the box of the whole.
                gap = 0.0
            near = abs(before[1] - box[1]) < LINE_SHIFT * height and -OVERLAP * height < gap < CELL_GAP * height
            if near and not (_MARKING.match(character) and _raised(before, box)):
                if spaced or gap > WORD_GAP * height:
                    text += " "
                    begins = len(text) if spaced != _PRINTED else 0
            else:
                yield text, placed
                text, placed = "", []
        text += character
        placed.append((box, shown, index, begins))
        before, last = box, holder
    if placed:
        yield text, placed


def _raised(before: Box, box: Box) -> bool:
    """Whether one of two neighbours is small and raised, as the mark of a footnote is: it belongs to no number."""
    lower, upper = (before, box) if before[1] <= box[1] else (box, before)
    tall, small = lower[3] - lower[1], upper[3] - upper[1]
    baselines = upper[1] + small * DESCENT / LINE_HEIGHT - lower[1] - tall * DESCENT / LINE_HEIGHT
    return small < SMALL * tall and baselines > RAISED * tall


def _cut_at_columns(pieces: list[tuple[str, list[_Placed]]]) -> Iterator[tuple[str, list[_Placed]]]:
    """Part a label from a value that stands close behind it, where the other values of a column begin.

    The plainest table of a browser sets its values four points behind the widest label, or behind every label where
    these end at one edge.
    """
    edges = Counter(round(placed[0][0][0]) for _, placed in pieces)
    edges += _common_gaps(pieces)
    for text, placed in pieces:
        start = since = 0
        for at, (box, _, _, begins) in enumerate(placed):
            if begins and max(edges[round(box[0]) + aside] for aside in (-1, 0, 1)) >= COLUMN:
                yield text[since : begins - 1], placed[start:at]
                start, since = at, begins
        yield text[since:], placed[start:]


def _common_gaps(pieces: list[tuple[str, list[_Placed]]]) -> Counter[int]:
    """Where most of the pieces with a gap that no blank fills go on behind it: the left edge of a column."""
    ends = [{round(box[0]) for box, _, _, begins in placed if begins} for _, placed in pieces]
    places = Counter(place for own in ends for place in own)
    fewest = max(_GAPS, sum(map(bool, ends)) / 2)
    return Counter({place: number for place, number in places.items() if number >= fewest})


_GAPS = 3
"""So many pieces that go on at one place behind a gap are cut there."""


def _as_read(shown: Box, holder: _TextObject, size: tuple[float, float]) -> Box:
    """The character's box with the page turned upright, as high as its font's size makes a line.

    PDFium's own height is what the producer says of the font, which is anything.
    """
    direction = holder.direction
    left, low, right, high = turned(shown, direction, size) if direction else shown
    if not _LEAST_SIZE * (high - low) < holder.size < _MOST_SIZE * (high - low):
        return left, low, right, high
    x, y = holder.origin
    baseline = turned((x, y, x, y), direction, size)[1] if direction else y
    foot = baseline - DESCENT * holder.size
    return left, foot, right, foot + LINE_HEIGHT * holder.size
