"""A sheet of A4 to draw on: text in the standard PDF fonts, rules and filled boxes, through PDFium's own API."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

A4 = (595.0, 842.0)
Colour = tuple[int, int, int]
Point = tuple[float, float]
INK: Colour = (31, 35, 40)
GREY: Colour = (107, 114, 128)
WHITE: Colour = (255, 255, 255)
SANS, BOLD, SERIF, SERIF_BOLD, SLANTED = "Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Helvetica-Oblique"

_DATE = re.compile(rb"CreationDate\(D:\d{14}")
_ID = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")


class Paper:
    """One document under construction; coordinates in points from the bottom left."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        """Start with one empty page."""
        self.width, self.height = size
        self._document = pdfium.PdfDocument.new()
        self._page = self._document.new_page(*size)

    def text(  # what a printer needs to know of a line
        self,
        x: float,
        y: float,
        text: str,
        *,
        font: str = SANS,
        size: float = 10,
        colour: Colour = INK,
        align: float = 0,
    ) -> None:
        """Print one line with its baseline at y; `align` 0 starts it at x, 0.5 centres it there, 1 ends it there."""
        item = self._text_object(text, font, size)
        raw.FPDFPageObj_SetFillColor(item, *colour, 255)
        shift = _width(item) * align if align else 0
        raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x - shift, y)
        raw.FPDFPage_InsertObject(self._page.raw, item)

    def paragraph(  # what a printer needs to know of a paragraph
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        *,
        font: str = SANS,
        size: float = 10,
        colour: Colour = INK,
        leading: float = 1.35,
    ) -> float:
        """Print text wrapped to the width, first baseline at y; return the baseline after the last line."""
        for line in self.wrapped(text, width, font, size):
            self.text(x, y, line, font=font, size=size, colour=colour)
            y -= size * leading
        return y

    def wrapped(self, text: str, width: float, font: str, size: float) -> Iterator[str]:
        """Break the text at spaces into lines no wider than `width`; one long word stands alone."""
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}".strip()
            if line and self.measure(longer, font, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line

    def measure(self, text: str, font: str, size: float) -> float:
        """Measure the width of the printed text in points."""
        item = self._text_object(text, font, size)
        width = _width(item)
        raw.FPDFPageObj_Destroy(item)
        return width

    def rule(self, start: Point, end: Point, *, width: float = 0.6, colour: Colour = GREY) -> None:
        """Draw a straight line."""
        path = raw.FPDFPageObj_CreateNewPath(*start)
        raw.FPDFPath_LineTo(path, *end)
        raw.FPDFPageObj_SetStrokeColor(path, *colour, 255)
        raw.FPDFPageObj_SetStrokeWidth(path, width)
        raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_NONE, 1)
        raw.FPDFPage_InsertObject(self._page.raw, path)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""
        path = raw.FPDFPageObj_CreateNewRect(x, y, width, height)
        raw.FPDFPageObj_SetFillColor(path, *colour, 255)
        raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_ALTERNATE, 0)
        raw.FPDFPage_InsertObject(self._page.raw, path)

    def frame(self, margin: float, *, width: float, colour: Colour) -> None:
        """Draw a border around the page, `margin` points from its edge."""
        right, top = self.width - margin, self.height - margin
        corners = ((margin, margin), (right, margin), (right, top), (margin, top), (margin, margin))
        for start, end in pairwise(corners):
            self.rule(start, end, width=width, colour=colour)

    def finish(self) -> bytes:
        """Give the PDF's bytes, the same for the same drawing, and close the document."""
        raw.FPDFPage_GenerateContent(self._page.raw)
        out = BytesIO()
        self._document.save(out)
        self._page.close()
        self._document.close()
        content = _DATE.sub(b"CreationDate(D:20220921000000", out.getvalue())
        return _ID.sub(b"/ID[<" + b"0" * 32 + b"><" + b"0" * 32 + b">]", content)

    def _text_object(self, text: str, font: str, size: float) -> object:
        item = raw.FPDFPageObj_NewTextObj(self._document.raw, font.encode("ascii"), size)
        wide = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        raw.FPDFText_SetText(item, ctypes.cast(wide, raw.FPDF_WIDESTRING))
        return item


def _width(item: object) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0
    return right.value - left.value
