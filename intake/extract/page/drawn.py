"""What a page paints, object by object, and which of it touches a piece of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ctypes import byref, c_float, c_int, c_uint, c_void_p, cast
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from intake.extract.page.runs import Box

_SOLID = 255
_DARK = 0.5
"""Shade, 0 black to 1 white: text is this dark where it is printed in ink, and its ground lighter by `_CONTRAST`."""
_CONTRAST = 0.35
_FILLED = raw.FPDF_TEXTRENDERMODE_FILL
_LAYER = "OC"


@dataclass(frozen=True, slots=True)
class Drawn:
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
    """What the page paints, in order; None where it holds a page within it, whose objects have places of their own."""
    objects = []
    for order in range(raw.FPDFPage_CountObjects(page.raw)):
        handle = raw.FPDFPage_GetObject(page.raw, order)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            return None
        edges = [c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(handle, *map(byref, edges))
        left, bottom, right, top = (edge.value for edge in edges)
        box = left, bottom, right, top
        address = cast(handle, c_void_p).value or 0
        shade = _shade(handle) if kind in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH} else None
        plain = shade is not None and _plain(handle, kind, box)
        by_pen = not plain and kind == raw.FPDF_PAGEOBJ_PATH and _by_pen(handle, box)
        objects.append(Drawn(order, kind, address, box, shade, plain, by_pen))
    return tuple(objects)


def _shade(handle: Any) -> float | None:  # noqa: ANN401  # the same
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not raw.FPDFPageObj_GetFillColor(handle, byref(red), byref(green), byref(blue), byref(alpha)):
        return None
    if alpha.value != _SOLID:
        return None
    return (0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) / _SOLID


def _plain(handle: Any, kind: int, box: Box) -> bool:  # noqa: ANN401  # the same
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        if raw.FPDFTextObj_GetTextRenderMode(handle) != _FILLED:
            return False
    else:
        fill, stroke = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(handle, byref(fill), byref(stroke))
        if stroke.value or not fill.value:
            return False
    return not (raw.FPDFPageObj_HasTransparency(handle) or _layered(handle) or _clipped(handle, box))


def _by_pen(handle: Any, box: Box) -> bool:  # noqa: ANN401  # the same
    """Whether a path is one of those that `Drawn.by_pen` describes; a rounded frame has straight sides."""
    fill, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(handle, byref(fill), byref(stroke))
    if not stroke.value or min(box[2] - box[0], box[3] - box[1]) < _SLANT:
        return False
    straight, last = False, (0.0, 0.0)
    for number in range(min(max(0, raw.FPDFPath_CountSegments(handle)), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(handle, number)
        x, y = c_float(), c_float()
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            across, up = abs(x.value - last[0]), abs(y.value - last[1])
            if min(across, up) > _SLANT:
                return True
            straight |= max(across, up) > _SLANT
        last = x.value, y.value
    return not straight


_SLANT = 1.6
"""Points by which a line must go both across and up to be a slanting one."""
_MOST_SEGMENTS = 200


def _layered(handle: Any) -> bool:  # noqa: ANN401  # the same
    for number in range(raw.FPDFPageObj_CountMarks(handle)):
        mark, size = raw.FPDFPageObj_GetMark(handle, number), raw.c_ulong()
        name = (raw.FPDF_WCHAR * 8)()
        raw.FPDFPageObjMark_GetName(mark, name, 16, byref(size))
        if bytes(name)[: max(0, size.value - 2)].decode("utf-16-le", "replace") == _LAYER:
            return True
    return False


def _clipped(handle: Any, box: Box) -> bool:  # noqa: ANN401  # the same
    """Whether a clip may cut the object: one that is no rectangle around it."""
    clip = raw.FPDFPageObj_GetClipPath(handle)
    if not clip:
        return False
    count = raw.FPDFClipPath_CountPaths(clip)
    return any(not _around(_points(clip, number), box) for number in range(max(0, count)))


def _points(clip: Any, number: int) -> list[tuple[float, float]]:  # noqa: ANN401  # the same
    points = []
    for at in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, number))):
        segment = raw.FPDFClipPath_GetPathSegment(clip, number, at)
        x, y = c_float(), c_float()
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        points.append((x.value, y.value))
    return points


def _around(points: list[tuple[float, float]], box: Box) -> bool:
    across, up = {round(x, 1) for x, _ in points}, {round(y, 1) for _, y in points}
    if len(across) != 2 or len(up) != 2:  # noqa: PLR2004  # a rectangle has two edges each way
        return False
    return min(across) <= box[0] + 1 and max(across) >= box[2] - 1 and min(up) <= box[1] + 1 and max(up) >= box[3] - 1


@dataclass(frozen=True, slots=True)
class Touching:
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
    left, bottom = min(box[0] for box in letters), min(box[1] for box in letters)
    right, top = max(box[2] for box in letters), max(box[3] for box in letters)
    line = left, bottom, right, top
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
            overprinted |= any(_overlap(item.box, box, em) for box in letters)
            continue
        overprinted |= _like_a_letter(item.box, em) and not _is_border(item.box, line, em)
        seen &= not _cross(item.box, line)
    return Touching(seen, overprinted)


_ASIDE = 0.5
"""Ems beside a value within which what is painted may belong to it, and around it for what a pen draws."""
_SLACK = 0.12
"""Ems by which letters may run into each other."""


def _near(objects: Sequence[Drawn], box: Box) -> Iterator[Drawn]:
    return (item for item in objects if _cross(item.box, box))


def _cross(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def _overlap(box: Box, letter: Box, em: float) -> bool:
    """Whether more than the slack of neighbours is shared."""
    across = min(box[2], letter[2]) - max(box[0], letter[0])
    up = min(box[3], letter[3]) - max(box[1], letter[1])
    slack = min(_SLACK * em, (letter[2] - letter[0]) / 2)
    return across > slack and up > min(_SLACK * em, (letter[3] - letter[1]) / 2)


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
