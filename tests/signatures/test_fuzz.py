"""Some rounds of the fuzzer, always the same; ``python -m signatures.fuzz`` runs as many as wanted."""

from __future__ import annotations

from signatures.fuzz import run

ROUNDS = 600


def test_no_changed_workbook_is_taken_for_what_was_signed_and_nothing_breaks_the_verifier() -> None:
    tally = run(ROUNDS, seed=20_261_121)
    assert tally.wrong == []
    assert tally.accepted < ROUNDS // 4
    assert len(tally.said) >= 5, "the changes must reach every kind of failure"
