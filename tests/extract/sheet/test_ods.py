from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from extract import books, opendocs

from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.sheet import ods as under_test
from intake.extract.sheet.workbook import read_workbook
from intake.extract.unread import DocumentReading
from rules.facts import CellKind, DocumentKind, FormRow, ReadBy
from rules.fields import FormField

FIRMWARE = "Device_Model.firmware_version"


def read(content: bytes) -> DocumentReading:
    return read_document("form.ods", content)


def firmware(cell: str) -> FormRow:
    entry = read(opendocs.form({FIRMWARE: cell})).entry
    assert entry is not None
    assert entry.readable, entry.trouble
    row = entry.row(FormField(FIRMWARE))
    assert row is not None
    return row


def test_a_form_gives_the_same_entry_as_its_excel_twin() -> None:
    reading = read(opendocs.form())
    assert (reading.document.kind, reading.document.media, reading.document.read_by) == (
        DocumentKind.NEW_ENTRY,
        "ods",
        ReadBy.WORKBOOK,
    )
    twin = read_workbook("form.ods", books.opened(books.form())).entry
    assert reading.entry is not None
    assert twin is not None
    assert reading.entry == replace(
        twin,
        rows=tuple(replace(row, offered=False) for row in twin.rows),  # drop-downs are read in Excel's own form alone
    )


def typed(kind: str, attribute: str, value: str, shown: str) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


SPACED = (
    '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/><text:span>b</text:span>'
    "</text:p><office:annotation><text:p>not the value</text:p></office:annotation></table:table-cell>"
)
ERROR = (
    '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#N/A</text:p></table:table-cell>'
)
CELLS = [
    (typed("float", "value", "1", "01"), CellKind.NUMBER, "1"),
    (typed("float", "value", "1.1", "1.10"), CellKind.NUMBER, "1.1"),
    (typed("float", "value", "1E+05", "1E05"), CellKind.NUMBER, "100000.0"),
    (typed("time", "time-value", "PT10H02M00S", "10:02"), CellKind.TIME, "10:02:00"),
    (typed("time", "time-value", "PT24H00M00S", "24:00"), CellKind.TIME, "24:00:00"),
    (typed("date", "date-value", "2023-08-30", "30/08/2023"), CellKind.DATE, "2023-08-30"),
    (typed("date", "date-value", "2023-08-30T10:00:00", "30/08/2023"), CellKind.DATE, "2023-08-30T10:00:00"),
    (typed("boolean", "boolean-value", "true", "TRUE"), CellKind.BOOLEAN, "TRUE"),
    (opendocs.text("01:02\n05"), CellKind.TEXT, "01:02\n05"),
    (opendocs.text(""), CellKind.EMPTY, ""),
    (SPACED, CellKind.TEXT, "a  b"),
    (ERROR, CellKind.ERROR, "#N/A"),
]


@pytest.mark.parametrize(("cell", "kind", "value"), CELLS)
def test_a_cell_s_kind_and_value_are_those_stored_and_not_those_shown(cell: str, kind: CellKind, value: str) -> None:
    row = firmware(cell)
    assert (row.kind, row.value) == (kind, value)


def test_a_formula_is_given_with_what_it_last_gave() -> None:
    row = firmware(opendocs.text("01:02:05:06", 'table:formula="of:=[.A1]&amp;&quot;x&quot;"'))
    assert (row.kind, row.value, row.cached) == (CellKind.FORMULA, '=[.A1]&"x"', "01:02:05:06")


def test_a_text_format_is_told() -> None:
    assert firmware(opendocs.text("01", 'table:style-name="ce1"')).number_format == "@"
    assert firmware(opendocs.text("01")).number_format == "General"


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    lines = opendocs.rows()
    lines[8] = lines[8].replace("<table:table-row ", '<table:table-row table:visibility="collapse"')
    columns = '<table:table-column table:number-columns-repeated="6"/><table:table-column table:visibility="collapse"/>'
    for table, hidden in (
        (opendocs.table(lines), 1),
        (opendocs.table(opendocs.rows(), columns=columns), len(lines) - 3),
        (opendocs.table(opendocs.rows(), style="out"), len(lines) - 3),
    ):
        entry = read(opendocs.packed(opendocs.content(table))).entry
        assert entry is not None
        assert sum(row.hidden for row in entry.rows) == hidden


def test_two_filled_forms_are_told() -> None:
    xml = opendocs.content(opendocs.table(opendocs.rows()), opendocs.table(opendocs.rows(), name="Copy"))
    entry = read(opendocs.packed(xml)).entry
    assert entry is not None
    assert entry.other_forms == ("Copy",)


def test_a_spreadsheet_without_the_form_is_something_else() -> None:
    xml = opendocs.content(opendocs.table([opendocs.row(opendocs.text("Prices"))], name="Sheet1"))
    reading = read(opendocs.packed(xml))
    assert reading.document.kind is DocumentKind.OTHER
    assert reading.entry is None


ENDLESS = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"'
)


@pytest.mark.parametrize(
    "more",
    [
        f"{ENDLESS}/></table:table-row>",
        f'{ENDLESS} office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>',
        '<table:table-row table:number-rows-repeated="999999999"/>',
    ],
    ids=["empty", "filled", "rows alone"],
)
def test_a_sheet_that_reaches_to_the_end_is_read_as_far_as_the_form(more: str) -> None:
    entry = read(opendocs.packed(opendocs.content(opendocs.table([*opendocs.rows(), more])))).entry
    assert entry is not None
    assert entry.value(FormField(FIRMWARE)) == "01:02:05:06"


TROUBLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities": (lambda: opendocs.packed(opendocs.content(head="<!DOCTYPE a [<!ENTITY b 'c'>]>")), says.BOOK_HOSTILE),
    "no content": (lambda: books.container({"mimetype": opendocs.TYPE.encode()}), says.BOOK_BROKEN),
    "no XML": (lambda: opendocs.packed(b"<a"), says.BOOK_BROKEN),
    "encrypted": (
        lambda: opendocs.packed(b"?", **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        says.BOOK_LOCKED,
    ),
    "a strange count": (
        lambda: opendocs.packed(
            opendocs.content(opendocs.table(['<table:table-row table:number-rows-repeated="-1"/>']))
        ),
        says.BOOK_BROKEN,
    ),
    "a number that is none": (lambda: opendocs.form({FIRMWARE: typed("float", "value", "x", "1")}), says.BOOK_BROKEN),
    "too many sheets": (lambda: opendocs.packed(opendocs.content(*[opendocs.table([])] * 61)), says.BOOK_SHEETS),
}


@pytest.mark.parametrize("case", TROUBLES)
def test_what_cannot_be_read_says_why(case: str) -> None:
    build, sentence = TROUBLES[case]
    reading = read(build())
    assert reading.document.kind is DocumentKind.UNREADABLE
    assert reading.document.trouble == sentence
    assert reading.entry is not None
    assert reading.entry.trouble == sentence


@pytest.mark.parametrize("limit", ["MAX_CELLS", "MAX_ELEMENTS"])
def test_more_cells_than_any_form_has_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, limit, 50)
    assert read(opendocs.form()).document.trouble == says.BOOK_LARGE


def test_two_texts_in_one_cell_are_never_taken_as_read() -> None:
    entry = read(opendocs.form({FIRMWARE: opendocs.text("01", 'office:string-value="02"')})).entry
    assert entry is not None
    assert not entry.readable
    assert "two different texts" in (entry.trouble or "")
