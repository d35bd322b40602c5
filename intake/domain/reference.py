"""The reference a submission is known by, in letters and on the page."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"CPL-([0-9]{6,12})")
_WITHIN = re.compile(r"(?<![\w-])CPL-([0-9]{6,12})(?![\w-])", re.IGNORECASE | re.ASCII)
MOST_QUOTED = 10


def reference(number: int) -> str:
    """Format a message's number as a reference, such as ``CPL-000042``."""
    return f"CPL-{number:06d}"


def number_of(text: str) -> int | None:
    """Parse a reference, however it was typed, into its number; None where it is not one."""
    match = _SHAPE.fullmatch(text.strip().upper())
    return int(match.group(1)) if match else None


def references_in(text: str) -> tuple[int, ...]:
    """List the numbers of the references quoted in a text, in order, without duplicates, at most `MOST_QUOTED`."""
    numbers = dict.fromkeys(int(match.group(1)) for match in _WITHIN.finditer(text))
    return tuple(numbers)[:MOST_QUOTED]
