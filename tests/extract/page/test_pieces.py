"""How characters with their places make pieces of text: words, cells, footnotes' marks, columns.

A letter is a box 5 points wide and 10 high unless it is said otherwise; every distance is in heights of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, product
from typing import NamedTuple

import pytest

from intake.extract.certificate.geometry import LINE_HEIGHT
from intake.extract.page import pieces
from intake.extract.page.pieces import Part, Piece, Pieces, Places, Stretch, TextObject, cut_at_columns
from intake.extract.page.runs import Box

SIZE = (600.0, 800.0)
PLAIN = TextObject(0, 0.0, 0.0, 0.0)
OTHER = TextObject(0, 0.0, 1.0, 1.0)
PRINTED_LINE = TextObject(0, 10.0, -2.2, 9.5)
"""Of a font that says its size, as nearly all do."""
GENERATED, PRINTED = 1, 2


class Letter(NamedTuple):
    """One that is seen, and the white space before it."""

    character: str
    box: Box
    holder: TextObject = PLAIN
    spaced: int = 0


def letter(character: str, left: float, bottom: float = 0.0, *, height: float = 10.0, spaced: int = 0) -> Letter:
    return Letter(character, (left, bottom, left + 5.0, bottom + height), spaced=spaced)


def made(letters: Sequence[Letter], *, main: int = 0, by_object: bool = True) -> list[Piece]:
    """Join letters, those of one text object together or each by itself."""
    printed, generated = [], set()
    for item in letters:
        if item.spaced:
            printed.append(Letter(" ", item.box, item.holder))
            generated |= {len(printed) - 1} if item.spaced == GENERATED else set()
        printed.append(item)
    text = "".join(item.character for item in printed)
    lefts, bottoms, rights, tops = zip(*(item.box for item in printed), strict=True)
    places = Places(text, lefts, bottoms, rights, tops, astray=frozenset(), finite=True)
    joined = Pieces(places, main, SIZE, generated.__contains__)
    for holder, start, end in _stretches(printed, by_object=by_object):
        joined.take(Stretch(holder, start, end, places.visible(start, end)))
    return joined.done()


def _stretches(letters: Sequence[Letter], *, by_object: bool) -> Iterable[tuple[TextObject, int, int]]:
    if not by_object:
        yield from ((item.holder, at, at + 1) for at, item in enumerate(letters))
        return
    start = 0
    for holder, same in groupby(letters, key=lambda item: item.holder):
        end = start + len(list(same))
        yield holder, start, end
        start = end


def texts(*letters: Letter, main: int = 0) -> list[str]:
    return [text for text, _ in made(letters, main=main)]


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
    assert texts(letter("f", 0), letter("i", 0)._replace(holder=OTHER)) == ["f", "i"]


def test_characters_of_another_direction_are_left_out() -> None:
    assert texts(letter("A", 0), letter("B", 5), main=1) == []
    upright = TextObject(1, 0.0, 0.0, 0.0)
    assert texts(letter("A", 0), letter("x", 5)._replace(holder=upright), letter("B", 5)) == ["AB"]


def test_each_character_keeps_its_place_and_where_a_word_begins() -> None:
    letters = [letter("A", 0), letter("B", 7.1), letter("C", 12.1, spaced=GENERATED), letter("D", 17.1, spaced=PRINTED)]
    ((text, parts),) = made(letters)
    assert text == "A B C D"
    assert [(part.shown, part.characters, part.begins) for part in parts] == [
        ((0.0, 0.0, 5.0, 10.0), [0], 0),
        ((7.1, 0.0, 12.1, 10.0), [1], 2),
        ((12.1, 0.0, 22.1, 10.0), [3, 5], 4),
    ]
    assert all(part.read == part.shown for part in parts)


GAPS = (-6.0, -5.8, -1.0, 0.0, 2.3, 2.4, 8.1, 8.2)
"""About the distances at which letters of a line 11.7 points high part."""
SHAPES = ((5.0, 0.0, 10.0), (0.0, 0.0, 10.0), (5.0, 0.0, 3.0), (5.0, 0.0, 40.0), (5.0, 5.0, 10.0))
"""A letter's width, how high it stands, its height."""


@pytest.mark.parametrize("holder", [PLAIN, PRINTED_LINE], ids=["size unknown", "size known"])
def test_letters_that_are_taken_together_make_what_they_make_one_by_one(holder: TextObject) -> None:
    blanks = (0, GENERATED, PRINTED)
    for first, second, shape in product(product((0.0, 2.4, 8.2), blanks), product(GAPS, blanks), SHAPES):
        letters, end = [Letter("A", (0.0, 0.0, 5.0, 10.0), holder)], 5.0
        for character, (gap, spaced), (width, low, height) in (("f", first, SHAPES[0]), ("i", second, shape)):
            left = end + gap
            end = left + width
            letters.append(Letter(character, (left, low, end, low + height), holder, spaced))
        assert told(made(letters)) == told(made(letters, by_object=False)), letters


def told(some: Sequence[Piece]) -> list[tuple[str, list[tuple[int, float, list[int], Box, Box]]]]:
    return [(text, list(map(_told, parts))) for text, parts in some]


def _told(part: Part) -> tuple[int, float, list[int], Box, Box]:
    return part.begins, part.left, part.characters, part.read, part.shown


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
    assert pieces._raised(lower, upper) is raised  # noqa: SLF001  # what pieces are made by
    assert pieces._raised(upper, lower) is raised  # noqa: SLF001  # likewise
    low, high = ((left, bottom + 300, right, top + 300) for left, bottom, right, top in (lower, upper))
    assert pieces._raised(low, high) is raised  # noqa: SLF001  # likewise


def piece(left: float, *words: tuple[str, float]) -> Piece:
    """A label, and words that no printed blank parts from what stands before, each with its left edge."""
    text, parts = "Label", [_word("Label", left, 0)]
    for word, at in words:
        text += f" {word}"
        parts.append(_word(word, at, len(text) - len(word)))
    return text, parts


def _word(word: str, left: float, begins: int) -> Part:
    box = (left, 0.0, left + 5.0, 10.0)
    part = Part(begins, 0, box, box)
    part.add(range(1, len(word)), box, box)
    return part


def cut(*some: Piece) -> list[tuple[str, int]]:
    return [(text, sum(len(part.characters) for part in parts)) for text, parts in cut_at_columns(list(some))]


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
    some, parts = COLUMNS[case]
    assert cut(*some) == parts


@pytest.mark.parametrize(
    ("size", "foot", "read"),
    [
        (10.0, 197.8, (100.0, 197.8, 105.0, 209.5)),
        (0.0, 200.0, (100.0, 198.0, 105.0, 208.0)),
        (3.0, 199.34, (100.0, 198.0, 105.0, 208.0)),
        (3.1, 199.318, (100.0, 199.318, 105.0, 202.945)),
        (30.0, 193.4, (100.0, 198.0, 105.0, 208.0)),
        (29.9, 193.422, (100.0, 193.422, 105.0, 228.405)),
    ],
)
def test_a_character_is_as_high_as_its_font_s_size_makes_a_line(size: float, foot: float, read: Box) -> None:
    holder = TextObject(0, size, foot, foot + LINE_HEIGHT * size)
    assert pieces._as_read((100.0, 198.0, 105.0, 208.0), holder, SIZE) == pytest.approx(read)  # noqa: SLF001  # likewise


def test_a_character_of_another_direction_is_read_upright() -> None:
    holder = TextObject(1, 10.0, 497.8, 509.5)
    assert pieces._as_read((100.0, 198.0, 105.0, 208.0), holder, SIZE) == pytest.approx((198.0, 497.8, 208.0, 509.5))  # noqa: SLF001  # likewise
