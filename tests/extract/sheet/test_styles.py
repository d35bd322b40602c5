from __future__ import annotations

import re

import pytest
from extract import books

from intake.extract.document import read_document
from intake.extract.sheet.styles import BLACK, WHITE, contrast, read_styles
from intake.extract.unreadable import BOOK_BROKEN
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
