"""An ordinary sheet in one pass: always what scanning and reading it one after the other gives."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from helpers import FRIDAY

from intake.demo import products
from intake.demo.samples import submission
from intake.extract.sheet import plainbook
from intake.extract.sheet.parts import HeldParts
from intake.extract.sheet.plainbook import PlainBook
from intake.extract.sheet.plaincells import PlainCells
from intake.extract.sheet.workbook import WorkbookReading, read_workbook

SHEET = "xl/worksheets/sheet1.xml"
MC = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
CELL = b'<c r="B2" t="n"><v>7</v></c>'
LONG = b"Data Group" + b" " * 300
LIST = (
    b'<ext><x:dataValidations xmlns:x="urn:x"><x:dataValidation type="list" sqref="G4">'
    b'<x:formula1>"a,b"</x:formula1></x:dataValidation></x:dataValidations></ext>'
)
CONDITION = b'<conditionalFormatting sqref="G1:G99"><cfRule type="expression" dxfId="0"/></conditionalFormatting>'
BENT: dict[str, tuple[bytes, bytes]] = {
    "a cell twice": (b"</row>", b'<c r="A1"><v>1</v></c></row>'),
    "a cell of another row": (b"</row>", b'<c r="ZZ900"><v>1</v></c></row>'),
    "a cell with an address in small letters": (b'<c r="A', b'<c r="a'),
    "a cell without an address": (b"</row>", b"<c><v>1</v></c></row>"),
    "a row twice": (b"</sheetData>", b'<row r="3">' + CELL + b"</row></sheetData>"),
    "a row without a number": (b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" + b"</row></sheetData>"),
    "a row within a row": (b"</row>", b'<row r="700"/></row>'),
    "a cell within a cell": (b"</c>", b'<c r="ZZ1"/></c>'),
    "a cell outside of the data": (b"</sheetData>", b"</sheetData>" + CELL),
    "a row outside of the data": (b"</sheetData>", b'</sheetData><row r="900"/>'),
    "the data twice": (b"</sheetData>", b"</sheetData><sheetData/>"),
    "data under another name": (b"</sheetData>", b'</sheetData><x:sheetData xmlns:x="urn:x"/>'),
    "two values": (b"</row>", b'<c r="ZZ1"><v>1</v><v>2</v></c></row>'),
    "a value and a text": (b"</row>", b'<c r="ZZ1"><v>1</v><is><t>x</t></is></c></row>'),
    "a text run by run": (b"</row>", b'<c r="ZZ1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>'),
    "a text and how it is pronounced": (
        b"</row>",
        b'<c r="ZZ1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c></row>',
    ),
    "an element that only some readers know": (b"</row>", b'<y:c xmlns:y="urn:y" r="ZZ1"/></row>'),
    "an extension within the data": (b"</row>", b"<extLst><ext/></extLst></row>"),
    "alternative contents around the data": (
        b"<sheetData>",
        b"<mc:AlternateContent " + MC + b"/><sheetData>",
    ),
    "alternative contents within the data": (b"</row>", b"<mc:AlternateContent " + MC + b"/></row>"),
    "a comment": (b"</row>", b"<!-- a word --></row>"),
    "a document type": (b"<worksheet", b"<!DOCTYPE worksheet><worksheet"),
    "an entity": (b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet'),
    "another encoding": (b'encoding="UTF-8"', b'encoding="ISO-8859-1"'),
    "an encoding that nobody knows": (b'encoding="UTF-8"', b'encoding="KLINGON"'),
    "cut short": (b"</worksheet>", b""),
    "a formula": (b"</row>", b'<c r="ZZ1" t="str"><f>1+1</f><v>2</v></c></row>'),
    "a formula that others share": (b"</row>", b'<c r="ZZ1"><f t="shared" si="0">1+1</f><v>2</v></c></row>'),
    "an unknown kind of cell": (b"</row>", b'<c r="ZZ1" t="z"><v>2</v></c></row>'),
    "a style that there is not": (b"</row>", b'<c r="ZZ1" s="9999"><v>2</v></c></row>'),
    "a shared text that there is not": (b"</row>", b'<c r="ZZ1" t="s"><v>99999</v></c></row>'),
    "a hidden row": (b"<row ", b'<row hidden="1" '),
    "a column too narrow": (b"<sheetData>", b'<cols><col min="7" max="7" width="0.1"/></cols><sheetData>'),
    "a column of no number": (b"<sheetData>", b'<cols><col min="x" max="7"/></cols><sheetData>'),
    "joined cells": (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="G3:G5"/></mergeCells>'),
    "joined cells of no address": (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="?"/></mergeCells>'),
    "a drop-down list deep in an extension": (
        b"</worksheet>",
        b"<extLst>" + LIST + b"</extLst></worksheet>",
    ),
    "a condition on its looks": (
        b"</sheetData>",
        b"</sheetData>" + CONDITION,
    ),
    "a long text that begins as the header does": (
        b"<sheetData>",
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>' + LONG + b"x</t></is></c>"
        b'<c r="B1" t="inlineStr"><is><t>Data Attribute</t></is></c></row>',
    ),
    "a processing instruction": (b"</row>", b"<?word?></row>"),
    "very many elements": (b"</sheetData>", b"</sheetData><hyperlinks>" + b"<h/>" * 60_001 + b"</hyperlinks>"),
}


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    documents = submission(products.faultless_form(products.SINGLE, on=FRIDAY.date(), serial=1))
    (content,) = (content for name, content in documents.items() if name.endswith(".xlsx"))
    with ZipFile(BytesIO(content)) as container:
        return {name: container.read(name) for name in container.namelist()}


def sheet_of(parts: dict[str, bytes]) -> bytes:
    """The sheet as most programs begin it."""
    sheet = parts[SHEET]
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + sheet[sheet.index(b"<worksheet") :]


def both_ways(monkeypatch: pytest.MonkeyPatch, parts: dict[str, bytes]) -> tuple[WorkbookReading, WorkbookReading]:
    at_once = read_workbook("form.xlsx", HeldParts(parts))
    with monkeypatch.context() as patched:
        patched.setattr(plainbook, "read_at_once", lambda *_, **__: None)
        return at_once, read_workbook("form.xlsx", HeldParts(parts))


def test_a_form_as_it_comes_is_read_at_once(parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    for sheet in (parts[SHEET], sheet_of(parts)):
        book = PlainBook(HeldParts(parts | {SHEET: sheet}))
        (tab,) = [item for item in book.sheets() if item.part == SHEET]
        with monkeypatch.context() as patched:
            patched.setattr(plainbook, "scan", None)
            assert book.scan(tab, wanted=False).form
            patched.setattr(PlainCells, "read", None)
            assert book.grid(tab).cells
    at_once, one_after_the_other = both_ways(monkeypatch, parts)
    assert at_once == one_after_the_other
    assert at_once.entry is not None
    assert at_once.entry.rows


@pytest.mark.parametrize("what", BENT)
@pytest.mark.parametrize("times", [1, -1])
def test_whatever_is_bent_is_read_as_by_scanning_first(
    parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, what: str, times: int
) -> None:
    old, new = BENT[what]
    sheet = sheet_of(parts)
    bent = sheet.replace(old, new, times)
    assert bent != sheet
    at_once, one_after_the_other = both_ways(monkeypatch, parts | {SHEET: bent})
    assert at_once == one_after_the_other


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp037"])
def test_however_it_is_encoded(parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    text = sheet_of(parts).decode().replace("UTF-8", encoding.removesuffix("-sig"))
    at_once, one_after_the_other = both_ways(monkeypatch, parts | {SHEET: text.encode(encoding)})
    assert at_once == one_after_the_other


def test_a_long_sheet_that_is_no_form_is_not_taken_apart(
    parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = b"".join(b'<row r="%d"/>' % number for number in range(100, 700))
    long = sheet_of(parts).replace(b"</sheetData>", rows + b"</sheetData>").replace(b"Data Attribute", b"Attribute")
    monkeypatch.setattr(PlainCells, "begin_row", None)
    book = PlainBook(HeldParts(parts | {SHEET: long}))
    assert not book.scan(next(book.sheets()), wanted=False).form
