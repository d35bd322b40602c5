"""The reference of a submission, written and read."""

from __future__ import annotations

import pytest

from intake.domain.reference import MOST_QUOTED, Typed, names_a_reference, number_of, reference, references_in, typed_in


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


SURE = [
    "CPL-42", "[CPL-42]", "cpl-42.", "your CPL-42?", "CPL\u201342", "CPL - 42", "CPL_000042", "CPL000042", "CPL 000042",
    "CPL #42", "CPL no. 42", "CPL ref: 42", "CPL-42 is wrong", "CPL-42 and CPL-000042",
    "CPL-42 (or CPL 42)", "CPL 000042 files",
]  # fmt: skip
UNSURE = ["CPL 42", "Re: CPL 42", "CPL 42: hold", "cpl42", "CPL 42 please"]
NO_TYPED = [
    "CPL-42 and CPL-43", "CPL-42, CPL-000043", "CPL-42, model CPL-000043",
    "CPL 42 devices", "CPL 3 of 4", "CPL 2.051", "CPL-2026", "CPL 2026",
    "CPL-42A", "CPL-42-B", "CPL-42.1", "CPL 12:03", "model CPL-42", "firmware version CPL-42", "meter type: CPL-42",
    "CPL-0", "XCPL-42", "https://x.example/CPL-42", "CPL submission 42", "CPL 67mm", "CPL-1234567890123",
]  # fmt: skip


@pytest.mark.parametrize("text", SURE)
def test_a_reference_is_read_as_it_is_typed(text: str) -> None:
    assert typed_in(text) == Typed(42, sure=True)
    assert names_a_reference(text)


@pytest.mark.parametrize("text", ["model CPL-000042", "firmware CPL-000042, CPL-000043"])
def test_one_in_full_is_a_reference_whatever_stands_before_it(text: str) -> None:
    assert names_a_reference(text)
    assert typed_in(text) is None


@pytest.mark.parametrize("text", UNSURE)
def test_two_words_side_by_side_may_be_one(text: str) -> None:
    assert typed_in(text) == Typed(42, sure=False)
    assert not names_a_reference(text)


@pytest.mark.parametrize("text", NO_TYPED)
def test_several_or_another_thing_s_number_are_none(text: str) -> None:
    assert typed_in(text) is None
