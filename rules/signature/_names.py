"""How alike two names of organisations are."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

_LIMITED = re.compile(r"\bltd\b")


class Likeness(Enum):
    """How much two names have in common."""

    EQUAL = "equal"
    """But for encoding and white space."""
    SPELLING = "spelling"
    """But for case, punctuation, and Ltd for Limited."""
    NONE = "none"


def likeness(form_name: str, other: str) -> Likeness:
    """Compare two names; letters that merely look alike are not alike."""
    if same(form_name, other):
        return Likeness.EQUAL
    return Likeness.SPELLING if _spellings(form_name) & _spellings(other) else Likeness.NONE


def same(form_name: str, other: str) -> bool:
    """Tell whether two names are equal after NFKC and white space."""
    return _even(form_name) == _even(other)


def _even(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _spellings(name: str) -> set[str]:
    """The name in one case without punctuation, which may stand for a space or for nothing."""
    folded = _even(name).casefold()
    return {spelling for kept in ("", " ") if (spelling := _bare(folded, kept))}


def _bare(folded: str, instead: str) -> str:
    plain = "".join(instead if unicodedata.category(character).startswith("P") else character for character in folded)
    return _LIMITED.sub("limited", " ".join(plain.split()))
