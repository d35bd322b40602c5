from __future__ import annotations

import os
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from extract import books
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from intake.demo.form_rows import EDITIONS
from intake.demo.forms import PLACEHOLDER, Formula, new_entry_form
from intake.extract.sheet.workbook import read_workbook
from intake.extract.unreadable import BOOK_DETAILS, BOOK_HEADLESS
from rules.facts import CellKind, FormRow, NewEntry
from rules.fields import FormField

HASH = ":".join(["AB"] * 32)
SHARED = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[4] / "shared/data"))
REAL_FORM = SHARED / "cpl/new-entry-form-2022-09.xlsx"


def read(content: bytes) -> NewEntry:
    entry = read_workbook("form.xlsx", books.opened(content)).entry
    assert entry is not None
    return entry


def row(content: bytes, field: str) -> FormRow:
    actual = read(content).row(FormField(field))
    assert actual is not None
    return actual


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def edited(content: bytes, **cells: object) -> bytes:
    book = load_workbook(BytesIO(content))
    for cell, value in cells.items():
        book.active[cell] = value
    return saved(book)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_form_is_read_row_by_row(edition: str) -> None:
    values = {line.field: f"value {number}" for number, line in enumerate(EDITIONS[edition])}
    entry = read(new_entry_form(values, edition=edition))
    assert entry.readable
    assert entry.sheet == "CPL - New Entry"
    assert {found.field: found.value for found in entry.rows} == values
    assert all(found.kind is CellKind.TEXT for found in entry.rows)
    assert [found.where.cell for found in entry.rows] == [f"G{n}" for n in range(7, 7 + len(values))]


@pytest.mark.parametrize(
    ("value", "kind", "text", "number_format"),
    [
        ("10:63", CellKind.TEXT, "10:63", "@"),
        ("  10:63 \n", CellKind.TEXT, "  10:63 \n", "@"),
        ("=not a formula", CellKind.TEXT, "=not a formula", "@"),
        ("\u041010:63\u00a0", CellKind.TEXT, "\u041010:63\u00a0", "@"),
        (1, CellKind.NUMBER, "1", "General"),
        (1.1, CellKind.NUMBER, "1.1", "General"),
        (True, CellKind.BOOLEAN, "TRUE", "General"),
        (time(10, 2), CellKind.TIME, "10:02:00", "h:mm:ss"),
        (date(2022, 3, 12), CellKind.DATE, "2022-03-12", "yyyy-mm-dd"),
        (datetime(2022, 3, 12, 4, 5), CellKind.DATE, "2022-03-12T04:05:00", "yyyy-mm-dd h:mm:ss"),  # noqa: DTZ001  # a cell knows no zone
        (Formula("=1+1"), CellKind.FORMULA, "=1+1", "General"),
        (None, CellKind.EMPTY, "", "General"),
        ("", CellKind.EMPTY, "", "General"),
    ],
)
def test_a_cell_is_given_as_the_workbook_holds_it(value: object, kind: CellKind, text: str, number_format: str) -> None:
    found = row(new_entry_form({"Device_Model.manufacturer_identifier": value}), "Device_Model.manufacturer_identifier")  # type: ignore[dict-item]  # the table holds every kind of value
    assert (found.kind, found.value, found.number_format) == (kind, text, number_format)


def test_an_error_cell_is_called_one() -> None:
    content = books.typed("G10", "e", "#N/A")
    actual = row(content, "Device_Model.manufacturer_identifier")
    assert (actual.kind, actual.value) == (CellKind.ERROR, "#N/A")


def test_a_date_beyond_the_calendar_is_an_error_cell() -> None:
    content = new_entry_form({"Device_Model.manufacturer_identifier": date(2022, 3, 12)})
    content = books.changed(content, books.SHEET, lambda xml: xml.replace(b"<v>44632</v>", b"<v>99999999999</v>"))
    assert row(content, "Device_Model.manufacturer_identifier").kind is CellKind.ERROR


def test_shared_strings_as_excel_writes_them_are_read() -> None:
    assert read(books.shared(books.form())).rows == read(books.form()).rows


def test_a_formula_brings_what_it_last_gave() -> None:
    content = new_entry_form({"Device_Model.firmware_version": Formula("=A1")})
    cached = books.changed(content, books.SHEET, lambda xml: xml.replace(b"<f>A1</f><v />", b"<f>A1</f><v>7</v>"))
    assert row(content, "Device_Model.firmware_version").cached is None
    assert row(cached, "Device_Model.firmware_version").cached == "7"


def test_escaped_characters_are_read_as_what_they_stand_for() -> None:
    content = new_entry_form({"Device_Model.firmware_version": "01_x000D_"})
    assert row(content, "Device_Model.firmware_version").value == "01\r"


@pytest.mark.parametrize(
    "name", ["CPL - New Entry", "cpl \u2013 new  entry", "CPL-New Entry", "CPL - New Entry ", "Sheet1"]
)
def test_the_form_is_found_by_name_or_by_its_header(name: str) -> None:
    entry = read(books.form(sheet_name=name))
    assert entry.sheet == name
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


def test_the_form_is_found_among_the_tabs_of_the_whole_list() -> None:
    entry = read(books.form(whole_workbook=True))
    assert entry.sheet == "CPL - New Entry"
    assert entry.other_forms == ()


def test_a_second_filled_form_is_reported_and_a_blank_one_is_not() -> None:
    further = {"Second": books.FILLED, "Blank": {}}
    entry = read(books.form(further_forms=further))
    assert entry.sheet == "CPL - New Entry"
    assert entry.other_forms == ("Second",)


def test_a_filled_copy_goes_before_the_blank_tab() -> None:
    entry = read(new_entry_form({}, further_forms={"CPL - New Entry (2)": books.FILLED}))
    assert entry.sheet == "CPL - New Entry (2)"
    assert entry.other_forms == ()


def test_a_blank_form_is_still_a_form() -> None:
    entry = read(new_entry_form({}))
    assert len(entry.rows) == 33
    assert entry.value(FormField.ENTRY_NUMBER) == PLACEHOLDER


def test_rows_go_by_their_labels_wherever_they_stand() -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active.insert_rows(9, 4)
    book.active.insert_cols(1, 2)
    entry = read(saved(book))
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"
    assert len(entry.rows) == 33


def test_the_value_column_goes_by_its_header() -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active.move_range("G6:G39", cols=2)
    book.active["I6"] = "new entry\u2019s  details"
    actual = read(saved(book)).row(FormField.FIRMWARE_VERSION)
    assert actual is not None
    assert (actual.value, actual.where.cell) == ("01:02:05:06", "I14")


def test_without_that_header_values_stand_in_column_g() -> None:
    assert read(edited(books.form(), G6="something else")).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


@pytest.mark.parametrize("head", ["New Entry's Details:", "New Entry\u00b4s Details", "New Entry`s\nDetails *"])
def test_the_header_of_the_values_is_known_in_careless_spellings(head: str) -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active.insert_cols(1)
    book.active["H6"] = head
    assert read(saved(book)).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


def test_without_that_header_values_stand_as_far_from_the_groups_as_ever() -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active.insert_cols(1, 2)
    book.active["I6"] = "Details"
    assert read(saved(book)).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


@pytest.mark.parametrize("cells", [{"G6": "Valid values"}, {"H6": "New Entry's Details", "H14": "01:02:05:07"}])
def test_where_it_cannot_be_told_which_column_is_meant_a_person_looks(cells: dict[str, str]) -> None:
    assert read(edited(books.form(), **cells)).trouble == BOOK_DETAILS


@pytest.mark.parametrize(
    "label", ["firmware_version:", "firmware_\nversion", "firmware_version\u200b", "Firmware_Version *"]
)
def test_a_label_is_known_with_marks_breaks_and_what_cannot_be_seen(label: str) -> None:
    assert read(edited(books.form(), B14=label)).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


@pytest.mark.parametrize("text", ["Data Group", "01:02:05:06"])
def test_how_a_text_is_pronounced_is_no_part_of_it(text: str) -> None:
    plain, spoken = (f"<is>{runs}</is>".encode() for runs in (f"<t>{text}</t>", _spoken(text)))
    content = books.changed(books.form(sheet_name="Sheet1"), books.SHEET, lambda xml: xml.replace(plain, spoken))
    assert read(content).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


def _spoken(text: str) -> str:
    return f'<r><t>{text}</t></r><rPh sb="0" eb="1"><t>99</t></rPh>'


def test_a_blank_group_cell_inherits_only_where_cells_are_merged() -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active["A11"] = None
    assert read(saved(book)).row(FormField.MODEL_IDENTIFIER) is None
    book.active.merge_cells("A10:A14")
    assert read(saved(book)).row(FormField.MODEL_IDENTIFIER) is not None


def test_lines_below_the_form_are_no_rows_of_it() -> None:
    entry = read(edited(books.form(), A42="Please return to SECAS", B43="Signed"))
    assert len(entry.rows) == 33


def test_a_value_beside_half_a_label_is_not_lost() -> None:
    entry = read(edited(books.form(), A42="Firmware Upgrade Path", G42="000123"))
    assert entry.rows[-1].field == "Firmware Upgrade Path."
    assert entry.rows[-1].value == "000123"


@pytest.mark.parametrize("how", ["row", "column", "column range", "sheet", "very hidden sheet"])
def test_hidden_cells_are_marked(how: str) -> None:
    book = load_workbook(BytesIO(books.form(whole_workbook=True)))
    sheet = book["CPL - New Entry"]
    if how == "row":
        sheet.row_dimensions[14].hidden = True
    elif how == "column":
        sheet.column_dimensions["G"].hidden = True
    elif how == "column range":
        sheet.column_dimensions.group("F", "H", hidden=True)
    else:
        sheet.sheet_state = "hidden" if how == "sheet" else "veryHidden"
    actual = row(saved(book), "Device_Model.firmware_version")
    assert actual.hidden


def test_a_row_or_column_too_small_to_be_seen_is_hidden() -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active.row_dimensions[14].height = 0.4
    assert row(saved(book), "Device_Model.firmware_version").hidden
    book = load_workbook(BytesIO(books.form()))
    book.active.column_dimensions["G"].width = 0.1
    assert row(saved(book), "Device_Model.firmware_version").hidden


def test_a_row_without_height_is_hidden() -> None:
    content = books.swapped('<row r="14"', '<row r="14" ht="0" customHeight="1"')
    assert row(content, "Device_Model.firmware_version").hidden


def test_what_is_in_sight_is_not_marked_hidden() -> None:
    assert not any(found.hidden for found in read(books.form()).rows)


def test_macros_are_neither_run_nor_needed() -> None:
    assert read(books.form(macro=True)).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


def test_a_workbook_without_a_form_is_no_entry() -> None:
    assert read_workbook("book.xlsx", books.opened(saved(Workbook()))).entry is None


def test_a_form_of_the_right_name_is_read_without_its_header_row() -> None:
    book = load_workbook(BytesIO(books.form()))
    book.active.delete_rows(1, 6)
    entry = read(saved(book))
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"
    assert len(entry.rows) == 33


def test_a_sheet_of_the_right_name_that_holds_no_form_is_not_passed_over() -> None:
    book = Workbook()
    book.active.title = "CPL - New Entry"
    book.active.append(("nothing", "here"))
    assert read(saved(book)).trouble == BOOK_HEADLESS


def test_the_strict_form_of_the_standard_is_read_too() -> None:
    parts = books.parts_of(books.form())
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts.items()
    }
    assert read(books.container(strict)).value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


@pytest.mark.skipif(not REAL_FORM.exists(), reason="the real form is not beside this checkout (CPL_SHARED_DATA)")
def test_the_real_form_is_read() -> None:
    entry = read(REAL_FORM.read_bytes())
    assert [found.field for found in entry.rows] == [line.field for line in EDITIONS["2022-09"]]
    assert entry.value(FormField.ENTRY_NUMBER) == PLACEHOLDER
    assert not any(found.filled for found in entry.rows if found.group != "Entry")


def test_a_value_that_the_form_s_own_list_has_is_said_to_be_offered() -> None:
    field = FormField.GBCS_VERSION
    offered = {
        value: read(new_entry_form({field: value})).row(field) for value in ("GBCS Version 4.1", "GBCS Version 4.4")
    }
    assert {value: row.offered for value, row in offered.items() if row is not None} == {
        "GBCS Version 4.1": True,
        "GBCS Version 4.4": False,
    }


@pytest.mark.parametrize("where", ["column", "drop-down"])
def test_a_younger_form_s_own_list_is_read_beside_the_cell_and_from_its_drop_down(where: str) -> None:
    book = load_workbook(BytesIO(new_entry_form({FormField.GBCS_VERSION: "GBCS Version 4.4"})))
    sheet = book.active
    if where == "column":
        sheet["F16"] = "GBCS Version 4.1\nGBCS Version 4.4 "
    else:
        sheet["F16"] = None
        sheet.data_validations.dataValidation = [
            DataValidation("list", formula1='"GBCS Version 4.1, GBCS Version 4.4"', sqref="G16 G40")
        ]
    row = read(saved(book)).row(FormField.GBCS_VERSION)
    assert row is not None
    assert row.offered
