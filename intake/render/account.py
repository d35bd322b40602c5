"""An account of points in lines of plain text, as the terminal and the letters give it."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator
from dataclasses import replace

from intake.render.points import Point, Side

LABEL = 10
"""Columns of a label."""
_SIDE = 18
"""Columns of `Certificate says` and the like, so that values stand beneath each other."""


def account(point: Point, *, width: int, indent: int, mark: str, number: int | None = None) -> Iterator[str]:
    """Tell a point with its values, then what to do and why, what else its field has, and what follows from it.

    Left out is what merely waits for its cause.

    Args:
        point: what is told.
        width: of the whole line.
        indent: columns that stay free before the text, but for the mark.
        mark: what stands before the first line, exactly `indent` columns of it.
        number: of the point, by which its consequences speak of it.
    """
    room, margin = width - indent, " " * indent
    first, *more = [*_wrapped(point.message, room), *_values(point, room)]
    yield f"{mark}{first}"
    yield from (f"{margin}{line}" for line in more)
    yield ""
    for label, text in (("To do", point.remedy), ("Source", point.citation)):
        yield from (f"{margin}{line}" for line in _labelled(label, text, room))
    also = [other for other in point.also if not other.waits]
    if also:
        yield ""
        yield f"{margin}Also about this:"
        for other in also:
            remedy = "" if other.remedy == point.remedy else other.remedy
            yield from (f"{margin}{line}" for line in _beneath(other, room, set(point.sides), other.expected, remedy))
    follows = [after for after in point.follows if not after.waits]
    if follows:
        yield ""
        yield f"{margin}Follows from {'this' if number is None else f'point {number}'}, and may be settled with it:"
        for after in follows:
            yield from (f"{margin}{line}" for line in _beneath(after, room, set(point.sides)))


def _values(point: Point, width: int) -> Iterator[str]:
    column = _SIDE if point.sides else LABEL
    for label, text in (("Field", ", ".join(point.named_fields)), ("Place", point.named_place)):
        yield from _labelled(label, text, width, indent=2, column=column)
    for side in point.sides:
        yield from _labelled(side.who, f"{side.value} ({side.place})", width, indent=2, column=_SIDE)
    for label, text in (("Expected", point.expected), ("Perhaps", point.suggestion)):
        yield from _labelled(label, text, width, indent=2, column=column)


def _beneath(point: Point, width: int, sides: Collection[Side], expected: str = "", remedy: str = "") -> Iterator[str]:
    """A point in a few lines beneath another: without the sides that stand there, and what is done there too."""
    first, *more = _wrapped(point.message, width - 2)
    told = replace(point, sides=tuple(side for side in point.sides if side not in sides), expected=expected)
    yield f"- {first}"
    yield from (f"  {line}" for line in (*more, *_values(told, width - 2), *_labelled("To do", remedy, width - 2)))


def _labelled(label: str, text: str | None, width: int, *, indent: int = 0, column: int = LABEL) -> Iterator[str]:
    """Format a labelled line, wrapped and indented; nothing where the text is empty."""
    if text:
        first, *more = _wrapped(text, width - indent - column)
        yield f"{'':<{indent}}{label:<{column}}{first}"
        yield from (f"{'':<{indent + column}}{line}" for line in more)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
