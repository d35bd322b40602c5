"""Where a value stands on a page's picture, in the units of an SVG whose user unit is a point and whose y runs down."""

from __future__ import annotations

from dataclasses import dataclass

from rules.facts import Where

_AROUND = 2.5
"""Points by which the frame is larger than the value."""
_LEAST_WIDTH, _LEAST_HEIGHT = 400.0, 120.0
"""Points of a page that are shown around a value: so much that its label and neighbours are seen, and can be read."""
_BEHIND = 40.0
"""Points that are shown to the right of a value; labels stand to its left or above it."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle of the picture."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        """As `viewBox` has it."""
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A page, and where on it a value stands."""

    page: Rectangle
    value: Rectangle | None
    """None where the place is not known."""

    @property
    def around(self) -> Rectangle:
        """The part of the page around the value; all of it where the place is not known."""
        if self.value is None:
            return self.page
        width = min(max(_LEAST_WIDTH, self.value.width + 2 * _BEHIND), self.page.width)
        height = min(max(_LEAST_HEIGHT, self.value.height + 2 * _BEHIND), self.page.height)
        x = self.value.x + self.value.width + _BEHIND - width
        y = self.value.y + (self.value.height - height) / 2
        return Rectangle(_within(x, self.page.width - width), _within(y, self.page.height - height), width, height)


def frame_of(where: Where, size: tuple[float, float]) -> Frame:
    """Place a value on its page.

    Args:
        where: it is stated; its box in points from the lower left, as the page is shown.
        size: the page's width and height as it is shown, in points.
    """
    width, height = size
    page = Rectangle(0.0, 0.0, width, height)
    if where.box is None:
        return Frame(page, None)
    left, bottom, right, top = where.box
    left, right = _within(left - _AROUND, width), _within(right + _AROUND, width)
    upper, lower = _within(height - top - _AROUND, height), _within(height - bottom + _AROUND, height)
    return Frame(page, Rectangle(left, upper, max(right - left, 0.0), max(lower - upper, 0.0)))


def _within(edge: float, most: float) -> float:
    return min(max(edge, 0.0), max(most, 0.0))
