"""Reads what an OpenDocument spreadsheet's styles do to a text that a person looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.extract.sheet.styles import WHITE, Colour, TextStyle, colour_of

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0 "
_THROUGH = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")


class Looks:
    """The styles of a spreadsheet's cells and texts, as they are met."""

    def __init__(self) -> None:
        """Start with none."""
        self._texts: dict[str, TextStyle] = {}
        self._backgrounds: dict[str, Colour] = {}

    def read(self, style: str, element: str, attributes: Mapping[str, str]) -> None:
        """Take one element of a style's definition.

        Args:
            style: the style's name.
            element: by `expat`'s name.
            attributes: the element's.
        """
        if element == f"{STYLE}text-properties":
            self._texts[style] = _text_style(attributes)
        elif element == f"{STYLE}table-cell-properties":
            self._backgrounds[style] = colour_of(attributes.get(f"{_FO}background-color", "")) or WHITE

    def fault(self, style: str | None, background: str | None = None) -> str | None:
        """Say why a person does not read a text of this style as it is kept; None where a person does.

        Args:
            style: of the cell, or of a part of its text.
            background: the style of the cell, where `style` is that of a part.
        """
        behind = self._backgrounds.get(background or style or "", WHITE)
        return self._texts[style].fault(behind) if style in self._texts else None


def _text_style(attributes: Mapping[str, str]) -> TextStyle:
    style = TextStyle(struck=any(attributes.get(name, "none") != "none" for name in _THROUGH))
    colour = colour_of(attributes.get(f"{_FO}color", ""))
    points = attributes.get(f"{_FO}font-size", "").removesuffix("pt")
    font = attributes.get(f"{STYLE}font-name", "")
    if colour is not None:
        style = replace(style, colour=colour)
    if points.replace(".", "", 1).isdecimal():
        style = replace(style, points=float(points))
    return replace(style, font=font)
