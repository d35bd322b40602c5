"""Some rounds of the fuzzer over mail, OpenDocument files and PDFs, always the same."""

from __future__ import annotations

import pytest
from signatures.fuzz_others import run


@pytest.mark.parametrize(("form", "rounds"), [("cms", 400), ("odf", 400), ("pdf", 80)])
def test_nothing_changed_is_taken_for_what_was_signed_and_nothing_breaks_the_verifier(form: str, rounds: int) -> None:
    tally = run(form, rounds, seed=20_261_121)
    assert tally.wrong == []
    assert tally.accepted < rounds // 3
    assert len(tally.said) >= 3, "the changes must reach several kinds of failure"
