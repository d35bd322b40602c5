"""Tells text that a page shows from text that nobody who looks at the page can see.

White letters on white paper, a value under a black bar or under a picture, a layer that is switched off: all of it is
text to a program. What the analyst cannot see must not be taken for what the certificate says.
So the page is drawn twice, with its text and without; where nothing changes, there was nothing to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pypdfium2 import raw

from intake.extract.runs import Run

_SMALLEST = 2.5
"""Points: letters of less height are there for machines alone."""
_SCALE = 0.4
"""Pixels a point: enough to see that a letter is there, and quick."""
_FAINTEST = 20
"""Of 255 shades of grey, by how much a letter must differ from the page without it."""
_MOST_PIXELS = 1_000_000
"""Of one drawing, whatever the size of the page."""
_DEPTH = 5


def seen(page: Any, runs: Sequence[Run]) -> tuple[Run, ...]:  # noqa: ANN401  # pypdfium2 ships no types
    """Those of the page's pieces of text that can be seen on it.

    Args:
        page: the loaded page; it is left as it was.
        runs: its text in pieces.
    """
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    before = _drawn(page, scale)
    with _without_text(page):
        after = _drawn(page, scale)
    return tuple(run for run in runs if run.height >= _SMALLEST and _differ(before, after, run, scale))


class _Drawing:
    """A page in shades of grey, one octet a pixel."""

    def __init__(self, bitmap: Any) -> None:  # noqa: ANN401  # the same
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.octets = bytes(bitmap.buffer)
        bitmap.close()

    def line(self, row: int, first: int, last: int) -> bytes:
        start = row * self.stride
        return self.octets[start + first : start + last]


def _drawn(page: Any, scale: float) -> _Drawing:  # noqa: ANN401  # the same
    return _Drawing(page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False))


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


def _differ(one: _Drawing, other: _Drawing, run: Run, scale: float) -> bool:
    """Whether the two drawings differ within the run's box."""
    left, bottom, right, top = (edge * scale for edge in run.shown)
    first, last = max(0, int(left)), min(one.width, int(right) + 1)
    rows = range(max(0, int(one.height - top)), min(one.height, int(one.height - bottom) + 1))
    return any(_unlike(one.line(row, first, last), other.line(row, first, last)) for row in rows)


def _unlike(one: bytes, other: bytes) -> bool:
    return one != other and any(abs(a - b) >= _FAINTEST for a, b in zip(one, other, strict=True))
