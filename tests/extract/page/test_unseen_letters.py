"""Letters held against three drawings of their page, pixel by pixel: as it is, without its text, its text alone.

A drawing here is a row of shades, ten pixels high; one pixel is a point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from intake.demo import products
from intake.demo.samples import submission
from intake.extract.document import read_document
from intake.extract.page import unseen
from intake.extract.page.letterforms import Drawing
from intake.extract.page.runs import Box, Run

PAPER, INK = 255, 0


class Drawn(Drawing):
    """A drawing of which the test says every pixel."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.width, self.height, self.stride = len(rows[0]), len(rows), len(rows[0])
        self.pixels = bytes(shade for row in rows for shade in row)
        self._scale, self._left, self._bottom = 1.0, 0.0, 0.0


def drawing(shades: Sequence[int]) -> Drawn:
    return Drawn([list(shades)] * 10)


def letters(count: int, *, wide: float = 3.5) -> list[Box]:
    """The boxes of letters, each with a pixel of paper around three of its own."""
    return [(4.0 * number, 0.5, 4.0 * number + wide, 9.5) for number in range(count)]


def run(text: str, count: int) -> Run:
    box = (0.0, 0.0, 4.0 * count, 10.0)
    return Run(text, 1, box, box)


def shades(*letter_shades: int) -> list[int]:
    """Three pixels of each shade and one of paper behind."""
    return [pixel for shade in letter_shades for pixel in (shade, shade, shade, PAPER)]


def seen(text: str, whole: Sequence[int], bare: Sequence[int], inked: Sequence[int], *, quarters: int = 0) -> bool:
    count = len(inked) // 4
    pages = (drawing(whole), drawing(bare), drawing(inked))
    return unseen._seen(run(text, count), letters(count), quarters, *pages)  # noqa: SLF001  # a page for each takes long


TWO = shades(INK, INK)
WHITE = [PAPER] * 8
SEEN: dict[str, tuple[str, list[int], list[int], list[int], bool]] = {
    "black on white": ("12", TWO, WHITE, TWO, True),
    "nothing to be seen": ("12", WHITE, WHITE, TWO, False),
    "one letter hidden": ("12", shades(INK, PAPER), WHITE, TWO, False),
    "as faint as may be": ("12", shades(215, 215), WHITE, TWO, True),
    "too faint": ("12", shades(216, 216), WHITE, TWO, False),
    "one fainter than the other": ("12", shades(INK, 153), WHITE, TWO, True),
    "one far fainter than the other": ("12", shades(INK, 154), WHITE, TWO, False),
    "white on black": ("12", shades(PAPER, PAPER), [INK] * 8, TWO, True),
    "no ink where a letter should be": ("12", TWO, WHITE, shades(INK, PAPER), False),
    "no ink where a sign should be": ("1-", shades(INK, PAPER), WHITE, shades(INK, PAPER), True),
    "ink that is only an edge": ("12", TWO, WHITE, shades(INK, 96), False),
    "ink that is just dark enough": ("12", TWO, WHITE, shades(INK, 95), True),
}


@pytest.mark.parametrize("case", SEEN)
def test_a_piece_of_text_is_seen_where_each_of_its_letters_is(case: str) -> None:
    text, whole, bare, inked, expected = SEEN[case]
    assert seen(text, whole, bare, inked) is expected


@pytest.mark.parametrize(
    ("rows", "quarters", "turned"),
    [
        ([b"ab", b"cd"], 0, [b"ab", b"cd"]),
        ([b"ab", b"cd"], 1, [b"ca", b"db"]),
        ([b"ab", b"cd"], 2, [b"dc", b"ba"]),
        ([b"ab", b"cd"], 3, [b"bd", b"ac"]),
        ([b"abc"], 1, [b"a", b"b", b"c"]),
        ([], 1, []),
    ],
)
def test_pixels_are_turned_clockwise(rows: list[bytes], quarters: int, turned: list[bytes]) -> None:
    assert unseen._turned(rows, quarters) == turned  # noqa: SLF001  # text that runs upwards is drawn so


@pytest.mark.parametrize(
    ("ground", "foot", "most", "even"),
    [
        ([PAPER] * 4, None, 10.0, True),
        ([PAPER, 236, PAPER, PAPER], None, 10.0, True),
        ([PAPER, 235, PAPER, PAPER], None, 10.0, False),
        ([PAPER, 200, PAPER, PAPER], None, 56.0, True),
        ([PAPER, 200, PAPER, PAPER], None, 55.0, False),
        ([PAPER, INK, PAPER, PAPER], 9.5, 10.0, True),
        ([PAPER, INK, PAPER, PAPER], 5.0, 10.0, False),
    ],
)
def test_the_ground_of_a_letter_is_even(ground: list[int], foot: float | None, most: float, even: bool) -> None:
    assert unseen._even((0.0, 0.5, 3.5, 9.5), foot, drawing(ground), most) is even  # noqa: SLF001  # the same


def test_an_underline_is_no_uneven_ground() -> None:
    rows = [[PAPER] * 4 for _ in range(9)] + [[INK] * 4]
    assert not unseen._even((0.0, 0.5, 3.5, 9.5), None, Drawn(rows), 10.0)  # noqa: SLF001  # the same
    assert unseen._even((0.0, 0.5, 3.5, 9.5), 1.5, Drawn(rows), 10.0)  # noqa: SLF001  # the same


@pytest.mark.parametrize(
    ("shade", "height", "visible"), [(235, 2.5, True), (236, 2.5, False), (INK, 2.4, False), (INK, 2.5, True)]
)
def test_two_drawings_differ_where_a_text_is(shade: int, height: float, visible: bool) -> None:
    box = (0.0, 1.0, 3.5, 1.0 + height)
    piece = Run("x", 1, box, box)
    differ = unseen._differ(drawing([PAPER] * 4), drawing([PAPER, shade, PAPER, PAPER]), piece)  # noqa: SLF001  # the same
    assert (differ and height >= 2.5) is visible


def test_each_letter_is_asked_for_its_place_once_however_many_runs_it_is_compared_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: Counter[int] = Counter()
    char_box = vars(unseen)["_char_box"]

    def counted(text: object, index: int, *edges: object) -> object:
        asked[index] += 1
        return char_box(text, index, *edges)

    monkeypatch.setattr(unseen, "_char_box", counted)
    papers = submission(products.faultless_form(products.SINGLE, on=date(2026, 11, 20)))
    for name, content in papers.items():
        if name.endswith(".pdf"):
            asked.clear()
            assert read_document(name, content).document.certificate is not None
            assert max(asked.values(), default=1) == 1
