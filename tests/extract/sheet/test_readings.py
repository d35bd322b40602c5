"""Which of a workbook's sheets is the form, what is said of the others, and where its values and remarks stand."""

from __future__ import annotations

import pytest
from extract import opendocs
from extract.opendocs import row, text

from intake.extract.sheet.parts import HeldParts
from intake.extract.sheet.workbook import read_workbook
from intake.extract.unreadable import BOOK_FORMS, BOOK_HEADLESS, BOOK_UNSEEN
from rules.facts import NewEntry, Remark, RemarkKind, Where

HEAD = ["Data Group", "Data Attribute", "Notes", "Conditionality rule", "Format", "Valid values", "New Entry's Details"]


def header(details: str = HEAD[-1]) -> str:
    return row(*map(text, [*HEAD[:-1], details]))


def line(value: str, group: str = "Device_Model", attribute: str = "firmware_version") -> str:
    blank = '<table:table-cell table:number-columns-repeated="4"/>'
    return row(text(group), text(attribute), blank, value)


def sheet(name: str, *lines: str, style: str = "in") -> str:
    return opendocs.table(list(lines), name, style=style)


def form(name: str, value: str = "01:02", **how: str) -> str:
    return sheet(name, header(), line(text(value)), **how)


def read(*tables: str, signed: bool = False) -> NewEntry | None:
    parts = HeldParts({"content.xml": opendocs.content(*tables)})
    return read_workbook("form.ods", parts, open_document=True, signed=signed).entry


OTHER = sheet("Notes", row(text("words")))
NAMED = "CPL - New Entry"
SHEETS: dict[str, tuple[tuple[str, ...], str | None, tuple[str, ...]]] = {
    "the only one": ((form("Sheet1"),), "Sheet1", ()),
    "behind another": ((OTHER, form("Sheet1")), "Sheet1", ()),
    "the first of two": ((form("a"), form("b")), "a", ("b",)),
    "the one of its name": ((form("a"), form(NAMED)), NAMED, ("a",)),
    "the filled one": ((form(NAMED, ""), form("b")), "b", ()),
    "the filled one of its name": ((form("b", ""), form(NAMED), form("c")), NAMED, ("c",)),
    "none": ((OTHER,), None, ()),
}


@pytest.mark.parametrize("case", SHEETS)
def test_the_form_is_the_filled_sheet_of_its_name(case: str) -> None:
    tables, name, others = SHEETS[case]
    entry = read(*tables)
    if name is None:
        assert entry is None
        return
    assert entry is not None
    assert (entry.document, entry.sheet, entry.other_forms, entry.trouble) == ("form.ods", name, others, None)
    assert {item.where for item in entry.rows} == {Where("form.ods", sheet=name, cell="G2")}


@pytest.mark.parametrize(
    "name",
    [
        "CPL - New Entry",
        "cpl-newentry",
        " CPL \u2013 New  Entry ",
        "CPL_New Entry",
        "CPL\u2212New\u00a0Entry",
        "\uff23PL-New Entry",
    ],
)
def test_a_sheet_of_its_name_that_is_no_form_is_not_passed_over(name: str) -> None:
    entry = read(sheet(name, row(text("words"))))
    assert entry == NewEntry("form.ods", trouble=BOOK_HEADLESS)
    headless = read(sheet(name, line(text("01:02"))))
    assert headless is not None
    assert [(item.field, item.value) for item in headless.rows] == [("Device_Model.firmware_version", "01:02")]
    assert read(sheet(f"{name} 2", line(text("01:02")))) is None


SIGNED: dict[str, tuple[tuple[str, ...], str | None]] = {
    "one": ((OTHER, form(NAMED)), None),
    "one that is hidden": ((form(NAMED, style="out"),), BOOK_UNSEEN),
    "two": ((form(NAMED), form("b")), BOOK_FORMS),
    "two of which one is empty": ((form(NAMED), form("b", "")), BOOK_FORMS),
}


@pytest.mark.parametrize("case", SIGNED)
def test_of_a_signed_workbook_it_is_clear_which_form_was_signed(case: str) -> None:
    tables, trouble = SIGNED[case]
    for signed, expected in ((True, trouble), (False, None)):
        entry = read(*tables, signed=signed)
        assert entry is not None
        assert entry.trouble == expected


def test_a_doubt_about_any_form_is_one_about_the_workbook() -> None:
    twice = '<table:table-cell office:value-type="string" office:string-value="a"><text:p>b</text:p></table:table-cell>'
    doubtful = sheet("b", header(), line(twice))
    for tables in ((form(NAMED), doubtful), (doubtful,)):
        entry = read(*tables)
        assert entry is not None
        assert "two different texts" in (entry.trouble or "")


def test_a_formula_s_result_goes_with_it() -> None:
    formula = '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="7"/>'
    empty = '<table:table-cell table:formula="of:=[.A2]"/>'
    entry = read(sheet(NAMED, header(), line(formula), line(empty, attribute="b"), line(text("x"), attribute="c")))
    assert entry is not None
    assert [(item.value, item.cached) for item in entry.rows] == [("=[.A1]", "7"), ("=[.A2]", None), ("x", None)]


FIELD = "Device_Model.firmware_version"
LONG = "x" * 501


def at(cell: str | None) -> Where:
    return Where("form.ods", sheet=NAMED, cell=cell)


def outside(text: str, cell: str, field: str | None = None) -> Remark:
    return Remark(RemarkKind.OUTSIDE, text, at(cell), field)


def noted(text: str) -> str:
    return f"<table:table-cell><office:annotation><text:p>{text}</text:p></office:annotation></table:table-cell>"


BLANKS = '<table:table-cell table:number-columns-repeated="{}"/>'
BESIDE: dict[str, tuple[tuple[str, ...], tuple[Remark, ...]]] = {
    "nothing": ((header(), line(text("01:02"))), ()),
    "below": ((header(), line(text("a")), row(text("see"))), (outside("see", "A3"),)),
    "at the right": (
        (header(), line(text("a") + text(" see "))),
        (outside("see", "H2", FIELD),),
    ),
    "above, of no weight": (
        (row(text("Central Products List")), header(), line(text("a"))),
        (),
    ),
    "above, holding it back": (
        (row(text("Draft")), header(), line(text("a"))),
        (outside("Draft", "A1"),),
    ),
    "in the header's row": ((row(*map(text, [*HEAD, "draft"])), line(text("a"))), ()),
    "as long as is told": (
        (header(), line(text("a")), row(text(LONG[:500]))),
        (outside(LONG[:500], "A3"),),
    ),
    "longer": (
        (header(), line(text("a")), row(text(LONG))),
        (outside("x" * 499 + "\u2026", "A3"),),
    ),
    "a comment on a value": (
        (header(), line(noted("not final"))),
        (Remark(RemarkKind.COMMENT, "not final", at("G2"), FIELD),),
    ),
    "a comment elsewhere": (
        (header(), line(text("a")), row(BLANKS.format(8), noted("hm"))),
        (Remark(RemarkKind.COMMENT, "hm", at("I3"), None),),
    ),
    "a value struck through": (
        (header(), line(text("a", 'table:style-name="struck"'))),
        (Remark(RemarkKind.APPEARANCE, "a", at("G2"), FIELD, "struck through"),),
    ),
    "a label struck through": (
        (header(), line(text("a")).replace("cell ", 'cell table:style-name="struck" ', 1)),
        (Remark(RemarkKind.APPEARANCE, "Device_Model", at("G2"), FIELD, "struck through"),),
    ),
    "a line over two values": (
        (
            header(),
            line('<table:table-cell><draw:line table:end-cell-address="G3"/><text:p>a</text:p></table:table-cell>'),
            line(text("b"), attribute="b"),
        ),
        (Remark(RemarkKind.COVER, "", at("G2"), FIELD),),
    ),
    "a line over an empty cell": (
        (header(), line("<table:table-cell><draw:line/></table:table-cell>")),
        (),
    ),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_the_form_is_told_with_its_place(case: str) -> None:
    lines, remarks = BESIDE[case]
    entry = read(sheet(NAMED, *lines))
    assert entry is not None
    assert entry.remarks == remarks
