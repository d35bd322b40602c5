"""Finds pictures that spell a stamp's word in capitals, such as VOID or WITHDRAWN, upright or slanting.

A logo, a seal and a signature stand on every certificate, and no program here reads what a picture says. But the words
of stamps are few, and their letters large: a picture is asked about where its shapes, one a letter, side by side on one
line, look like all of such a word. What is no such word says nothing, whatever it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.extract.page.letterforms import Form, form_of, misfit

WORDS = (
    "VOID", "NULL", "DRAFT", "PROOF", "SAMPLE", "SPECIMEN", "EXAMPLE", "TEMPLATE", "EXPIRED", "REVOKED", "INVALID",
    "LAPSED", "OBSOLETE", "ARCHIVED", "RETIRED", "REJECTED", "REFUSED", "CANCELLED", "CANCELED", "WITHDRAWN",
    "SUSPENDED", "SUPERSEDED", "REPLACED", "TERMINATED", "PROVISIONAL", "PRELIMINARY", "UNCONTROLLED", "UNAPPROVED",
    "UNSIGNED", "ANNULLED", "RESCINDED", "DISCONTINUED", "DEPRECATED", "INTERIM", "PENDING", "NOTVALID",
    "NOTAPPROVED", "NOTISSUED", "NOTSIGNED", "DONOTUSE", "ONHOLD", "TESTONLY", "ENTWURF", "MUSTER", "BROUILLON",
    "BOZZA", "BORRADOR", "ANULADO", "ANNULLATO", "ONGELDIG",
)  # fmt: skip
"""Without their blanks."""
_FAINTEST = 10
"""Of 255 shades of grey, between a picture's ground and its darkest or lightest letters."""
_STROKE = 0.4
"""Of that contrast: what differs by more from the ground is a letter."""
_MOST_SPANS = 6000
"""Stretches of ink in a picture's rows; a photograph has more."""
_LEAST, _MOST = 6, 150
"""Pixels of a letter's height; shapes in a picture."""
_FEWEST = 4
_ALIKE = (0.72, 1.38)
"""A letter's height by its neighbour's."""
_ROW = 0.6
"""Of the lower one's height, shared by neighbours on one line."""
_APART, _TOO_FAR = 0.55, 2.2
"""Heights between two words, and between letters that have nothing to do with each other."""
_LEVEL, _UPRIGHT = math.radians(4), math.radians(60)
"""What slants less is level; what slants more may run upwards or downwards."""
_ROUND = 0.35
"""Of their spread along a line, that of letters across it: those of a seal go around."""
_NEAR = 0.10
"""By how much another letter may look more like a shape than the word's."""
_RUN_TOGETHER = 2
"""Pairs of letters in a word that touch, as kerned ones do; the widest shapes are taken for them."""
_UNLIKE = (8, 11)
"""Letters of a word from which on one, and two, may look like others."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Ink that hangs together."""

    spans: tuple[tuple[int, int, int], ...]
    """Row, first column and that behind the last, of each stretch."""
    left: int
    top: int
    right: int
    bottom: int
    """The last two are those behind the last."""

    @property
    def height(self) -> int:
        """Count its rows."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Give its place, across and downwards."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def form(self) -> Form | None:
        """Stretch it over the grid of `letterforms`."""
        width = self.right - self.left
        rows = [bytearray(b"\xff" * width) for _ in range(self.height)]
        for row, first, last in self.spans:
            rows[row - self.top][first - self.left : last - self.left] = bytes(last - first)
        return form_of([bytes(row) for row in rows])


def stamp_word(rows: Sequence[bytes]) -> str | None:
    """Give the stamp's word that a picture spells; None where it spells none.

    Args:
        rows: its pixels in shades of grey, a row each, all of one length.
    """
    inked = _inked(rows)
    shapes = list(_shapes(inked)) if inked else []
    letters = _letters(shapes)
    if len(letters) < _FEWEST:
        return None
    angle = _slope(letters)
    angles = (angle, angle + math.pi) if abs(angle) > _UPRIGHT else (angle,)
    for turn in angles:
        level = letters if abs(turn) <= _LEVEL else _letters(list(_shapes(_levelled(letters, turn))))
        word = next((word for line in _lines(level) for word in _spelt(line)), None)
        if word is not None:
            return word
    return None


def _inked(rows: Sequence[bytes]) -> list[bytes]:
    """The rows with 1 where ink is and 0 elsewhere; none where nothing can be told from the ground."""
    counts = Counter(b"".join(rows))
    if not counts:
        return []
    ground, darkest, lightest = counts.most_common(1)[0][0], min(counts), max(counts)
    is_dark = ground - darkest >= lightest - ground
    contrast = ground - darkest if is_dark else lightest - ground
    if contrast < _FAINTEST:
        return []
    edge = ground - _STROKE * contrast if is_dark else ground + _STROKE * contrast
    table = bytes((shade < edge) if is_dark else (shade > edge) for shade in range(256))
    return [row.translate(table) for row in rows]


def _shapes(rows: Sequence[bytes]) -> Iterator[Shape]:
    """The shapes of rows of ones and zeros; none where there are too many to be letters."""
    spans: list[tuple[int, int, int]] = []
    parents: list[int] = []
    above: range = range(0)
    for number, row in enumerate(rows):
        begun = len(spans)
        spans.extend((number, first, last) for first, last in _stretches(row))
        if len(spans) > _MOST_SPANS:
            return
        parents.extend(range(begun, len(spans)))
        for at in range(begun, len(spans)):
            for other in above:
                if spans[other][1] <= spans[at][2] and spans[at][1] <= spans[other][2]:
                    parents[_root(parents, at)] = _root(parents, other)
        above = range(begun, len(spans))
    members: dict[int, list[tuple[int, int, int]]] = {}
    for at, span in enumerate(spans):
        members.setdefault(_root(parents, at), []).append(span)
    for own in members.values():
        lefts, rights = [span[1] for span in own], [span[2] for span in own]
        yield Shape(tuple(own), min(lefts), own[0][0], max(rights), own[-1][0] + 1)


def _stretches(row: bytes) -> Iterator[tuple[int, int]]:
    first = row.find(1)
    while first >= 0:
        last = row.find(0, first)
        last = last if last >= 0 else len(row)
        yield first, last
        first = row.find(1, last)


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _letters(shapes: Sequence[Shape]) -> list[Shape]:
    """Those that may be letters: no specks, and no frames around others."""
    large = [shape for shape in shapes if max(shape.height, shape.right - shape.left) >= _LEAST]
    if len(large) > _MOST:
        return []
    return [shape for shape in large if sum(_holds(shape, other) for other in large) < _FEWEST]


def _holds(shape: Shape, other: Shape) -> bool:
    across = shape.left < other.left and other.right < shape.right
    return across and shape.top < other.top and other.bottom < shape.bottom


def _slope(letters: Sequence[Shape]) -> float:
    """The direction in which the letters follow each other, in radians, downwards to the right where positive.

    It is 0 where they follow no line.
    """
    middles = [shape.middle for shape in letters]
    x, y = (sum(places) / len(middles) for places in zip(*middles, strict=True))
    across = sum((left - x) ** 2 for left, _ in middles)
    up = sum((top - y) ** 2 for _, top in middles)
    both = sum((left - x) * (top - y) for left, top in middles)
    half, spread = (across + up) / 2, math.hypot((across - up) / 2, both)
    if half - spread > _ROUND * (half + spread):
        return 0.0
    return 0.5 * math.atan2(2 * both, across - up)


def _levelled(letters: Sequence[Shape], angle: float) -> list[bytes]:
    """The letters alone as they stand when they are turned back by an angle."""
    points = {(x, row) for shape in letters for row, first, last in shape.spans for x in range(first, last)}
    cosine, sine = math.cos(angle), math.sin(angle)
    corners = [(shape.left, shape.top, shape.right, shape.bottom) for shape in letters]
    box = (
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[2] for c in corners),
        max(c[3] for c in corners),
    )
    turned = [(x * cosine + y * sine, y * cosine - x * sine) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, top = math.floor(min(x for x, _ in turned)), math.floor(min(y for _, y in turned))
    right, bottom = math.ceil(max(x for x, _ in turned)), math.ceil(max(y for _, y in turned))
    return [
        bytes((round(x * cosine - y * sine), round(x * sine + y * cosine)) in points for x in range(left, right))
        for y in range(top, bottom)
    ]


def _lines(letters: Sequence[Shape]) -> Iterator[list[Shape]]:
    """The letters that follow each other on one line and are of one height."""
    left = sorted(letters, key=lambda shape: shape.left)
    while left:
        line = [left.pop(0)]
        for shape in list(left):
            if _follows(shape, line[-1]):
                line.append(shape)
                left.remove(shape)
        if len(line) >= _FEWEST:
            yield line


def _follows(shape: Shape, last: Shape) -> bool:
    shared = min(shape.bottom, last.bottom) - max(shape.top, last.top)
    least = min(shape.height, last.height)
    alike = _ALIKE[0] < shape.height / last.height < _ALIKE[1]
    return alike and shared > _ROW * least and -0.2 * least < shape.left - last.right < _TOO_FAR * least


def _spelt(line: Sequence[Shape]) -> Iterator[str]:
    """The words that parts of a line spell, which blanks or its ends bound."""
    gaps = [after.left - before.right for before, after in pairwise(line)]
    height = max(shape.height for shape in line)
    usual = sorted(gaps)[len(gaps) // 2]
    bounds = [0, *(at + 1 for at, gap in enumerate(gaps) if gap > usual + _APART * height * 0.5), len(line)]
    forms = [shape.form() for shape in line]
    widest = sorted(range(len(line)), key=lambda at: line[at].left - line[at].right)
    for first in bounds:
        for last in bounds:
            for run_together in range(_RUN_TOGETHER + 1) if last - first >= _FEWEST else ():
                wide = [at for at in widest if first <= at < last][:run_together]
                letters = [form for at in range(first, last) for form in ((None, None) if at in wide else (forms[at],))]
                yield from (word for word in WORDS if len(word) == len(letters) and _is(word, letters))


def _is(word: str, forms: Sequence[Form | None]) -> bool:
    """Whether shapes look like a word's letters; those that are None are not judged."""
    judged = [(letter, form) for letter, form in zip(word, forms, strict=True) if form is not None]
    if len(judged) < len(word) and len(judged) < _FEWEST + 1:
        return False
    unlike = sum(misfit(letter, form) > _NEAR for letter, form in judged)
    return unlike <= sum(len(judged) >= least for least in _UNLIKE)
