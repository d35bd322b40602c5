"""Finds pictures and drawings on a certificate that may say what its text does not: a stamp, a word across the page.

No program here reads what a picture says. A logo, a seal or a signature is small and stands where nothing is printed;
what lies over the print, or takes up a good part of the page, is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.extract.page.drawn import sketch
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


def is_overlaid(page: Any, read: Sequence[Run]) -> bool:  # noqa: ANN401  # pypdfium2 has no types
    """Tell whether a page has such a picture or drawing.

    Args:
        page: the loaded page.
        read: the pieces of its text that are read as labels or values.
    """
    width, height = page.get_size()
    page_area: float = width * height
    seen = sketch(page, _TALL)
    pictures = [_shown(page, box) for box in _pictures(page)] if seen.pictured else []
    if any(_area(box) > _LARGE * page_area or any(_covers(box, run) for run in read) for box in pictures):
        return True
    return bool(seen.strokes) and _area(reduce(union, seen.strokes)) > _SHAPES * page_area


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
