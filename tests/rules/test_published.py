"""Spellings of certificate numbers, and lines of the published list."""

from __future__ import annotations

from datetime import date

import pytest
from dossiers import CPA_ID, DLMS_ID, ZSE_ID, a_form
from published_lists import a_line

from rules.certificate_number import foreign, one_certificate, prefix_of, scheme_and_rest, spelling_free, without_prefix
from rules.published import certificate_key, listed, one_listed
from rules.reference import reference


@pytest.mark.parametrize(
    ("number", "prefix", "rest"),
    [
        ("[E] NCSC-1", "[E]", "NCSC-1"),
        ("[r]NCSC-1", "[R]", "NCSC-1"),
        ("NCSC-1 [E]", "", "NCSC-1 [E]"),
        ("[X] NCSC-1", "", "[X] NCSC-1"),
        ("", "", ""),
    ],
)
def test_the_list_s_prefix_is_told_from_the_number(number: str, prefix: str, rest: str) -> None:
    assert (prefix_of(number), without_prefix(number)) == (prefix, rest)


@pytest.mark.parametrize(
    ("number", "scheme", "rest", "one"),
    [
        ("1433053936-1497", "", "14330539361497", "14330539361497"),
        ("[E] ncsc-1433053936\N{EN DASH}1497", "NCSC", "14330539361497", "14330539361497"),
        ("CPA 1433053936 1497", "CPA", "14330539361497", "14330539361497"),
        ("ESME-1433053936-1497", "ESME", "14330539361497", "ESME 14330539361497"),
        ("GSME1433053936-1497", "GSME", "14330539361497", "GSME 14330539361497"),
        ("NCSC", "", "NCSC", "NCSC"),
        ("", "", "", ""),
    ],
)
def test_spellings_of_one_number_share_a_form(number: str, scheme: str, rest: str, one: str) -> None:
    assert scheme_and_rest(number) == (scheme, rest)
    assert spelling_free(number) == rest
    assert one_certificate(number) == one


@pytest.mark.parametrize(
    ("number", "strange"), [("NCSC-1", False), ("NCSC\N{EN DASH}1", False), ("N\u0421SC-1", True), ("\uff11", True)]
)
def test_a_letter_that_only_looks_like_ours_is_told(number: str, strange: bool) -> None:
    assert foreign(number) is strange


@pytest.mark.parametrize(
    ("name", "first", "second", "same_line", "same_certificate"),
    [
        (CPA_ID, "[E] NCSC-1-2", "[R] NCSC-1-2", True, True),
        (CPA_ID, "NCSC-1-2", "1-2", False, True),
        (CPA_ID, "ESME-1-2", "GSME-1-2", False, False),
        (DLMS_ID, "123 ", "123", True, True),
        (DLMS_ID, "123", "1-23", False, False),
        (ZSE_ID, "zig23001", "ZIG23001", True, True),
        (ZSE_ID, "[E] ZIG23001", "ZIG23001", False, False),
    ],
)
def test_two_numbers_of_the_list_are_one_certificate_s(
    name: str, first: str, second: str, same_line: bool, same_certificate: bool
) -> None:
    assert (certificate_key(name, first) == certificate_key(name, second)) is same_line
    assert (one_listed(name, first) == one_listed(name, second)) is same_certificate


@pytest.mark.parametrize("name", [CPA_ID, DLMS_ID, ZSE_ID])
def test_no_number_has_no_key(name: str) -> None:
    assert (certificate_key(name, ""), one_listed(name, "")) == ("", "")


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["000003", "000001", "000003"], "000001, 000003"),
        ([f"{number:06}" for number in range(1, 6)], "000001, 000002, 000003, 000004, 000005"),
        (
            [f"{number:06}" for number in range(8, 0, -1)],
            "000001, 000002, 000003, 000004, 000005 and 3 more",
        ),
        ([], ""),
    ],
)
def test_entries_are_listed_by_their_numbers(numbers: list[str], shown: str) -> None:
    assert listed(a_line(a_form(), number) for number in numbers) == shown


def test_the_reference_data_says_how_old_it_is() -> None:
    assert reference().age(reference().as_of) == f"reference data of {reference().as_of:%Y-%m}, 0 days old"
    assert reference().age(date(2026, 11, 20)) == "reference data of 2022-09, 1521 days old"
