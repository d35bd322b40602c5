"""The reference of a submission, written and read."""

from __future__ import annotations

import pytest

from intake.domain.reference import MOST_QUOTED, number_of, reference, references_in


@pytest.mark.parametrize(("number", "text"), [(1, "CPL-000001"), (42, "CPL-000042"), (1_234_567, "CPL-1234567")])
def test_a_reference_is_written_with_six_digits_or_more_and_read_back(number: int, text: str) -> None:
    assert reference(number) == text
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["cpl-000042", " CPL-000042 ", "Cpl-000042\n"])
def test_a_reference_is_read_however_it_was_typed(text: str) -> None:
    assert number_of(text) == 42


@pytest.mark.parametrize("text", ["", "42", "CPL-42", "CPL-00042", "CPL 000042", "CPL-000042a", "CPL-" + "1" * 13])
def test_anything_else_is_no_reference(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Re: CPL-000042 and CPL-000007", (42, 7)),
        ("your ref cpl-000042, CPL-000042 again", (42,)),
        ("XCPL-000042, CPL-42x, CPL 42", ()),
        ("", ()),
        (" ".join(f"CPL-{number:06}" for number in range(1, 100)), tuple(range(1, MOST_QUOTED + 1))),
    ],
)
def test_a_text_quotes_each_reference_once_and_so_many_at_most(text: str, numbers: tuple[int, ...]) -> None:
    assert references_in(text) == numbers
