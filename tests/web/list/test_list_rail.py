"""The rail beside a device's versions: lanes, what passes by, where lines come together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from intake.web.list.rail import ordered, rail

Bases = Mapping[str, Sequence[str]]


@pytest.mark.parametrize(
    ("keys", "bases", "order"),
    [
        ("CBA", {"C": "B", "B": "A"}, "CBA"),
        ("CBA", {"A": "C"}, "BAC"),  # a lower number that upgrades a higher one stands above it
        ("CBA", {"C": "A", "A": "C"}, "BCA"),  # a circle: the first of the keys stands above
        ("DCBA", {"D": "CX", "X": "A"}, "DCBA"),  # X is not shown
    ],
)
def test_a_version_stands_above_those_that_can_be_upgraded_to_it(keys: str, bases: Bases, order: str) -> None:
    assert "".join(ordered(keys, bases)) == order


def test_a_line_of_versions_has_one_lane() -> None:
    rows = list(rail("CBA", {"C": "B", "B": "A"}))
    assert [(row.lane, row.above, row.below, row.through) for row in rows] == [
        (0, (), (0,), ()),
        (0, (0,), (0,), ()),
        (0, (0,), (), ()),
    ]


def test_two_ways_part_and_come_together_while_others_pass_by() -> None:
    rows = list(rail("DXCBA", {"D": "CB", "C": "A", "B": "A"}))
    assert [(row.lane, row.above, row.below, row.through) for row in rows] == [
        (0, (), (0, 1), ()),  # D: down to C and to B
        (2, (), (), (0, 1)),  # X stands alone beside them
        (0, (0,), (0,), (1,)),  # C
        (1, (1,), (0,), (0,)),  # B joins the lane that leads to A
        (0, (0,), (), ()),
    ]
    assert max(row.lanes for row in rows) == 3


def test_a_circle_is_drawn_once_and_ends() -> None:
    order = ordered("BA", {"B": "A", "A": "B"})
    rows = list(rail(order, {"B": "A", "A": "B"}))
    assert [(row.lane, row.above, row.below) for row in rows] == [(0, (), (0,)), (0, (0,), ())]
