"""Closes up words that are printed with a blank between their letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_SCATTERED = re.compile(r"(?<!\S)(?:(?:[^\W\d_a-z]{1,3}\s+)+[^\W\d_a-z]{1,3}|(?:[^\W\d_]\s+){3,}[^\W\d_])(?!\S)")
"""Capitals by one, two or three, or letters by one, across lines."""
_WORD = 4
"""Letters that a word has at least."""
_SPACED = re.compile(r"(?<!\S)(?:\w )+\w(?!\S)")


_FEWEST = 3
_SINGLE = 0.7
"""Of the words of a line that is set with wide spaces between its letters: a kerned pair or two stay together."""


def is_letter_spaced(line: str) -> bool:
    """Tell whether a line's words are its letters, one by one, so that nobody can tell where a word or code ends."""
    words = line.split()
    return len(words) >= _FEWEST and sum(len(word) == 1 for word in words) >= _SINGLE * len(words)


def closed(line: str) -> str:
    """Join spaced letters such as `W I T H D R A W N` into one word."""
    return closed_text(line.strip())


def closed_text(text: str) -> str:
    """Join spaced letters on each line of a text, of which nothing else is altered."""
    if (1, 1) not in pairwise(map(len, text.split())):  # no two words of one letter each
        return text
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def scattered(texts: Iterable[str]) -> Iterator[str]:
    """Give the words whose letters may be drawn one by one over a page, as large stamps are, one below the other too.

    Args:
        texts: of the page, in whatever order its letters are read.
    """
    for text in texts:
        for match in _SCATTERED.finditer(text):
            word = "".join(match[0].split())
            if len(word) >= _WORD:
                yield word
