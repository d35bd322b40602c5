"""Draws a page of a PDF, or a picture file, as an image for people to look at; in the limited child only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError
from pypdfium2 import raw

from intake.extract.unreadable import PDF_BROKEN, PDF_LOCKED, PICTURE_LARGE, UnreadableError

MAX_PIXELS = 6_000_000
"""Of an image; three bytes each while it is drawn."""
MAX_SIDE = 4_000
"""Pixels of an image's longer side."""
MAX_SOURCE_PIXELS = 25_000_000
"""Of a picture file that is opened at all."""
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_QUALITY = 75
_EFFORT = 0
"""Of WebP's 6: the next step saves a twentieth of the bytes and costs half the time again."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as an image."""

    pages: int
    """Of the document."""
    size: tuple[float, float] = (0.0, 0.0)
    """Width and height of the page as it is shown, in points; of a picture file in pixels."""
    image: bytes = b""
    """Empty where the document has no page of this number."""


def draw_page(content: bytes, number: int, width: int, *, jpeg: bool = False) -> Raster:
    """Draw a page of a PDF with all that was put upon it, stamps and form fields too.

    Args:
        content: the PDF.
        number: the page's, counted from 1.
        width: pixels of the image; a page of unlike sides gets as many as the limits allow.
        jpeg: it is to be JPEG, which takes a sixth of WebP's time and twice its bytes.

    Raises:
        UnreadableError: it is damaged or locked, or the page cannot be drawn.
    """
    try:
        document = pdfium.PdfDocument(content)
        pages = len(document)
        if not 1 <= number <= pages:
            return Raster(pages)
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        page = document[number - 1]
        across, up = page.get_size()
        if not (math.isfinite(across) and math.isfinite(up) and across > 0 and up > 0):
            raise UnreadableError(PDF_BROKEN)
        bitmap = page.render(scale=_scale(across, up, width), rev_byteorder=True)
        return Raster(pages, (across, up), _encoded(bitmap.to_pil(), jpeg=jpeg))
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise UnreadableError(PDF_LOCKED if locked else PDF_BROKEN) from error


def draw_picture(content: bytes, width: int, *, jpeg: bool = False) -> Raster:
    """Draw a picture file at most so many pixels wide, as `draw_page` does.

    Raises:
        UnreadableError: it is damaged, or far larger than a page.
    """
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            across, up = picture.size
            if across * up > MAX_SOURCE_PIXELS:
                raise UnreadableError(PICTURE_LARGE)
            scale = min(_scale(across, up, width), 1.0)
            small = picture.convert("RGB").resize((_pixels(across, scale), _pixels(up, scale)))
            return Raster(1, (float(across), float(up)), _encoded(small, jpeg=jpeg))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(PICTURE_LARGE) from error


def _scale(across: float, up: float, width: int) -> float:
    """Pixels a point, so that no side and no area is beyond the limits."""
    return min(width / across, MAX_SIDE / max(across, up), math.sqrt(MAX_PIXELS / (across * up)))


def _pixels(points: float, scale: float) -> int:
    return max(1, round(points * scale))


def _encoded(picture: Any, *, jpeg: bool) -> bytes:  # noqa: ANN401  # a PIL image, which is not typed here
    out = BytesIO()
    if jpeg:
        picture.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    else:
        picture.save(out, "WEBP", quality=_QUALITY, method=_EFFORT)
    return out.getvalue()
