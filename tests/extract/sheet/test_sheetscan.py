"""One pass over a worksheet's XML: whether it is a form, and what two readers could read differently."""

from __future__ import annotations

from io import BytesIO

import pytest

from intake.extract.sheet import sheetscan
from intake.extract.sheet.sheetscan import HEADER_ROWS, Scan, scan
from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, BOOK_LARGE, UnreadableError

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRINGS = ("Data Group", "Data Attribute", "other")


def scanned(inside: str, *, wanted: bool = False, space: str = SPACE) -> Scan:
    return scan(
        BytesIO(f'<worksheet xmlns="{space}" xmlns:m="{MARKUP}" xmlns:x="urn:x">{inside}</worksheet>'.encode()),
        STRINGS,
        wanted=wanted,
    )


def data(inside: str, **how: bool) -> Scan:
    return scanned(f"<sheetData>{inside}</sheetData>", **how)  # type: ignore[arg-type]  # `wanted` alone


def texts(*cells: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells)


FORMS: dict[str, tuple[str, bool]] = {
    "texts in the cells": (f"<row>{texts('Data Group', 'Data Attribute')}</row>", True),
    "in other letters": (f"<row>{texts('x', 'DATA  attribute', ' data group ')}</row>", True),
    "results of formulas": (
        '<row><c t="str"><f>1</f><v>Data Group</v></c><c t="str"><v>Data Attribute</v></c></row>',
        True,
    ),
    "shared texts": ('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', True),
    "other shared texts": ('<row><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row>', False),
    "shared texts that are not there": ('<row><c t="s"><v>0</v></c><c t="s"><v>3</v></c></row>', False),
    "shared texts of no number": ('<row><c t="s"><v>0</v></c><c t="s"><v>-2</v></c></row>', False),
    "numbers": ("<row><c><v>0</v></c><c><v>1</v></c></row>", False),
    "half": (f"<row>{texts('Data Group', 'Notes')}</row>", False),
    "on two rows": (f"<row>{texts('Data Group')}</row><row>{texts('Data Attribute')}</row>", False),
    "on the last row that is looked at": (
        f'<row r="{HEADER_ROWS}">{texts("Data Group", "Data Attribute")}</row>',
        True,
    ),
    "on a row too far down": (f'<row r="{HEADER_ROWS + 1}">{texts("Data Group", "Data Attribute")}</row>', False),
    "in pieces": (
        f'<row><c t="inlineStr"><is><r><t>Data </t></r><r><t>Group</t></r></is></c>{texts("Data Attribute")}</row>',
        True,
    ),
    "with their pronunciation": (
        '<row><c t="inlineStr"><is><t>Data Group</t><rPh><t>x</t></rPh></is></c>' + texts("Data Attribute") + "</row>",
        True,
    ),
    "in an extension of others": ("<row/><extLst><x:row><x:c>Data Group</x:c></x:row></extLst>", False),
    "none": ("", False),
}


@pytest.mark.parametrize("case", FORMS)
def test_a_form_is_known_by_its_header_row(case: str) -> None:
    inside, form = FORMS[case]
    assert data(inside) == Scan(form, None)
    assert scanned(f"<sheetData>{inside}</sheetData>", space=STRICT).form is form


CELL = "<c><v>1</v></c>"
ALTERNATIVES = "The sheet holds alternative contents for its cells"
BELONG = "The sheet holds cells where none belong"
ONLY_SOME = "The sheet holds elements that only some readers know"
DOUBTS: dict[str, tuple[str, str | None]] = {
    "a plain sheet": (f'<sheetData><row r="1">{CELL}</row><row r="3">{CELL}</row></sheetData>', None),
    "cells in their own order": ('<sheetData><row><c r="B1"/><c r="A1"/></row></sheetData>', None),
    "rows in their own order": ('<sheetData><row r="3"/><row r="2"/></sheetData>', None),
    "alternatives elsewhere": ("<m:AlternateContent/><sheetData/><m:AlternateContent/>", None),
    "an extension in the data": ("<sheetData><extLst><x:y/><x:c/></extLst><row/></sheetData>", None),
    "cells in an extension": (f"<sheetData><extLst>{CELL}</extLst></sheetData>", BELONG),
    "something strange behind an extension": ("<sheetData><extLst/><x:y/></sheetData>", ONLY_SOME),
    "two sheets of data": ("<sheetData/><sheetData/>", "The sheet's data stands twice in the workbook's file"),
    "data as an alternative": ("<m:AlternateContent><sheetData/></m:AlternateContent>", ALTERNATIVES),
    "alternatives in the data": ("<sheetData><m:AlternateContent/></sheetData>", ALTERNATIVES),
    "something strange in the data": ("<sheetData><x:y/></sheetData>", ONLY_SOME),
    "a row elsewhere": ('<row r="1"/><sheetData/>', BELONG),
    "a cell elsewhere": ("<sheetData/><c/>", BELONG),
    "a stranger's row elsewhere": ("<sheetData/><x:row/>", None),
    "two values": (
        "<sheetData><row><c/><c><v>1</v><v>2</v></c></row></sheetData>",
        "Cell number 2 of row 1 holds two values",
    ),
    "a value and a text": (
        "<sheetData><row><c><v>1</v><is/></c></row></sheetData>",
        "Cell number 1 of row 1 holds two values",
    ),
    "one row twice": ('<sheetData><row r="2"/><row r="2"/></sheetData>', "Row 2 stands twice in the sheet"),
    "one row twice, once unsaid": ('<sheetData><row/><row r="1"/></sheetData>', "Row 1 stands twice in the sheet"),
    "a row in a row": ('<sheetData><row r="1"><row r="2"/></row></sheetData>', "Row 2 stands within another one"),
    "one cell twice": (
        '<sheetData><row><c r="A1"/><c r="A1"/></row></sheetData>',
        "Cell A1 stands twice in the sheet",
    ),
    "one cell twice, once unsaid": (
        '<sheetData><row><c r="B1"/><c r="A1"/><c/></row></sheetData>',
        "Cell number 2 of row 1 stands twice in the sheet",
    ),
    "one cell in two spellings": (
        '<sheetData><row><c r="A1"/><c r="a1"/></row></sheetData>',
        "Cell a1 stands twice in the sheet",
    ),
    "a cell of another row": (
        '<sheetData><row r="1"><c r="A2"/></row></sheetData>',
        "Cell A2 stands in another row of the sheet's file",
    ),
    "a cell outside of any row": (
        '<sheetData><c r="A1"/></sheetData>',
        "Cell A1 stands outside of its row, or within another one",
    ),
    "a cell in a cell": (
        '<sheetData><row><c r="A1"><c r="B1"/></c></row></sheetData>',
        "Cell B1 stands outside of its row, or within another one",
    ),
    "the first of two doubts": ('<row/><sheetData><c r="A1"/></sheetData>', BELONG),
}


@pytest.mark.parametrize("case", DOUBTS)
def test_what_can_be_read_in_two_ways_is_doubted(case: str) -> None:
    inside, doubt = DOUBTS[case]
    depends = ", so what it says depends on the reader; please save the workbook again in Excel."
    assert scanned(inside, wanted=True).doubt == (doubt and doubt + depends)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ('<sheetData><row r="one"/></sheetData>', BOOK_BROKEN),
        ('<sheetData><row><c r="1A"/></row></sheetData>', BOOK_BROKEN),
        ('<sheetData><row><c r="A12345678"/></row></sheetData>', BOOK_BROKEN),
        ("<sheetData>", BOOK_BROKEN),
    ],
)
def test_what_is_no_sheet_is_refused(inside: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        scanned(inside)


def test_a_document_type_is_refused() -> None:
    with pytest.raises(UnreadableError, match=BOOK_HOSTILE):
        scan(BytesIO(b"<!DOCTYPE x><worksheet/>"), (), wanted=False)


def test_a_sheet_is_read_no_further_than_a_form_s_header_may_stand() -> None:
    far = f'<row r="{HEADER_ROWS + 1}"/><row r="{HEADER_ROWS + 1}"/>'
    assert data(far) == Scan(form=False, doubt=None)
    assert data(far, wanted=True).doubt is not None
    header = f"<row>{texts('Data Group', 'Data Attribute')}</row>"
    assert data(header + far).doubt is not None


def test_no_more_elements_than_a_form_may_have_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "<row/>" * 8
    monkeypatch.setattr(sheetscan, "MAX_ELEMENTS", 10)
    assert data(rows) == Scan(form=False, doubt=None)
    assert data(rows, wanted=True) == Scan(form=False, doubt=None)
    assert data(f"{rows}<row/>") == Scan(form=False, doubt=None)
    with pytest.raises(UnreadableError, match=BOOK_LARGE):
        data(f"{rows}<row/>", wanted=True)
    with pytest.raises(UnreadableError, match=BOOK_LARGE):
        data(f"<row>{texts('Data Group', 'Data Attribute')}</row>{rows}")
