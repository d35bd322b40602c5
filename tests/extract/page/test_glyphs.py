"""How characters with their places make pieces of text: words, cells, footnotes' marks, columns.

A letter is a box 5 points wide and 10 high unless it is said otherwise; every distance is in heights of a line.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from intake.extract.page import glyphs
from intake.extract.page.runs import Box

SIZE = (600.0, 800.0)
PLAIN = glyphs._TextObject(0, 0.0, (0.0, 0.0))  # noqa: SLF001  # the pieces are made of these
OTHER = glyphs._TextObject(0, 0.0, (1.0, 1.0))  # noqa: SLF001  # likewise
GENERATED, PRINTED = 1, 2
Letter = tuple[str, Box, glyphs._TextObject, int, int]  # noqa: SLF001  # likewise


def letter(character: str, left: float, bottom: float = 0.0, *, height: float = 10.0, spaced: int = 0) -> Letter:
    return character, (left, bottom, left + 5.0, bottom + height), PLAIN, spaced, 0


def texts(*letters: Letter, main: int = 0) -> list[str]:
    return [text for text, _ in glyphs._pieces(list(letters), main, SIZE)]  # noqa: SLF001  # likewise


@pytest.mark.parametrize(
    ("second", "read"),
    [
        (letter("B", 5), ["AB"]),
        (letter("B", 7), ["AB"]),
        (letter("B", 7.1), ["A B"]),
        (letter("B", 11.9), ["A B"]),
        (letter("B", 12), ["A", "B"]),
        (letter("B", 0.1), ["AB"]),
        (letter("B", 0, 0.1), ["A", "B"]),
        (letter("B", 5, 3.9), ["AB"]),
        (letter("B", 5, -3.9), ["AB"]),
        (letter("B", 5, 4), ["A", "B"]),
        (letter("B", 5, -4), ["A", "B"]),
        (letter("B", 5, spaced=GENERATED), ["A B"]),
        (letter("B", 5, spaced=PRINTED), ["A B"]),
        (letter("B", 12, spaced=PRINTED), ["A", "B"]),
        (letter("2", 5, 4, height=6), ["A", "2"]),
        (letter("2", 5, 3, height=6), ["A", "2"]),
        (letter("h", 5, 3, height=6), ["Ah"]),
        (letter("2", 5, height=6), ["A2"]),
    ],
)
def test_two_characters_make_a_word_two_words_or_two_cells(second: Letter, read: list[str]) -> None:
    assert texts(letter("A", 0), second) == read


def test_a_piece_of_no_height_is_measured_by_a_point() -> None:
    assert texts(letter("A", 0, height=0), letter("B", 5.19, height=0)) == ["AB"]
    assert texts(letter("A", 0, height=0), letter("B", 5.3, height=0)) == ["A B"]
    assert texts(letter("A", 0, height=0), letter("B", 5.7, height=0)) == ["A", "B"]


def test_a_ligature_s_letters_share_their_place() -> None:
    assert texts(letter("f", 0), letter("i", 0)) == ["fi"]
    assert texts(letter("1", 0), letter("2", 0)) == ["1", "2"]
    character, box, _, spaced, index = letter("i", 0)
    assert texts(letter("f", 0), (character, box, OTHER, spaced, index)) == ["f", "i"]


def test_characters_of_another_direction_are_left_out() -> None:
    assert texts(letter("A", 0), letter("B", 5), main=1) == []
    upright = glyphs._TextObject(1, 0.0, (0.0, 0.0))  # noqa: SLF001  # likewise
    character, box, _, spaced, index = letter("x", 5)
    assert texts(letter("A", 0), (character, box, upright, spaced, index), letter("B", 5)) == ["AB"]


def test_each_character_keeps_its_place_and_where_a_word_begins() -> None:
    letters = [letter("A", 0), letter("B", 7.1), letter("C", 12.1, spaced=GENERATED), letter("D", 17.1, spaced=PRINTED)]
    indexed = [(*item[:4], number) for number, item in enumerate(letters, 7)]
    ((text, placed),) = glyphs._pieces(indexed, 0, SIZE)  # noqa: SLF001  # likewise
    assert text == "A B C D"
    assert [(shown, index, begins) for _, shown, index, begins in placed] == [
        ((0.0, 0.0, 5.0, 10.0), 7, 0),
        ((7.1, 0.0, 12.1, 10.0), 8, 2),
        ((12.1, 0.0, 17.1, 10.0), 9, 4),
        ((17.1, 0.0, 22.1, 10.0), 10, 0),
    ]
    assert all(read == shown for read, shown, _, _ in placed)


@pytest.mark.parametrize(
    ("lower", "upper", "raised"),
    [
        ((0, 0, 5, 10), (5, 4, 9, 10), True),
        ((0, 0, 5, 10), (5, 1.6, 9, 10), True),
        ((0, 0, 5, 10), (5, 1.5, 9, 10), False),
        ((0, 0, 5, 10), (5, 1.1, 9, 9.1), False),
        ((0, 0, 5, 10), (5, 1.2, 9, 9.2), True),
        ((0, 0, 5, 10), (5, 3, 9, 11.5), False),
        ((0, 0, 5, 10), (5, 3, 9, 11.4), True),
        ((0, 0, 5, 10), (5, 0, 9, 6), False),
        ((0, 0, 5, 10), (5, 0, 9, 10), False),
    ],
)
def test_a_small_character_above_the_line_is_raised(lower: Box, upper: Box, raised: bool) -> None:
    assert glyphs._raised(lower, upper) is raised  # noqa: SLF001  # likewise
    assert glyphs._raised(upper, lower) is raised  # noqa: SLF001  # likewise
    low, high = ((left, bottom + 300, right, top + 300) for left, bottom, right, top in (lower, upper))
    assert glyphs._raised(low, high) is raised  # noqa: SLF001  # likewise


Piece = tuple[str, list[tuple[Box, Box, int, int]]]


def piece(left: float, *words: tuple[str, float]) -> Piece:
    """A label, and words that no printed blank parts from what stands before, each with its left edge."""
    box = (left, 0.0, left + 5.0, 10.0)
    text, placed = "Label", [(box, box, number, 0) for number in range(5)]
    for word, at in words:
        text += " "
        begins = len(text)
        text += word
        box = (at, 0.0, at + 5.0, 10.0)
        placed += [(box, box, 0, begins if number == 0 else 0) for number in range(len(word))]
    return text, placed


def cut(*pieces: Piece) -> list[tuple[str, int]]:
    return [(text, len(placed)) for text, placed in glyphs._cut_at_columns(list(pieces))]  # noqa: SLF001  # likewise


WHOLE = [("Label 10:6C", 10)]
PARTED = [("Label", 5), ("10:6C", 5)]
COLUMNS: dict[str, tuple[Sequence[Piece], list[tuple[str, int]]]] = {
    "alone": ([piece(0, ("10:6C", 40))], WHOLE),
    "beside one piece that begins there": ([piece(0, ("10:6C", 40)), piece(40)], [*WHOLE, ("Label", 5)]),
    "beside two": ([piece(0, ("10:6C", 40)), piece(40), piece(40)], [*PARTED, ("Label", 5), ("Label", 5)]),
    "a point aside": ([piece(0, ("10:6C", 41)), piece(40), piece(40)], [*PARTED, ("Label", 5), ("Label", 5)]),
    "a point aside on the left": (
        [piece(0, ("10:6C", 39)), piece(40), piece(40)],
        [*PARTED, ("Label", 5), ("Label", 5)],
    ),
    "two points aside": ([piece(0, ("10:6C", 42)), piece(40), piece(40)], [*WHOLE, ("Label", 5), ("Label", 5)]),
    "where most go on": ([piece(0, ("10:6C", 40))] * 3, PARTED * 3),
    "where too few go on": ([piece(0, ("10:6C", 40))] * 2, WHOLE * 2),
    "where half go on": (
        [piece(0, ("10:6C", 40))] * 3 + [piece(0, ("10:6C", at)) for at in (50, 60, 70)],
        PARTED * 3 + WHOLE * 3,
    ),
    "where less than half go on": (
        [piece(0, ("10:6C", 40))] * 3 + [piece(0, ("10:6C", at)) for at in (50, 60, 70, 80)],
        WHOLE * 7,
    ),
    "twice in one piece": (
        [piece(0, ("10:6C", 40), ("x", 80))] * 3,
        [("Label", 5), ("10:6C", 5), ("x", 1)] * 3,
    ),
}


@pytest.mark.parametrize("case", COLUMNS)
def test_a_value_close_behind_its_label_is_cut_off_where_a_column_begins(case: str) -> None:
    pieces, parts = COLUMNS[case]
    assert cut(*pieces) == parts


@pytest.mark.parametrize(
    ("direction", "size", "origin", "read"),
    [
        (0, 10.0, (100.0, 200.0), (100.0, 197.8, 105.0, 209.5)),
        (1, 10.0, (100.0, 200.0), (198.0, 497.8, 208.0, 509.5)),
        (0, 0.0, (100.0, 200.0), (100.0, 198.0, 105.0, 208.0)),
        (0, 3.0, (100.0, 200.0), (100.0, 198.0, 105.0, 208.0)),
        (0, 3.1, (100.0, 200.0), (100.0, 199.318, 105.0, 202.945)),
        (0, 30.0, (100.0, 200.0), (100.0, 198.0, 105.0, 208.0)),
        (0, 29.9, (100.0, 200.0), (100.0, 193.422, 105.0, 228.405)),
    ],
)
def test_a_character_is_as_high_as_its_font_s_size_makes_a_line(
    direction: int, size: float, origin: tuple[float, float], read: Box
) -> None:
    holder = glyphs._TextObject(direction, size, origin)  # noqa: SLF001  # likewise
    edges = glyphs._edges(holder, SIZE)  # noqa: SLF001  # likewise
    assert glyphs._as_read((100.0, 198.0, 105.0, 208.0), holder, edges, SIZE) == pytest.approx(read)  # noqa: SLF001  # likewise
