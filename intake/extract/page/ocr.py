"""Recognises the text of scans and pictures, with the optional extra `ocr`; what it gives is a suggestion for a person.

The recogniser maps some 1.4 GB of memory, so it runs only in a child that may use 1,536 MB (`[limits] memory_mb`).
"""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from intake.extract.certificate.geometry import EDGE
from intake.extract.page.pdf import Pdf
from intake.extract.page.runs import Run
from intake.extract.unreadable import PICTURE_LARGE, UnreadableError

MEMORY_MB = 1_536
"""Address space that the recogniser needs."""
MAX_PAGES = 2
"""A page takes a second or two, and certificates have one or two."""
MAX_PIXELS = 25_000_000
LEAST = 0.8
"""Confidence below which a line is not even suggested."""
SURE = 0.95
"""Confidence from which a value's box is believed against the text of the file."""
MOST_VALUES = 20
"""Of a page, that are looked at by the recogniser; each takes a tenth of a second."""
_MARGIN = 0.15
"""Of a line's height: the ground around a value that the recogniser needs."""
_VALUE_DPI, _MOST_VALUE_PIXELS = 250, 3_000
_at_rest = ContextVar("at_rest", default=False)
_ALIKE = str.maketrans("OQILSBZ", "0011582")
_DPI = 200
_POINTS = 72
_MOST_PIXELS = 2_400
"""Of a page's longer side as it is rendered."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a scan's pages."""

    pages: tuple[str, ...]
    runs: tuple[Run, ...]
    """With boxes in points; those of a picture file are its pixels."""
    confidence: float
    """The least of all lines."""


@cache
def installed() -> bool:
    """Tell whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def room() -> bool:
    """Tell whether this process may use as much memory as the recogniser needs."""
    if _at_rest.get():
        return False
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return limit == resource.RLIM_INFINITY or limit >= MEMORY_MB << 20


@contextmanager
def at_rest() -> Iterator[None]:
    """Leave the recogniser where it is: loaded, it starts threads, and with those a process cannot be forked from."""
    before = _at_rest.set(True)
    try:
        yield
    finally:
        _at_rest.reset(before)


def recognise_pdf(pdf: Pdf) -> Recognised:
    """Recognise the first pages of a scan."""
    pages = []
    for number in range(1, min(pdf.pages, MAX_PAGES) + 1):
        size = pdf.size(number)
        scale = min(_DPI / _POINTS, _MOST_PIXELS / max(*size, 1.0))
        pages.append(list(_lines(pdf.picture(number, scale), number, scale)))
    return _recognised(pages)


def recognise_picture(content: bytes) -> Recognised:
    """Recognise a picture file.

    Raises:
        UnreadableError: it is far larger than a page, or damaged.
    """
    from PIL import Image  # noqa: PLC0415  # comes with the extra

    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UnreadableError(PICTURE_LARGE)
            pixels = image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(PICTURE_LARGE) from error
    return _recognised([list(_lines(pixels, 1, 1.0))])


def misread(pdf: Pdf, number: int, values: Sequence[Run]) -> list[Run]:
    """Find the values whose place on the page shows other letters than are read there.

    Args:
        pdf: with text.
        number: the page's, from 1.
        values: pieces of its text that stand upright; of others nothing is said.
    """
    upright = [run for run in values if _is_upright(run) and any(map(str.isdigit, run.text))][:MOST_VALUES]
    if not upright:
        return []
    scale = min(_VALUE_DPI / _POINTS, _MOST_VALUE_PIXELS / max(*pdf.size(number), 1.0))
    page = pdf.picture(number, scale)
    return [run for run in upright if _shows_another(run, page, scale)]


def _is_upright(run: Run) -> bool:
    return abs(run.shown[0] - run.box[0]) <= EDGE and abs(run.shown[2] - run.box[2]) <= EDGE


def _shows_another(run: Run, page: Any, scale: float) -> bool:  # noqa: ANN401  # a PIL image
    """Whether what is surely recognised in a value's box is another value."""
    left, bottom, right, top = run.shown
    edge = run.height * _MARGIN
    box = (
        (left - edge) * scale,
        page.height - (top + edge) * scale,
        (right + edge) * scale,
        page.height - bottom * scale,
    )
    lines = _engine()(page.crop(tuple(map(round, box))), use_det=False, use_cls=False, use_rec=True)
    if not lines.txts or float(lines.scores[0]) < SURE:
        return False
    return _plain(lines.txts[0]) != _plain(run.text)


def _plain(text: str) -> str:
    """Letters and digits alone, those that look alike in many faces as one."""
    return "".join(filter(str.isalnum, text)).upper().translate(_ALIKE)


@lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401  # rapidocr is not installed where types are checked
    from rapidocr import RapidOCR  # noqa: PLC0415  # heavy, and optional

    return RapidOCR(params={"Global.log_level": "critical"})


def _lines(image: Any, page: int, scale: float) -> Iterator[tuple[Run, float]]:  # noqa: ANN401  # a PIL image
    lines = _engine()(image)
    if lines.boxes is None:
        return
    for corners, text, score in zip(lines.boxes.tolist(), lines.txts, lines.scores, strict=True):
        across = [x / scale for x, _ in corners]
        up = [(image.height - y) / scale for _, y in corners]
        box = min(across), min(up), max(across), max(up)
        if text.strip() and score >= LEAST:
            yield Run(text, page, box, box), float(score)


def _recognised(pages: Sequence[Sequence[tuple[Run, float]]]) -> Recognised:
    lines = [line for page in pages for line in page]
    return Recognised(
        pages=tuple("\n".join(run.text for run, _ in page) for page in pages),
        runs=tuple(run for run, _ in lines),
        confidence=min((score for _, score in lines), default=0.0),
    )
