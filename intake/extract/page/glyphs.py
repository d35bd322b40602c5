"""Where each character of a page stands, and the runs that characters make.

A page has hundreds of characters, and each question to PDFium costs a call across languages;
so what can be asked for the whole page, or once for all characters of a text object, is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from ctypes import addressof, c_double, sizeof
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from intake.extract.certificate.geometry import DESCENT, LINE_HEIGHT
from intake.extract.page.calls import by_address, passed
from intake.extract.page.pagetext import PageText, is_printed
from intake.extract.page.pieces import Pieces, Places, Stretch, TextObject, cut_at_columns
from intake.extract.page.runs import Run, turned

MAX_PLACED = 12_000
"""Characters of a page whose places are read."""
_QUARTER = math.pi / 2

_loose_box = by_address(raw.FPDFText_GetLooseCharBox)
_is_generated = by_address(raw.FPDFText_IsGenerated)
_angle = by_address(raw.FPDFText_GetCharAngle)
_origin = by_address(raw.FPDFText_GetCharOrigin)
_font_size = by_address(raw.FPDFText_GetFontSize)
_matrix = by_address(raw.FPDFPageObj_GetMatrix)


def runs_of(page: Any, text: PageText, number: int) -> Iterator[Run]:  # noqa: ANN401  # pypdfium2 ships no types
    """Split the page's visible text into runs along the page's main writing direction.

    Args:
        page: the loaded page.
        text: its text.
        number: the page's number, counted from 1.
    """
    places = _places(page, text)
    stretches = list(_stretches(page, text, places))
    directions: Counter[int] = Counter()
    for holder, _, _, visible in stretches:
        if holder is not None and visible:
            directions[holder.direction] += len(visible)
    if not directions:
        return
    main = directions.most_common(1)[0][0]
    pieces = Pieces(places, main, page.get_size(), lambda index: _is_generated(text.passed, index) == 1)
    for stretch in stretches:
        pieces.take(stretch)
    for piece, parts in cut_at_columns(pieces.done()):
        first = parts[0]
        for part in parts[1:]:
            first.add(part.characters, part.read, part.shown)
        yield Run(piece, number, first.read, first.shown, tuple(first.characters))


def _places(page: Any, text: PageText) -> Places:  # noqa: ANN401  # the same
    rotation = page.get_rotation() // 90
    corner = page.get_bbox()
    width, height = size = (corner[2] - corner[0], corner[3] - corner[1])
    count = min(text.count, MAX_PLACED)
    boxes = (raw.FS_RECTF * count)()
    first, step = addressof(boxes), sizeof(raw.FS_RECTF)
    rooms = map(passed, range(first, first + count * step, step))
    placed = list(map(_loose_box, repeat(text.passed), range(count), rooms))  # which fills the boxes
    edges: list[float] = [*memoryview(boxes).cast("B").cast("f")] if count else []
    lefts, tops, rights, bottoms = (edges[place::4] for place in range(4))
    if corner[0]:
        lefts, rights = ([edge - corner[0] for edge in some] for some in (lefts, rights))
    if corner[1]:
        bottoms, tops = ([edge - corner[1] for edge in some] for some in (bottoms, tops))
    finite = math.isfinite(sum(edges))
    astray: frozenset[int] = frozenset()
    inside = count and min(rights) >= 0 and min(tops) >= 0 and max(lefts) <= width and max(bottoms) <= height
    if not (finite and inside and all(placed)):
        astray = frozenset(
            at
            for at, is_placed in enumerate(placed)
            if not is_placed or rights[at] < 0 or tops[at] < 0 or lefts[at] > width or bottoms[at] > height
        )
    if rotation:
        shown = [turned(box, rotation, size) for box in zip(lefts, bottoms, rights, tops, strict=True)]
        lefts, bottoms, rights, tops = map(list, zip(*shown, strict=True)) if shown else ([],) * 4
    return Places(text.characters(count), lefts, bottoms, rights, tops, astray, finite)


def _stretches(page: Any, text: PageText, places: Places) -> Iterator[Stretch]:  # noqa: ANN401  # the same
    holders = _Holders(page, text)
    for item, start, end in text.stretches(len(places.characters)):
        visible = places.visible(start, end)
        if not visible:
            yield Stretch(None, start, end, ())
            continue
        holder = holders[item] if item in holders else holders.of(item, visible[0])
        if places.astray:
            visible = [at for at in visible if at not in places.astray]
        yield Stretch(holder, start, end, visible)


class _Holders(dict[int, TextObject | None]):
    """The text objects of a page that have been asked for, by address; None of one that is not printed."""

    def __init__(self, page: Any, text: PageText) -> None:  # noqa: ANN401  # the same
        """Take the page and its text."""
        super().__init__()
        left, bottom, right, top = page.get_bbox()
        self._text, self._rotation = text.passed, page.get_rotation() // 90
        self._corner, self._size = (left, bottom), (right - left, top - bottom)
        self._upright = page.get_size()
        self._x, self._y, self._matrix = c_double(), c_double(), raw.FS_MATRIX()
        self._places = passed(addressof(self._x)), passed(addressof(self._y))
        self._matrix_place = passed(addressof(self._matrix))

    def of(self, item: int, index: int) -> TextObject | None:
        """Ask for the text object of the character of this index; what belongs to none is not printed."""
        self[item] = holder = self._asked(item, index) if item and is_printed(item) else None
        return holder

    def _asked(self, item: int, index: int) -> TextObject:
        """What it says of all its characters: they stand on one line, in one direction."""
        direction = -(round(_angle(self._text, index) / _QUARTER) + self._rotation) % 4
        matrix = self._matrix
        if not (_origin(self._text, index, *self._places) and _matrix(passed(item), self._matrix_place)):
            return TextObject(direction, 0.0, 0.0, 0.0)
        across, up = self._x.value - self._corner[0], self._y.value - self._corner[1]
        em = _font_size(self._text, index) * math.hypot(matrix.c, matrix.d)
        if self._rotation or direction:
            across, up = turned((across, up, across, up), self._rotation, self._size)[:2]
            up = turned((across, up, across, up), direction, self._upright)[1]
        foot = up - DESCENT * em
        return TextObject(direction, em, foot, foot + LINE_HEIGHT * em)
