"""Finds pictures and drawings on a certificate that may say what its text does not: a stamp, a word across the page.

No program here reads what a picture says. A logo, a seal or a signature is small and stands where nothing is printed;
what lies over the print, or takes up a good part of the page, is for a person to look at, unless it is an even ground
on which no word can be made out. A small picture is asked about where it spells a stamp's word (`stampwords`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.extract.page.drawn import sketch
from intake.extract.page.letterforms import Drawing
from intake.extract.page.runs import Box, Run, shared_height, turned, union

_LARGE = 0.15
"""Of the page: what a picture covers that is no ornament."""
_SHAPES = 0.05
"""Of the page: what shapes like large letters take up together."""
_TALL = 40.0
"""Points of such a shape, one way or the other."""
_INTO = 0.3
"""Of a line's height: so far into it a picture lies over the line."""
_FEW = 16
"""Points of a picture, one way or the other, that hold no word."""
_DEPTH = 4
_CELL = 10
"""Points: the side of a cell, over which the lines of a ground are evened out."""
_EVEN = 6
"""Of 255 shades of grey, by which neighbouring cells of an even ground may differ."""
_GROUND = 200
"""Shade of grey of the darkest cell of a ground to print on."""
_SHORTEST = 8.0
"""Points of a picture, one way or the other, whose letters can be read."""
_MOST_PIXELS = 2_000_000
"""Of the drawing of a ground, whatever the size of the page."""
_MOST_READ = 8
"""Pictures of a page that are searched for words."""
_SCALE, _LONGEST = 3.0, 360.0
"""Pixels a point of a picture that is searched, and of its longer side."""


class Overlay(NamedTuple):
    """What a page's pictures and drawings may say."""

    hides: bool
    """One of them lies over the print or takes up a good part of the page."""
    word: str | None
    """The stamp's word that one of them spells."""


def overlay_of(page: Any, read: Sequence[Run], anew: Callable[[], Any]) -> Overlay:  # noqa: ANN401  # pypdfium2 has no types
    """Tell what a page's pictures and drawings may say that its text does not.

    Args:
        page: the loaded page, of which pictures may have been taken away.
        read: the pieces of its text that are read as labels or values.
        anew: loads it again, to be drawn; it is left as it was.
    """
    width, height = page.get_size()
    page_area: float = width * height
    seen = sketch(page, _TALL)
    drawn = bool(seen.strokes) and _area(reduce(union, seen.strokes)) > _SHAPES * page_area
    pictures = [_shown(page, box) for box in _pictures(page)] if seen.pictured else []
    if not pictures:
        return Overlay(drawn, None)
    doubtful = [box for box in pictures if _area(box) > _LARGE * page_area or any(_covers(box, run) for run in read)]
    page = anew()
    with _pictures_alone(page):
        hides = not all(_area(box) > _LARGE * page_area and _is_ground(page, box) for box in doubtful)
        small = [box for box in pictures if box not in doubtful][:_MOST_READ]
        word = None if drawn or hides else next(filter(None, (_word_in(page, box) for box in small)), None)
    return Overlay(drawn or hides, word)


@contextmanager
def _pictures_alone(page: Any) -> Iterator[None]:  # noqa: ANN401  # the same
    """Leave nothing on the page but its pictures, for a while."""
    kept = {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}
    others = [item for item in page.get_objects(max_depth=_DEPTH) if item.type not in kept]
    for item in others:
        raw.FPDFPageObj_SetIsActive(item, False)  # noqa: FBT003  # a C function
    try:
        yield
    finally:
        for item in others:
            raw.FPDFPageObj_SetIsActive(item, True)  # noqa: FBT003  # the same


def _is_ground(page: Any, box: Box) -> bool:  # noqa: ANN401  # the same
    """Whether a picture is a light, even ground, which may have fine lines or dots, or grow darker little by little."""
    drawing = Drawing(page, min(1.0, (_MOST_PIXELS / max(_area(box), 1.0)) ** 0.5), box)
    rows = drawing.rows(drawing.window(box))
    cells = [
        [
            sum(sum(row[at : at + _CELL]) for row in band) / (_CELL * _CELL)
            for at in range(0, len(band[0]) - _CELL, _CELL)
        ]
        for band in (rows[top : top + _CELL] for top in range(0, len(rows) - _CELL, _CELL))
    ]
    beside = (abs(a - b) for line in cells for a, b in pairwise(line))
    below = (abs(a - b) for line, other in pairwise(cells) for a, b in zip(line, other, strict=True))
    is_light = all(shade > _GROUND for line in cells for shade in line)
    return bool(cells) and is_light and max((*beside, *below), default=0.0) <= _EVEN


def _word_in(page: Any, box: Box) -> str | None:  # noqa: ANN401  # the same
    """The stamp's word that a picture spells."""
    longer, shorter = max(box[2] - box[0], box[3] - box[1]), min(box[2] - box[0], box[3] - box[1])
    if shorter < _SHORTEST:
        return None
    # Imported when needed: most pages have no picture.
    from intake.extract.page.stampwords import stamp_word  # noqa: PLC0415  # the same

    drawing = Drawing(page, min(_SCALE, _LONGEST / longer), box)
    return stamp_word(drawing.rows(drawing.window(box)))


def _pictures(page: Any) -> Iterator[Box]:  # noqa: ANN401  # the same
    """The places of pictures, before the page is turned; of one within a form, that of the outermost form."""
    for item in page.get_objects(max_depth=_DEPTH):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE and not _is_even(item):
            outer = item
            while outer.container is not None:
                outer = outer.container
            yield outer.get_bounds()


def _is_even(picture: Any) -> bool:  # noqa: ANN401  # the same
    """Whether a picture of few points, such as the ground of a box, is of one colour throughout, its mask too."""
    if min(picture.get_px_size()) > _FEW:
        return False
    try:
        drawn = picture.get_bitmap(render=True, scale_to_original=False)
    except pdfium.PdfiumError:
        return False
    content = bytes(drawn.buffer)
    rows = (content[at : at + drawn.width * drawn.n_channels] for at in range(0, len(content), drawn.stride))
    return all(row == content[: drawn.n_channels] * drawn.width for row in rows)


def _shown(page: Any, box: Box) -> Box:  # noqa: ANN401  # the same
    left, bottom, right, top = page.get_bbox()
    within = max(box[0], left), max(box[1], bottom), min(box[2], right), min(box[3], top)
    moved = within[0] - left, within[1] - bottom, within[2] - left, within[3] - bottom
    return turned(moved, page.get_rotation() // 90, (right - left, top - bottom))


def _covers(box: Box, run: Run) -> bool:
    beside = box[0] < run.shown[2] and run.shown[0] < box[2]
    return beside and shared_height(box, run.shown) > _INTO


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
