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
