"""A worksheet's cells, read one by one: what is ordinary comes out typed, and all else is handed over."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest

from intake.extract.sheet.plaincells import HandedOverError, PlainCells
from intake.extract.sheet.richtext import Text
from intake.extract.sheet.styles import CellStyle, Styles, TextStyle

STYLES = Styles(
    (
        CellStyle(),
        CellStyle("yyyy-mm-dd"),
        CellStyle("[h]:mm"),
        CellStyle("@", TextStyle(struck=True)),
    )
)
TEXTS = (Text("first"), Text("02", (("02", "struck through"),)))
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(inside: str, *, values: bool = False) -> PlainCells:
    cells = PlainCells(TEXTS, STYLES, values=values)
    cells.read(BytesIO(f'<worksheet xmlns="{SPACE}">{inside}</worksheet>'.encode()))
    return cells


def cell(inside: str, *, values: bool = False) -> tuple[object, str, str]:
    ((place, only),) = sheet(f"<sheetData><row>{inside}</row></sheetData>", values=values).cells.items()
    assert place == (1, 1)
    return only.value, only.data_type, only.number_format


CELLS: dict[str, tuple[object, str, str]] = {
    '<c r="A1"><v>42</v></c>': (42, "n", "General"),
    '<c r="A1" t="n"><v>-7</v></c>': (-7, "n", "General"),
    "<c><v>1.5</v></c>": (1.5, "n", "General"),
    "<c><v>1e2</v></c>": (100.0, "n", "General"),
    "<c><v>-1E-2</v></c>": (-0.01, "n", "General"),
    '<c t="s"><v>0</v></c>': ("first", "s", "General"),
    '<c t="s"><v>1</v></c>': ("02", "s", "General"),
    '<c t="s"/>': (None, "s", "General"),
    '<c t="b"><v>1</v></c>': (True, "b", "General"),
    '<c t="b"><v>0</v></c>': (False, "b", "General"),
    '<c t="e"><v>#N/A</v></c>': ("#N/A", "e", "General"),
    '<c t="str"><v>x</v></c>': ("x", "s", "General"),
    '<c t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c>': ("inline", "s", "General"),
    '<c t="inlineStr"/>': (None, "inlineStr", "General"),
    "<c/>": (None, "n", "General"),
    "<c><v/></c>": (None, "n", "General"),
    '<c s="1"/>': (None, "n", "yyyy-mm-dd"),
    '<c s="1"><v>45000</v></c>': (datetime(2023, 3, 15), "d", "yyyy-mm-dd"),  # noqa: DTZ001  # a workbook knows no zone
    '<c s="1"><v>45000.75</v></c>': (datetime(2023, 3, 15, 18), "d", "yyyy-mm-dd"),  # noqa: DTZ001  # likewise
    '<c s="1"><v>61</v></c>': (datetime(1900, 3, 1), "d", "yyyy-mm-dd"),  # noqa: DTZ001  # likewise
    '<c s="1"><v>2958464</v></c>': (datetime(9999, 12, 30), "d", "yyyy-mm-dd"),  # noqa: DTZ001  # likewise
    '<c s="3"><v>7</v></c>': (7, "n", "@"),
}
FORMULAS: dict[str, tuple[str, object]] = {
    "<c><f>A2+1</f><v>3</v></c>": ("=A2+1", 3),
    '<c><f t="normal">A2</f><v>3</v></c>': ("=A2", 3),
    '<c t="b"><f>A2</f><v>1</v></c>': ("=A2", True),
    '<c t="e"><f>A2</f><v>#REF!</v></c>': ("=A2", "#REF!"),
    '<c t="str"><f>A2</f><v>x</v></c>': ("=A2", "x"),
    '<c t="s"><f>A2</f><v>0</v></c>': ("=A2", "first"),
    "<c><f/></c>": ("=", None),
}


@pytest.mark.parametrize("written", CELLS)
def test_an_ordinary_cell_is_typed(written: str) -> None:
    value, kind, code = cell(written)
    assert (value, kind, code) == CELLS[written]
    assert type(value) is type(CELLS[written][0])


@pytest.mark.parametrize("written", FORMULAS)
def test_a_formula_is_its_source_or_what_it_last_gave(written: str) -> None:
    source, result = FORMULAS[written]
    assert cell(written) == (source, "f", "General")
    assert cell(written, values=True)[0] == result


@pytest.mark.parametrize(
    "written",
    [
        '<c t="d"><v>2026-11-20</v></c>',
        '<c t="s"><v>2</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="b"><v>2</v></c>',
        '<c t="b"><v>true</v></c>',
        "<c><v>seven</v></c>",
        "<c><v>1e999</v></c>",
        "<c><v> 1</v></c>",
        '<c s="4"/>',
        '<c s="x"/>',
        '<c s="1"><v>60.9</v></c>',
        '<c s="1"><v>2958465</v></c>',
        '<c s="2"><v>100</v></c>',
        '<c r="a1"/>',
        '<c r="A0"/>',
        '<c r="AAAA1"/>',
        '<c r="A12345678"/>',
        '<c r="A1:B2"/>',
        '<c><f t="shared" si="0">A2</f></c>',
        '<c><f t="array" ref="A1">A2</f></c>',
        '<c t="inlineStr"><f>A2</f><is><t>x</t></is></c>',
        '<c t="d"><f>A2</f></c>',
        "<other/>",
    ],
)
def test_what_is_not_ordinary_is_handed_over(written: str) -> None:
    with pytest.raises(HandedOverError):
        cell(written)


def test_rows_and_cells_without_a_place_follow_the_one_before() -> None:
    cells = sheet(
        "<sheetData><row><c/><c/></row>"
        '<row r="5"><c r="C5"/><c/></row>'
        "<row><c/></row>"
        '<row r="9999999"><c r="AB9999999"/></row></sheetData>'
    ).cells
    assert list(cells) == [(1, 1), (1, 2), (5, 3), (5, 4), (6, 1), (9_999_999, 28)]


def test_rows_and_columns_are_kept_where_they_say_how_they_look() -> None:
    read = sheet(
        '<cols><col min="2" max="3" hidden="1"/><col min="16384" max="16384" width="9"/></cols>'
        '<sheetData><row r="1" spans="1:2"/><row r="2" ht="0.5"/><row hidden="1"/></sheetData>'
    )
    assert read.columns == {
        2: {"min": "2", "max": "3", "hidden": "1"},
        16_384: {"min": "16384", "max": "16384", "width": "9"},
    }
    assert read.rows == {2: {"r": "2", "ht": "0.5"}, 3: {"hidden": "1"}}


def test_merged_ranges_are_kept_with_all_four_sides() -> None:
    merged = '<mergeCells><mergeCell ref="B2:D9"/><mergeCell ref="C3"/><mergeCell ref="A1:A1"/></mergeCells>'
    assert sheet(merged).joined == ((2, 2, 4, 9), (3, 3, 3, 3), (1, 1, 1, 1))


@pytest.mark.parametrize(
    "inside",
    [
        '<sheetData><row r="10000000"/></sheetData>',
        '<sheetData><row r="one"/></sheetData>',
        '<sheetData><row r="1234567890"/></sheetData>',
        '<cols><col min="0" max="1"/></cols>',
        '<cols><col max="1"/></cols>',
        '<cols><col min="1"/></cols>',
        '<cols><col min="1" max="16385"/></cols>',
        '<cols><col min="16385" max="1"/></cols>',
        '<mergeCells><mergeCell ref="B2:A3"/></mergeCells>',
        '<mergeCells><mergeCell ref="A3:B2"/></mergeCells>',
        '<mergeCells><mergeCell ref="$A$1:B2"/></mergeCells>',
        '<mergeCells><mergeCell ref="A:B"/></mergeCells>',
        "<mergeCells><mergeCell/></mergeCells>",
        '<mergeCells><other ref="A1:B2"/></mergeCells>',
    ],
)
def test_an_odd_row_column_or_range_is_handed_over(inside: str) -> None:
    with pytest.raises(HandedOverError):
        sheet(inside)


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        ("<c><v>7</v></c>", {}),
        ('<c s="3"><v>7</v></c>', {(1, 1): (("7", "struck through"),)}),
        ('<c s="3"/>', {}),
        ('<c t="s"><v>1</v></c>', {(1, 1): (("02", "struck through"),)}),
        ('<c t="s"><f>A2</f><v>1</v></c>', {(1, 1): (("02", "struck through"),)}),
        (
            '<c t="inlineStr"><is><r><t>01:</t></r><r><rPr><strike/></rPr><t>02</t></r></is></c>',
            {(1, 1): (("02", "struck through"),)},
        ),
    ],
)
def test_how_a_value_is_shown_is_noted(written: str, faults: object) -> None:
    assert sheet(f"<sheetData><row>{written}</row></sheetData>").beside.faults() == faults


def test_what_stands_beside_the_cells_is_taken_and_the_rest_passed_over() -> None:
    read = sheet(
        "<sheetPr/><sheetData/><dataValidations>"
        '<dataValidation type="list" sqref="B2"><formula1>"yes,no"</formula1></dataValidation></dataValidations>'
        "<headerFooter><oddFooter>&amp;CDraft</oddFooter></headerFooter><pageMargins/>"
    )
    assert read.beside.page_texts == ["Draft"]
    assert read.beside.drop_downs == [(((2, 2, 2, 2),), frozenset({"yes", "no"}))]
