"""Where each character of a page stands, and the runs that characters make.

A page has hundreds of characters, and each question to PDFium costs a call across languages;
so what can be asked for the whole page, or once for all characters of a text object, is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import addressof, c_double, sizeof
from itertools import repeat
from struct import iter_unpack
from typing import Any, NamedTuple

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
from intake.extract.page.calls import by_address
from intake.extract.page.pagetext import PageText, is_printed
from intake.extract.page.runs import Box, Run, turned

MAX_PLACED = 12_000
"""Characters of a page whose places are read."""

_FOLLOWING = frozenset("efghijklmnopqrstuvwxyzEFGHIJKLMNOPQRSTUVWXYZ\u0130\u0131\u017f\u212a")
"""Letters that belong to what they follow where they are raised, as in `14th`, `No`; others mark footnotes."""
_LEAST_SIZE, _MOST_SIZE = 0.3, 3.0
"""Of the height that PDFium gives: a font of which the size says less or more is measured in units of its own."""
_QUARTER = math.pi / 2

_loose_box = by_address(raw.FPDFText_GetLooseCharBox)
_is_generated = by_address(raw.FPDFText_IsGenerated)
_angle = by_address(raw.FPDFText_GetCharAngle)
_origin = by_address(raw.FPDFText_GetCharOrigin)
_font_size = by_address(raw.FPDFText_GetFontSize)
_matrix = by_address(raw.FPDFPageObj_GetMatrix)


class _TextObject(NamedTuple):
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


def runs_of(page: Any, text: PageText, number: int) -> Iterator[Run]:  # noqa: ANN401  # pypdfium2 ships no types
    """Split the page's visible text into runs along the page's main writing direction.

    Args:
        page: the loaded page.
        text: its text.
        number: the page's number, counted from 1.
    """
    glyphs = _glyphs(page, text)
    if not glyphs:
        return
    direction = Counter([glyph[2].direction for glyph in glyphs]).most_common(1)[0][0]
    for piece, placed in _cut_at_columns(list(_pieces(glyphs, direction, page.get_size()))):
        read, shown, indexes, _ = zip(*placed, strict=True)
        yield Run(piece, number, _around(read), _around(shown), indexes)


def _around(boxes: Iterable[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _glyphs(page: Any, text: PageText) -> list[_Glyph]:  # noqa: ANN401  # the same
    rotation = page.get_rotation() // 90
    left, bottom, right, top = page.get_bbox()
    width, height = size = (right - left, top - bottom)
    count = min(text.count, MAX_PLACED)
    boxes = (raw.FS_RECTF * count)()
    first, step = addressof(boxes), sizeof(raw.FS_RECTF)
    is_mapped = map(_loose_box, repeat(text.address), range(count), range(first, first + count * step, step))
    mapped = list(is_mapped)  # which fills the boxes
    holders = _Holders(text.address, rotation, (left, bottom), size)
    glyphs: list[_Glyph] = []
    spaced = 0
    asked = zip(text.characters(count), text.objects(count), mapped, iter_unpack("4f", boxes), strict=True)
    for index, (character, item, is_placed, (x, high, end, low)) in enumerate(asked):
        if character == " " or not character.isprintable():  # as no other white space is
            spaced = max(spaced, _GENERATED if _is_generated(text.address, index) == 1 else _PRINTED)
            continue
        holder = holders[item] if item in holders else holders.of(item, index)
        if holder is None or not is_placed:
            continue
        place = x - left, low - bottom, end - left, high - bottom
        if place[2] < 0 or place[3] < 0 or place[0] > width or place[1] > height:
            continue
        glyphs.append((character, turned(place, rotation, size) if rotation else place, holder, spaced, index))
        spaced = 0
    return glyphs


class _Holders(dict[int | None, _TextObject | None]):
    """The text objects of a page that have been asked for, by address; None of one that is not printed."""

    def __init__(self, text: int, rotation: int, corner: tuple[float, float], size: tuple[float, float]) -> None:
        """Take the text page's address, and where and how the page is shown."""
        super().__init__()
        self._text, self._rotation, self._corner, self._size = text, rotation, corner, size
        self._x, self._y, self._matrix = c_double(), c_double(), raw.FS_MATRIX()
        self._places = addressof(self._x), addressof(self._y)

    def of(self, item: int | None, index: int) -> _TextObject | None:
        """Ask for the text object of the character of this index; what belongs to none is not printed."""
        self[item] = holder = self._asked(item, index) if item is not None and is_printed(item) else None
        return holder

    def _asked(self, item: int, index: int) -> _TextObject:
        """What it says of all its characters: they stand on one line, in one direction."""
        direction = -(round(_angle(self._text, index) / _QUARTER) + self._rotation) % 4
        matrix = self._matrix
        if not (_origin(self._text, index, *self._places) and _matrix(item, addressof(matrix))):
            return _TextObject(direction, 0.0, (0.0, 0.0))
        across, up = self._x.value - self._corner[0], self._y.value - self._corner[1]
        origin = turned((across, up, across, up), self._rotation, self._size)[:2]
        em = _font_size(self._text, index) * math.hypot(matrix.c, matrix.d)
        return _TextObject(direction, em, origin)


def _pieces(glyphs: Sequence[_Glyph], main: int, size: tuple[float, float]) -> Iterator[tuple[str, list[_Placed]]]:
    """Join the characters of the main direction: one line, no gap as between two cells."""
    text = ""
    placed: list[_Placed] = []
    before: Box = (0.0, 0.0, 0.0, 0.0)
    last: _TextObject | None = None
    edges = before[:2]
    for character, shown, holder, spaced, index in glyphs:
        if holder.direction != main:
            continue
        if holder is not last:
            edges = _edges(holder, size)
        box = _as_read(shown, holder, edges, size)
        begins = 0
        if placed:
            height = max(before[3] - before[1], 1.0)
            gap = box[0] - before[2]
            if holder is last and box == before and character.isalpha():
                # PDFium gives the letters of a ligature one by one, each with the box of the whole.
                gap = 0.0
            near = abs(before[1] - box[1]) < LINE_SHIFT * height and -OVERLAP * height < gap < CELL_GAP * height
            if near and (character in _FOLLOWING or not _raised(before, box)):
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


def _edges(holder: _TextObject, size: tuple[float, float]) -> tuple[float, float]:
    """Foot and top of the line that a text object stands on, with the page turned upright, by its font's size alone."""
    x, y = holder.origin
    baseline = turned((x, y, x, y), holder.direction, size)[1]
    foot = baseline - DESCENT * holder.size
    return foot, foot + LINE_HEIGHT * holder.size


def _as_read(shown: Box, holder: _TextObject, edges: tuple[float, float], size: tuple[float, float]) -> Box:
    """The character's box with the page turned upright, as high as its font's size makes a line.

    PDFium's own height is what the producer says of the font, which is anything.
    """
    left, low, right, high = turned(shown, holder.direction, size) if holder.direction else shown
    if not _LEAST_SIZE * (high - low) < holder.size < _MOST_SIZE * (high - low):
        return left, low, right, high
    return left, edges[0], right, edges[1]
