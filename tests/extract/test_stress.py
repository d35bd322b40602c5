from __future__ import annotations

from collections import Counter

import pytest
from extract import stress

from intake.extract.document import read_document

PAPERS = 240
LEAST = {"headed": 0.4, "one_pair": 0.8}
"""Of the values that are read, where a cell is at times narrower than a word."""


@pytest.fixture(scope="module")
def readings() -> list[tuple[stress.Paper, dict[str, str], bool]]:
    """Each paper, what was read, and whether its kind was told."""
    actual = []
    for seed in range(PAPERS):
        paper = stress.paper(seed)
        document = read_document("paper.pdf", paper.content).document
        facts = document.certificate.facts if document.certificate else {}
        for stated in facts.values():
            assert stated.where.page in {1, 2}
            assert stated.where.box is not None
        values = {label: stated.value for label, stated in facts.items()}
        actual.append((paper, values, document.kind is paper.kind))
    return actual


def test_no_value_is_wrong_however_a_certificate_is_set(
    readings: list[tuple[stress.Paper, dict[str, str], bool]],
) -> None:
    wrong = [
        (paper.name, label, value)
        for paper, values, _ in readings
        for label, value in values.items()
        if paper.facts.get(label) != value
    ]
    assert wrong == []


def test_the_kind_is_told_however_a_certificate_is_set(
    readings: list[tuple[stress.Paper, dict[str, str], bool]],
) -> None:
    assert [paper.name for paper, _, told in readings if not told] == []


def test_nearly_every_value_is_read(readings: list[tuple[stress.Paper, dict[str, str], bool]]) -> None:
    printed: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for paper, values, _ in readings:
        printed[paper.layout] += len(paper.facts)
        read[paper.layout] += len(values)
    low = {layout: read[layout] / printed[layout] for layout in printed}
    assert {layout: share for layout, share in low.items() if share < LEAST.get(layout, 0.92)} == {}
    assert set(low) == {layout.__name__ for layout in stress.LAYOUTS}
