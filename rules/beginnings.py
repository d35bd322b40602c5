"""Reads from a pattern how the words begin that whatever it matches may begin with.

So a text is looked through once, and at each of its words only the few patterns are tried that may begin there.
The standard library's own reader of patterns takes them apart. It is no public one: where a Python has another, or it
reads what is not known here, the pattern may begin with any word, which is slower and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

LETTERS = 3
"""Of a word's beginning; a shorter word is its own."""
_END, _ANY = "\0", "\1"
"""Stand behind a word's last letter, and where any letter may stand."""
_WORD = re.compile(r"\w*")


def beginnings_of(pattern: str) -> frozenset[str] | None:
    """Give the first `LETTERS` letters of each word that a match may begin with; None where any word may.

    Args:
        pattern: of words in small letters; whatever else it may begin with is passed over.
    """
    try:
        spelt = _spellings(_reader()(pattern))
    except (ImportError, AttributeError, TypeError, ValueError):
        return None
    words = {text: _WORD.match(text)[0][:LETTERS] for text in spelt}  # type: ignore[index]  # it matches every text
    if any(len(word) < LETTERS and text.startswith(_ANY, len(word)) for text, word in words.items()):
        return None
    return frozenset(words.values()) - {""}


def _reader() -> Callable[[str], Iterable[Any]]:
    reader: Callable[[str], Iterable[Any]] = import_module("re._parser").parse
    return reader


def _spellings(steps: Iterable[Any]) -> set[str]:
    """The first characters of all that so many steps of a pattern match."""
    spelt = {""}
    for step in steps:
        begun = {text for text in spelt if len(text) < LETTERS and not {_END, _ANY} & {*text}}
        if not begun:
            break
        spelt = (spelt - begun) | {text + more for text in begun for more in _further(step, begun=text != "")}
    return spelt


def _further(step: Any, *, begun: bool) -> set[str]:  # noqa: ANN401, PLR0911  # the reader's own, of any shape; a kind a line
    """What one step goes on with."""
    name, told = str(step[0]), step[1]
    if name == "LITERAL":
        return {chr(told)}
    if name == "IN":
        return set().union(*(_letters(str(kind), value) for kind, value in told))
    if name == "BRANCH":
        return set().union(*map(_spellings, told[1]))
    if name == "SUBPATTERN":
        return _spellings(told[-1])
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, part = told
        times = range(min(least, LETTERS), min(most, LETTERS) + 1)
        return set().union(*(_spellings([*part] * number) for number in times))
    if name == "AT":
        return {_END if begun else ""}
    return {"" if name.startswith("ASSERT") else _ANY}


def _letters(kind: str, told: Any) -> set[str]:  # noqa: ANN401  # likewise
    """What one piece of a set of characters stands for."""
    if kind == "RANGE":
        return set(map(chr, range(told[0], told[1] + 1)))
    return {chr(told) if kind == "LITERAL" else _ANY}
