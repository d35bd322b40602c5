"""Marks where two short values differ, character by character."""

from __future__ import annotations

from difflib import SequenceMatcher

LONGEST = 120
_ALIKE = 0.5
"""Values less alike than this are simply different, and marks would only be noise."""

Marked = tuple[tuple[str, bool], ...]
"""Pieces of a value, each with whether it differs."""


def unmarked(text: str) -> Marked:
    """Wrap a value with nothing marked."""
    return ((text, False),)


def marked(said: str, expected: str | None) -> tuple[Marked, Marked | None]:
    """Split both values into marked pieces; unmarked where the second is a description, or nothing is alike."""
    if expected is None:
        return unmarked(said), None
    matcher = SequenceMatcher(None, said, expected, autojunk=False)
    comparable = said and len(said) == len(expected) and len(said) <= LONGEST
    if not comparable or said == expected or matcher.ratio() < _ALIKE:
        return unmarked(said), unmarked(expected)
    steps = matcher.get_opcodes()
    ours = tuple((said[a:b], tag != "equal") for tag, a, b, _, _ in steps if a < b)
    theirs = tuple((expected[a:b], tag != "equal") for tag, _, _, a, b in steps if a < b)
    return ours, theirs
