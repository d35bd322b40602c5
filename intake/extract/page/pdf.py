"""Reads a PDF's visible text, and on demand where each piece of it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.extract.page.annotations import Annotation, annotations_of
from intake.extract.page.glyphs import runs_of
from intake.extract.page.overlaid import Overlay, overlay_of
from intake.extract.page.pagetext import PageText
from intake.extract.page.rivals import contested
from intake.extract.page.runs import Run
from intake.extract.page.unseen import Look, plainly_seen
from intake.extract.unreadable import PDF_BROKEN, PDF_LOCKED, UnreadableError

MAX_PAGES = 60
"""Pages read; certificates and letters are shorter, and a person sees the rest."""
MAX_CHARACTERS = 300_000
"""Characters read in a document."""
_FONTS = (b"ToUnicode", b"Differences", b"FontFile", b"Type3", b"/ObjStm", b"/Encrypt")
_ESCAPED = re.compile(rb"/[A-Za-z0-9]*#[0-9A-Fa-f]{2}")
"""Without any of these every font is one of the standard ones, in a standard encoding, and draws what it says."""
_QUARTER = math.pi / 2
_LOGO = 0.15
"""Of a page; pictures on it that cover no more are its ornaments."""
_DRAWN = 300
"""A page that has so many shapes may show what its text does not say."""
_OUTLINES = 40
"""A page without text that has so many shapes may have its letters as shapes."""


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
        self._trusted_fonts = not (any(word in content for word in _FONTS) or _ESCAPED.search(content))
        self._texts: tuple[str, ...] | None = None
        self._open: dict[int, tuple[Any, PageText]] = {}
        self._annotations: dict[int, tuple[Annotation, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for page, text in self._open.values():
            text.handle.close()
            page.close()
        self._document.close()

    def texts(self) -> tuple[str, ...]:
        """Give the plain text of each page that is read, as far as it is printed."""
        if self._texts is None:
            self._texts = tuple(self._read_texts())
        return self._texts

    def _read_texts(self) -> Iterator[str]:
        left = MAX_CHARACTERS
        for number in self._numbers():
            page, text = self._page(number)
            count = min(text.count, left)
            yield text.printed(count, page.get_bbox())
            left -= count

    def is_blank(self) -> bool:
        """Tell whether nothing at all stands on its pages."""
        return self.pages <= MAX_PAGES and all(map(self._is_blank, self._numbers()))

    def _is_blank(self, number: int) -> bool:
        page, text = self._page(number)
        drawn = any(item.type != raw.FPDF_PAGEOBJ_TEXT for item in page.get_objects(max_depth=3))
        return not (drawn or self._annotated(number) or text.characters(text.count).strip())

    def unread_pages(self) -> bool:
        """Tell whether a page may hold what `texts` does not show: a picture without text, or further pages."""
        if self.pages > MAX_PAGES:
            return True
        silent = [number for number, text in enumerate(self.texts(), 1) if not text.strip()]
        return any(self._pictured(number) for number in silent)

    def _pictured(self, number: int) -> bool:
        shapes = 0
        for item in self._page(number)[0].get_objects(max_depth=3):
            shapes += item.type == raw.FPDF_PAGEOBJ_PATH
            if item.type == raw.FPDF_PAGEOBJ_IMAGE or shapes >= _OUTLINES:
                return True
        return False

    def plain(self) -> bool:
        """Tell whether its pages show their text alone: no large picture, nothing put upon them, no page unread."""
        if self.unread_pages() or self.annotated_pages() or not all(text.strip() for text in self.texts()):
            return False
        return not any(self._largely_pictured(number) for number in self._numbers())

    def _largely_pictured(self, number: int) -> bool:
        page = self._page(number)[0]
        width, height = page.get_size()
        most, covered, shapes = _LOGO * width * height, 0.0, 0
        for item in page.get_objects(max_depth=3):
            shapes += item.type == raw.FPDF_PAGEOBJ_PATH
            if item.type == raw.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = item.get_bounds()
                covered += (right - left) * (top - bottom)
        return covered > most or shapes >= _DRAWN

    def annotated_pages(self, values: Sequence[Run] = ()) -> tuple[int, ...]:
        """List pages with annotations such as stamps or comments, or with a marker drawn over one of the values.

        Args:
            values: the pieces of text that are read as such.
        """
        return tuple(
            number
            for number in self._numbers()
            if any(
                item.disturbs([run for run in values if run.page == number], self.texts()[number - 1])
                for item in self._annotated(number)
            )
        )

    def overlays(self, read: Sequence[Run]) -> dict[int, Overlay]:
        """Give what the pictures and drawings of pages may say that their text does not, by the page's number.

        Args:
            read: the pieces of text that are read as labels or values; pages without any are not asked.
        """
        pages = sorted({run.page for run in read})
        return {
            number: overlay_of(
                self._page(number)[0],
                [run for run in read if run.page == number],
                lambda number=number: self._anew(number)[0],  # type: ignore[misc]  # of a lambda's own default
            )
            for number in pages
        }

    def holds_files(self) -> bool:
        """Tell whether the PDF embeds other files."""
        if raw.FPDFDoc_GetAttachmentCount(self._document.raw) > 0:
            return True
        annotations = (item for number in self._numbers() for item in self._annotated(number))
        return any(item.kind == raw.FPDF_ANNOT_FILEATTACHMENT for item in annotations)

    def _annotated(self, number: int) -> tuple[Annotation, ...]:
        self._page(number)
        return self._annotations[number]

    def _numbers(self) -> range:
        return range(1, min(self.pages, MAX_PAGES) + 1)

    def runs(self, number: int) -> tuple[Run, ...]:
        """Split the page's visible text into runs along the page's main writing direction.

        Args:
            number: the page, counted from 1.
        """
        page, text = self._page(number)
        return tuple(runs_of(page, text, number))

    def doubtful(self, number: int, labels: Sequence[Run], values: Sequence[Run]) -> list[Run]:
        """Give those of a page's pieces of text that are not seen on it as they are read."""
        page, text = self._page(number)
        look = Look(page, text, trusted_fonts=self._trusted_fonts)
        return look.doubtful(labels, values)

    def seen(self, number: int, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Give those of a page's pieces of text of which anything can be seen on it."""
        return plainly_seen(self._anew(number)[0], runs)

    def contested(self, number: int, doubtful: Sequence[Run], runs: Sequence[Run]) -> list[Run]:
        """Give those doubtful pieces of a page's text in whose place another is printed, so that both can be seen."""
        page, text = self._anew(number)
        return contested(page, text, doubtful, runs)

    def _anew(self, number: int) -> tuple[Any, PageText]:
        """The page as it was before it was looked at, which may have altered it."""
        if number in self._open:
            page, text = self._open.pop(number)
            text.handle.close()
            page.close()
        return self._page(number)

    def size(self, number: int) -> tuple[float, float]:
        """Give width and height of a page in points, as displayed."""
        width, height = self._page(number)[0].get_size()
        return width, height

    def picture(self, number: int, scale: float) -> Any:  # noqa: ANN401  # a PIL image, of the extra `ocr`
        """Render the page at so many pixels a point."""
        return self._page(number)[0].render(scale=scale).to_pil().convert("RGB")

    def _page(self, number: int) -> tuple[Any, PageText]:
        if number not in self._open:
            try:
                page = self._document[number - 1]
                forms = self._document.formenv.raw if self._forms and self._document.formenv else None
                self._annotations[number] = tuple(annotations_of(page, forms))
                if self._forms:
                    # What stands in form fields becomes text, but only for a page that is loaded anew.
                    page.flatten()
                    page.close()
                    page = self._document[number - 1]
                self._open[number] = page, PageText(_textpage(page))
            except pdfium.PdfiumError as error:
                raise UnreadableError(PDF_BROKEN) from error
        return self._open[number]


def _textpage(page: Any) -> Any:  # noqa: ANN401  # the same
    """The text of a page; of one whose lines are shown upside down, as it reads when it is turned about.

    PDFium lists what stands on a line from left to right as it is shown, and a line may be of many pieces.
    """
    text = page.get_textpage()
    count: int = text.count_chars()
    angles = (
        {round(raw.FPDFText_GetCharAngle(text.raw, at) / _QUARTER) % 4 for at in (0, count // 2, count - 1)}
        if count
        else set()
    )
    if angles != {(2 - page.get_rotation() // 90) % 4}:
        return text
    text.close()
    rotation = page.get_rotation()
    page.set_rotation((rotation + 180) % 360)
    text = page.get_textpage()
    page.set_rotation(rotation)
    return text
