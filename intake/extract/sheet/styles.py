"""Reads what a workbook's styles do to a cell that is looked at: number format, lines through it, size, colours.

Nothing else of a style matters to a form, so whatever else stands there, odd or damaged, is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar
from xml.etree.ElementTree import Element

from intake.extract.sheet.stylecodes import INDEXED_COLOURS, builtin_format
from intake.extract.unreadable import BOOK_BROKEN, UnreadableError
from intake.extract.xmlparts import local, named, parse

_Item = TypeVar("_Item")

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
_OFFICE_THEME: tuple[Colour, ...] = (WHITE, BLACK, (231, 230, 230), (68, 84, 106))
"""What a theme's first colours are where the workbook brings no theme of its own."""
_LEGIBLE_POINTS = 4.0
_LEGIBLE_CONTRAST = 1.6
"""As WCAG 2 reckons contrast, which asks for 4.5; grey on white that can hardly be seen has 1.5."""
STRUCK, CROSSED_OUT = "struck through", "crossed out by a line from corner to corner"
CROSSED = frozenset({STRUCK, CROSSED_OUT})
"""How a whole row is taken back by its label."""
_SYMBOLS = ("wingdings", "webdings", "symbol", "marlett", "zapfdingbats")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is drawn."""

    struck: bool = False
    points: float = 11.0
    colour: Colour = BLACK
    font: str = ""
    lifted: bool = False
    """Raised or lowered, as the mark of a footnote is."""

    def fault(self, background: Colour) -> str | None:
        """Say why a person does not read this text as it is kept; None where a person does."""
        if self.struck:
            return STRUCK
        if self.font.casefold().startswith(_SYMBOLS):
            return f"shown in the symbols of {self.font}"
        if self.lifted:
            return "raised or lowered like the mark of a footnote"
        if self.points < _LEGIBLE_POINTS:
            return f"{self.points:g} points high, too small to be read"
        if contrast(self.colour, background) < _LEGIBLE_CONTRAST:
            return "in a colour that cannot be told from its background"
        return None


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell shows what it holds."""

    number_format: str = "General"
    text: TextStyle = TextStyle()
    background: Colour = WHITE
    crossed: bool = False
    """Its border draws a line from corner to corner."""

    @property
    def fault(self) -> str | None:
        """Why a person does not read the cell's text as it is kept; None where a person does."""
        return CROSSED_OUT if self.crossed else self.text.fault(self.background)


@dataclass(frozen=True, slots=True)
class Styles:
    """A workbook's styles."""

    cells: tuple[CellStyle, ...] = (CellStyle(),)
    """By the number that a cell names."""
    conditional: tuple[str | None, ...] = ()
    """What a conditional format does to a text that hinders its reader, by the number that the sheet names."""
    theme: tuple[Colour, ...] = _OFFICE_THEME


@lru_cache(1_000)
def contrast(colour: Colour, other: Colour) -> float:
    """Reckon the contrast of two colours, 1 to 21, as WCAG 2.2 does."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def read_styles(styles: bytes | None, theme: bytes | None) -> Styles:
    """Read the parts ``xl/styles.xml`` and ``xl/theme/theme1.xml``; None where there is none.

    Raises:
        UnreadableError: the styles are no XML, declare entities, or name a number format that is no number.
    """
    colours = _theme(theme)
    if styles is None:
        return Styles(theme=colours)
    root = parse(styles)
    custom = {_whole(item.get("numFmtId")): item.get("formatCode", "General") for item in _items(root, "numFmts")}
    texts = [text_style(font, colours) for font in _items(root, "fonts")]
    fills = [_background(fill, colours) for fill in _items(root, "fills")]
    borders = [_crosses(border) for border in _items(root, "borders")]
    cells = tuple(
        CellStyle(
            _format(xf, custom),
            _at(texts, xf.get("fontId"), TextStyle()),
            _at(fills, xf.get("fillId"), WHITE),
            crossed=_at(borders, xf.get("borderId"), otherwise=False),
        )
        for xf in _items(root, "cellXfs")
    )
    conditional = tuple(_hindrance(dxf, colours) for dxf in _items(root, "dxfs"))
    return Styles(cells or (CellStyle(),), conditional, colours)


def text_style(properties: Element, theme: Sequence[Colour]) -> TextStyle:
    """Read ``font`` or ``rPr``."""
    style = TextStyle()
    for item in properties:
        value = item.get("val")
        match local(item):
            case "strike" | "dstrike":
                style = replace(style, struck=value not in {"0", "false"})
            case "vertAlign":
                style = replace(style, lifted=value in {"superscript", "subscript"})
            case "sz":
                style = replace(style, points=_decimal(value, style.points))
            case "color":
                style = replace(style, colour=_colour(item, theme) or BLACK)
            case "name" | "rFont":
                style = replace(style, font=value or "")
    return style


def colour_of(text: str) -> Colour | None:
    """Read six hexadecimal digits, or eight of which the first two are opacity; None where they are none."""
    digits = text.removeprefix("#")[-6:]
    try:
        value = bytes.fromhex(digits)
    except ValueError:
        return None
    return (value[0], value[1], value[2]) if len(value) == 3 else None  # noqa: PLR2004  # red, green, blue


def _hindrance(dxf: Element, theme: Sequence[Colour]) -> str | None:
    font = next(named(dxf, "font"), None)
    style = TextStyle() if font is None else text_style(font, theme)
    fill = next((_background(fill, theme, solid=True) for fill in named(dxf, "fill")), WHITE)
    if next(named(dxf, "numFmt"), None) is not None:
        return "shown by another number format"
    return style.fault(fill)


def _crosses(border: Element) -> bool:
    """Whether a border draws a diagonal."""
    drawn = any(border.get(name) in {"1", "true"} for name in ("diagonalUp", "diagonalDown"))
    return drawn and any(line.get("style", "none") != "none" for line in named(border, "diagonal"))


def _items(root: Element, name: str) -> Iterator[Element]:
    return (item for group in named(root, name) for item in group)


def _format(xf: Element, custom: Mapping[int, str]) -> str:
    number = _whole(xf.get("numFmtId", "0"))
    return custom.get(number) or builtin_format(number) or "General"


def _whole(text: str | None) -> int:
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004  # beyond any count
        raise UnreadableError(BOOK_BROKEN)
    return int(text)


def _decimal(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def _at(items: Sequence[_Item], number: str | None, otherwise: _Item) -> _Item:
    index = int(number) if number and number.isascii() and number.isdigit() and len(number) < 10 else 0  # noqa: PLR2004  # beyond any count
    return items[index] if index < len(items) else otherwise


def _background(fill: Element, theme: Sequence[Colour], *, solid: bool = False) -> Colour:
    """The colour behind a text; of a pattern the colour between its dots, of a gradient white."""
    for pattern in named(fill, "patternFill"):
        kind = pattern.get("patternType", "solid" if solid else "none")
        # what fills a solid pattern is called its foreground, but its background in a conditional format
        wanted = {"none": "", "solid": "bgColor" if solid else "fgColor"}.get(kind, "bgColor")
        for colour in named(pattern, wanted):
            return _colour(colour, theme) or WHITE
    return WHITE


def _colour(element: Element, theme: Sequence[Colour]) -> Colour | None:
    """The colour that an element states in one of four ways; None where it states the system's own."""
    rgb, index, themed = element.get("rgb"), element.get("indexed"), element.get("theme")
    if rgb is not None:
        return colour_of(rgb)
    if index is not None:
        return colour_of(_at(INDEXED_COLOURS, index, "")) if _at(INDEXED_COLOURS, index, "") else None
    if themed is not None:
        return _tinted(_at(theme, themed, BLACK), _decimal(element.get("tint"), 0.0))
    return None


def _tinted(colour: Colour, tint: float) -> Colour:
    """Lighten or darken, -1 to 1; by channel, which is near enough to tell what can be read."""
    tint = max(-1.0, min(1.0, tint))
    red, green, blue = (round(part * (1 + tint)) if tint < 0 else round(part + (255 - part) * tint) for part in colour)
    return red, green, blue


def _theme(part: bytes | None) -> tuple[Colour, ...]:
    """A theme's colours as cells number them: light and dark change places with what the theme's part lists first."""
    if part is None:
        return _OFFICE_THEME
    schemes = (item for item in parse(part).iter() if local(item) == "clrScheme")
    scheme = next(schemes, ())
    stated = [kind.get("lastClr") or kind.get("val") or "" for item in scheme for kind in item]
    colours = [colour_of(text) or BLACK for text in stated]
    if len(colours) < len(_OFFICE_THEME):
        return _OFFICE_THEME
    return (colours[1], colours[0], colours[3], colours[2], *colours[4:])


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # WCAG's
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
