"""How pieces of printed text lie to each other."""

from __future__ import annotations

import pytest

from intake.extract.page.runs import Box, Run, aligned, rounded, shared_height, turned, union

FIRST = (10.0, 20.0, 50.0, 30.0)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((11.0, 99.0, 200.0, 105.0), True),  # left edges
        ((0.0, 99.0, 49.0, 105.0), True),  # right edges
        ((20.0, 99.0, 40.0, 105.0), True),  # middles
        ((22.0, 99.0, 42.0, 105.0), True),  # middles, within the tolerance
        ((22.1, 99.0, 42.1, 105.0), False),
        ((12.1, 99.0, 200.0, 105.0), False),
        ((20.0, 20.0, 60.0, 30.0), False),  # of the same width and height, and shifted
    ],
)
def test_two_boxes_are_aligned_by_left_edge_middle_or_right_edge(second: Box, expected: bool) -> None:
    assert aligned(FIRST, second, 2.0) is expected
    assert aligned(second, FIRST, 2.0) is expected


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        (0, (10.0, 20.0, 50.0, 30.0)),
        (1, (20.0, 50.0, 30.0, 90.0)),
        (2, (50.0, 170.0, 90.0, 180.0)),
        (3, (170.0, 10.0, 180.0, 50.0)),
        (5, (20.0, 50.0, 30.0, 90.0)),
    ],
)
def test_a_box_turns_with_its_page(quarters: int, expected: Box) -> None:
    assert turned(FIRST, quarters, (100.0, 200.0)) == expected


def test_four_quarter_turns_bring_a_box_back() -> None:
    box, size = FIRST, (100.0, 200.0)
    for _ in range(4):
        box, size = turned(box, 1, size), (size[1], size[0])
    assert box == FIRST


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((0.0, 20.0, 1.0, 30.0), 1.0),
        ((0.0, 25.0, 1.0, 45.0), 0.5),
        ((0.0, 24.0, 1.0, 26.0), 1.0),  # the lower of the two counts
        ((0.0, 30.0, 1.0, 40.0), 0.0),
        ((0.0, 25.0, 1.0, 25.0), 0.0),
    ],
)
def test_the_shared_height_is_a_share_of_the_lower_box(second: Box, expected: float) -> None:
    assert shared_height(FIRST, second) == pytest.approx(expected)
    assert shared_height(second, FIRST) == pytest.approx(expected)


def test_a_union_holds_both_and_rounding_keeps_tenths() -> None:
    assert union(FIRST, (5.0, 25.0, 40.0, 90.0)) == (5.0, 20.0, 50.0, 90.0)
    assert union((5.0, 25.0, 40.0, 90.0), FIRST) == (5.0, 20.0, 50.0, 90.0)
    assert rounded((1.04, 1.06, 2.449, 3.0)) == (1.0, 1.1, 2.4, 3.0)


def test_a_line_is_never_without_height() -> None:
    assert Run("a", 1, FIRST, FIRST).height == 10.0
    assert Run("a", 1, (0.0, 1.0, 9.0, 1.0), FIRST).height == 1.0
