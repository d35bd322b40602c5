"""Parts the alternatives of a long pattern, so that few of them are tried at each place of a text.

Where case is ignored, Python's engine tries one alternative after the other and looks at no first letter; so such a
pattern is written in small letters, and looked for in a text that `small` has made of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ALTERNATIVE = re.compile(r"(?:\\.|\[[^]]*\]|\([^()]*\)|[^|\\\[(])+")
_WORD = re.compile(r"\w(?![?*+{]).", re.DOTALL)
"""Begins with one letter that must be there, and goes on."""


_WORD_BEGINS = r"\b"
_OF_OLD = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"))
"""Letters that are the same as small ones to a pattern that ignores case, and that Python keeps or makes two of."""


def small(text: str) -> str:
    """Put a text into small letters, one for one, so that it is searched as with `re.IGNORECASE`."""
    if not text.isascii():
        for letter, plain in _OF_OLD:
            text = text.replace(letter, plain)
    return text.lower()


def parted(pattern: str) -> str:
    """Part the alternatives of a pattern by whether they begin with a word, and by their first letters.

    Args:
        pattern: alternatives; groups within them must not be nested.

    Returns:
        A pattern that finds something just where the given one does.
    """
    alternatives = _ALTERNATIVE.findall(pattern)
    assert "|".join(alternatives) == pattern, pattern  # noqa: S101  # our own mistake
    words = [item.removeprefix(_WORD_BEGINS) for item in alternatives if item.startswith(_WORD_BEGINS)]
    anywhere = _by_letter([item for item in alternatives if not item.startswith(_WORD_BEGINS)])
    return "|".join([*anywhere, *([rf"\b(?:{'|'.join(_by_letter(words))})"] if words else [])])


def _by_letter(alternatives: Sequence[str]) -> list[str]:
    """Put those that begin with one letter together, and behind them those that begin with none."""
    by_letter: dict[str, list[str]] = {}
    others = [alternative for alternative in alternatives if not _WORD.match(alternative)]
    for alternative in alternatives:
        if _WORD.match(alternative):
            by_letter.setdefault(alternative[0], []).append(alternative[1:])
    return [*(f"{first}(?:{'|'.join(rest)})" for first, rest in by_letter.items()), *others]
