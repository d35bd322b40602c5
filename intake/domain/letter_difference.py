"""What one person has changed in the letter that another proposed, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

MOST_LINES = 2_000
"""Of either letter; beyond it, comparing line by line takes too long and would tell a reader nothing."""
_CONTEXT = 2


def letter_difference(before: str, after: str) -> str:
    """Tell how a letter was changed.

    Returns:
        Lines as a unified diff marks them: ``-`` taken out, ``+`` put in, a blank for what is around them, and ``@@``
        where lines are left out. Empty where both letters read alike; blank lines at either end do not count.
    """
    old, new = _lines(before), _lines(after)
    if old == new:
        return ""
    if max(len(old), len(new)) > MOST_LINES:
        return "\n".join([*(f"-{line}" for line in old), *(f"+{line}" for line in new)])
    return "\n".join(_without_names(unified_diff(old, new, n=_CONTEXT, lineterm="")))


def _lines(letter: str) -> list[str]:
    return [line.rstrip() for line in letter.strip().splitlines()]


def _without_names(lines: Iterable[str]) -> Iterator[str]:
    """Leave out the names of the two files, which are none, and where exactly each piece stands."""
    for number, line in enumerate(lines):
        if number > 1:
            yield "@@" if line.startswith("@@") else line
