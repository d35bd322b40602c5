"""The reference a submission is known by, in letters and on the page."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"CPL-([0-9]{6,12})")


def reference(number: int) -> str:
    """``CPL-000042`` for the 42nd message."""
    return f"CPL-{number:06d}"


def number_of(text: str) -> int | None:
    """The number of a reference, however it was typed; None where it is none."""
    match = _SHAPE.fullmatch(text.strip().upper())
    return int(match.group(1)) if match else None
