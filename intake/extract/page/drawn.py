"""What a page paints, object by object, and which of it touches a piece of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from ctypes import addressof, c_float, c_int, c_uint, c_ulong, sizeof
from operator import sub
from typing import Any, NamedTuple

from pypdfium2 import raw

from intake.extract.page.calls import address_of, by_address, passed
from intake.extract.page.runs import Box

_SOLID = 255
_DARK = 0.5
"""Shade, 0 black to 1 white: text is this dark where it is printed in ink, and its ground lighter by `_CONTRAST`."""
_CONTRAST = 0.35
_FILLED = raw.FPDF_TEXTRENDERMODE_FILL
_LAYER = "OC"

_count_objects = by_address(raw.FPDFPage_CountObjects)
_object = by_address(raw.FPDFPage_GetObject)
_kind = by_address(raw.FPDFPageObj_GetType)
_bounds = by_address(raw.FPDFPageObj_GetBounds)
_fill_colour = by_address(raw.FPDFPageObj_GetFillColor)
_render_mode = by_address(raw.FPDFTextObj_GetTextRenderMode)
_draw_mode = by_address(raw.FPDFPath_GetDrawMode)
_is_transparent = by_address(raw.FPDFPageObj_HasTransparency)
_count_marks = by_address(raw.FPDFPageObj_CountMarks)
_mark = by_address(raw.FPDFPageObj_GetMark)
_mark_name = by_address(raw.FPDFPageObjMark_GetName)
_clip_path = by_address(raw.FPDFPageObj_GetClipPath)
_count_clips = by_address(raw.FPDFClipPath_CountPaths)
_count_clip_segments = by_address(raw.FPDFClipPath_CountPathSegments)
_clip_segment = by_address(raw.FPDFClipPath_GetPathSegment)
_count_segments = by_address(raw.FPDFPath_CountSegments)
_segment = by_address(raw.FPDFPath_GetPathSegment)
_segment_kind = by_address(raw.FPDFPathSegment_GetType)
_segment_point = by_address(raw.FPDFPathSegment_GetPoint)


class Drawn(NamedTuple):
    """One object of the page."""

    order: int
    """In which it is painted."""
    kind: int
    """``FPDF_PAGEOBJ_...``"""
    address: int
    box: Box
    """In points, before the page is turned."""
    shade: float | None
    """Of its fill, 0 black to 1 white; None where that cannot be told."""
    plain: bool
    """It is filled and nothing else: no line, no clip that cuts it, no layer, nothing to look through."""
    by_pen: bool = False
    """Its line goes slantwise or in curves alone, as an arrow, a ring or a scrawl does, and no rule, frame or field."""


def drawn_objects(page: Any) -> tuple[Drawn, ...] | None:  # noqa: ANN401  # pypdfium2 ships no types
    """List what the page paints, in order; None where it holds a page, whose objects have places of their own."""
    handle = passed(address_of(page.raw))
    items = [_object(handle, order) for order in range(_count_objects(handle))]
    handles = list(map(passed, items))
    kinds = list(map(_kind, handles))
    if raw.FPDF_PAGEOBJ_FORM in kinds:
        return None
    return tuple(map(_Asked().of, range(len(items)), kinds, items, handles))


class Sketch(NamedTuple):
    """What one look at each object of a page tells."""

    pictured: bool
    """It holds a picture, or a page, which may hold one."""
    strokes: tuple[Box, ...]
    """Places of tall paths upon text, whose edges go slantwise or in curves; none are told of what holds a page."""


def sketch(page: Any, tall: float) -> Sketch:  # noqa: ANN401  # the same
    """Look for pictures and for paths that may be letters, without asking what nobody wants to know of the others.

    Args:
        page: the loaded page.
        tall: points, one way or the other, from which on a path is told.
    """
    handle = passed(address_of(page.raw))
    handles = [passed(_object(handle, order)) for order in range(_count_objects(handle))]
    kinds = list(map(_kind, handles))
    pictured = raw.FPDF_PAGEOBJ_FORM in kinds or raw.FPDF_PAGEOBJ_IMAGE in kinds
    if raw.FPDF_PAGEOBJ_FORM in kinds or raw.FPDF_PAGEOBJ_TEXT not in kinds:
        return Sketch(pictured, ())
    printed, asked = kinds.index(raw.FPDF_PAGEOBJ_TEXT), _Asked()
    paths = [
        item for kind, item in zip(kinds[printed:], handles[printed:], strict=True) if kind == raw.FPDF_PAGEOBJ_PATH
    ]
    boxes = ((path, asked.box(path)) for path in paths)
    large = [(path, box) for path, box in boxes if max(box[2] - box[0], box[3] - box[1]) >= tall]
    return Sketch(pictured, tuple(box for path, box in large if asked.goes_slantwise(path, box)))


class _Asked:
    """Asks for the objects of a page, each by its address; what PDFium fills is made once."""

    def __init__(self) -> None:
        self._edges, self._colours = (c_float * 4)(), (c_uint * 4)()
        self._modes, self._point = (c_int * 2)(), (c_float * 2)()
        self._edges_at, self._colours_at, self._modes_at, self._point_at = map(
            _places, (self._edges, self._colours, self._modes, self._point)
        )

    def of(self, order: int, kind: int, address: int, item: object) -> Drawn:
        """Ask for all that is to be known of one."""
        box = self.box(item)
        shade = self._shade(item) if kind in _OF_ONE_SHADE else None
        plain = shade is not None and self._plain(item, kind, box)
        by_pen = not plain and kind == raw.FPDF_PAGEOBJ_PATH and self._by_pen(item, box)
        return Drawn(order, kind, address, box, shade, plain, by_pen)

    def box(self, item: object) -> Box:
        """Give an object's place."""
        left, bottom, right, top = self._edges if _bounds(item, *self._edges_at) else _NOWHERE
        return left, bottom, right, top

    def _shade(self, item: object) -> float | None:
        if not _fill_colour(item, *self._colours_at):
            return None
        red, green, blue, alpha = self._colours
        return (0.299 * red + 0.587 * green + 0.114 * blue) / _SOLID if alpha == _SOLID else None

    def _plain(self, item: object, kind: int, box: Box) -> bool:
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if _render_mode(item) != _FILLED:
                return False
        else:
            filled, lined = self._drawn_by(item)
            if lined or not filled:
                return False
        return not (_is_transparent(item) or _layered(item) or self._clipped(item, box))

    def _drawn_by(self, path: object) -> tuple[int, int]:
        """How a path is filled, 0 where not, and whether it has a line."""
        return (self._modes[0], self._modes[1]) if _draw_mode(path, *self._modes_at) else (0, 0)

    def _by_pen(self, path: object, box: Box) -> bool:
        """Whether a path is one of those that `Drawn.by_pen` describes; a rounded frame has straight sides."""
        return bool(self._drawn_by(path)[1]) and self.goes_slantwise(path, box)

    def goes_slantwise(self, path: object, box: Box) -> bool:
        """Tell whether a path's edge goes slantwise or in curves alone; a thin one, as a rule is, does neither."""
        if min(box[2] - box[0], box[3] - box[1]) < _SLANT:
            return False
        straight, last = False, (0.0, 0.0)
        for number in range(min(max(0, _count_segments(path)), _MOST_SEGMENTS)):
            segment = passed(_segment(path, number))
            x, y = self._point_of(segment)
            if _segment_kind(segment) == raw.FPDF_SEGMENT_LINETO:
                across, up = abs(x - last[0]), abs(y - last[1])
                if min(across, up) > _SLANT:
                    return True
                straight |= max(across, up) > _SLANT
            last = x, y
        return not straight

    def _point_of(self, segment: object) -> tuple[float, float]:
        return (self._point[0], self._point[1]) if _segment_point(segment, *self._point_at) else (0.0, 0.0)

    def _clipped(self, item: object, box: Box) -> bool:
        """Whether a clip may cut the object: one that is no rectangle around it."""
        clip_path = _clip_path(item)
        if not clip_path:
            return False
        clip = passed(clip_path)
        return any(not _around(self._corners(clip, number), box) for number in range(max(0, _count_clips(clip))))

    def _corners(self, clip: object, number: int) -> list[tuple[float, float]]:
        count = max(0, _count_clip_segments(clip, number))
        return [self._point_of(passed(_clip_segment(clip, number, at))) for at in range(count)]


_OF_ONE_SHADE = frozenset({raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH})
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
_SLANT = 1.6
"""Points by which a line must go both across and up to be a slanting one."""
_MOST_SEGMENTS = 200


def _places(array: Any) -> tuple[object, ...]:  # noqa: ANN401  # of ctypes, whatever its numbers are
    """The place of each number of an array, which a function of C fills."""
    first, size = addressof(array), sizeof(array._type_)
    return tuple(map(passed, range(first, first + size * len(array), size)))


def _layered(item: object) -> bool:
    for number in range(_count_marks(item)):
        size, name = c_ulong(), (raw.FPDF_WCHAR * 8)()
        mark = passed(_mark(item, c_ulong(number)))
        _mark_name(mark, passed(addressof(name)), c_ulong(sizeof(name)), passed(addressof(size)))
        if bytes(name)[: max(0, size.value - 2)].decode("utf-16-le", "replace") == _LAYER:
            return True
    return False


def _around(points: list[tuple[float, float]], box: Box) -> bool:
    across, up = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
    if len(across) != 2 or len(up) != 2:  # noqa: PLR2004  # a rectangle has two edges each way
        return False
    return min(across) <= box[0] + 1 and max(across) >= box[2] - 1 and min(up) <= box[1] + 1 and max(up) >= box[3] - 1


class Touching(NamedTuple):
    """What is known of a piece of text by the page's objects alone."""

    plainly_seen: bool
    """It is ink on a lighter ground, and nothing is painted upon it."""
    overprinted: bool
    """Other letters are printed in the same place, a picture or shape of a letter's size stands in its line, or a pen
    marked it."""


def touching(
    objects: Sequence[Drawn], own: Mapping[int, Drawn], letters: Sequence[Box], em: float, *, aside: bool
) -> Touching:
    """Judge a piece of text by the objects around it.

    Args:
        objects: the page's.
        own: the text objects that its characters belong to, by address.
        letters: the boxes of its characters, before the page is turned.
        em: points of its font's size.
        aside: what stands close beside it may belong to it, as to a value.
    """
    lefts, bottoms, rights, tops = zip(*letters, strict=True)
    line = left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
    more = _ASIDE * em if aside else 0.0
    wide = left - more, bottom, right + more, top
    shades = [item.shade for item in own.values()]
    seen = all(item.plain for item in own.values()) and all(shade is not None and shade < _DARK for shade in shades)
    first = min((item.order for item in own.values()), default=0)
    darkest = max((shade for shade in shades if shade is not None), default=0.0)
    overprinted = False
    for item in _near(objects, (wide[0], bottom - more, wide[2], top + more)):
        if item.address in own:
            continue
        overprinted |= aside and item.by_pen and _is_short(item.box, em)
        if not _cross(item.box, wide):
            continue
        ground = item.order < first and item.plain and item.shade is not None and item.shade - darkest >= _CONTRAST
        if ground:
            continue
        if item.kind == raw.FPDF_PAGEOBJ_TEXT:
            overprinted |= lies_upon((item.box,), letters, em)
            continue
        overprinted |= _like_a_letter(item.box, em) and not _is_border(item.box, line, em)
        seen &= not _cross(item.box, line)
    return Touching(seen, overprinted)


_ASIDE = 0.5
"""Ems beside a value within which what is painted may belong to it, and around it for what a pen draws."""
_SLACK = 0.12
"""Ems by which letters may run into each other."""


def _near(objects: Sequence[Drawn], place: Box) -> list[Drawn]:
    left, bottom, right, top = place
    return [
        item for item in objects if (box := item.box)[1] < top and bottom < box[3] and box[0] < right and left < box[2]
    ]


def _cross(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def lies_upon(boxes: Iterable[Box], letters: Sequence[Box], em: float) -> bool:
    """Tell whether something shares more with a letter than the slack of neighbours.

    Args:
        boxes: of other objects or letters.
        letters: the boxes of a text's letters.
        em: points of their font's size.
    """
    lefts, bottoms, rights, tops = zip(*letters, strict=True)
    across, up = (_slack(min(map(sub, ends, begins)), em) for begins, ends in ((lefts, rights), (bottoms, tops)))
    place = min(lefts) + across, min(bottoms) + up, max(rights) - across, max(tops) - up
    if math.isfinite(sum(place)):
        boxes = [box for box in boxes if _cross(box, place)]  # as neighbours in a line do not
    return any(_overlap(box, letter, em) for box in boxes for letter in letters)


def _overlap(box: Box, letter: Box, em: float) -> bool:
    across = min(box[2], letter[2]) - max(box[0], letter[0])
    up = min(box[3], letter[3]) - max(box[1], letter[1])
    return across > _slack(letter[2] - letter[0], em) and up > _slack(letter[3] - letter[1], em)


def _slack(size: float, em: float) -> float:
    """By how much others may run into a letter of a size."""
    return min(_SLACK * em, size / 2)


def _like_a_letter(box: Box, em: float) -> bool:
    """Whether it is as large as a letter of the size."""
    width, height = box[2] - box[0], box[3] - box[1]
    return _LETTER[0] * em < height < _LETTER[1] * em and width < _LETTER[1] * em


def _is_short(box: Box, em: float) -> bool:
    """Whether it is no longer than a mark made by hand; what is longer is a page's ornament."""
    return max(box[2] - box[0], box[3] - box[1]) < _LONGEST_STROKE * em


_LONGEST_STROKE = 40


def _is_border(box: Box, line: Box, em: float) -> bool:
    """Whether it is the side of a table's cell: a thin upright that no letter crosses and that overtops them."""
    beside = box[2] <= line[0] or box[0] >= line[2]
    overtops = box[1] < line[1] - _BELOW * em and box[3] > line[3] + _OVERTOPS * em
    return box[2] - box[0] < _THIN * em and beside and overtops


_THIN, _OVERTOPS, _BELOW = 0.12, 0.15, 0.05
"""Ems: the width of a rule, and how far it stands out above letters and below them, an underscore too."""
_LETTER = (0.3, 1.5)
