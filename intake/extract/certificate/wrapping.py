"""Puts the lines of a wrapped value together, where it is certain how they were cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from intake.extract.page.runs import Run

_CUT = re.compile(r"[-:_/.]$")
_CERTAIN = 0.9
"""Of the widest line: widths of words are estimated by the average character."""
_WHOLE_WORDS = frozenset(
    {"version", "january", "february", "march", "april", "may", "june", "july"}
    | {"august", "september", "october", "november", "december"}
)


def joined(lines: Sequence[Run], *, prose: bool) -> str | None:
    """Join the lines of a wrapped value; None where it is ambiguous how a word or code was cut.

    A cell breaks a word only where the word is wider than the cell; so where the two pieces together would have fitted
    into the widest line, a space was there.

    Args:
        lines: as printed, at least one.
        prose: the value is words, which wrap at spaces.
    """
    widest = max(_width(line) for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        glue = _glue(text, before, line, widest, prose=prose)
        if glue is None:
            return None
        text += glue + line.text
    return text.removeprefix(":").strip() or None


def _glue(text: str, before: Run, after: Run, widest: float, *, prose: bool) -> str | None:
    """Decide the separator between two lines: none, a space, or None where it is ambiguous."""
    if _CUT.search(text) and not text.endswith((" -", " /")):
        return _glue_in_prose(text, after.text) if prose else ""
    if not (prose or " " in text):
        return None
    return " " if _parted(before, after, widest) else None


def _glue_in_prose(text: str, after: str) -> str | None:
    """Decide the separator in prose: a hyphen before a small letter is ambiguous; a full stop ends a word."""
    if text.endswith("-"):
        return None if after[:1].islower() else ""
    if text.endswith("."):
        return "" if text[-2:-1].isdigit() and after[:1].isdigit() else " "
    return ""


def _parted(before: Run, after: Run, widest: float) -> bool:
    """Tell whether the last word of one line and the first of the next are surely two words."""
    last, first = before.text.split()[-1], after.text.split()[0]
    together = len(last) * _width(before) / len(before.text) + len(first) * _width(after) / len(after.text)
    if together <= _CERTAIN * widest:
        return True
    if {last.casefold(), first.casefold()} & _WHOLE_WORDS:
        return True
    return last.isalpha() and last[-1].islower() and first[0].isupper()


def _width(line: Run) -> float:
    return line.box[2] - line.box[0]
