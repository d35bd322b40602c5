"""Many sentences of one wording."""

from __future__ import annotations

from intake.cli.alike import SHOWN, told_once


def _broken(*events: int) -> list[str]:
    return [f"The ledger is broken: event {event} (letter_sent) is not what was recorded." for event in events]


def _missing(*references: int) -> list[str]:
    return [
        f"The evidence {number:064x} of CPL-{number:06}, which event {number} names, is missing."
        for number in references
    ]


def test_the_first_of_each_wording_are_told_and_how_many_more_there_are() -> None:
    sentences = [*_broken(*range(40, 81)), *_missing(*range(1, 6)), "The ledger's end is missing."]
    told = list(told_once(sentences))
    assert told[:SHOWN] == _broken(40, 41, 42)
    assert told[SHOWN] == f"  and 38 more like these, the last: {_broken(80)[0]}"
    assert told[SHOWN + 1 :] == [
        *_missing(1, 2, 3),
        f"  and 2 more like these, the last: {_missing(5)[0]}",
        "The ledger's end is missing.",
    ]


def test_few_sentences_are_told_as_they_are_and_those_of_one_wording_stand_together() -> None:
    few = _broken(*range(SHOWN + 1))
    assert list(told_once(few)) == few
    assert list(told_once([few[0], "Another.", few[1]])) == [few[0], few[1], "Another."]
    assert list(told_once(())) == []
