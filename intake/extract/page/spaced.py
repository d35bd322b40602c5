"""Closes up words that are printed with a blank between their letters."""

from __future__ import annotations

import re
from itertools import pairwise

_SPACED = re.compile(r"(?<!\S)(?:\w )+\w(?!\S)")


def closed(line: str) -> str:
    """Join spaced letters such as `W I T H D R A W N` into one word."""
    return closed_text(line.strip())


def closed_text(text: str) -> str:
    """Join spaced letters on each line of a text, of which nothing else is altered."""
    if (1, 1) not in pairwise(map(len, text.split())):  # no two words of one letter each
        return text
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)
