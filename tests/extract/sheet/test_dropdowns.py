"""What the form's own drop-down lists offer, wherever their values stand."""

from __future__ import annotations

from html import escape
from io import BytesIO

import pytest
from extract import books, opendocs
from extract.opendocs import content, packed, row, table, text
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from intake.demo.forms import new_entry_form
from intake.extract.sheet import sheetscan
from intake.extract.sheet.dropdowns import of_condition, place_of
from intake.extract.sheet.workbook import read_workbook
from rules.fields import FormField

FIELD = FormField.GBCS_VERSION
VALUES = ["GBCS Version 4.1", "GBCS Version 4.4"]
NAMES = {"gbcs": "Lists!$B$1:$B$4", "calculated": "OFFSET(Lists!$A$1,0,0,4)"}
PLACES = {
    "Lists!$A$1:$A$9": ("Lists", (1, 1, 1, 9)),
    "$K$3:$K$9": (None, (11, 3, 11, 9)),
    "K9": (None, (11, 9, 11, 9)),
    "'My list'!B2:A1": ("My list", (1, 1, 2, 2)),
    "'O''x'!$A$1": ("O'x", (1, 1, 1, 1)),
    "Lists!$A:$A": ("Lists", (1, 1, 1, 400)),
    "$Lists.$A$1:.$A$5": ("Lists", (1, 1, 1, 5)),
    "$Lists.$A$1:$Lists.$A$5": ("Lists", (1, 1, 1, 5)),
    "$'My list'.$A$1:.$A$5": ("My list", (1, 1, 1, 5)),
    ".$A$1:.$A$5": (None, (1, 1, 1, 5)),
    "GBCS": ("Lists", (2, 1, 2, 4)),
    "=gbcs": ("Lists", (2, 1, 2, 4)),
    "calculated": None,
    'INDIRECT("Lists!A1")': None,
    "#REF!": None,
    "A1:A": None,
    "Unknown": None,
}


@pytest.mark.parametrize("stated", PLACES)
def test_where_a_list_stands(stated: str) -> None:
    assert place_of(stated, NAMES) == PLACES[stated]


@pytest.mark.parametrize(
    ("condition", "values", "place"),
    [
        ('of:cell-content-is-in-list("A";"B ""x""")', {"A", 'B "x"'}, ""),
        ('cell-content-is-in-list( "A" ; "B;C" )', {"A", "B;C"}, ""),
        ("of:cell-content-is-in-list([$Lists.$A$1:.$A$5])", None, "$Lists.$A$1:.$A$5"),
        ("of:cell-content-is-in-list(GBCS)", None, "GBCS"),
        ("of:cell-content-is-whole-number() and cell-content()>1", None, ""),
        ("of:cell-content-is-in-list()", None, ""),
    ],
)
def test_what_a_condition_of_an_opendocument_lists(condition: str, values: set[str] | None, place: str) -> None:
    assert of_condition(condition) == (None if values is None else frozenset(values), place)


def excel(formula: str, *, sheet: str = "Lists", state: str = "visible", value: str = VALUES[1]) -> bytes:
    """The form with a list of its own for one cell, and a sheet that holds the values in A1:A2 and A1:B1."""
    book = load_workbook(BytesIO(new_entry_form({FIELD: value})))
    form, lists = book.active, book.create_sheet(sheet)
    lists["A1"], lists["A2"], lists["B1"], lists.sheet_state = VALUES[0], VALUES[1], VALUES[1], state
    book.defined_names["GBCS"] = DefinedName("GBCS", attr_text=f"'{sheet}'!$A$1:$A$2")
    form["F16"] = None
    form.data_validations.dataValidation = [DataValidation("list", formula1=formula, sqref="G16")] if formula else []
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def later(content: bytes) -> bytes:
    """The form with the list in the element in which Excel keeps lists of other sheets."""
    listed = (
        b'<extLst><ext uri="x" xmlns:x14="urn:x14"><x14:dataValidations xmlns:xm="urn:xm">'
        b'<x14:dataValidation type="list">'
        b"<x14:formula1><xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>G16</xm:sqref>"
        b"</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    return books.changed(content, books.SHEET, lambda xml: xml.replace(b"</worksheet>", listed))


def odd(content: bytes) -> bytes:
    """A workbook that openpyxl has to read, as it counts its days from 1904."""
    return books.changed(
        content, "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    )


def offered(content: bytes, *, open_document: bool = False) -> bool:
    entry = read_workbook("form.xlsx", books.opened(content), open_document=open_document).entry
    assert entry is not None
    line = entry.row(FIELD)
    assert line is not None
    return line.offered


EXCEL = {
    "another sheet": lambda: excel("Lists!$A$1:$A$2"),
    "a hidden sheet": lambda: excel("Lists!$A$1:$A$2", state="hidden"),
    "a sheet with a blank": lambda: excel("'My lists'!$A$1:$A$2", sheet="My lists"),
    "a row": lambda: excel("Lists!$A$1:$B$1"),
    "a whole column": lambda: excel("Lists!$A:$A"),
    "a name": lambda: excel("GBCS"),
    "Excel's later kind": lambda: later(excel("")),
}
NOT_OFFERED = {
    "another value": lambda: excel("Lists!$A$1:$A$2", value="GBCS Version 4.5"),
    "beyond the range": lambda: excel("Lists!$A$1:$A$1"),
    "no such sheet": lambda: excel("Elsewhere!$A$1:$A$2"),
    "calculated": lambda: excel('INDIRECT("Lists!A1:A2")'),
    "a lost reference": lambda: excel("#REF!"),
}


@pytest.mark.parametrize("kind", EXCEL)
def test_a_value_is_offered_by_a_list_that_stands_in_cells(kind: str) -> None:
    form = EXCEL[kind]()
    assert offered(form)
    assert offered(odd(form))


@pytest.mark.parametrize("kind", NOT_OFFERED)
def test_what_no_list_holds_is_not_offered(kind: str) -> None:
    assert not offered(NOT_OFFERED[kind]())


def test_a_form_is_read_without_the_list_of_a_sheet_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    more = b"".join(b'<row r="%d"/>' % number for number in range(3, 2_000))
    sheet = "xl/worksheets/sheet2.xml"
    form = odd(EXCEL["another sheet"]())
    content = books.changed(form, sheet, lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>"))
    assert offered(content)
    monkeypatch.setattr(sheetscan, "MAX_ELEMENTS", 1_500)
    assert not offered(content)


def open_form(condition: str, value: str = VALUES[1], *, validated: bool = True) -> bytes:
    """An OpenDocument form whose cell has this condition, with the values on a second sheet."""
    validations = (
        f'<table:content-validations><table:content-validation table:name="v" table:condition="{escape(condition)}"/>'
        "</table:content-validations>"
    )
    names = (
        '<table:named-expressions><table:named-range table:name="GBCS" table:cell-range-address="$Lists.$A$1:.$A$2"/>'
        "</table:named-expressions>"
    )
    cell = text(value, 'table:content-validation-name="v"' if validated else "")
    lists = table([row(text(item)) for item in VALUES], "Lists")
    return packed(content(validations, table(opendocs.rows({FIELD: cell})), lists, names))


@pytest.mark.parametrize(
    "condition",
    [
        'of:cell-content-is-in-list("GBCS Version 4.1";"GBCS Version 4.4")',
        "of:cell-content-is-in-list([$Lists.$A$1:.$A$2])",
        "of:cell-content-is-in-list(GBCS)",
    ],
)
def test_the_lists_of_an_opendocument_form_are_read(condition: str) -> None:
    assert offered(open_form(condition), open_document=True)
    assert not offered(open_form(condition, "GBCS Version 4.5"), open_document=True)
    assert not offered(open_form(condition, validated=False), open_document=True)


def test_a_list_of_many_values_and_a_long_condition_are_bounded() -> None:
    long = ";".join(f'"{number}"' for number in range(20_000))
    assert not offered(open_form(f'of:cell-content-is-in-list({long};"{VALUES[1]}")'), open_document=True)
