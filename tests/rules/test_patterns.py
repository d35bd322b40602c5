"""What may be found is looked for, and nothing is passed over because of how it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import pytest

from rules import misgivings, objections, objections_abroad, standing
from rules.patterns import BEGINNING, Phrases

_READER = import_module("re._parser")  # the standard library's own reader of patterns; there is no public one
_OVER = "\0"
"""Stands behind a word's last letter, and where any letter may stand."""
PHRASES = {
    f"{module.__name__}.{name}": phrases
    for module in (objections, misgivings, objections_abroad, standing)
    for name, phrases in sorted(vars(module).items())
    if isinstance(phrases, Phrases)
}


def beginnings(pattern: str) -> set[str]:
    """The first letters of each word that a match of a pattern may begin with."""
    spelt = spellings(_READER.parse(pattern))
    assert not any(text.startswith(_OVER) for text in spelt), f"any word may begin {pattern}"
    words = {re.split(r"\W", text)[0][:BEGINNING] for text in spelt}
    return words - {""}  # an apostrophe begins no word, and nothing that is looked for here


def spellings(steps: Iterable[Any]) -> set[str]:
    """The first characters of all that so many steps of a pattern match."""
    spelt = {""}
    for step in steps:
        done = {text for text in spelt if len(text) >= BEGINNING or _OVER in text}
        spelt = done | {text + more for text in spelt - done for more in further(step, begun=text != "")}
    return spelt


def further(step: Any, *, begun: bool) -> set[str]:  # noqa: ANN401, PLR0911  # the reader's own, of any shape; a kind a line
    """What one step goes on with."""
    name, told = str(step[0]), step[1]
    if name == "LITERAL":
        return {chr(told)}
    if name == "IN":
        return set().union(*(letters(str(kind), value) for kind, value in told))
    if name == "BRANCH":
        return set().union(*map(spellings, told[1]))
    if name == "SUBPATTERN":
        return spellings(told[-1])
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, part = told
        times = range(min(least, BEGINNING), min(most, BEGINNING) + 1)
        return set().union(*(spellings([*part] * number) for number in times))
    if name == "AT":
        return {_OVER if begun else ""}
    return {"" if name.startswith("ASSERT") else _OVER}


def letters(kind: str, told: Any) -> set[str]:  # noqa: ANN401  # likewise
    """What one piece of a set of characters stands for."""
    if kind == "RANGE":
        return set(map(chr, range(told[0], told[1] + 1)))
    return {chr(told) if kind == "LITERAL" else _OVER}


@pytest.mark.parametrize("phrases", PHRASES.values(), ids=PHRASES)
def test_how_phrases_begin_is_said_of_each_and_of_nothing_else(phrases: Phrases) -> None:
    assert phrases.begin == set().union(*map(beginnings, phrases.patterns))
