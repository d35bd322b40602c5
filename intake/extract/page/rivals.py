"""Tells values that stand in the same place, of which nobody can say which is meant."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import cast
from typing import Any

from pypdfium2 import raw

from intake.extract.page.letterforms import Drawing
from intake.extract.page.pagetext import PageText
from intake.extract.page.runs import Box, Run

_SHARE = 0.3
"""Of the smaller one's width and height: printing that shares more stands in one place."""
_SCALE = 2.0
"""Pixels a point."""
_MOST_PIXELS = 6_000_000
_FAINTEST = 20
"""Of 255 shades of grey, by which a page differs where ink is taken from it."""


def contested(page: Any, text: PageText, doubtful: Sequence[Run], runs: Sequence[Run]) -> list[Run]:  # noqa: ANN401  # no types
    """Give those of the doubtful pieces of text that are seen, and in whose place another one is seen too.

    What is hidden has no rival: the other one alone is what the page shows; and the same text printed twice, as some
    programs print in bold, says one thing.

    Args:
        page: the loaded page; it is left as it was.
        text: its text.
        doubtful: pieces of its text, which cannot be seen as they are read.
        runs: all pieces of its text.
    """
    pairs = [(run, other) for run in doubtful for other in runs if other.text != run.text and _in_one_place(run, other)]
    if not pairs:
        return []
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    whole = Drawing(page, scale)
    return [run for run, other in pairs if all(_seen(page, text, piece, whole, scale) for piece in (run, other))]


def _in_one_place(run: Run, other: Run) -> bool:
    first, second = run.shown, other.shown
    return run.page == other.page and all(_overlap(first, second, side) for side in (0, 1))


def _overlap(first: Box, second: Box, side: int) -> bool:
    shared = min(first[side + 2], second[side + 2]) - max(first[side], second[side])
    least = min(first[side + 2] - first[side], second[side + 2] - second[side])
    return shared > _SHARE * least > 0


def _seen(page: Any, text: PageText, run: Run, whole: Drawing, scale: float) -> bool:  # noqa: ANN401  # the same
    """Whether the page looks another without this piece of text."""
    items = [cast(address, raw.FPDF_PAGEOBJECT) for address in text.objects_of(run.characters) if address]
    modes = [raw.FPDFTextObj_GetTextRenderMode(item) for item in items]
    for item in items:
        raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    without = Drawing(page, scale)
    for item, mode in zip(items, modes, strict=True):
        raw.FPDFTextObj_SetTextRenderMode(item, mode)
    window = whole.window(run.shown)
    rows = zip(whole.rows(window), without.rows(window), strict=True)
    return any(abs(a - b) >= _FAINTEST for row, bare in rows if row != bare for a, b in zip(row, bare, strict=True))
