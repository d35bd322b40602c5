"""Knows a text to be English, whose words against a submission would be found."""

from __future__ import annotations

import re

_SMALL = re.compile(
    r"\b(?:the|of|and|for|this|that|is|are|to|in|by|with|has|have|been|was|be|on|at|under|as|from|it|which|please|you"
    r"|we|our|find|attached|thanks|regards)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
FEWEST = 4
"""Different small words by which a longer text is known to be English."""
_WORDS_A_SMALL_ONE = 10


def small_words(text: str) -> int:
    """Count the different small words of English in a text."""
    return len({word.casefold() for word in _SMALL.findall(text)})


def is_english(text: str) -> bool:
    """Tell whether a text is surely English: one small word does for a line, `FEWEST` for more; nothing is, too."""
    words = len(_WORD.findall(text))
    return not words or small_words(text) >= min(FEWEST, 1 + words // _WORDS_A_SMALL_ONE)
