"""The reference a submission is known by, in letters and on the page."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"CPL-([0-9]{6,12})")
_WITHIN = re.compile(r"(?<![\w-])CPL-([0-9]{6,12})(?![\w-])", re.IGNORECASE | re.ASCII)
MOST_QUOTED = 10


def reference(number: int) -> str:
    """``CPL-000042`` for the 42nd message."""
    return f"CPL-{number:06d}"


def number_of(text: str) -> int | None:
    """The number of a reference, however it was typed; None where it is none."""
    match = _SHAPE.fullmatch(text.strip().upper())
    return int(match.group(1)) if match else None


def references_in(text: str) -> tuple[int, ...]:
    """The numbers of the references that a text quotes, in order, each once; at most `MOST_QUOTED`."""
    found = dict.fromkeys(int(match.group(1)) for match in _WITHIN.finditer(text))
    return tuple(found)[:MOST_QUOTED]
