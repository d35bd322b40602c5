"""Reads a PDF's visible text, and on demand where each piece of it stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple, Self

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.extract.runs import Box, Run, turned
from intake.extract.unreadable import PDF_BROKEN, PDF_LOCKED, UnreadableError

MAX_PAGES = 60
"""Pages read; certificates and letters are shorter, and a person sees the rest."""
MAX_CHARACTERS = 300_000
"""Characters read in a document."""
MAX_PLACED = 12_000
"""Characters of a page whose places are read."""

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
_INVISIBLE = 3
_QUARTER = math.pi / 2
_SAMPLE = 300
_CELL_GAP = 0.7
_WORD_GAP = 0.2
_LINE_SHIFT = 0.4


class Pdf:
    """An opened PDF; use it as a context manager."""

    def __init__(self, content: bytes) -> None:
        """Open the document.

        Raises:
            UnreadableError: it is damaged, or protected with a password.
        """
        try:
            self._document = pdfium.PdfDocument(content)
            self.pages = len(self._document)
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            raise UnreadableError(PDF_LOCKED if locked else PDF_BROKEN) from error
        if self.pages < 1:
            raise UnreadableError(PDF_BROKEN)
        self._forms = self._document.get_formtype() != raw.FORMTYPE_NONE
        if self._forms:
            self._document.init_forms()
        self._open: dict[int, tuple[Any, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for page, text in self._open.values():
            text.close()
            page.close()
        self._document.close()

    def texts(self) -> tuple[str, ...]:
        """The plain text of each page that is read."""
        left = MAX_CHARACTERS
        texts = []
        for number in range(1, min(self.pages, MAX_PAGES) + 1):
            text = self._page(number)[1]
            count = min(text.count_chars(), left)
            printed = any(_visible(text.raw, index) for index in range(min(count, _SAMPLE)))
            texts.append(text.get_text_range(0, count).translate(_HYPHENS) if printed else "")
            left -= count
        return tuple(texts)

    def unread_pages(self) -> bool:
        """Whether a page could hold what `texts` does not show: a picture without text, or beyond the limit."""
        if self.pages > MAX_PAGES:
            return True
        silent = [number for number, text in enumerate(self.texts(), 1) if not text.strip()]
        return any(self._pictured(number) for number in silent)

    def _pictured(self, number: int) -> bool:
        pictures = self._page(number)[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        return next(iter(pictures), None) is not None

    def runs(self, number: int) -> tuple[Run, ...]:
        """The page's visible text in pieces, as the page's main direction of writing has them.

        Args:
            number: the page, counted from 1.
        """
        page, text = self._page(number)
        glyphs = list(_glyphs(page, text))
        if not glyphs:
            return ()
        direction = Counter(glyph.direction for glyph in glyphs).most_common(1)[0][0]
        size = page.get_size()
        return tuple(_runs([g for g in glyphs if g.direction == direction], number, direction, size))

    def _page(self, number: int) -> tuple[Any, Any]:
        if number not in self._open:
            try:
                page = self._document[number - 1]
                if self._forms:
                    # What stands in form fields becomes text, but only for a page that is loaded anew.
                    page.flatten()
                    page.close()
                    page = self._document[number - 1]
                self._open[number] = page, page.get_textpage()
            except pdfium.PdfiumError as error:
                raise UnreadableError(PDF_BROKEN) from error
        return self._open[number]


class _Glyph(NamedTuple):
    """One visible character."""

    text: str
    box: Box
    """As the page is shown."""
    direction: int
    """Quarters that the shown page must be turned clockwise for the character to stand upright."""
    spaced: bool
    """White space stood before it."""


def _glyphs(page: Any, text: Any) -> Iterator[_Glyph]:  # noqa: ANN401  # pypdfium2 ships no types
    rotation = page.get_rotation() // 90
    left, bottom, right, top = page.get_cropbox()
    size = (right - left, top - bottom)
    box = raw.FS_RECTF()
    handle = text.raw
    spaced = False
    for index in range(min(text.count_chars(), MAX_PLACED)):
        character = chr(raw.FPDFText_GetUnicode(handle, index)).translate(_HYPHENS)
        if character.isspace() or not character.isprintable():
            spaced = True
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, box) or not _visible(handle, index):
            continue
        place = (box.left - left, box.bottom - bottom, box.right - left, box.top - bottom)
        if place[2] < 0 or place[3] < 0 or place[0] > size[0] or place[1] > size[1]:
            continue
        angle = round(raw.FPDFText_GetCharAngle(handle, index) / _QUARTER)
        yield _Glyph(character, turned(place, rotation, size), -(angle + rotation) % 4, spaced)
        spaced = False


def _visible(handle: Any, index: int) -> bool:  # noqa: ANN401  # the same
    """Text of rendering mode 3 is not printed: it is a scanner's guess behind a picture, or a trap."""
    item = raw.FPDFText_GetTextObject(handle, index)
    return not item or raw.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE


def _runs(glyphs: list[_Glyph], number: int, direction: int, size: tuple[float, float]) -> Iterator[Run]:
    """Join characters to runs: one line, no gap as between two cells."""
    sideways = (size[1], size[0]) if direction % 2 else size
    text = ""
    boxes: list[Box] = []
    for glyph in glyphs:
        box = turned(glyph.box, direction, size)
        if boxes and not _continues(boxes[-1], box):
            yield _run(text, boxes, number, direction, sideways)
            text, boxes = "", []
        elif boxes and (glyph.spaced or box[0] - boxes[-1][2] > _WORD_GAP * (box[3] - box[1])):
            text += " "
        text += glyph.text
        boxes.append(box)
    if boxes:
        yield _run(text, boxes, number, direction, sideways)


def _run(text: str, boxes: list[Box], number: int, direction: int, size: tuple[float, float]) -> Run:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = min(lefts), min(bottoms), max(rights), max(tops)
    return Run(text, number, box, turned(box, -direction, size))


def _continues(before: Box, after: Box) -> bool:
    height = max(before[3] - before[1], 1.0)
    shift = abs((before[1] + before[3]) - (after[1] + after[3])) / 2
    return shift < _LINE_SHIFT * height and -height / 2 < after[0] - before[2] < _CELL_GAP * height
