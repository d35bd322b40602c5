"""Joins the characters of a page to pieces of text: what stands on one line, with no gap as between two cells.

Where the characters of a text object stand close behind each other, as they nearly always do, they are taken together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter, sub
from typing import NamedTuple

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
from intake.extract.page.runs import Box, turned, union

_FOLLOWING = frozenset("efghijklmnopqrstuvwxyzEFGHIJKLMNOPQRSTUVWXYZ\u0130\u0131\u017f\u212a")
"""Letters that belong to what they follow where they are raised, as in `14th`, `No`; others mark footnotes."""
_LEAST_SIZE, _MOST_SIZE = 0.3, 3.0
"""Of the height that PDFium gives: a font of which the size says less or more is measured in units of its own."""


class TextObject(NamedTuple):
    """What all characters of one text object share."""

    direction: int
    """The quarters that the shown page must be turned clockwise for it to stand upright."""
    size: float
    """Points of the font's em, as the page is shown; 0 where that cannot be told."""
    foot: float
    top: float
    """Of the line that it stands on, with the page turned upright, by its font's size alone."""


_GENERATED, _PRINTED = 1, 2
"""White space that PDFium puts in for a gap, and white space that is printed."""


class Places(NamedTuple):
    """Where the characters of a page stand, as the page is shown; an edge a list, by index."""

    characters: str
    lefts: Sequence[float]
    bottoms: Sequence[float]
    rights: Sequence[float]
    tops: Sequence[float]
    astray: frozenset[int]
    """Characters whose place is not known, or is beyond the page."""
    finite: bool
    """Every edge is a number."""

    def box(self, index: int) -> Box:
        """Give the box of one."""
        return self.lefts[index], self.bottoms[index], self.rights[index], self.tops[index]

    def visible(self, start: int, end: int) -> Sequence[int]:
        """List those that leave ink, from one index to before another."""
        printed = self.characters[start:end]
        if not printed.isprintable():
            return [at for at, character in enumerate(printed, start) if not is_blank(character)]
        if " " not in printed:
            return range(start, end)
        return [at for at, character in enumerate(printed, start) if character != " "]


class Stretch(NamedTuple):
    """Neighbouring characters of one text object."""

    holder: TextObject | None
    """None where they are not printed."""
    start: int
    end: int
    visible: Sequence[int]
    """The indexes of those that are seen on the page."""


class Part:
    """What stands on a piece's line between two gaps that no blank fills."""

    __slots__ = ("begins", "characters", "left", "read", "shown")

    def __init__(self, begins: int, index: int, read: Box, shown: Box) -> None:
        """Begin it with one character.

        Args:
            begins: its place in the piece's text.
            index: the character's in the page's text.
            read: its box with the page turned upright.
            shown: its box as the page is shown.
        """
        self.begins, self.left = begins, read[0]
        self.characters, self.read, self.shown = [index], read, shown

    def add(self, indexes: Collection[int], read: Box, shown: Box) -> None:
        """Add what stands behind, which has one box together."""
        self.characters += indexes
        self.read, self.shown = union(self.read, read), union(self.shown, shown)


Piece = tuple[str, list[Part]]


def is_blank(character: str) -> bool:
    """Tell whether a character leaves no ink."""
    return character == " " or not character.isprintable()  # as no other white space is


class Pieces:
    """Joins the characters of the main direction: one line, no gap as between two cells."""

    def __init__(
        self, places: Places, main: int, size: tuple[float, float], is_generated: Callable[[int], bool]
    ) -> None:
        """Begin with none.

        Args:
            places: of the page's characters.
            main: the direction.
            size: of the page as it is shown.
            is_generated: whether PDFium put in the white space of this index for a gap.
        """
        self._places, self._main, self._size, self._is_generated = places, main, size, is_generated
        self._done: list[Piece] = []
        self._words = ""
        self._parts: list[Part] = []
        self._spaced = 0
        """What white space stands before the next character."""
        self._before: Box = (0.0, 0.0, 0.0, 0.0)
        self._last: TextObject | None = None

    def done(self) -> list[Piece]:
        """Give them."""
        self._end()
        return self._done

    def take(self, stretch: Stretch) -> None:
        """Add what is seen of neighbouring characters of one text object."""
        holder, start, end, visible = stretch
        if holder is None or not visible:
            self._skip(start, end)
            return
        self._skip(start, visible[0])
        if holder.direction == self._main:
            self._add(visible[0], holder)
            if len(visible) > 1 and not self._add_together(visible, holder):
                for before, index in pairwise(visible):
                    self._skip(before + 1, index)
                    self._add(index, holder)
        self._spaced = 0
        self._skip(visible[-1] + 1, end)

    def _skip(self, start: int, end: int) -> None:
        """Take notice of white space."""
        for index in range(start, end):
            if is_blank(self._places.characters[index]):
                self._spaced = max(self._spaced, _GENERATED if self._is_generated(index) else _PRINTED)

    def _add(self, index: int, holder: TextObject) -> None:
        """Add one character, to the piece that is being made or as the first of another."""
        character, shown, before = self._places.characters[index], self._places.box(index), self._before
        box = _as_read(shown, holder, self._size)
        begins = 0
        if self._parts:
            height = max(before[3] - before[1], 1.0)
            gap = box[0] - before[2]
            if holder is self._last and box == before and character.isalpha():
                # PDFium gives the letters of a ligature one by one, each with the box of the whole.
                gap = 0.0
            near = abs(before[1] - box[1]) < LINE_SHIFT * height and -OVERLAP * height < gap < CELL_GAP * height
            if not (near and (character in _FOLLOWING or not _raised(before, box))):
                self._end()
            elif self._spaced or gap > WORD_GAP * height:
                self._words += " "
                begins = len(self._words) if self._spaced != _PRINTED else 0
        if begins or not self._parts:
            self._parts.append(Part(begins, index, box, shown))
        else:
            self._parts[-1].add((index,), box, shown)
        self._words += character
        self._before, self._last, self._spaced = box, holder, 0

    def _add_together(self, visible: Sequence[int], holder: TextObject) -> bool:
        """Add the characters behind a text object's first one, if surely none of them begins a part or a piece."""
        places, first, end = self._places, visible[0], visible[-1] + 1
        if holder.direction or not places.finite:
            return False
        printed, blanks = places.characters[first:end], len(visible) < end - first
        of_these = itemgetter(*visible) if blanks else itemgetter(slice(first, end))
        lefts, bottoms, rights, tops = map(of_these, (places.lefts, places.bottoms, places.rights, places.tops))
        heights = list(map(sub, tops, bottoms))
        gaps = list(map(sub, lefts[1:], rights))
        height, widest = max(holder.top - holder.foot, 1.0), max(gaps)
        of_its_font = _LEAST_SIZE * max(heights) < holder.size < _MOST_SIZE * min(heights)
        if not (of_its_font and -OVERLAP * height < min(gaps) and widest < CELL_GAP * height):
            return False
        if widest > WORD_GAP * height and not (blanks and _at_blanks(gaps, visible, WORD_GAP * height)):
            return False
        if blanks and not (printed.isprintable() and self._all_printed({*range(first, end)}.difference(visible))):
            return False
        left, right = min(lefts), max(rights)
        read, shown = (left, holder.foot, right, holder.top), (left, min(bottoms), right, max(tops))
        self._parts[-1].add(visible[1:], read, shown)
        self._words += " ".join(printed.split())[1:]
        self._before = lefts[-1], holder.foot, rights[-1], holder.top
        return True

    def _all_printed(self, indexes: Collection[int]) -> bool:
        """Whether these are blanks that are printed, none astray and none put in by PDFium for a gap."""
        return self._places.astray.isdisjoint(indexes) and not any(map(self._is_generated, indexes))

    def _end(self) -> None:
        """Let the next character begin another piece."""
        if self._parts:
            self._done.append((self._words, self._parts))
        self._words, self._parts = "", []


def _at_blanks(gaps: Sequence[float], visible: Sequence[int], width: float) -> bool:
    """Whether every gap between visible characters that is wider stands where something between them is not seen."""
    wide = [at for at, gap in enumerate(gaps) if gap > width]
    return all(visible[at + 1] > visible[at] + 1 for at in wide)


def _raised(before: Box, box: Box) -> bool:
    """Whether one of two neighbours is small and raised, as the mark of a footnote is: it belongs to no number."""
    lower, upper = (before, box) if before[1] <= box[1] else (box, before)
    tall, small = lower[3] - lower[1], upper[3] - upper[1]
    baselines = upper[1] + small * DESCENT / LINE_HEIGHT - lower[1] - tall * DESCENT / LINE_HEIGHT
    return small < SMALL * tall and baselines > RAISED * tall


def cut_at_columns(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Part a label from a value that stands close behind it, where the other values of a column begin.

    The plainest table of a browser sets its values four points behind the widest label, or behind every label where
    these end at one edge.
    """
    edges = Counter(round(parts[0].left) for _, parts in pieces)
    edges += _common_gaps(pieces)
    for text, parts in pieces:
        start = since = 0
        for at, part in enumerate(parts):
            if part.begins and max(edges[round(part.left) + aside] for aside in (-1, 0, 1)) >= COLUMN:
                yield text[since : part.begins - 1], parts[start:at]
                start, since = at, part.begins
        yield text[since:], parts[start:]


def _common_gaps(pieces: Sequence[Piece]) -> Counter[int]:
    """Where most of the pieces with a gap that no blank fills go on behind it: the left edge of a column."""
    ends = [{round(part.left) for part in parts if part.begins} for _, parts in pieces]
    places = Counter(place for own in ends for place in own)
    fewest = max(_GAPS, sum(map(bool, ends)) / 2)
    return Counter({place: number for place, number in places.items() if number >= fewest})


_GAPS = 3
"""So many pieces that go on at one place behind a gap are cut there."""


def _as_read(shown: Box, holder: TextObject, size: tuple[float, float]) -> Box:
    """The character's box with the page turned upright, as high as its font's size makes a line.

    PDFium's own height is what the producer says of the font, which is anything.
    """
    left, low, right, high = turned(shown, holder.direction, size) if holder.direction else shown
    if not _LEAST_SIZE * (high - low) < holder.size < _MOST_SIZE * (high - low):
        return left, low, right, high
    return left, holder.foot, right, holder.top
