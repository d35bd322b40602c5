"""Parts the alternatives of a long pattern, so that few of them are tried at each place of a text."""

from __future__ import annotations

import re

_ALTERNATIVE = re.compile(r"(?:\\.|\[[^]]*\]|\([^()]*\)|[^|\\\[(])+")
_WORD = re.compile(r"\w(?![?*+{]).", re.DOTALL)
"""Begins with one letter that must be there, and goes on."""


def parted(pattern: str) -> str:
    """Part the alternatives of a pattern by their first letters.

    Where case is ignored, Python's engine tries one after the other at every place, and looks at no first letter.

    Args:
        pattern: alternatives; groups within them must not be nested.

    Returns:
        A pattern that finds something just where the given one does.
    """
    alternatives = _ALTERNATIVE.findall(pattern)
    assert "|".join(alternatives) == pattern, pattern  # noqa: S101  # our own mistake
    words: dict[str, list[str]] = {}
    others = [alternative for alternative in alternatives if not _WORD.match(alternative)]
    for alternative in alternatives:
        if _WORD.match(alternative):
            words.setdefault(alternative[0], []).append(alternative[1:])
    return "|".join([*(f"{first}(?:{'|'.join(rest)})" for first, rest in words.items()), *others])
