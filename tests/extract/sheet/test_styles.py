from __future__ import annotations

import re

import pytest
from extract import books

from intake.extract.document import read_document
from intake.extract.sheet.odslooks import Looks
from intake.extract.sheet.styles import (
    BLACK,
    WHITE,
    CellStyle,
    Colour,
    Styles,
    TextStyle,
    colour_of,
    contrast,
    read_styles,
)
from intake.extract.unreadable import BOOK_BROKEN, UnreadableError
from rules.fields import FormField

STYLES = "xl/styles.xml"
ODD = {
    "an empty fill": ("</fills>", "<fill/></fills>"),
    "a colour with a hash": ("<fonts", '<fonts><font><color rgb="#FF0000"/><sz val="11"/></font></fonts><fonts'),
    "extensions of another program": (
        "</styleSheet>",
        '<extLst><ext uri="x"><w:y xmlns:w="wps"/></ext></extLst></styleSheet>',
    ),
    "a size in words": ("</fonts>", '<font><sz val="eleven"/></font></fonts>'),
    "an unknown pattern": ("</fills>", '<fill><patternFill patternType="wavy"/></fill></fills>'),
    "a border without sides": ("</borders>", "<border><middle/></border></borders>"),
    "a named style without its own": ("</cellStyles>", '<cellStyle name="Odd" xfId="99"/></cellStyles>'),
    "an alignment that none knows": ("<cellXfs", '<colors><mruColors><color rgb="zz"/></mruColors></colors><cellXfs'),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_style_damages_no_form(case: str) -> None:
    old, new = ODD[case]
    entry = read_document("form.xlsx", books.swapped(old, new, STYLES)).entry
    assert entry is not None
    assert entry.trouble is None
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"
    assert {row.number_format for row in entry.rows if row.filled} == {"@"}


def test_a_form_without_styles_is_read() -> None:
    parts = {name: part for name, part in books.parts_of(books.form()).items() if name != STYLES}
    parts[books.SHEET] = re.sub(rb' s="\d+"', b"", parts[books.SHEET])
    entry = read_document("form.xlsx", books.container(parts)).entry
    assert entry is not None
    assert entry.value(FormField.DEVICE_TYPE) == "Gas Smart Meter"


def test_a_number_format_that_is_no_number_is_damage() -> None:
    content = books.changed(books.form(), STYLES, lambda xml: re.sub(rb'numFmtId="\d+"', b'numFmtId="x"', xml))
    assert read_document("form.xlsx", content).document.trouble == BOOK_BROKEN


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ('rgb="FFFF0000"', (255, 0, 0)),
        ('rgb="#00ff00"', (0, 255, 0)),
        ('indexed="9"', WHITE),
        ('indexed="64"', BLACK),
        ('theme="0"', WHITE),
        ('theme="1"', BLACK),
        ('theme="1" tint="1"', WHITE),
        ('theme="0" tint="-0.5"', (128, 128, 128)),
        ('auto="1"', BLACK),
        ('rgb="nonsense"', BLACK),
        ('theme="77"', BLACK),
    ],
)
def test_a_colour_is_read_in_each_of_its_ways(colour: str, expected: tuple[int, int, int]) -> None:
    fonts = f'<styleSheet><fonts><font><color {colour}/></font></fonts><cellXfs><xf fontId="0"/></cellXfs></styleSheet>'
    assert read_styles(fonts.encode(), None).cells[0].text.colour == expected


def test_a_theme_of_its_own_says_what_its_colours_are() -> None:
    colours = ("111111", "EEEEEE", "222222", "DDDDDD", "ABCDEF")
    listed = "".join(f'<x><srgbClr val="{colour}"/></x>' for colour in colours)
    theme = f"<theme><clrScheme>{listed}</clrScheme></theme>".encode()
    assert ["{:02X}{:02X}{:02X}".format(*colour) for colour in read_styles(None, theme).theme] == [
        "EEEEEE",
        "111111",
        "DDDDDD",
        "222222",
        "ABCDEF",
    ]


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast((118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.01)


def test_a_cells_style_takes_the_font_and_the_fill_that_its_numbers_name() -> None:
    fill = '<fill><patternFill patternType="solid"><fgColor rgb="FF{}"/></patternFill></fill>'
    sheet = (
        f"<styleSheet><fonts><font/><font><strike/></font></fonts><fills>{fill.format('00FF00')}{fill.format('0000FF')}"
        '</fills><cellXfs><xf fontId="1" fillId="1"/><xf fontId="0" fillId="0"/><xf/><xf fontId="9" fillId="9"/>'
        "</cellXfs></styleSheet>"
    )
    cells = read_styles(sheet.encode(), None).cells
    assert [(cell.text.struck, cell.background) for cell in cells[:2]] == [(True, (0, 0, 255)), (False, (0, 255, 0))]
    assert cells[3].background == WHITE


GREY: Colour = (200, 200, 200)
UNTOLD = "in a colour that cannot be told from its background"
TEXTS: list[tuple[TextStyle, Colour, str | None]] = [
    (TextStyle(), WHITE, None),
    (TextStyle(struck=True), WHITE, "struck through"),
    (TextStyle(struck=True, points=1, colour=WHITE), WHITE, "struck through"),
    (TextStyle(font="Wingdings 2"), WHITE, "shown in the symbols of Wingdings 2"),
    (TextStyle(font="SYMBOL"), WHITE, "shown in the symbols of SYMBOL"),
    (TextStyle(font="Webdings"), WHITE, "shown in the symbols of Webdings"),
    (TextStyle(font="Marlett"), WHITE, "shown in the symbols of Marlett"),
    (TextStyle(font="ZapfDingbats"), WHITE, "shown in the symbols of ZapfDingbats"),
    (TextStyle(font="Segoe UI Symbol"), WHITE, None),
    (TextStyle(points=4), WHITE, None),
    (TextStyle(points=3.5), WHITE, "3.5 points high, too small to be read"),
    (TextStyle(colour=WHITE), WHITE, UNTOLD),
    (TextStyle(colour=WHITE), BLACK, None),
    (TextStyle(), BLACK, UNTOLD),
    (TextStyle(colour=GREY), WHITE, None),
    (TextStyle(colour=(206, 206, 206)), WHITE, UNTOLD),
]


@pytest.mark.parametrize(("style", "background", "fault"), TEXTS)
def test_a_text_is_read_as_it_is_kept_unless_its_looks_hinder(
    style: TextStyle, background: Colour, fault: str | None
) -> None:
    assert style.fault(background) == fault
    assert CellStyle(text=style, background=background).fault == fault


def sheet(fonts: str = "", fills: str = "", xfs: str = "<xf/>", more: str = "") -> Styles:
    return read_styles(
        f"<styleSheet>{more}<fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{xfs}</cellXfs></styleSheet>".encode(),
        None,
    )


FONTS: dict[str, TextStyle] = {
    "": TextStyle(),
    "<strike/>": TextStyle(struck=True),
    '<strike val="1"/>': TextStyle(struck=True),
    '<strike val="0"/>': TextStyle(),
    '<dstrike val="false"/>': TextStyle(),
    "<dstrike/>": TextStyle(struck=True),
    '<sz val="9.5"/>': TextStyle(points=9.5),
    '<sz val="nine"/>': TextStyle(),
    "<sz/>": TextStyle(),
    '<name val="Arial"/>': TextStyle(font="Arial"),
    '<rFont val="Arial"/>': TextStyle(font="Arial"),
    "<name/>": TextStyle(),
    '<color rgb="FF102030"/>': TextStyle(colour=(16, 32, 48)),
    '<b/><sz val="9"/><strike/><color rgb="102030"/><name val="Arial"/>': TextStyle(
        struck=True, points=9.0, colour=(16, 32, 48), font="Arial"
    ),
}


@pytest.mark.parametrize("font", FONTS)
def test_a_font_says_how_a_text_is_drawn(font: str) -> None:
    assert sheet(f"<font>{font}</font>").cells == (CellStyle(text=FONTS[font]),)


def pattern(kind: str, *, fore: str = "101010", back: str = "202020") -> str:
    return f'<fill><patternFill {kind}><fgColor rgb="FF{fore}"/><bgColor rgb="FF{back}"/></patternFill></fill>'


FORE, BACK = (16, 16, 16), (32, 32, 32)
FILLS: dict[str, tuple[Colour, Colour]] = {
    pattern('patternType="solid"'): (FORE, BACK),
    pattern('patternType="gray125"'): (BACK, BACK),
    pattern('patternType="none"'): (WHITE, WHITE),
    pattern(""): (WHITE, BACK),
    "<fill/>": (WHITE, WHITE),
    "<fill><gradientFill/></fill>": (WHITE, WHITE),
    '<fill><patternFill patternType="solid"/></fill>': (WHITE, WHITE),
    '<fill><patternFill patternType="solid"><fgColor auto="1"/></patternFill></fill>': (WHITE, WHITE),
}


@pytest.mark.parametrize("fill", FILLS)
def test_a_fill_says_what_is_behind_a_text_and_means_another_colour_under_a_condition(fill: str) -> None:
    plain, conditional = FILLS[fill]
    assert sheet(fills=fill).cells[0].background == plain
    for colour in (WHITE, BLACK):
        font = '<font><color rgb="{:02X}{:02X}{:02X}"/></font>'.format(*colour)
        (told,) = sheet(more=f"<dxfs><dxf>{font}{fill}</dxf></dxfs>").conditional
        assert told == TextStyle(colour=colour).fault(conditional)


@pytest.mark.parametrize(
    ("dxf", "told"),
    [
        ("", None),
        ("<font><strike/></font>", "struck through"),
        ("<numFmt/>", "shown by another number format"),
        ("<font><strike/></font><numFmt/>", "shown by another number format"),
        ('<fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill>', UNTOLD),
        ('<fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill>', None),
    ],
)
def test_a_conditional_format_hinders_by_what_it_does(dxf: str, told: str | None) -> None:
    assert sheet(more=f"<dxfs><dxf/><dxf>{dxf}</dxf></dxfs>").conditional == (None, told)


FORMATS = '<numFmts><numFmt numFmtId="164" formatCode="0.000"/><numFmt numFmtId="14" formatCode="own"/></numFmts>'


@pytest.mark.parametrize(
    ("number", "code"), [("164", "0.000"), ("14", "own"), ("22", "m/d/yy h:mm"), ("0", "General"), ("165", "General")]
)
def test_a_number_format_is_the_workbook_s_own_or_a_known_one(number: str, code: str) -> None:
    assert sheet(xfs=f'<xf numFmtId="{number}"/>', more=FORMATS).cells[0].number_format == code


@pytest.mark.parametrize("number", ["x", "-1", "1234567890", "\u0663", ""])
def test_a_number_that_is_none_damages_the_workbook(number: str) -> None:
    with pytest.raises(UnreadableError, match=BOOK_BROKEN):
        sheet(xfs=f'<xf numFmtId="{number}"/>')
    assert sheet("<font><strike/></font>", xfs=f'<xf fontId="{number}"/>').cells[0].text.struck


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ('theme="2" tint="0.5"', (243, 242, 242)),
        ('theme="3" tint="-0.25"', (51, 63, 80)),
        ('theme="1" tint="9"', WHITE),
        ('theme="0" tint="-9"', BLACK),
        ('theme="3" tint="x"', (68, 84, 106)),
        ('indexed="2"', (255, 0, 0)),
        ('indexed="x"', BLACK),
        ('rgb="FF0000" indexed="9" theme="0"', (255, 0, 0)),
        ('indexed="9" theme="1"', WHITE),
    ],
)
def test_a_theme_s_colour_is_lightened_or_darkened(colour: str, expected: Colour) -> None:
    assert sheet(f"<font><color {colour}/></font>").cells[0].text.colour == expected


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#102030", (16, 32, 48)), ("80102030", (16, 32, 48)), ("102030", (16, 32, 48)), ("1020", None), ("", None),
     ("red", None), ("#10203", None)],
)  # fmt: skip
def test_a_colour_has_six_digits_or_eight(text: str, colour: Colour | None) -> None:
    assert colour_of(text) == colour


def scheme(*colours: str) -> bytes:
    listed = "".join(f"<x><srgbClr {colour}/></x>" for colour in colours)
    return f"<theme><clrScheme>{listed}</clrScheme></theme>".encode()


@pytest.mark.parametrize(
    ("part", "second"),
    [
        (None, (231, 230, 230)),
        (b"<theme/>", (231, 230, 230)),
        (scheme('val="111111"'), (231, 230, 230)),
        (scheme('val="windowText" lastClr="000000"', 'val="FFFFFF"', 'val="222222"', 'val="333333"'), (51, 51, 51)),
        (scheme("", 'val="FFFFFF"', 'val="odd"', ""), BLACK),
    ],
)
def test_a_theme_that_is_not_whole_is_office_s(part: bytes | None, second: Colour) -> None:
    assert read_styles(None, part).theme[2] == second
    assert read_styles(b"<styleSheet/>", part).theme[2] == second
    assert read_styles(b"<styleSheet/>", part).cells == (CellStyle(),)


STYLE, FO = (
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0 ",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0 ",
)


@pytest.mark.parametrize(
    ("properties", "fault"),
    [
        ({}, None),
        ({f"{STYLE}text-line-through-style": "solid"}, "struck through"),
        ({f"{STYLE}text-line-through-type": "double"}, "struck through"),
        ({f"{STYLE}text-line-through-style": "none"}, None),
        ({f"{FO}color": "#ffffff"}, UNTOLD),
        ({f"{FO}color": "white"}, None),
        ({f"{FO}font-size": "3pt"}, "3 points high, too small to be read"),
        ({f"{FO}font-size": "3.5pt"}, "3.5 points high, too small to be read"),
        ({f"{FO}font-size": "10%"}, None),
        ({f"{STYLE}font-name": "Wingdings"}, "shown in the symbols of Wingdings"),
    ],
)
def test_an_open_document_s_style_hinders_by_what_it_says(properties: dict[str, str], fault: str | None) -> None:
    looks = Looks()
    looks.read("own", f"{STYLE}text-properties", properties)
    looks.read("own", f"{STYLE}paragraph-properties", {f"{FO}color": "#ffffff"})
    assert looks.fault("own") == fault
    assert looks.fault("other") is looks.fault(None) is None


def test_an_open_document_s_text_stands_on_its_cell_s_background() -> None:
    looks = Looks()
    looks.read("dark", f"{STYLE}table-cell-properties", {f"{FO}background-color": "#000000"})
    looks.read("clear", f"{STYLE}table-cell-properties", {f"{FO}background-color": "transparent"})
    looks.read("dark", f"{STYLE}text-properties", {})
    looks.read("white", f"{STYLE}text-properties", {f"{FO}color": "#ffffff"})
    assert (looks.fault("dark"), looks.fault("clear")) == (UNTOLD, None)
    assert [looks.fault("white", behind) for behind in ("dark", "clear", None)] == [None, UNTOLD, UNTOLD]
