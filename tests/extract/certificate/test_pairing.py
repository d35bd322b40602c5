"""Which value stands with which label, by their places alone.

A character is five points wide, a line ten points high. Labels and values are told by name here: whatever begins with
`L` is a label.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from intake.extract.certificate.labels import Label, with_rows
from intake.extract.certificate.pairing import pair
from intake.extract.page.runs import Run

Piece = tuple[str, float, float]
"""Text, left edge, and how far down its upper edge is."""


def run(text: str, left: float, down: float, *, page: int = 1, height: float = 10.0) -> Run:
    box = (left, 800.0 - down - height, left + 5.0 * len(text), 800.0 - down)
    return Run(text, page, box, box)


def paired(*pieces: Piece) -> dict[str, str]:
    """Values by label, lines parted by strokes; a star behind the first of several."""
    return paired_runs([run(*piece) for piece in pieces])


def paired_runs(runs: Sequence[Run]) -> dict[str, str]:
    labels = with_rows([Label(piece.text, (piece,), piece.box) for piece in runs if piece.text.startswith("L")])
    return {
        item.label.name: "/".join(line.text for line in item.lines) + "*" * item.several for item in pair(labels, runs)
    }


BESIDE: dict[str, tuple[list[Piece], str | None]] = {
    "beside": ([("01:02", 100, 0)], "01:02"),
    "close behind": ([("01:02", 24, 0)], "01:02"),
    "into the label": ([("01:02", 23.9, 0)], None),
    "far away": ([("01:02", 500, 0)], "01:02"),
    "a little lower": ([("01:02", 100, 5.4)], "01:02"),
    "too low": ([("01:02", 100, 5.6)], None),
    "a little higher": ([("01:02", 100, -5.4)], "01:02"),
    "too high": ([("01:02", 100, -5.6)], None),
    "at the left": ([("01", -50, 0)], None),
    "the nearest of two words": ([("words", 100, 0), ("others", 200, 0)], "words"),
    "two codes": ([("01:02", 100, 0), ("01:03", 200, 0)], "01:02*"),
    "a code and words of five": ([("01:02", 100, 0), ("1 of the other ones", 200, 0)], "01:02"),
    "a code and words of four": ([("01:02", 100, 0), ("1 of the ones", 200, 0)], "01:02*"),
    "in two pieces": ([("01:02", 100, 0), ("03", 144, 0)], None),
    "and what stands just apart": ([("01:02", 100, 0), ("rest", 145, 0)], "01:02"),
    "in two lines": ([("Example", 100, 0), ("Meters", 100, 12)], "Example/Meters"),
    "in three lines": ([("a", 100, 0), ("b", 100, 12), ("c", 100, 24)], "a/b/c"),
    "in two lines as far apart as may be": ([("a", 100, 0), ("b", 100, 14.9)], "a/b"),
    "and a line too far below": ([("a", 100, 0), ("b", 100, 15)], "a"),
    "in two lines as tight as may be": ([("a", 100, 0), ("b", 100, 7.1)], "a/b"),
    "in two lines a point aside": ([("a", 100, 0), ("b", 102, 12)], "a/b"),
    "and a line aside": ([("a", 100, 0), ("b", 110, 12)], "a"),
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_value_stands_beside_its_label(case: str) -> None:
    pieces, value = BESIDE[case]
    assert paired(("Label", 0, 0), *pieces).get("Label") == value


BELOW: dict[str, tuple[list[Piece], str | None]] = {
    "below": ([("01:02", 0, 12)], "01:02"),
    "as far below as may be": ([("01:02", 0, 27.9)], "01:02"),
    "too far below": ([("01:02", 0, 28)], None),
    "as tight as may be": ([("01:02", 0, 7.1)], "01:02"),
    "too tight": ([("01:02", 0, 6.9)], None),
    "two points aside": ([("01:02", 2, 12)], "01:02"),
    "with one right edge": ([("01:02:03", -15, 12)], "01:02:03"),
    "centred": ([("0102030", -5, 12)], "0102030"),
    "aside": ([("01:02:03", 5, 12)], None),
    "above": ([("01:02", 0, -12)], None),
    "the nearer of two": ([("far", 0, 24), ("near", 0, 12)], "near/far"),
    "two apart": ([("01:02", 0, 12), ("01:03", 0, 30)], None),
    "two far apart": ([("01:02", 0, 12), ("01:03", 0, 48)], "01:02"),
    "two just near enough": ([("01:02", 0, 12), ("01:03", 0, 47.9)], None),
}


@pytest.mark.parametrize("case", BELOW)
def test_a_value_stands_below_its_label(case: str) -> None:
    pieces, value = BELOW[case]
    assert paired(("Label", 0, 0), *pieces).get("Label") == value


PAGES: dict[str, tuple[list[Piece], dict[str, str]]] = {
    "a column of labels": (
        [("La", 0, 0), ("1", 100, 0), ("Lb", 0, 12), ("2", 100, 12)],
        {"La": "1", "Lb": "2"},
    ),
    "a row of labels": (
        [("La", 0, 0), ("Lb", 100, 0), ("1", 0, 12), ("2", 100, 12)],
        {"La": "1", "Lb": "2"},
    ),
    "both ways at once": ([("La", 0, 0), ("1", 100, 0), ("2", 0, 12)], {}),
    "both ways, of which a row shows the right one": (
        [("La", 0, 0), ("1", 100, 0), ("2", 0, 27), ("Lb", 0, 200), ("3", 100, 200), ("Lc", 0, 212), ("4", 100, 212)],
        {"La": "1", "Lb": "3", "Lc": "4"},
    ),
    "a label whose value stands before the next": (
        [("La", 0, 0), ("1", 50, 0), ("Lb", 100, 0), ("2", 150, 0)],
        {"La": "1", "Lb": "2"},
    ),
    "a label without a value beside one with": (
        [("La", 0, 0), ("Lb", 100, 0), ("2", 150, 0)],
        {"Lb": "2"},
    ),
    "two codes of which one is another label's": (
        [("La", 0, 0), ("01", 50, 0), ("Lb", 100, 0), ("02", 150, 0)],
        {"La": "01", "Lb": "02"},
    ),
    "one value that two labels claim": ([("La", 0, 0), ("Lb", 0, 3), ("1", 100, 1)], {}),
    "a column of values below a row of labels": (
        [("La", 0, 0), ("Lb", 100, 0), ("1", 0, 12), ("2", 100, 12), ("3", 0, 30), ("4", 100, 30)],
        {"La": "1*", "Lb": "2*"},
    ),
    "a column of values below one label": ([("La", 0, 0), ("1", 0, 12), ("3", 0, 30)], {}),
    "two forms below each other": (
        [("La", 0, 0), ("1", 0, 12), ("Lb", 0, 30), ("2", 0, 42)],
        {"La": "1", "Lb": "2"},
    ),
    "values above their labels": (
        [("1", 0, 0), ("La", 0, 12), ("2", 0, 36), ("Lb", 0, 48)],
        {},
    ),
    "a heading above a label": ([("head", 0, 0), ("La", 0, 28), ("1", 0, 40)], {"La": "1"}),
    "words above that continue the label": (
        [("Bootloader", 0, 0), ("La", 0, 12), ("1", 100, 12)],
        {},
    ),
    "words below that continue the label": (
        [("La", 0, 0), ("of it", 0, 12), ("1", 100, 0), ("Lb", 0, 200), ("2", 100, 200), ("Lc", 0, 212)],
        {"Lb": "2"},
    ),
    "words below with a value of their own": (
        [("La", 0, 0), ("other", 0, 12), ("1", 100, 0), ("x", 100, 12), ("Lb", 0, 24), ("2", 100, 24)],
        {},
    ),
    "figures above that continue nothing": (
        [("12", 0, 0), ("La", 0, 12), ("1", 100, 12), ("Lb", 0, 24), ("2", 100, 24)],
        {"La": "1", "Lb": "2"},
    ),
    "a list of terms": (
        [item for n in range(3) for item in ((f"L{n}", 0, 40 * n), (f"v{n}", 20, 40 * n + 12))],
        {"L0": "v0", "L1": "v1", "L2": "v2"},
    ),
    "a list of terms set as closely as lines, with values below the middle of their labels": (
        [item for n in range(4) for item in ((f"Label no {n}", 0, 20 * n), (f"v{n}", 20, 20 * n + 10))],
        {f"Label no {n}": f"v{n}" for n in range(4)},
    ),
    "a list of two terms": (
        [item for n in range(2) for item in ((f"L{n}", 0, 40 * n), (f"v{n}", 20, 40 * n + 12))],
        {},
    ),
    "a list of terms of unlike indents": (
        [item for n in range(3) for item in ((f"L{n}", 0, 40 * n), (f"v{n}", 20 + 3 * n, 40 * n + 12))],
        {},
    ),
    "a list of terms that are indented too far": (
        [item for n in range(3) for item in ((f"L{n}", 0, 40 * n), (f"v{n}", 72, 40 * n + 12))],
        {},
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_page_shows_how_it_is_set_or_its_labels_stay_without_values(case: str) -> None:
    pieces, values = PAGES[case]
    assert paired(*pieces) == values


def test_what_stands_on_another_page_is_no_neighbour() -> None:
    runs = [run("La", 0, 0), run("1", 100, 0), run("Lb", 0, 12, page=2), run("2", 100, 12, page=2)]
    assert paired_runs(runs) == {"La": "1", "Lb": "2"}
    assert paired_runs([run("La", 0, 0), run("1", 100, 0, page=2), run("2", 0, 12, page=2)]) == {}
    assert paired_runs([run("La", 0, 0), run("1", 100, 0), run("2", 200, 0, page=2)]) == {"La": "1"}


@pytest.mark.parametrize(("height", "value"), [(8.6, "a/b"), (8.4, "a")])
def test_a_line_of_another_size_is_none_of_the_value(height: float, value: str) -> None:
    runs = [run("La", 0, 0), run("a", 100, 0), run("b", 100, 12, height=height)]
    assert paired_runs(runs) == {"La": value}


def inline(*pieces: Piece, page: int = 1) -> list[str | None]:
    """The values of a label that its own line holds, where nothing below may continue it."""
    own = run("L: 01:02", 0, 0)
    label = Label("L", (own,), own.box, inline="01:02")
    return [item.inline for item in pair([label], [own, *(run(*piece, page=page) for piece in pieces)])]


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        (("03", 0, 12), False),
        (("03", 39, 12), False),
        (("03", 40, 12), True),
        (("03", -9, 12), False),
        (("03", -10, 12), True),
        (("03", 0, 14.9), False),
        (("03", 0, 15), True),
        (("03", 0, 7.1), False),
        (("03", 0, 7), True),
        (("03", 0, -12), True),
    ],
)
def test_a_value_in_its_label_s_line_may_go_on_below(piece: Piece, kept: bool) -> None:
    assert inline(piece) == (["01:02"] if kept else [])
    assert inline(piece, page=2) == ["01:02"]
