"""Reads a PDF's visible text, and on demand where each piece of it stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.extract.runs import Box, Run, turned, union
from intake.extract.unreadable import PDF_BROKEN, PDF_LOCKED, UnreadableError

MAX_PAGES = 60
"""Pages read; certificates and letters are shorter, and a person sees the rest."""
MAX_CHARACTERS = 300_000
"""Characters read in a document."""
MAX_PLACED = 12_000
"""Characters of a page whose places are read."""

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
_INVISIBLE = 3
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
            printed = any(_visible(text, index) for index in range(min(count, _SAMPLE)))
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
                    page.flatten()
                self._open[number] = page, page.get_textpage()
            except pdfium.PdfiumError as error:
                raise UnreadableError(PDF_BROKEN) from error
        return self._open[number]


class _Glyph:
    """One visible character."""

    __slots__ = ("box", "direction", "spaced", "text")

    def __init__(self, text: str, box: Box, direction: int, *, spaced: bool) -> None:
        self.text = text
        self.box = box
        self.direction = direction
        """Quarters that the shown page must be turned clockwise for the character to stand upright."""
        self.spaced = spaced
        """White space stood before it."""


def _glyphs(page: Any, text: Any) -> Iterator[_Glyph]:  # noqa: ANN401  # pypdfium2 ships no types
    rotation = page.get_rotation() // 90
    left, bottom, right, top = page.get_cropbox()
    size = (right - left, top - bottom)
    rectangle = raw.FS_RECTF()
    spaced = False
    for index in range(min(text.count_chars(), MAX_PLACED)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        character = chr(code).translate(_HYPHENS)
        if character.isspace() or not character.isprintable():
            spaced = True
            continue
        if not raw.FPDFText_GetLooseCharBox(text.raw, index, rectangle) or not _visible(text, index):
            continue
        box = (rectangle.left - left, rectangle.bottom - bottom, rectangle.right - left, rectangle.top - bottom)
        if box[2] < 0 or box[3] < 0 or box[0] > size[0] or box[1] > size[1]:
            continue
        angle = round(raw.FPDFText_GetCharAngle(text.raw, index) / (math.pi / 2))
        yield _Glyph(character, turned(box, rotation, size), (angle - rotation) % 4, spaced=spaced)
        spaced = False


def _visible(text: Any, index: int) -> bool:  # noqa: ANN401  # the same
    """Text of rendering mode 3 is not printed: it is a scanner's guess behind a picture, or a trap."""
    item = raw.FPDFText_GetTextObject(text.raw, index)
    return not item or raw.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE


def _runs(glyphs: list[_Glyph], number: int, direction: int, size: tuple[float, float]) -> Iterator[Run]:
    text, box, shown = "", None, None
    for glyph in glyphs:
        upright = turned(glyph.box, direction, size)
        if box is None or shown is None:
            text, box, shown = glyph.text, upright, glyph.box
            continue
        if _continues(box, upright):
            gap = upright[0] - box[2] > _WORD_GAP * (box[3] - box[1])
            text += " " + glyph.text if glyph.spaced or gap else glyph.text
            box, shown = union(box, upright), union(shown, glyph.box)
        else:
            yield Run(text, number, box, shown)
            text, box, shown = glyph.text, upright, glyph.box
    if box is not None and shown is not None:
        yield Run(text, number, box, shown)


def _continues(run: Box, glyph: Box) -> bool:
    height = max(run[3] - run[1], 1.0)
    shift = abs((run[1] + run[3]) - (glyph[1] + glyph[3])) / 2
    return shift < _LINE_SHIFT * height and -height / 2 < glyph[0] - run[2] < _CELL_GAP * height
