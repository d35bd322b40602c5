"""Labels among the pieces of text of a page: by their wording, their lines, and where they stand.

A character is five points wide, a line ten points high; the next line of a label stands two points below.
"""

from __future__ import annotations

import pytest

from intake.extract.certificate.kinds.zigbee import ZIGBEE
from intake.extract.certificate.labels import Label, find_labels, with_rows
from intake.extract.page.runs import Run

Piece = tuple[str, float, float]
"""Text, left edge, and how far down its upper edge is."""
OTHER: Piece = ("Certification Date", 0, 300)
"""A label far away."""


def run(text: str, left: float, down: float, *, page: int = 1) -> Run:
    box = (left, 790.0 - down, left + 5.0 * len(text), 800.0 - down)
    return Run(text, page, box, box)


def found(*pieces: Piece) -> list[tuple[str, str | None]]:
    """Labels with their values behind them."""
    return [(label.name, label.inline) for label in find_labels([run(*piece) for piece in pieces], ZIGBEE)]


DATE = ("Certification Date", None)
FIRMWARE, NUMBER, MODEL = "Firmware Version", "Certification ID Number", "Model Identification"
INLINE: dict[str, list[tuple[str, str | None]]] = {
    "Firmware Version": [(FIRMWARE, None)],
    "FIRMWARE  version:": [(FIRMWARE, None)],
    "Firmware Version*": [(FIRMWARE, None)],
    "1. Firmware Version": [(FIRMWARE, None)],
    "3.2 Firmware Version: 01:02": [(FIRMWARE, "01:02")],
    "(a) Firmware Version": [(FIRMWARE, None)],
    "\u2022 Firmware Version: 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version (hex): 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version [in hexadecimal]": [(FIRMWARE, None)],
    "Certification ID Number #": [(NUMBER, None)],
    "Firmware Version (decimal)": [],
    "Firmware Version (little endian): 01:02": [],
    "A Firmware Version": [],
    "12 Firmware Version": [],
    "Firmware Version: 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version : 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version\uff1a 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version ........ 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version \u2026 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version ____ 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version: 01:02 and later": [(FIRMWARE, "01:02 and later")],
    "Firmware Version 01:02": [(FIRMWARE, "01:02")],
    "Firmware Version 1.2 rev. B": [(FIRMWARE, "1.2 rev. B")],
    "Firmware Version 1.2 rev. B to": [],
    "Firmware Version of the meter 1": [],
    "Manufacturer 4N": [],
    "Bootloader: 01:02": [],
    "Any words": [],
    "": [],
}


@pytest.mark.parametrize("text", INLINE)
def test_a_line_is_a_label_with_or_without_its_value(text: str) -> None:
    assert found((text, 0, 0), OTHER) == [*INLINE[text], DATE]


def test_a_long_line_is_no_label() -> None:
    value = "x" * 300
    assert found((f"Firmware Version: {value[:282]}", 0, 0)) == [(FIRMWARE, value[:282])]
    assert found((f"Firmware Version: {value[:283]}", 0, 0)) == []


LINES: dict[str, tuple[list[Piece], list[tuple[str, str | None]]]] = {
    "two lines": ([("Certification", 0, 0), ("ID Number", 0, 12)], [(NUMBER, None)]),
    "three lines": ([("Certification", 0, 0), ("ID", 0, 12), ("Number", 0, 24)], [(NUMBER, None)]),
    "a word broken": ([("Firm", 0, 0), ("ware Version", 0, 12)], [(FIRMWARE, None)]),
    "as far apart as may be": ([("Certification", 0, 0), ("ID Number", 0, 15.9)], [(NUMBER, None)]),
    "too far apart": ([("Certification", 0, 0), ("ID Number", 0, 16)], []),
    "as tight as may be": ([("Certification", 0, 0), ("ID Number", 0, 7.1)], [(NUMBER, None)]),
    "too tight": ([("Certification", 0, 0), ("ID Number", 0, 7)], []),
    "aligned to the right": ([("Certification", 0, 0), ("ID Number", 20, 12)], [(NUMBER, None)]),
    "centred": ([("Certification", 0, 0), ("ID Number", 10, 12)], [(NUMBER, None)]),
    "aligned by a hair": ([("Certification", 0, 0), ("ID Number", 3, 12)], [(NUMBER, None)]),
    "in no line": ([("Certification", 0, 0), ("ID Number", 5, 12)], []),
    "the longer wording": ([("Firmware", 0, 0), ("Version", 0, 12)], [(FIRMWARE, None)]),
    "ended by a colon": ([("Model:", 0, 0), ("Identifier", 0, 12)], []),
}


@pytest.mark.parametrize("case", LINES)
def test_the_lines_of_a_label_stand_close_below_each_other(case: str) -> None:
    pieces, labels = LINES[case]
    assert [label for label in found(*pieces, OTHER) if label[0] in {NUMBER, FIRMWARE}] == labels


VALUES: dict[str, tuple[list[Piece], int]] = {
    "two labels": ([("Firmware Version", 0, 0), ("Firmware Version", 0, 100)], 2),
    "the same words beside it": ([("Firmware Version", 0, 0), ("Firmware Version", 100, 0)], 1),
    "beside it and a line lower": ([("Firmware Version", 0, 0), ("Firmware Version", 100, 12)], 2),
    "just beside it": ([("Firmware Version", 0, 0), ("Firmware Version", 79, 0)], 1),
    "into it": ([("Firmware Version", 0, 0), ("Firmware Version", 78, 0)], 2),
    "below it": ([("Firmware Version", 0, 0), ("Firmware Version", 0, 20)], 1),
    "as far below as a value may stand": ([("Firmware Version", 0, 0), ("Firmware Version", 0, 35.9)], 1),
    "further below": ([("Firmware Version", 0, 0), ("Firmware Version", 0, 36)], 2),
    "below it and aside": ([("Firmware Version", 0, 0), ("Firmware Version", 20, 20)], 2),
    "with a value of its own": ([("Firmware Version", 0, 0), ("Firmware Version: 01:02", 0, 20)], 2),
    "a code behind it": ([("Firmware Version", 0, 0), ("Firmware Version 01:02", 0, 20)], 1),
    "another label below": ([("Firmware Version", 0, 0), ("Certification Date", 0, 20)], 2),
}


@pytest.mark.parametrize("case", VALUES)
def test_what_reads_like_a_label_in_a_value_s_place_is_none(case: str) -> None:
    pieces, number = VALUES[case]
    assert len(found(*pieces)) == number


def test_a_label_of_another_page_takes_nothing() -> None:
    runs = [run("Firmware Version", 0, 0), run("Firmware Version", 100, 0, page=2)]
    assert [label.page for label in find_labels(runs, ZIGBEE)] == [1, 2]


WEAK: dict[str, tuple[list[Piece], bool]] = {
    "alone": ([("Model", 0, 0)], False),
    "on a row with another": ([("Model", 0, 0), ("Certification Date", 200, 0)], True),
    "on a row with another, a little lower": ([("Model", 0, 5.4), ("Certification Date", 200, 0)], True),
    "lower than a row is": ([("Model", 0, 5.6), ("Certification Date", 200, 0)], False),
    "above another": ([("Model", 0, 0), ("Certification Date", 0, 40)], True),
    "below another": ([("Certification Date", 0, 0), ("Model", 0, 40)], True),
    "as far below as is near": ([("Certification Date", 0, 0), ("Model", 3, 69.9)], True),
    "too far below": ([("Certification Date", 0, 0), ("Model", 0, 70)], False),
    "too far above": ([("Model", 0, 0), ("Certification Date", 0, 70)], False),
    "aside of another": ([("Certification Date", 0, 0), ("Model", 3.1, 40)], False),
    "ending where another does": ([("Certification Date", 0, 0), ("Model", 65, 40)], True),
    "in the middle below another": ([("Certification Date", 0, 0), ("Model: 01:02", 15, 12)], True),
    "ending further left": ([("Certification Date", 0, 0), ("Model", 50, 40)], False),
    "with a code behind it": ([("Certification Date", 0, 0), ("Model 01:02", 0, 40)], False),
}


@pytest.mark.parametrize("case", WEAK)
def test_a_single_word_is_a_label_in_line_with_another_alone(case: str) -> None:
    pieces, is_label = WEAK[case]
    assert any(name == MODEL for name, _ in found(*pieces)) is is_label


def label(text: str, left: float, down: float, *, inline: str | None = None, page: int = 1) -> Label:
    piece = run(text, left, down, page=page)
    return Label(FIRMWARE, (piece,), piece.box, inline)


def test_a_label_s_foot_is_the_lowest_of_its_row() -> None:
    first, tall = label("a", 0, 0), run("b", 50, 4)
    other = Label(MODEL, (tall,), (50.0, 770.0, 55.0, 796.0))
    aside = label("c", 90, 0, inline="1")
    rows = with_rows([first, other, aside, label("d", 0, 40), label("e", 20, 4, page=2)])
    assert [item.foot[1] for item in rows] == [770.0, 770.0, 770.0, 750.0, 786.0]
    assert [first.foot, other.foot] == [first.box, other.box]


@pytest.mark.parametrize(
    ("text", "inline", "weak"),
    [
        ("Version", None, True),
        ("Version: 01:02", "01:02", True),
        ("Version 01:02", "01:02", True),
        ("Firmware Version", None, False),
        ("Manufacturer", None, False),
        ("Manufacturer: X", " X", False),
    ],
)
def test_a_single_word_is_weak(text: str, inline: str | None, weak: bool) -> None:
    assert label(text, 0, 0, inline=inline).weak is weak
