"""Tells text that a page shows from text that nobody who looks at the page can see, character by character.

White letters on white paper, a value under a black bar, a digit whited out with another drawn over it, a line through a
number, a font that draws another digit than it says: all of it is text to a program. What the analyst does not see must
not be taken for what the certificate says.

What the page's objects show is asked first: ink on a light ground with nothing painted near it is seen. Only where
that is not so, the page is drawn three times: as it is, without its text, and its text alone in black. Where the first
two do not differ as the third is inked, the character is hidden; where the second is no even ground, something is
drawn there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import addressof, c_double, sizeof
from functools import cached_property
from itertools import chain
from typing import Any

from pypdfium2 import raw

from intake.extract.certificate.geometry import LINE_HEIGHT
from intake.extract.page.calls import by_address, passed
from intake.extract.page.drawn import Drawn, Touching, drawn_objects, lies_upon, touching
from intake.extract.page.letterforms import Drawing, form_of, looks_like
from intake.extract.page.pagetext import PageText
from intake.extract.page.runs import Box, Run, turned, union
from intake.extract.page.spoken import is_spoken_otherwise

_SMALLEST = 2.5
"""Points: letters of less height are there for machines alone."""
_NARROWEST = 0.1
"""Of its height: letters that are narrower on the average are squeezed until nobody can read them."""
_SCALE = 4.0
"""Pixels a point: a digit of small print has some twenty rows."""
_MOST_PIXELS = 6_000_000
"""Of one drawing, whatever the size of the page."""
_FAINTEST = 40
"""Of 255 shades of grey, by how much a letter must differ from its ground."""
_INK = 96
"""Darker than this is the letter itself, and not its edge."""
_SHARE = 0.8
"""Of a letter's ink that must be seen."""
_LIKE = 0.4
"""Of the contrast between letter and ground: what differs by less is alike."""
_ABOVE = 0.06
"""Ems above the baseline: what is lower is an underline."""
_BLANK = 0.01
"""Ems: what is lower is the place of a blank."""
_DEPTH = 5
_QUARTER = math.pi / 2
_NO_BOX: Box = (0.0, 0.0, 0.0, 0.0)

_char_box = by_address(raw.FPDFText_GetCharBox)


class Look:
    """A page looked at for whether its text can be seen; afterwards the page must be loaded anew to be drawn again."""

    def __init__(self, page: Any, text: PageText, *, trusted_fonts: bool) -> None:  # noqa: ANN401  # pypdfium2 has no types
        """Take the page's objects in.

        Args:
            page: the loaded page.
            text: its text.
            trusted_fonts: its fonts can say nothing else than they draw.
        """
        self._page, self._text, self._trusted = page, text, trusted_fonts
        self._objects = drawn_objects(page)
        self._by_address = {item.address: item for item in self._objects or ()}
        self._boxes: dict[int, Box] = {}
        self._edges = (c_double * 4)()
        first, step = addressof(self._edges), sizeof(c_double)
        self._edges_at = tuple(map(passed, range(first, first + 4 * step, step)))

    def doubtful(self, labels: Sequence[Run], values: Sequence[Run]) -> list[Run]:
        """Give those that cannot be seen as they are read, or whose letters are other ones than they are said to be."""
        small = [run for run in (*labels, *values) if _is_small(run) or self._is_spoken_otherwise(run)]
        small += [run for run in values if run not in small and self._prints_over_itself(run)]
        others = [run for run in (*labels, *values) if run not in small]
        values_too = set(map(id, values))
        near = [run for run in others if not self._plain(run, aside=id(run) in values_too)]
        letters = {id(run): self._letters(run) for run in (near if self._trusted else others)}
        touched = {id(run): self._touching(run, letters[id(run)], aside=id(run) in values_too) for run in near}
        overprinted = [run for run in near if touched[id(run)].overprinted]
        unsure = [run for run in near if not touched[id(run)].plainly_seen and run not in overprinted]
        formed = [] if self._trusted else [run for run in values if run in others and run not in overprinted]
        if not (unsure or formed):
            return small + overprinted
        shown = {key: [self._shown(box) for box in boxes] for key, boxes in letters.items()}
        unlike = list(self._unlike(unsure, formed, shown))
        return small + overprinted + unlike

    def _is_spoken_otherwise(self, run: Run) -> bool:
        return is_spoken_otherwise(self._text.objects_of(run.characters))

    def _plain(self, run: Run, *, aside: bool) -> bool:
        """Whether the objects that its letters belong to, which may hold more, are plainly seen as a whole."""
        own = self._own(run)
        if self._objects is None or not own:
            return False
        touched = touching(self._objects, own, [item.box for item in own.values()], _em(run), aside=aside)
        return touched.plainly_seen and not touched.overprinted

    def _own(self, run: Run) -> dict[int, Drawn]:
        """The objects that a run's letters belong to, by address; none where one of them is not known."""
        addresses = self._text.objects_of(run.characters)
        own = {address: self._by_address[address] for address in addresses if address in self._by_address}
        return own if len(own) == len(addresses) else {}

    def _letters(self, run: Run) -> list[Box]:
        """The boxes of a run's characters, before the page is turned."""
        return list(map(self._letter, run.characters))

    def _letter(self, index: int) -> Box:
        box = self._boxes.get(index)
        if box is None:
            is_placed = _char_box(self._text.passed, index, *self._edges_at)
            left, right, bottom, top = self._edges if is_placed else _NO_BOX
            self._boxes[index] = box = left, bottom, right, top
        return box

    def _touching(self, run: Run, letters: Sequence[Box], *, aside: bool) -> Touching:
        """What the page's objects show of a piece of text."""
        own = self._own(run)
        if self._objects is None or not own:
            return Touching(plainly_seen=False, overprinted=aside and self._shares_its_place(run))
        return touching(self._objects, own, letters, _em(run), aside=aside)

    def _shares_its_place(self, run: Run) -> bool:
        """Whether other text is printed where a run's letters are; for pages whose objects cannot be compared."""
        return self._is_under(run, chain.from_iterable(some for item, some in self._by_item.items() if item))

    def _prints_over_itself(self, run: Run) -> bool:
        """Whether one of the objects that a run's letters belong to goes back, and prints others where they stand."""
        further = [index for item in self._text.objects_of(run.characters) for index in self._by_item.get(item, ())]
        return len(further) > len(run.characters) and self._is_under(run, further)

    def _is_under(self, run: Run, others: Iterable[int]) -> bool:
        own, em = frozenset(run.characters), _em(run)
        boxes = [self._letter(index) for index in others if index not in own]
        inked = [box for box in boxes if box[3] - box[1] >= _BLANK * em]
        return bool(inked) and lies_upon(inked, self._letters(run), em)

    @cached_property
    def _by_item(self) -> Mapping[int, Sequence[int]]:
        """The characters of each object by index; PDFium's own belong to 0."""
        characters: dict[int, list[int]] = {}
        for item, start, end in self._text.stretches(self._text.count):
            characters.setdefault(item, []).extend(range(start, end))
        return characters

    def _quarters(self, run: Run) -> int:
        """How often the shown page must be turned clockwise for the run to stand upright."""
        angle: float = raw.FPDFText_GetCharAngle(self._text.handle.raw, run.characters[0])
        turned_by: int = self._page.get_rotation() // 90
        return -(round(angle / _QUARTER) + turned_by) % 4

    def _shown(self, box: Box) -> Box:
        left, bottom, right, top = self._page.get_bbox()
        rotation, size = self._page.get_rotation() // 90, (right - left, top - bottom)
        moved = box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom
        return turned(moved, rotation, size) if rotation else moved

    def _unlike(
        self, unsure: Sequence[Run], formed: Sequence[Run], shown: Mapping[int, Sequence[Box]]
    ) -> Iterator[Run]:
        part = _NO_BOX
        for run in (*unsure, *formed):
            for box in (*shown[id(run)], run.shown):
                part = box if part == _NO_BOX else union(part, box)
        part = part[0] - 2, part[1] - 2, part[2] + 2, part[3] + 2
        area = max((part[2] - part[0]) * (part[3] - part[1]), 1.0)
        scale = min(_SCALE, (_MOST_PIXELS / area) ** 0.5)
        whole = bare = None
        if unsure:
            whole = Drawing(self._page, scale, part)
            with _without_text(self._page):
                bare = Drawing(self._page, scale, part)
        _text_alone(self._page)
        inked = Drawing(self._page, scale, part)
        hidden = [
            run
            for run in unsure
            if whole and bare and not _seen(run, shown[id(run)], self._quarters(run), whole, bare, inked)
        ]
        yield from hidden
        yield from (
            run for run in formed if run not in hidden and _misdrawn(run, shown[id(run)], self._quarters(run), inked)
        )


def _em(run: Run) -> float:
    return run.height / LINE_HEIGHT


def _is_small(run: Run) -> bool:
    """Whether nobody can read it, so small or so narrow are its letters."""
    narrow = run.box[2] - run.box[0] < _NARROWEST * run.height * len(run.characters)
    return run.height < _SMALLEST or narrow or not run.characters


@contextmanager
def _without_text(page: Any) -> Iterator[None]:  # noqa: ANN401  # the same
    texts = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH))
    modes = [raw.FPDFTextObj_GetTextRenderMode(text) for text in texts]
    for text in texts:
        raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    try:
        yield
    finally:
        for text, mode in zip(texts, modes, strict=True):
            raw.FPDFTextObj_SetTextRenderMode(text, mode)


def _text_alone(page: Any) -> None:  # noqa: ANN401  # the same
    """Leave nothing on the page but its text, in black."""
    for item in page.get_objects(max_depth=_DEPTH):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetFillColor(item, 0, 0, 0, 255)
        elif item.type != raw.FPDF_PAGEOBJ_FORM:
            raw.FPDFPageObj_SetIsActive(item, False)  # noqa: FBT003  # a C function


def _seen(run: Run, letters: Sequence[Box], quarters: int, whole: Drawing, bare: Drawing, inked: Drawing) -> bool:
    """Whether each of a run's letters is seen, and nothing else in its place."""
    text = "".join(run.text.split())
    pixels = [_pixels(box, whole, bare, inked) for box in letters]
    contrasts = [max((abs(a - b) for a, b in inks), default=0) for inks in pixels]
    most = max(contrasts, default=0)
    if most < _FAINTEST:
        return False
    foot = sorted(box[1] for box in letters)[len(letters) // 2] + _ABOVE * run.height if quarters == 0 else None
    for character, box, inks, contrast in zip(text, letters, pixels, contrasts, strict=False):
        if not inks:
            if character.isalnum():
                return False
            continue
        visible = sum(abs(a - b) >= _LIKE * most for a, b in inks)
        if contrast < _FAINTEST or visible < _SHARE * len(inks):
            return False
        if not _even(box, foot, bare, _LIKE * most):
            return False
    return True


def _pixels(box: Box, whole: Drawing, bare: Drawing, inked: Drawing) -> list[tuple[int, int]]:
    """The shades of each inked pixel of a letter, with the text and without it."""
    window = inked.window(box)
    rows = zip(inked.rows(window), whole.rows(window), bare.rows(window), strict=True)
    return [(a, b) for inks, with_text, without in rows for ink, a, b in zip(inks, with_text, without, strict=True)
            if ink < _INK]  # fmt: skip


def _even(box: Box, foot: float | None, bare: Drawing, most: float) -> bool:
    """Whether the ground of a letter is of one shade, an underline aside."""
    left, bottom, right, top = box
    bottom = max(bottom, foot) if foot is not None else bottom
    if top <= bottom:
        return True
    rows = bare.rows(bare.window((left, bottom, right, top)))
    shades = [shade for row in rows for shade in (row and (min(row), max(row)))]
    return not shades or max(shades) - min(shades) < max(most, _FAINTEST / 2)


def _misdrawn(run: Run, letters: Sequence[Box], quarters: int, inked: Drawing) -> bool:
    """Whether a letter of the run is drawn as another one."""
    text = "".join(run.text.split())
    if len(text) != len(letters):
        return True
    return any(
        form is None or not looks_like(character, form)
        for character, box in zip(text, letters, strict=True)
        if character.isascii() and character.isalnum()
        for form in (form_of(_turned(inked.rows(inked.window(box)), quarters)),)
    )


def _turned(rows: list[bytes], quarters: int) -> list[bytes]:
    """The pixels turned clockwise."""
    for _ in range(quarters):
        rows = [bytes(column) for column in zip(*rows[::-1], strict=True)]
    return rows


def plainly_seen(page: Any, runs: Sequence[Run]) -> tuple[Run, ...]:  # noqa: ANN401  # the same
    """Give those of a page's pieces of text of which anything can be seen.

    Args:
        page: the loaded page; it is left as it was.
        runs: its text in pieces.
    """
    width, height = page.get_size()
    scale = min(1.0, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    before = Drawing(page, scale)
    with _without_text(page):
        after = Drawing(page, scale)
    return tuple(run for run in runs if run.height >= _SMALLEST and _differ(before, after, run))


def _differ(drawing: Drawing, other: Drawing, run: Run) -> bool:
    window = drawing.window(run.shown)
    rows = zip(drawing.rows(window), other.rows(window), strict=True)
    return any(abs(a - b) >= _FAINTEST / 2 for row, bare in rows if row != bare for a, b in zip(row, bare, strict=True))
