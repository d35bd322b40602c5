"""A result that is none of the good ones brings a person, whatever word it is."""

from __future__ import annotations

import pytest
from extract.certificate.test_unusual import Line, notes_on

LABELS = ["Result", "Test result", "Overall verdict", "Outcome", "Certification decision", "Result of the tests"]
POOR = ["parked", "in doubt", "moot", "on ice", "shelved by the board", "red", "TBA", "not so good"]
GOOD = [
    "passed", "Pass", "All tests passed", "compliant", "fully conformant", "positive", "granted", "Certificate issued",
    "no deviations", "none", "see report TR-2022-114", "in the test report", "Annex B", "214 of 214", "12.5 V", "-",
    "bestanden", "final", "confirmed",
]  # fmt: skip


def rows(label: str, value: str) -> list[tuple[Line, ...]]:
    """The two ways of setting a label and its value."""
    return [((60, 300, f"{label}: {value}"),), ((60, 300, label), (300, 300, value))]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("result", POOR)
def test_any_other_result_is_asked_about(label: str, result: str) -> None:
    for lines in rows(label, result):
        assert any(result in note for note in notes_on(*lines)), lines


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("result", GOOD)
def test_a_good_result_or_one_in_another_place_is_not(label: str, result: str) -> None:
    for lines in rows(label, result):
        assert not notes_on(*lines), lines


@pytest.mark.parametrize("term", ["parked", "in limbo", "until the fee is settled"])
def test_a_validity_of_unusual_words_is_asked_about(term: str) -> None:
    for lines in rows("Validity", term):
        assert any(term in note for note in notes_on(*lines)), lines


@pytest.mark.parametrize("term", ["unlimited", "6 years", "until withdrawn", "United Kingdom", "see overleaf"])
def test_an_ordinary_validity_is_not(term: str) -> None:
    for lines in rows("Validity", term):
        assert not notes_on(*lines), lines


@pytest.mark.parametrize("result", ["3 of 214 failed", "211 passed, 3 failed", "Failures: 3"])
def test_some_failures_are_asked_about(result: str) -> None:
    for lines in rows("Test results", result):
        assert notes_on(*lines), lines


def test_what_heads_a_column_has_its_results_below() -> None:
    assert not notes_on((60, 300, "Test"), (200, 300, "Result"), (300, 300, "Remark"), (60, 276, "Joining"))
