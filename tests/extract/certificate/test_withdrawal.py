"""Words in capitals within a line: a stamp that was typed into the text."""

from __future__ import annotations

import pytest

from intake.extract.certificate.withdrawal import standing

LINES: dict[str, str | None] = {
    "Ref 12 WITHDRAWN see list": "WITHDRAWN",
    "Ref 12 withdrawn see list": None,
    "REF 12 WITHDRAWN SEE LIST": None,
    "Any certificate WITHDRAWN": None,
    "Issue 3 VOID here": "VOID",
    "Copy of it, OBSOLETE since May": "OBSOLETE",
}


@pytest.mark.parametrize("line", LINES)
def test_a_word_in_capitals_among_small_letters_takes_the_certificate_back(line: str) -> None:
    assert standing(["Certificate of Compliance", line]) == LINES[line]


APPLICATIONS: dict[str, str | None] = {
    "Application rejected": "rejected",
    "Submission refused: see the letter": "refused",
    "Request withdrawn on 3 May 2026": "withdrawn",
    "Application approved": None,
    "Application version 1.2": None,
    "Application: smart metering": None,
}


@pytest.mark.parametrize("line", APPLICATIONS)
def test_what_was_asked_for_and_not_granted_is_no_certificate(line: str) -> None:
    assert standing(["Certificate of Compliance", line]) == APPLICATIONS[line]
