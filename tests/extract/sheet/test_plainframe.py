"""The frame of a workbook, its parts and its list of sheets: what is ordinary is opened, and all else handed over."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from intake.extract.sheet.grid import MAX_SHEETS, Sheet
from intake.extract.sheet.parts import HeldParts
from intake.extract.sheet.plainbook import PlainBook
from intake.extract.sheet.plaincells import HandedOverError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
PAGE = f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>7</v></c><c t="s"><v>0</v></c></row></sheetData></worksheet>'


def override(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{kind}"/>'


def declared(*items: str) -> str:
    return f'<Types xmlns="{TYPES}">{"".join(items)}</Types>'


def frame(sheets: str, more: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{more}<sheets>{sheets}</sheets></workbook>'


def sheet(name: str, relation: str = "r1", more: str = "") -> str:
    return f'<sheet name="{name}" r:id="{relation}" {more}/>'


def relations(*items: tuple[str, str], more: str = "", kind: str = "worksheet") -> str:
    written = "".join(f'<Relationship Id="{name}" Type="x/{kind}" Target="{target}" {more}/>' for name, target in items)
    return f"<Relationships>{written}</Relationships>"


TYPES_PART, FRAME, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PLAIN: Mapping[str, str] = {
    TYPES_PART: declared(
        '<Default Extension="xml" ContentType="application/xml"/>',
        override("xl/workbook.xml", BOOK),
        override("xl/texts.xml", TEXTS),
    ),
    FRAME: frame(sheet("Form")),
    RELATIONS: relations(("r1", "worksheets/a.xml")),
    "xl/worksheets/a.xml": PAGE,
    "xl/texts.xml": f'<sst xmlns="{MAIN}"><si><t>words</t></si></sst>',
}


def opened(changes: Mapping[str, str | None], *, values: bool = False) -> PlainBook:
    parts = {name: part for name, part in {**PLAIN, **changes}.items() if part is not None}
    return PlainBook(HeldParts({name: part.encode() for name, part in parts.items()}), values=values)


FORM = [Sheet("Form", True, "xl/worksheets/a.xml")]  # noqa: FBT003  # the fields of Sheet


def test_an_ordinary_workbook_s_sheets_texts_and_cells_are_read() -> None:
    book = opened({})
    assert list(book.sheets()) == FORM
    assert book.doubt is None
    assert {place: cell.value for place, cell in book.grid(FORM[0]).cells.items()} == {(1, 1): 7, (1, 2): "words"}
    assert book.scan(FORM[0], wanted=True).doubt is None


def kind_of_book(kind: str) -> dict[str, str | None]:
    return {
        TYPES_PART: declared(
            override("xl/workbook.xml", f"application/vnd.{kind}+xml"), override("xl/texts.xml", TEXTS)
        )
    }


OPENED: dict[str, dict[str, str | None]] = {
    "with macros": kind_of_book("ms-excel.sheet.macroEnabled.main"),
    "a template": kind_of_book("openxmlformats-officedocument.spreadsheetml.template.main"),
    "a template with macros": kind_of_book("ms-excel.template.macroEnabled.main"),
    "counted from 1900": {FRAME: frame(sheet("Form"), '<workbookPr date1904="0"/>')},
    "said to be counted from 1900": {FRAME: frame(sheet("Form"), '<workbookPr date1904="false"/>')},
    "with other properties": {FRAME: frame(sheet("Form"), '<workbookPr codeName="x"/>')},
    "with its sheet's whole path": {RELATIONS: relations(("r1", "/xl/worksheets/a.xml"))},
    "with its sheet's path through another folder": {RELATIONS: relations(("r1", "other/../worksheets/a.xml"))},
    "in other letters": {"xl/worksheets/a.xml": None, "XL/Worksheets/A.xml": PAGE},
    "with relations to other things": {
        RELATIONS: relations(("r1", "worksheets/a.xml")).replace(
            "</Relationships>", '<Relationship Id="r9" Type="x/theme" Target="t.xml"/></Relationships>'
        )
    },
}


@pytest.mark.parametrize("case", OPENED)
def test_what_office_programs_write_is_opened(case: str) -> None:
    assert [(item.name, item.visible) for item in opened(OPENED[case]).sheets()] == [("Form", True)]


STATES = frame(
    sheet("a")
    + sheet("b", more='state="hidden"')
    + sheet("c", more='state="veryHidden"')
    + sheet("d", more='state="visible"')
)


def test_sheets_are_seen_hidden_or_very_hidden() -> None:
    listed = opened({FRAME: STATES}).sheets()
    assert [(item.name, item.visible, item.very_hidden) for item in listed] == [
        ("a", True, False),
        ("b", False, False),
        ("c", False, True),
        ("d", True, False),
    ]


def many(number: int) -> str:
    return frame("".join(sheet(f"s{count}") for count in range(number)))


def test_as_many_sheets_as_may_be_are_listed() -> None:
    assert len(list(opened({FRAME: many(MAX_SHEETS)}).sheets())) == MAX_SHEETS


HANDED_OVER: dict[str, dict[str, str | None]] = {
    "no types": {TYPES_PART: None},
    "no workbook": {TYPES_PART: declared(override("xl/texts.xml", TEXTS))},
    "two workbooks": {TYPES_PART: declared(override("xl/workbook.xml", BOOK), override("xl/other.xml", BOOK))},
    "two parts of texts": {
        TYPES_PART: declared(
            override("xl/workbook.xml", BOOK), override("xl/texts.xml", TEXTS), override("xl/other.xml", TEXTS)
        )
    },
    "a workbook by its ending": {TYPES_PART: declared(f'<Default Extension="xml" ContentType="{BOOK}"/>')},
    "texts by their ending": {
        TYPES_PART: declared(override("xl/workbook.xml", BOOK), f'<Default Extension="t" ContentType="{TEXTS}"/>')
    },
    "a type of nothing": {TYPES_PART: declared(override("xl/workbook.xml", BOOK), '<Override ContentType="x"/>')},
    "a part without a type": {TYPES_PART: declared(override("xl/workbook.xml", BOOK), '<Override PartName="/x"/>')},
    "another declaration": {
        TYPES_PART: declared(override("xl/workbook.xml", BOOK), '<Other PartName="/x" ContentType="x"/>')
    },
    "a workbook that is not there": {FRAME: None},
    "texts that are not there": {"xl/texts.xml": None},
    "no relations": {RELATIONS: None},
    "a workbook of another name": {FRAME: frame(sheet("Form")).replace("workbook", "book")},
    "a workbook of another standard": {FRAME: frame(sheet("Form")).replace(MAIN, "urn:other")},
    "counted from 1904": {FRAME: frame(sheet("Form"), '<workbookPr date1904="1"/>')},
    "said to be counted from 1904": {FRAME: frame(sheet("Form"), '<workbookPr date1904="true"/>')},
    "no sheet": {FRAME: frame("")},
    "too many sheets": {FRAME: many(MAX_SHEETS + 1)},
    "a sheet without a name": {FRAME: frame('<sheet r:id="r1"/>')},
    "a sheet in an odd state": {FRAME: frame(sheet("Form", more='state="asleep"'))},
    "a sheet without a relation": {FRAME: frame('<sheet name="Form"/>')},
    "a sheet of a relation that is not there": {FRAME: frame(sheet("Form", "r2"))},
    "something else among the sheets": {FRAME: frame(sheet("Form").replace("<sheet ", "<other "))},
    "a relation twice": {RELATIONS: relations(("r1", "worksheets/a.xml"), ("r1", "worksheets/a.xml"))},
    "a relation without a name": {RELATIONS: relations(("r1", "worksheets/a.xml"), ("", "worksheets/a.xml"))},
    "a relation to another kind": {RELATIONS: relations(("r1", "worksheets/a.xml"), kind="chartsheet")},
    "a relation outside": {RELATIONS: relations(("r1", "worksheets/a.xml"), more='TargetMode="External"')},
    "a relation said to be inside": {RELATIONS: relations(("r1", "worksheets/a.xml"), more='TargetMode="Internal"')},
    "a sheet that is not there": {"xl/worksheets/a.xml": None},
}


@pytest.mark.parametrize("case", HANDED_OVER)
def test_what_is_not_ordinary_is_handed_over(case: str) -> None:
    with pytest.raises(HandedOverError):
        opened(HANDED_OVER[case])


def test_hidden_rows_and_columns_are_those_marked_or_too_small() -> None:
    page = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="1" max="2" hidden="1"/><col min="3" max="3" width="0.9"/>'
        '<col min="4" max="4" width="1"/><col min="5" max="6" hidden="true"/><col min="7" max="7" hidden="0"/>'
        '<col min="8" max="8" width="x"/></cols><sheetData><row r="1" hidden="1"/><row r="2" ht="4.9"/>'
        '<row r="3" ht="5"/><row r="4" ht="x"/></sheetData>'
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    )
    grid = opened({"xl/worksheets/a.xml": page}).grid(FORM[0])
    assert grid.hidden_columns == ((1, 2), (3, 3), (5, 6))
    assert grid.hidden_rows == {1, 2}
    assert grid.merged == ((1, 1, 2, 2),)


def test_a_formula_is_read_as_it_is_asked_for() -> None:
    page = f'<worksheet xmlns="{MAIN}"><sheetData><row><c><f>A2</f><v>3</v></c></row></sheetData></worksheet>'
    for values, expected in ((False, "=A2"), (True, 3)):
        book = opened({"xl/worksheets/a.xml": page}, values=values)
        assert book.grid(FORM[0]).cells[1, 1].value == expected
