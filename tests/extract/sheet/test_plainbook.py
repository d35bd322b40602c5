"""What is read without openpyxl is what openpyxl reads, or it is handed over; and ordinary forms are not."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from extract import books
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation

from intake.demo import products
from intake.demo.forms import new_entry_form
from intake.extract.sheet import stylecodes
from intake.extract.sheet.addresses import bounds, column_letters, column_number
from intake.extract.sheet.book import Book
from intake.extract.sheet.grid import Grid
from intake.extract.sheet.plainbook import PlainBook
from intake.extract.sheet.plaincells import HandedOverError
from intake.extract.unreadable import UnreadableError

Read = list[tuple[object, ...]]


def told(grid: Grid) -> tuple[object, ...]:
    cells = {place: (cell.value, cell.data_type, cell.number_format) for place, cell in grid.cells.items()}
    hidden = (grid.hidden_rows, set(grid.hidden_columns))
    return cells, grid.merged, hidden, dict(grid.faults), grid.notes, grid.page_texts, grid.drop_downs


def read(kind: type[Book | PlainBook], content: bytes, *, values: bool) -> Read:
    book = kind(books.opened(content), values=values)
    sheets = list(book.sheets())
    return [(book.doubt,), *((sheet, book.scan(sheet, wanted=True), *told(book.grid(sheet))) for sheet in sheets)]


def assert_same(content: bytes) -> None:
    for values in (False, True):
        assert read(PlainBook, content, values=values) == read(Book, content, values=values)


def everything() -> bytes:
    """A workbook with whatever people put into a form's sheet."""
    book = Workbook()
    page = book.active
    for place, value in {
        "A1": "Data Group",
        "B1": "Data Attribute",
        "A2": 7,
        "A3": 7.5,
        "A4": -1e21,
        "A5": True,
        "A6": date(2026, 11, 20),
        "A7": datetime(2026, 11, 20, 9, 5, 7),  # noqa: DTZ001  # a workbook knows no zone
        "A8": "=A2+A3",
        "A9": "as _x0041_ is",
        "A10": "#N/A",
        "A11": "struck",
        "A12": "under a condition",
        "C20": "apart",
    }.items():
        page[place] = value
    page["A11"].font = Font(strike=True)
    page["A12"].font = Font(color="FF00FF00")
    page["A13"].fill = PatternFill("solid", fgColor="FFFF0000")
    page["A2"].comment = Comment("a note", "ada")
    page.merge_cells("C3:D5")
    page.row_dimensions[5].hidden = True
    page.row_dimensions[6].height = 0.5
    page.column_dimensions["E"].hidden = True
    page.conditional_formatting.add("A12:A13", CellIsRule(operator="equal", formula=["1"], font=Font(strike=True)))
    page.oddFooter.center.text = "draft"
    chosen = DataValidation(type="list", formula1='"yes,no"')
    chosen.add("B2:B9")
    page.add_data_validation(chosen)
    book.create_sheet("Hidden").sheet_state = "veryHidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        everything(),
        new_entry_form(products.faultless_form(products.SINGLE, on=date(2026, 11, 20))),
        books.form(),
        books.swapped("<sheetData>", "<sheetPr/><sheetData>"),
    ],
    ids=["everything", "a faultless form", "a small form", "a sheet with properties"],
)
def test_an_ordinary_workbook_is_read_as_openpyxl_reads_it(content: bytes) -> None:
    assert_same(content)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (time(9, 5), "h:mm"),
        (timedelta(hours=30), "[h]:mm:ss"),
        (date(1900, 1, 5), "yyyy-mm-dd"),
    ],
)
def test_times_and_days_of_1900_are_handed_over(value: object, code: str) -> None:
    book, out = Workbook(), BytesIO()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    book.save(out)
    with pytest.raises(HandedOverError):
        read(PlainBook, out.getvalue(), values=False)


KINDS = st.sampled_from(["", ' t="n"', ' t="s"', ' t="b"', ' t="e"', ' t="str"', ' t="d"', ' t="inlineStr"', ' t="x"'])
_NUMBERS = [
    "",
    "0",
    "1",
    "2",
    "-1",
    "+1",
    " 1",
    "007",
    "45000",
    "45000.75",
    "60",
    "1E5",
    "1e400",
    "1.",
    ".5",
    "2958466",
]
STATED = st.sampled_from([*_NUMBERS, "nan", "inf", "text", "2026-11-20", "99999999999", "_x0041_", "\u0663", "1_0"])
INSIDE = st.sampled_from(
    [
        "<v>{}</v>",
        "<v/>",
        "",
        "<is><t>{}</t></is>",
        "<is><r><rPr><strike/></rPr><t>{}</t></r></is>",
        "<f>A1+{}</f><v>{}</v>",
        "<f/><v>{}</v>",
        '<f t="shared" si="0" ref="A1:A9">B{}</f><v>1</v>',
        '<f t="array" ref="A1">B{}</f><v>1</v>',
        "<v>{}</v><extLst/>",
    ]
)
PLACES = st.sampled_from(["", ' r="B20"', ' r="XFD20"', ' r="b20"', ' r="$B$20"', ' r="B0"', ' r="B021"', ' r="ZZZZ1"'])
STYLES = st.sampled_from(["", ' s="0"', ' s="1"', ' s="99"', ' s=""', ' s="-1"'])
ROWS = st.sampled_from(['<row r="20">', "<row>", '<row r="20" hidden="1">', '<row r="20" ht="0">', '<row r="2e1">'])


@settings(max_examples=40, deadline=None)
@given(KINDS, STATED, INSIDE, PLACES, STYLES, ROWS)
def test_whatever_a_cell_holds_it_is_read_alike_or_handed_over(
    kind: str, stated: str, inside: str, place: str, style: str, row: str
) -> None:
    cell = f"{row}<c{place}{style}{kind}>{inside.format(stated, stated)}</c></row></sheetData>"
    content = books.swapped("</sheetData>", cell)
    with suppress(HandedOverError, UnreadableError):
        assert read(PlainBook, content, values=False) == read(Book, content, values=False)


BEHIND = st.sampled_from(
    ["{}1:{}2", "{}2:{}1", "{}:{}", "1:2", "{}1", "${}$1:{}2", "", "x y", "{}1 {}2", "A1:ZZZZ9", "{}1:"]
)


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["mergeCells", "cols", "conditionalFormatting"]), BEHIND, st.sampled_from(["A", "g", "XFD", "XFE"])
)
def test_whatever_stands_behind_the_cells_is_read_alike_or_handed_over(name: str, cells: str, letters: str) -> None:
    area = cells.format(letters, letters)
    inner = {
        "mergeCells": f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>',
        "cols": f'<cols><col min="{len(cells)}" max="9" hidden="1"/></cols>',
        "conditionalFormatting": f'<conditionalFormatting sqref="{area}"><cfRule dxfId="0"/></conditionalFormatting>',
    }[name]
    content = books.swapped("</sheetData>", f"</sheetData>{inner}")
    with suppress(HandedOverError, UnreadableError):
        assert read(PlainBook, content, values=False) == read(Book, content, values=False)


def test_an_ordinary_form_is_read_without_loading_openpyxl(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(books.form())
    script = (
        "import sys; from pathlib import Path; from intake.extract.document import read_document;"
        "entry = read_document('form.xlsx', Path(sys.argv[1]).read_bytes()).entry;"
        "assert entry is not None and entry.trouble is None and entry.rows;"
        "sys.exit(sorted(name for name in ('openpyxl', 'numpy', 'lxml') if name in sys.modules) or 0)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "form.xlsx")]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_formats_and_colours_are_those_that_openpyxl_knows() -> None:
    assert {number: stylecodes.builtin_format(number) for number in range(stylecodes.FIRST_OWN_FORMAT)} == {
        number: BUILTIN_FORMATS.get(number) for number in range(stylecodes.FIRST_OWN_FORMAT)
    }
    assert [f"00{colour}" for colour in stylecodes.INDEXED_COLOURS] == list(COLOR_INDEX)


@given(st.one_of(st.sampled_from(list(BUILTIN_FORMATS.values())), st.text('dmyhsDS[]";\\_0 -Reg$', max_size=9)))
def test_a_format_is_told_to_be_a_date_s_as_openpyxl_tells_it(code: str) -> None:
    assert stylecodes.shows_time(code) == is_date_format(code)
    assert stylecodes.shows_elapsed(code) == is_timedelta_format(code)


CORNERS = st.sampled_from(["", "A", "b", "$C", "XFD", "ZZZ", "1", "$20", "A1", "$B$2", "c007", "AAAA1", "B 2", "-1"])


@given(CORNERS, CORNERS, st.sampled_from([":", "", "::", " "]))
def test_an_address_is_read_as_openpyxl_reads_it(first: str, second: str, between: str) -> None:
    address = f"{first}{between}{second}"
    try:
        expected = range_boundaries(address)
    except ValueError:
        expected = None
    if address.isascii() and expected is not None:
        assert bounds(address) == expected
    elif expected is None:
        with suppress(ValueError):
            left, _, right, _ = bounds(address)  # openpyxl knows fewer columns than three letters name
            assert max(left or 0, right or 0) > column_number("XFD")


@pytest.mark.parametrize("number", [1, 26, 27, 702, 703, 16_384])
def test_columns_are_named_as_excel_names_them(number: int) -> None:
    assert column_letters(number) == get_column_letter(number)
    assert column_number(column_letters(number)) == number == column_index_from_string(column_letters(number))
