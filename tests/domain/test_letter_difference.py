"""What one person changed in another's letter."""

from __future__ import annotations

import time

import pytest

from intake.domain.letter_difference import MOST_LINES, letter_difference

BEFORE = "Dear Robin,\n\nyour entry is approved.\n\nKind regards\n"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BEFORE, ""),
        (BEFORE.replace("\n", "\r\n"), ""),
        (f"\n{BEFORE}\n\n", ""),
        (BEFORE.replace(",", ",  "), ""),
        (
            BEFORE.replace("entry", "ENTRY"),
            "@@\n Dear Robin,\n \n-your entry is approved.\n+your ENTRY is approved.\n \n Kind regards",
        ),
        ("", "@@\n-Dear Robin,\n-\n-your entry is approved.\n-\n-Kind regards"),
        (f"{BEFORE}PS: --- well\n", "@@\n \n Kind regards\n+PS: --- well"),
        (f"{BEFORE}++ well\n", "@@\n \n Kind regards\n+++ well"),
        (f"@@ {BEFORE}", "@@\n-Dear Robin,\n+@@ Dear Robin,\n \n your entry is approved."),
    ],
)
def test_the_difference_is_told_line_by_line(after: str, told: str) -> None:
    assert letter_difference(BEFORE, after) == told


def test_changes_far_apart_are_told_apart() -> None:
    before = "\n".join(map(str, range(40)))
    told = letter_difference(before, before.replace("5", "five", 1).replace("\n30\n", "\nthirty\n"))
    assert told.split("\n").count("@@") == 2
    assert "-30\n+thirty" in told


def test_of_letters_without_end_the_one_is_told_whole_and_then_the_other() -> None:
    before = "\n".join(map(str, range(MOST_LINES + 1)))
    told = letter_difference(before, "0\n1").split("\n")
    assert (told[:2], told[-3:]) == (["-0", "-1"], [f"-{MOST_LINES}", "+0", "+1"])


@pytest.mark.parametrize("lines", [MOST_LINES, MOST_LINES + 1, 120_000])
def test_letters_without_end_are_compared_in_little_time(lines: int) -> None:
    began = time.process_time()
    told = letter_difference(
        "\n".join("ab"[n % 2] for n in range(lines)), "\n".join("ba"[n % 3 % 2] for n in range(lines))
    )
    assert told
    assert time.process_time() - began < 5
