"""Tells whether a drawn letter looks like the character that a program reads there.

A font may say of a glyph that it is another character than the one it draws: by its ToUnicode map, by the names of an
encoding, or by its outlines themselves. All of them come out in the drawing. Each drawn letter is stretched over a
small grid and held against the same alphabet in the faces that PDFium itself carries, and before it is doubted in
those of `otherfaces`; where another character fits clearly better than the one that is read, the letter is doubted.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from ctypes import cast, create_string_buffer
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.extract.page.runs import Box

CODES = string.digits + "ABCDEF"
ALPHABET = string.digits + string.ascii_uppercase
_CAPITALS = string.ascii_uppercase
_FACES = (
    "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-Italic", "Courier",
    "Courier-Bold",
)  # fmt: skip
_COLUMNS, _ROWS = 14, 18
_CELLS = _COLUMNS * _ROWS
_PROPORTION = 0.35
"""How much a difference in proportion counts beside that of cells."""
_INK = 128
"""Of 255 shades of grey: what is darker is ink."""
_MARGIN_OF_CODES, _MARGIN_OF_LETTERS = 0.03, 0.12
"""By how much another character must fit better. Digits and the letters of hexadecimal numbers are few, and matter
most: of 4,560 pairs of them in nineteen faces some ten go unnoticed."""
_TWINS = ("0OQD", "1ILJ", "CG6", "S58", "VYU", "WMN", "Z27", "8B")
"""Characters that one face draws as another draws their neighbour; digits are never held against them."""
_SIZE = 22
_PITCH = 30


@dataclass(frozen=True, slots=True)
class Form:
    """A letter stretched over the grid."""

    cells: int
    """One bit a cell, ink or not."""
    proportion: float
    """Width by height of the letter itself."""


class Drawing:
    """A page or a part of one in shades of grey, one octet a pixel."""

    def __init__(self, page: Any, scale: float, part: Box | None = None) -> None:  # noqa: ANN401  # pypdfium2 has no types
        """Draw the page.

        Args:
            page: as it is at this moment.
            scale: pixels a point.
            part: as the page is shown, in points; all of it where it is None.
        """
        width, height = page.get_size()
        left, bottom, right, top = part or (0.0, 0.0, width, height)
        left, bottom, right, top = max(0.0, left), max(0.0, bottom), min(width, right), min(height, top)
        crop = (left, bottom, width - right, height - top)
        bitmap = page.render(scale=scale, crop=crop, grayscale=True, may_draw_forms=False, draw_annots=False)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.pixels = bytes(bitmap.buffer)
        self._scale, self._left, self._bottom = scale, left, bottom
        bitmap.close()

    def window(self, box: Box) -> tuple[int, int, int, int]:
        """Give first column, first row, and those behind the last, of a box in points."""
        left, bottom, right, top = box
        first, last = int((left - self._left) * self._scale), int((right - self._left) * self._scale) + 1
        upper = self.height - int((top - self._bottom) * self._scale) - 1
        lower = self.height - int((bottom - self._bottom) * self._scale)
        return max(0, first), max(0, upper), min(self.width, last), min(self.height, lower)

    def rows(self, window: tuple[int, int, int, int]) -> list[bytes]:
        """Give the pixels of a window, a row each."""
        first, upper, last, lower = window
        return [self.pixels[row * self.stride + first : row * self.stride + last] for row in range(upper, lower)]


def form_of(rows: list[bytes]) -> Form | None:
    """Give the letter drawn in a window; None where there is no ink."""
    upper = next((at for at, row in enumerate(rows) if row and min(row) < _INK), None)
    if upper is None:
        return None
    lower = next(at for at in range(len(rows), 0, -1) if min(rows[at - 1]) < _INK)
    inked = rows[upper:lower]
    columns = [at for at, darkest in enumerate(map(min, zip(*inked, strict=True))) if darkest < _INK]
    left, width, height = columns[0], columns[-1] + 1 - columns[0], len(inked)
    across = [left + int((at + 0.5) * width / _COLUMNS) for at in range(_COLUMNS)]
    cells = 0
    for number in range(_ROWS):
        row = inked[int((number + 0.5) * height / _ROWS)]
        for at in across:
            cells = cells << 1 | (row[at] < _INK)
    return Form(cells, width / height)


def looks_like(character: str, form: Form) -> bool:
    """Tell whether a letter may be this character; one that is not of the alphabet is not judged."""
    if character not in ALPHABET:
        return True
    margin = _MARGIN_OF_CODES if character in CODES else _MARGIN_OF_LETTERS
    own = min(_distance(form, face) for face in _faces()[character])
    if own < margin:
        return True
    best = _nearest_rival(character, form, _faces())
    if own - best <= margin:
        return True
    own = min(own, *(_distance(form, face) for face in _other_faces()[character]))
    return own <= min(best, _nearest_rival(character, form, _other_faces()))


def misfit(letter: str, form: Form) -> float:
    """Give by how much another letter fits a shape better than this one; 0 where none does.

    Args:
        letter: a capital.
        form: the shape; of a picture, so that its letters may be of any face.
    """
    distances = {capital: min(_distance(form, face) for face in _other_faces()[capital]) for capital in _CAPITALS}
    return distances[letter] - min(distances.values())


def _nearest_rival(character: str, form: Form, faces: Mapping[str, Sequence[Form]]) -> float:
    rivals = CODES if character in CODES else ALPHABET
    return min(
        (_distance(form, face) for rival in rivals if not _twins(character, rival) for face in faces[rival]),
        default=1.0,
    )


def _twins(told: str, drawn: str) -> bool:
    if told in CODES:
        return told == drawn
    return any(told in group and drawn in group for group in _TWINS)


def _distance(form: Form, other: Form) -> float:
    apart = (form.cells ^ other.cells).bit_count() / _CELLS
    proportions = sorted((form.proportion, other.proportion))
    return apart + _PROPORTION * (1 - proportions[0] / proportions[1])


@lru_cache(maxsize=1)
def _faces() -> dict[str, tuple[Form, ...]]:
    """The alphabet in every face that PDFium carries itself."""
    forms: dict[str, list[Form]] = {character: [] for character in ALPHABET}
    document = pdfium.PdfDocument.new()
    for face in _FACES:
        page = document.new_page(_PITCH * (len(ALPHABET) + 1), 3 * _SIZE)
        font = raw.FPDFText_LoadStandardFont(document.raw, face.encode())
        for number, character in enumerate(ALPHABET):
            letter = raw.FPDFPageObj_CreateTextObj(document.raw, font, _SIZE)
            wide = create_string_buffer(character.encode("utf-16-le") + b"\0\0")
            raw.FPDFText_SetText(letter, cast(wide, raw.FPDF_WIDESTRING))
            raw.FPDFPageObj_Transform(letter, 1, 0, 0, 1, _PITCH * (number + 0.5), _SIZE)
            raw.FPDFPage_InsertObject(page.raw, letter)
        drawing = Drawing(page, 2.0)
        for number, character in enumerate(ALPHABET):
            start = _PITCH * (number + 0.5)
            form = form_of(drawing.rows(drawing.window((start - 4, _SIZE * 0.6, start + _PITCH - 5, _SIZE * 2))))
            if form is not None:
                forms[character].append(form)
        page.close()
    document.close()
    return {character: tuple(drawn) for character, drawn in forms.items()}


@lru_cache(maxsize=1)
def _other_faces() -> dict[str, tuple[Form, ...]]:
    """The alphabet in faces that PDFium does not carry; asked for before a letter is doubted."""
    # Imported when needed: few letters come so far.
    from intake.extract.page.otherfaces import CELLS, FACES, LETTER  # noqa: PLC0415  # the same

    letters = {
        character: [face[LETTER * number : LETTER * (number + 1)] for face in FACES]
        for number, character in enumerate(ALPHABET)
    }
    return {
        character: tuple(Form(int(drawn[:CELLS], 16), int(drawn[CELLS:]) / 100) for drawn in faces)
        for character, faces in letters.items()
    }
