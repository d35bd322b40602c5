"""Which value stands with which label, told by places alone: tables of boxes, no PDF."""

from __future__ import annotations

import pytest

from intake.extract.certificate.labels import Label
from intake.extract.certificate.pairing import pair
from intake.extract.page.runs import Box, Run, aligned, rounded, shared_height, turned, union

HIGH = 12.0


def run(text: str, left: float, top: float, *, page: int = 1, width: float | None = None) -> Run:
    box = left, top - HIGH, left + (width if width is not None else 6.0 * len(text)), top
    return Run(text, page, box, box)


def label(name: str, left: float, top: float, *, page: int = 1) -> Label:
    at = run(name, left, top, page=page)
    return Label(name, (at,), at.box)


def paired(labels: list[Label], values: list[Run]) -> dict[str, str]:
    runs = [*(piece for head in labels for piece in head.runs), *values]
    return {
        found.label.name: " ".join(line.text for line in found.lines)
        for found in pair(labels, runs)
        if not found.several
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(200, 700), (200, 670), (200, 640)], ["v0", "v1", "v2"]),  # beside
        ([(60, 686), (60, 656), (60, 626)], ["v0", "v1", "v2"]),  # below
        ([(90, 687), (90, 657), (90, 627)], ["v0", "v1", "v2"]),  # indented below
        ([(90, 687), (110, 657), (130, 627)], []),  # indented anyhow
        ([(140, 687), (140, 657), (140, 627)], []),  # too far in
        ([(60, 713), (60, 683), (60, 653)], []),  # each above its label
        ([(200, 715), (200, 685), (200, 655)], []),  # between the rows
    ],
)
def test_three_labels_in_a_column_find_their_values(values: list[tuple[float, float]], expected: list[str]) -> None:
    heads = [label(f"l{number}", 60, 700 - 30 * number) for number in range(3)]
    found = paired(heads, [run(f"v{number}", *place) for number, place in enumerate(values)])
    assert found == {f"l{number}": value for number, value in enumerate(expected)}


def test_labels_in_a_row_take_what_stands_below_them() -> None:
    heads = [label(f"l{number}", 60 + 150 * number, 700) for number in range(3)]
    values = [run(f"v{number}", 60 + 150 * number, 684) for number in range(3)]
    assert paired(heads, values) == {"l0": "v0", "l1": "v1", "l2": "v2"}


def test_a_page_set_another_way_is_read_its_own_way() -> None:
    first = [label(f"a{number}", 60, 700 - 30 * number) for number in range(3)]
    second = [label(f"b{number}", 60 + 150 * number, 700, page=2) for number in range(2)]
    values = [run(f"v{number}", 200, 700 - 30 * number) for number in range(3)]
    values += [run(f"w{number}", 60 + 150 * number, 684, page=2) for number in range(2)]
    assert paired([*first, *second], values) == {"a0": "v0", "a1": "v1", "a2": "v2", "b0": "w0", "b1": "w1"}


def test_two_values_below_one_another_are_a_list() -> None:
    heads = [label("l0", 60, 700), label("l1", 210, 700)]
    values = [run(text, left, top) for text, left, top in [("a", 60, 684), ("b", 60, 664), ("c", 210, 684)]]
    several = {found.label.name: found.several for found in pair(heads, [*values])}
    assert several == {"l0": True, "l1": False}


def test_a_value_close_to_another_piece_is_nobodys() -> None:
    assert paired([label("l", 60, 700)], [run("01:02", 200, 700), run("05", 240, 700)]) == {}


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ((0, 0, 1, 10), (5, 0, 6, 10), 1.0),
        ((0, 0, 1, 10), (5, 5, 6, 15), 0.5),
        ((0, 0, 1, 10), (5, 10, 6, 20), 0.0),
        ((0, 0, 1, 10), (5, 2, 6, 6), 1.0),
        ((0, 4, 1, 4), (5, 0, 6, 10), 0.0),
    ],
)
def test_the_height_that_two_boxes_share(first: Box, second: Box, share: float) -> None:
    assert shared_height(first, second) == shared_height(second, first) == share


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((12, 0, 99, 1), True),
        ((12.1, 0, 99, 1), False),
        ((0, 0, 32, 1), True),
        ((0, 0, 42, 1), True),
        ((0, 0, 45, 1), False),
        ((18, 0, 22, 1), True),
    ],
)
def test_boxes_are_aligned_by_an_edge_or_their_middle(second: Box, *, expected: bool) -> None:
    assert aligned((10, 0, 30, 1), second, 2.0) is expected


@pytest.mark.parametrize(
    ("quarters", "box"),
    [(0, (1, 2, 3, 5)), (1, (2, 97, 5, 99)), (2, (97, 195, 99, 198)), (3, (195, 1, 198, 3)), (4, (1, 2, 3, 5))],
)
def test_a_box_turns_with_its_page(quarters: int, box: Box) -> None:
    assert turned((1, 2, 3, 5), quarters, (100, 200)) == box


def test_boxes_are_joined_and_rounded() -> None:
    assert union((1, 5, 3, 6), (2, 2, 9, 4)) == (1, 2, 9, 6)
    assert rounded((1.04, 2.06, 3.0, 4.449)) == (1.0, 2.1, 3.0, 4.4)
