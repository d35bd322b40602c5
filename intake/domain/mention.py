"""Whom a note names: ``@anna`` where somebody here is called Anna."""

from __future__ import annotations

import re
from collections.abc import Collection
from unicodedata import normalize

_BEFORE = r"(?<![\w.@+-])@"
"""An address is no mention."""
_NAME = re.compile(_BEFORE + r"(\w[\w.'-]*)")


def mentioned(text: str, names: Collection[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Find whom a text names after ``@``, ignoring case; the longest name that fits counts.

    Returns:
        The people, and the words after an ``@`` that are nobody's name, in order.
    """
    text = normalize("NFC", text)
    keys: dict[str, list[str]] = {}
    for name in filter(None, names):
        keys.setdefault(_key(name), []).append(name)
    if keys:
        longest_first = sorted((normalize("NFC", name) for name in names if name), key=len, reverse=True)
        spellings = "|".join(map(re.escape, longest_first))
        pattern = re.compile(rf"{_BEFORE}({spellings})(?!\w)", re.IGNORECASE)
        hits = [match[1] for match in pattern.finditer(text)]
        text = pattern.sub("x", text)  # what follows a name directly begins no other
    else:
        hits = []
    people = frozenset(name for hit in hits for name in keys.get(_key(hit), ()))
    return people, tuple(dict.fromkeys(match[1].rstrip(".'-") for match in _NAME.finditer(text)))


def _key(name: str) -> str:
    return normalize("NFC", name).casefold()
