from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from intake.demo.certificates import (
    SPECIMEN,
    cpa_certificate,
    dlms_certificate,
    release_note,
    zigbee_certificate,
)
from intake.demo.form_rows import EDITIONS
from intake.demo.forms import PLACEHOLDER, Formula, new_entry_form

FACTS = {"Manufacturer": "10:63", "Firmware Version": "01:02:05:06"}
BUILDERS: dict[str, Callable[[], bytes]] = {
    "zigbee": lambda: zigbee_certificate(FACTS),
    "cpa": lambda: cpa_certificate(FACTS),
    "dlms": lambda: dlms_certificate(FACTS),
    "release note": lambda: release_note("E100", "1.2", ["It is faster."]),
}


def text_of(content: bytes) -> str:
    with pdfium.PdfDocument(content) as document:
        return str(document[0].get_textpage().get_text_range())


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_specimen_says_that_it_is_one(builder: str) -> None:
    assert SPECIMEN in text_of(BUILDERS[builder]())


@pytest.mark.parametrize("builder", BUILDERS)
def test_equal_input_gives_equal_papers_without_a_date(builder: str) -> None:
    content = BUILDERS[builder]()
    assert content == BUILDERS[builder]()
    assert re.findall(rb"CreationDate\(D:(\d{14})", content) == [b"20220921000000"]
    assert b"/ID[<" + b"0" * 32 in content


@pytest.mark.parametrize("draw", [zigbee_certificate, cpa_certificate, dlms_certificate])
def test_an_unknown_label_is_refused(draw: Callable[..., bytes]) -> None:
    with pytest.raises(KeyError):
        draw({"Colour": "green"})
    with pytest.raises(KeyError):
        draw(FACTS, printed={"Colour": "Color"})


def test_a_label_can_be_printed_in_other_words() -> None:
    text = text_of(cpa_certificate(FACTS, printed={"Firmware Version": "Version"}))
    assert "Firmware" not in text


def test_long_values_wrap_inside_the_page() -> None:
    with pdfium.PdfDocument(dlms_certificate({"Type": "a word " * 60})) as document:
        page = document[0].get_textpage()
        assert max(page.get_rect(n)[2] for n in range(page.count_rects())) < 595 - 50


@pytest.mark.parametrize("options", [{}, {"macro": True}, {"whole_workbook": True}, {"further_forms": {"Two": {}}}])
def test_equal_values_give_equal_workbooks_without_a_date(options: dict[str, object]) -> None:
    values = {"Device_Model.firmware_version": "01:02:05:06"}
    content = new_entry_form(values, **options)  # type: ignore[arg-type]  # the options of new_entry_form
    assert content == new_entry_form(values, **options)  # type: ignore[arg-type]  # the same
    with ZipFile(BytesIO(content)) as container:
        assert {info.date_time for info in container.infolist()} == {(2022, 9, 21, 0, 0, 0)}
        assert container.read("docProps/core.xml").count(b"2022-09-21T00:00:00Z") == 2


def test_a_form_looks_as_the_real_one_is_laid_out() -> None:
    book = load_workbook(BytesIO(new_entry_form({"Device_Model.firmware_version": "01:02:05:06"})))
    sheet = book["CPL - New Entry"]
    assert [cell.value for cell in sheet[6]][::6] == ["Data Group", "New Entry's Details"]
    assert (sheet["A14"].value, sheet["B14"].value, sheet["G14"].value) == (
        "Device_Model",
        "firmware_version",
        "01:02:05:06",
    )
    assert sheet["G14"].number_format == "@"
    assert sheet["G7"].value == PLACEHOLDER
    assert sheet["G7"].protection.locked
    assert not sheet["G14"].protection.locked
    assert sheet.max_row == 39


def test_text_stays_text_and_a_formula_becomes_one() -> None:
    values = {"Device_Model.firmware_version": "=A1", "Manufacturer_Image.hash": Formula("=A1")}
    sheet = load_workbook(BytesIO(new_entry_form(values)))["CPL - New Entry"]
    assert (sheet["G14"].data_type, sheet["G25"].data_type) == ("s", "f")


def test_an_unknown_field_or_edition_is_refused() -> None:
    with pytest.raises(KeyError):
        new_entry_form({"Device_Model.colour": "green"})
    with pytest.raises(KeyError):
        new_entry_form({}, edition="1999-01")


def test_a_macro_workbook_is_one_and_holds_no_program() -> None:
    with ZipFile(BytesIO(new_entry_form({}, macro=True))) as container:
        assert b"ms-excel.sheet.macroEnabled.main+xml" in container.read("[Content_Types].xml")
        assert b"No program" in container.read("xl/vbaProject.bin")


def test_choices_fit_what_excel_allows_in_a_list() -> None:
    assert all(len(",".join(line.choices)) <= 255 for lines in EDITIONS.values() for line in lines)
