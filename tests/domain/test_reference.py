"""The reference of a submission, written and read."""

from __future__ import annotations

import pytest

from intake.domain.reference import number_of, reference


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
