"""An account of findings in lines of plain text, as the terminal and the letters give it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from intake.render.points import Group, Point

LABEL = 10
"""Columns of a label."""


def account(group: Group, *, width: int, indent: int, marks: Iterator[str]) -> Iterator[str]:
    """What one rule found: each point with its values, then what to do and why.

    Args:
        group: the findings.
        width: of the whole line.
        indent: columns that stay free before the text, but for the marks.
        marks: what stands before each point's first line, exactly `indent` columns of it.
    """
    room, margin = width - indent, " " * indent
    for point in group.points:
        first, *more = [*_wrapped(point.message, room), *_values(point, room, everywhere=group.expected)]
        yield f"{next(marks)}{first}"
        yield from (f"{margin}{line}" for line in more)
        yield ""
    for label, text in (("Expected", group.expected), ("To do", group.remedy), ("Source", group.ruling.citation)):
        yield from (f"{margin}{line}" for line in _labelled(label, text, room))


def _values(point: Point, width: int, *, everywhere: str) -> Iterator[str]:
    shown = (
        ("Field", "" if point.message.startswith(f"{point.field} ") else point.field),
        ("Place", point.place),
        ("Stated", point.said),
        ("Expected", "" if everywhere else point.expected),
        ("Perhaps", point.suggestion),
    )
    for label, text in shown:
        yield from _labelled(label, text, width, indent=2)


def _labelled(label: str, text: str | None, width: int, *, indent: int = 0) -> Iterator[str]:
    """A labelled line, wrapped beneath itself; nothing where there is nothing to say."""
    if text:
        first, *more = _wrapped(text, width - indent - LABEL)
        yield f"{'':<{indent}}{label:<{LABEL}}{first}"
        yield from (f"{'':<{indent + LABEL}}{line}" for line in more)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
