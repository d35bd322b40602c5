"""Closes up words that are printed with a blank between their letters."""

from __future__ import annotations

import re

_SPACED = re.compile(r"(?<!\S)(?:\w )+\w(?!\S)")


def closed(line: str) -> str:
    """Join spaced letters such as `W I T H D R A W N` into one word."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), line.strip())
