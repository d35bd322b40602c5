"""What the objects that a page paints show of a piece of text: ten points of type on one line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pypdfium2 import raw

from intake.extract.page import drawn
from intake.extract.page.drawn import Drawn, Touching, touching
from intake.extract.page.runs import Box

TEXT, PATH, IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE
EM = 10.0
LETTERS: Sequence[Box] = ((100.0, 200.0, 105.0, 207.0), (106.0, 198.0, 111.0, 207.0))
LINE: Box = (100.0, 198.0, 111.0, 207.0)
OWN = Drawn(5, TEXT, 1, LINE, 0.0, plain=True)
SEEN, UNSURE, OVERPRINTED = Touching(True, False), Touching(False, False), Touching(True, True)  # noqa: FBT003  # two facts
BOTH = Touching(False, True)  # noqa: FBT003  # the same


def thing(
    box: Box, kind: int = PATH, *, order: int = 6, shade: float | None = 0.0, plain: bool = True, address: int = 2
) -> Drawn:
    return Drawn(order, kind, address, box, shade, plain=plain)


AROUND: dict[str, tuple[Drawn, Touching]] = {
    "nothing near": (thing((200, 300, 210, 310)), SEEN),
    "itself": (thing(LINE, TEXT, address=1), SEEN),
    "a light ground behind it": (thing((90, 190, 120, 220), order=4, shade=1.0), SEEN),
    "a ground just light enough": (thing((90, 190, 120, 220), order=4, shade=0.35), SEEN),
    "a ground too dark": (thing((90, 190, 120, 220), order=4, shade=0.34), UNSURE),
    "a light ground painted over it": (thing((90, 190, 120, 220), order=6, shade=1.0), UNSURE),
    "a light ground painted with it": (thing((90, 190, 120, 220), order=5, shade=1.0), UNSURE),
    "a ground of no plain paint": (thing((90, 190, 120, 220), order=4, shade=1.0, plain=False), UNSURE),
    "a ground of no known shade": (thing((90, 190, 120, 220), order=4, shade=None), UNSURE),
    "a picture over it": (thing((90, 190, 120, 220), IMAGE), UNSURE),
    "a shape of a letter's size on it": (thing((100, 199, 104, 206)), BOTH),
    "a picture of a letter's size on it": (thing((100, 199, 104, 206), IMAGE), BOTH),
    "a flat shape on it": (thing((100, 202, 104, 205)), UNSURE),
    "a shape just high enough": (thing((100, 202, 104, 205.1)), BOTH),
    "a shape too high": (thing((100, 195, 104, 210)), UNSURE),
    "a shape just low enough": (thing((100, 195, 104, 209.9)), BOTH),
    "a shape too wide": (thing((100, 199, 115, 206)), UNSURE),
    "a shape just narrow enough": (thing((100, 199, 114.9, 206)), BOTH),
    "a line through it": (thing((98, 203, 113, 203.5)), UNSURE),
    "a line below it": (thing((98, 196, 113, 197)), SEEN),
    "a line at its foot": (thing((98, 196, 113, 198)), SEEN),
    "another letter on it": (thing((101, 199, 104, 206), TEXT), OVERPRINTED),
    "another letter close beside it": (thing((111.0, 199, 116, 206), TEXT), SEEN),
    "another letter that runs into it": (thing((109.9, 199, 116, 206), TEXT), SEEN),
    "another letter that runs far into it": (thing((109.7, 199, 116, 206), TEXT), OVERPRINTED),
    "another letter from above": (thing((101, 205.9, 104, 220), TEXT), SEEN),
    "another letter from above, further down": (thing((101, 205.7, 104, 220), TEXT), OVERPRINTED),
    "another letter from below": (thing((101, 180, 104, 201.1), TEXT), SEEN),
    "another letter from below, further up": (thing((101, 180, 104, 201.3), TEXT), OVERPRINTED),
}


@pytest.mark.parametrize("case", AROUND)
def test_what_is_painted_around_a_text_tells_whether_it_is_seen(case: str) -> None:
    item, expected = AROUND[case]
    assert touching([OWN, item], {1: OWN}, LETTERS, EM, aside=False) == expected


@pytest.mark.parametrize(
    ("own", "seen"),
    [
        (OWN, True),
        (thing(LINE, TEXT, order=5, shade=0.49, address=1), True),
        (thing(LINE, TEXT, order=5, shade=0.5, address=1), False),
        (thing(LINE, TEXT, order=5, shade=None, address=1), False),
        (thing(LINE, TEXT, order=5, plain=False, address=1), False),
    ],
)
def test_only_plain_dark_ink_is_plainly_seen(own: Drawn, seen: bool) -> None:
    assert touching([own], {1: own}, LETTERS, EM, aside=False) == Touching(seen, overprinted=False)


def test_the_ground_is_lighter_than_the_darkest_of_the_letters_and_below_the_first() -> None:
    pale = thing(LINE, TEXT, order=7, shade=0.4, address=3)
    both = {1: OWN, 3: pale}
    ground = thing((90, 190, 120, 220), order=4, shade=0.7)
    assert touching([ground, OWN, pale], both, LETTERS, EM, aside=False) == UNSURE
    assert touching([thing((90, 190, 120, 220), order=4, shade=0.8)], both, LETTERS, EM, aside=False) == SEEN
    assert touching([thing((90, 190, 120, 220), order=6, shade=0.8)], both, LETTERS, EM, aside=False) == UNSURE


@pytest.mark.parametrize(
    ("box", "aside", "overprinted"),
    [
        ((112, 199, 115, 206), True, True),
        ((112, 199, 115, 206), False, False),
        ((116, 199, 119, 206), True, False),
        ((96, 199, 99, 206), True, True),
        ((91, 199, 95, 206), True, False),
    ],
)
def test_a_shape_close_beside_a_value_may_belong_to_it(box: Box, aside: bool, overprinted: bool) -> None:
    assert touching([OWN, thing(box)], {1: OWN}, LETTERS, EM, aside=aside).overprinted is overprinted


@pytest.mark.parametrize(
    ("box", "border"),
    [
        ((99, 195, 99.5, 209), True),
        ((112, 195, 112.5, 209), True),
        ((99, 195, 100, 209), True),
        ((98.7, 195, 100, 209), False),
        ((105, 195, 105.5, 209), False),
        ((99, 197.5, 99.5, 209), False),
        ((99, 197.4, 99.5, 208.6), True),
        ((99, 195, 99.5, 208.5), False),
        ((100, 195, 100.1, 209), False),
        ((111, 195, 111.1, 209), True),
    ],
)
def test_the_side_of_a_table_s_cell_is_no_letter(box: Box, border: bool) -> None:
    assert drawn._is_border(box, LINE, EM) is border  # noqa: SLF001  # a border is drawn in many ways


@pytest.mark.parametrize(
    ("points", "around"),
    [
        ([(0, 0), (0, 10), (20, 10), (20, 0)], True),
        ([(0, 0), (0, 10), (20, 10), (20, 0), (0, 0)], True),
        ([(1, 1), (1, 9), (19, 9), (19, 1)], True),
        ([(1.1, 0), (1.1, 10), (20, 10), (20, 0)], False),
        ([(0, 1.1), (0, 10), (20, 10), (20, 1.1)], False),
        ([(0, 0), (0, 8.9), (20, 8.9), (20, 0)], False),
        ([(0, 0), (0, 10), (18.9, 10), (18.9, 0)], False),
        ([(0, 0), (10, 10), (20, 0)], False),
        ([(0, 0), (0.04, 10), (20, 10), (20, 0)], True),
        ([], False),
    ],
)
def test_a_clip_cuts_nothing_where_it_is_a_rectangle_around(points: list[tuple[float, float]], around: bool) -> None:
    assert drawn._around(points, (0.0, 0.0, 20.0, 10.0)) is around  # noqa: SLF001  # likewise


def test_one_thing_upon_a_text_is_enough_whatever_else_is_near() -> None:
    through, below = thing((98, 203, 113, 203.5)), thing((98, 199, 99, 206), IMAGE, address=3)
    letter = thing((101, 199, 104, 206), TEXT, address=4)
    for items in ([through, below], [below, through]):
        assert touching([OWN, *items], {1: OWN}, LETTERS, EM, aside=False) == UNSURE
    for items in ([through, letter], [letter, through]):
        assert touching([OWN, *items], {1: OWN}, LETTERS, EM, aside=False) == BOTH
