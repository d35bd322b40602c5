"""Pieces of printed text with their places, and how they lie to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text printed in one go on one line; a table's cell is one run a line."""

    text: str
    page: int
    box: Box
    """In the direction of reading: lines run from left to right, upright."""
    shown: Box
    """As the page is shown."""
    characters: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """The index of each of its printed characters in the page's text, blanks left out."""
    height: float = field(init=False, compare=False, repr=False)
    """The line's in points, never zero; every distance to other runs is measured by it."""

    def __post_init__(self) -> None:
        """Measure it once."""
        object.__setattr__(self, "height", max(self.box[3] - self.box[1], 1.0))


def union(first: Box, second: Box) -> Box:
    """Give the smallest box around both."""
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def rounded(box: Box) -> Box:
    """Round the box to tenths of a point."""
    left, bottom, right, top = (round(edge, 1) for edge in box)
    return left, bottom, right, top


def shared_height(first: Box, second: Box) -> float:
    """Give the share of the lower one's height beside the other: 0 none, 1 all."""
    _, foot, _, top = first
    _, other_foot, _, other_top = second
    if foot >= other_top or other_foot >= top:  # as most are, which is told without looking for the nearer edges
        return 0.0
    shared = min(top, other_top) - max(foot, other_foot)
    if shared <= 0:
        return 0.0
    least = min(top - foot, other_top - other_foot)
    return shared / least if least > 0 else 0.0


def aligned(first: Box, second: Box, tolerance: float) -> bool:
    """Tell whether both share a left edge, a middle or a right edge."""
    return (
        abs(first[0] - second[0]) <= tolerance
        or abs(first[2] - second[2]) <= tolerance
        or abs((first[0] + first[2] - second[0] - second[2]) / 2) <= tolerance
    )


def turned(box: Box, quarters: int, size: tuple[float, float]) -> Box:
    """Rotate the box with its page (width, height) clockwise by so many quarter turns."""
    width, height = size
    left, bottom, right, top = box
    match quarters % 4:
        case 1:
            return bottom, width - right, top, width - left
        case 2:
            return width - right, height - top, width - left, height - bottom
        case 3:
            return height - top, left, height - bottom, right
        case _:
            return box
