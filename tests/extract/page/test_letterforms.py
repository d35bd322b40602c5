"""Letters stretched over a grid of 14 by 18 cells, and what they look like."""

from __future__ import annotations

from itertools import product

import pytest

from intake.extract.page import letterforms
from intake.extract.page.letterforms import ALPHABET, CODES, Form, form_of, looks_like

INK, EDGE, PAPER = b"\x00", b"\x7f", b"\x80"
COLUMNS, ROWS = 14, 18


def drawn(*rows: str, times: int = 1) -> list[bytes]:
    """A window: `#` is ink, `+` as light as ink may be, `.` the darkest paper; a cell has so many pixels."""
    shades = {"#": INK, "+": EDGE, ".": PAPER}
    return [b"".join(shades[cell] * times for cell in row) for row in rows for _ in range(times)]


def stretched(*rows: str) -> int:
    """The bits of a grid of 14 by 18 that is written down in fewer cells."""
    bits = 0
    for row, column in product(range(ROWS), range(COLUMNS)):
        line = rows[row * len(rows) // ROWS]
        bits = bits << 1 | (line[column * len(line) // COLUMNS] != ".")
    return bits


FORMS: list[tuple[list[bytes], tuple[str, ...], float]] = [
    (drawn("#"), ("#",), 1.0),
    (drawn("#", times=40), ("#",), 1.0),
    (drawn("....", ".##.", ".##.", "....", times=30), ("#",), 1.0),
    (drawn("##", "#.", times=126), ("##", "#."), 1.0),
    (drawn("#.", "##", times=126), ("#.", "##"), 1.0),
    (drawn("....", ".##.", ".#..", "....", times=126), ("##", "#."), 1.0),
    (drawn(".##", ".#.", "..#", times=126), ("##", "#.", ".#"), 2 / 3),
    (drawn("+.", ".+", times=126), ("+.", ".+"), 1.0),
    (drawn("#######", times=18), ("#",), 7.0),
    (drawn("#", "#", "#", "#", times=14), ("#",), 0.25),
]


@pytest.mark.parametrize("case", range(len(FORMS)))
def test_a_letter_is_stretched_over_the_grid(case: int) -> None:
    rows, shape, proportion = FORMS[case]
    form = form_of(rows)
    assert form is not None
    assert form.cells == stretched(*shape)
    assert form.proportion == pytest.approx(proportion)


@pytest.mark.parametrize("rows", [[], [b""], [b"", b""], drawn("...", "...")])
def test_where_there_is_no_ink_there_is_no_letter(rows: list[bytes]) -> None:
    assert form_of(rows) is None


@pytest.fixture(scope="module")
def faces() -> dict[str, tuple[Form, ...]]:
    return letterforms._faces()  # noqa: SLF001  # what letters are held against


def test_every_face_has_every_character(faces: dict[str, tuple[Form, ...]]) -> None:
    assert "".join(faces) == ALPHABET
    assert {len(forms) for forms in faces.values()} == {8}
    assert all(forms[0] != other[0] for forms, other in product(faces.values(), repeat=2) if forms is not other)


def test_every_character_looks_like_itself_in_every_face(faces: dict[str, tuple[Form, ...]]) -> None:
    assert [(name, form) for name, forms in faces.items() for form in forms if not looks_like(name, form)] == []


def test_a_digit_looks_like_no_other_digit(faces: dict[str, tuple[Form, ...]]) -> None:
    pairs = [(told, other) for told, other in product(CODES, CODES) if told != other]
    assert [pair for pair in pairs if looks_like(pair[0], faces[pair[1]][0])] == []


@pytest.mark.parametrize(
    ("told", "shown", "alike"),
    [
        ("O", "Q", True),
        ("G", "6", True),
        ("H", "O", False),
        ("T", "W", False),
        ("O", "0", True),
        ("-", "8", True),
        ("a", "W", True),
    ],
)
def test_letters_that_faces_draw_alike_are_not_held_against_each_other(
    told: str, shown: str, alike: bool, faces: dict[str, tuple[Form, ...]]
) -> None:
    assert looks_like(told, faces[shown][0]) is alike


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        (Form(0b1010, 1.0), Form(0b1010, 1.0), 0.0),
        (Form(0b1010, 1.0), Form(0b0110, 1.0), 2 / 252),
        (Form(0b1010, 1.0), Form(0b1010, 2.0), 0.175),
        (Form(0b1010, 0.5), Form(0b1011, 2.0), 1 / 252 + 0.35 * 0.75),
    ],
)
def test_the_distance_of_two_forms_is_that_of_their_cells_and_proportions(
    first: Form, second: Form, apart: float
) -> None:
    assert letterforms._distance(first, second) == pytest.approx(apart)  # noqa: SLF001  # the measure itself
    assert letterforms._distance(second, first) == pytest.approx(apart)  # noqa: SLF001  # likewise


def test_every_character_looks_like_itself_in_faces_that_pdfium_does_not_carry() -> None:
    others = vars(letterforms)["_other_faces"]()
    assert [(name, form) for name in ALPHABET for form in others[name] if not looks_like(name, form)] == []


_SHEARED = {"21", "0C", "0D", "6C", "80", "8B", "8D", "BE", "FE"}
"""What is told and what is drawn, in some of the faces."""


def test_a_digit_drawn_as_another_is_noticed_in_these_faces_too() -> None:
    """As many go unnoticed as where a letter was held against PDFium's own faces alone: strokes that shear alike."""
    others = vars(letterforms)["_other_faces"]()
    pairs = [(told, drawn, number) for told, drawn in product(CODES, CODES) if told != drawn for number in range(6)]
    unnoticed = {pair for pair in pairs if looks_like(pair[0], others[pair[1]][pair[2]])}
    assert unnoticed <= {(told, drawn, number) for told, drawn, number in pairs if told + drawn in _SHEARED}
