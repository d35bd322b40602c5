"""What one pass over an OpenDocument spreadsheet's content keeps of its sheets: cells, spans, what is hidden, looks."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from extract import opendocs

from intake.extract.sheet import ods
from intake.extract.sheet.cells import MAX_TEXT
from intake.extract.sheet.grid import MAX_SHEETS, Grid
from intake.extract.sheet.ods import MAX_COLUMNS, MAX_ROWS, OdsBook
from intake.extract.sheet.parts import HeldParts
from intake.extract.sheet.sheetnotes import Cover, SheetNote
from intake.extract.sheet.sheetscan import HEADER_ROWS
from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, BOOK_LARGE, BOOK_LOCKED, BOOK_SHEETS, UnreadableError
from intake.extract.xmlparts import parse
from rules.facts import RemarkKind

Values = Mapping[tuple[int, int], object]


def book(*tables: str, styles: str = "") -> OdsBook:
    return OdsBook(
        HeldParts(
            {
                "content.xml": opendocs.content(*tables).replace(
                    b"</office:automatic-styles>", styles.encode() + b"</office:automatic-styles>"
                )
            }
        )
    )


def grid(*lines: str, columns: str = "", styles: str = "", style: str = "in") -> Grid:
    opened = book(opendocs.table(list(lines), columns=columns, style=style), styles=styles)
    return opened.grid(next(opened.sheets()))


def row(*cells: str, attributes: str = "") -> str:
    return opendocs.row(*cells, attributes=attributes)


def cell(text: str, attributes: str = "") -> str:
    return opendocs.text(text, attributes)


def values(page: Grid) -> Values:
    return {place: item.value for place, item in page.cells.items()}


CELLS: dict[str, tuple[list[str], Values]] = {
    "one after the other": ([row(cell("a"), cell("b"))], {(1, 1): "a", (1, 2): "b"}),
    "one below the other": ([row(cell("a")), row(cell("b"))], {(1, 1): "a", (2, 1): "b"}),
    "behind an empty one": ([row(cell(""), cell("b"))], {(1, 2): "b"}),
    "behind many empty ones": (
        [row(cell("", 'table:number-columns-repeated="3"'), cell("b"))],
        {(1, 4): "b"},
    ),
    "repeated": (
        [row(cell("a", 'table:number-columns-repeated="2"'), cell("b"))],
        {(1, 1): "a", (1, 2): "a", (1, 3): "b"},
    ),
    "in a repeated row": (
        [row(cell("a"), attributes='table:number-rows-repeated="2"'), row(cell("b"))],
        {(1, 1): "a", (2, 1): "a", (3, 1): "b"},
    ),
    "below many empty rows": ([row(attributes='table:number-rows-repeated="9"'), row(cell("b"))], {(10, 1): "b"}),
    "covered": (
        [row("<table:covered-table-cell><text:p>a</text:p></table:covered-table-cell>", cell("b"))],
        {(1, 1): "a", (1, 2): "b"},
    ),
    "in groups of rows": (
        [f"<table:table-row-group>{row(cell('a'))}</table:table-row-group>", row(cell("b"))],
        {(1, 1): "a", (2, 1): "b"},
    ),
    "in the last row and column that are kept": (
        [
            row(attributes=f'table:number-rows-repeated="{MAX_ROWS - 1}"'),
            row(cell("", f'table:number-columns-repeated="{MAX_COLUMNS - 1}"'), cell("a"), cell("b")),
            row(cell("c")),
        ],
        {(MAX_ROWS, MAX_COLUMNS): "a"},
    ),
    "repeated without end": (
        [row(cell("", 'table:number-columns-repeated="58"'), cell("a", 'table:number-columns-repeated="9999"'))],
        {(1, 59): "a", (1, 60): "a"},
    ),
    "repeated downwards without end": (
        [
            row(attributes='table:number-rows-repeated="398"'),
            row(cell("a"), attributes='table:number-rows-repeated="9999"'),
        ],
        {(399, 1): "a", (400, 1): "a"},
    ),
    "repeated no time at all": (
        [row(cell("a", 'table:number-columns-repeated="0"'), cell("b"))],
        {(1, 1): "a", (1, 2): "b"},
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_cells_stand_where_those_before_them_leave_off(case: str) -> None:
    lines, expected = CELLS[case]
    assert values(grid(*lines)) == expected


def paragraph(inside: str) -> str:
    return f"<table:table-cell>{inside}</table:table-cell>"


TEXTS = {
    "<text:p>a</text:p>": "a",
    "<text:p>a</text:p><text:p>b</text:p>": "a\nb",
    "<text:p/><text:p>b</text:p>": "\nb",
    "<text:p>a<text:s/>b</text:p>": "a b",
    '<text:p>a<text:s text:c="3"/>b</text:p>': "a   b",
    '<text:p>a<text:s text:c="x"/>b</text:p>': "a b",
    "<text:p>a<text:tab/>b<text:line-break/>c</text:p>": "a\tb\nc",
    "<text:p>a<text:span>b</text:span>c</text:p>": "abc",
    "stray<text:p>a</text:p>": "a",
    "\n  <text:p>a</text:p>\n ": "a",
    "\n  <text:p>a</text:p>\n  <text:p>b</text:p>\n ": "a\nb",
    "<text:p>a</text:p><text:s/><text:p> b </text:p>stray": "a\n b ",
    "<text:p>a<text:span>b</text:span></text:p>\n<text:list>\n<text:p>c</text:p>\n</text:list>": "ab\nc",
    f"<text:p>{'x' * (MAX_TEXT + 9)}</text:p>": "x" * MAX_TEXT,
    "<text:p>a</text:p><table:table><table:table-row><table:table-cell><text:p>b</text:p></table:table-cell>"
    "</table:table-row></table:table>": "ab",
}


@pytest.mark.parametrize("inside", TEXTS)
def test_a_cell_s_text_is_its_paragraphs(inside: str) -> None:
    read = values(grid(row(paragraph(inside), cell("next"))))
    assert read == {(1, 1): TEXTS[inside], (1, 2): "next"}


@pytest.mark.parametrize(
    ("attributes", "merged"),
    [
        ('table:number-columns-spanned="2"', ((2, 1, 3, 1),)),
        ('table:number-rows-spanned="3"', ((2, 1, 2, 3),)),
        ('table:number-columns-spanned="2" table:number-rows-spanned="3"', ((2, 1, 3, 3),)),
        ('table:number-columns-spanned="1" table:number-rows-spanned="1"', ()),
        ('table:number-columns-spanned="2" table:number-columns-repeated="2"', ((2, 1, 3, 1),)),
    ],
)
def test_a_cell_that_spans_others_is_merged_with_them(attributes: str, merged: object) -> None:
    assert grid(row(cell("x"), cell("a", attributes))).merged == merged


def test_what_is_collapsed_or_filtered_away_is_hidden() -> None:
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="visible"/><table:table-column table:visibility="filter"/>'
    )
    page = grid(
        row(cell("a")),
        row(cell("b"), attributes='table:visibility="collapse" table:number-rows-repeated="2"'),
        row(cell("c"), attributes='table:visibility="visible"'),
        row(cell("d"), attributes='table:visibility="filter"'),
        row(attributes='table:visibility="collapse" table:number-rows-repeated="1048576"'),
        columns=columns,
    )
    assert page.hidden_columns == ((2, 3), (5, 5))
    assert page.hidden_rows == {2, 3, 5, *range(6, MAX_ROWS + 1)}


def test_a_sheet_of_a_style_that_is_not_displayed_is_hidden() -> None:
    opened = book(
        opendocs.table([row(cell("a"))], "one"),
        opendocs.table([row(cell("b"))], "two", style="out"),
        opendocs.table([row(cell("c"))], "three"),
    )
    sheets = list(opened.sheets())
    assert [(sheet.name, sheet.visible, sheet.part) for sheet in sheets] == [
        ("one", True, "content.xml#1"),
        ("two", False, "content.xml#2"),
        ("three", True, "content.xml#3"),
    ]
    assert [values(opened.grid(sheet)) for sheet in sheets] == [{(1, 1): "a"}, {(1, 1): "b"}, {(1, 1): "c"}]
    assert opened.doubt is None


FORMATS = (
    '<number:number-style style:name="N2"><number:scientific-number/></number:number-style>'
    '<style:style style:name="ce2" style:data-style-name="N2"/>'
    '<number:number-style style:name="N3"><number:number/></number:number-style>'
    '<style:style style:name="ce3" style:data-style-name="N3"/>'
)


@pytest.mark.parametrize(
    ("style", "code"),
    [("ce1", "@"), ("ce2", "0.00E+00"), ("ce3", "General"), ("unknown", "General"), ("", "General")],
)
def test_a_cell_s_format_is_that_of_its_style(style: str, code: str) -> None:
    named = f'table:style-name="{style}"' if style else ""
    assert grid(row(cell("a", named)), styles=FORMATS).cells[1, 1].number_format == code


def test_a_column_s_style_is_its_cells_where_they_have_none() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="ce1" table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="ce2"/>'
    )
    line = row(*[cell("a")] * 6, cell("b", 'table:style-name="ce3"'))
    page = grid(line, columns=columns, styles=FORMATS)
    assert [item.number_format for item in page.cells.values()] == [
        "General", "General", "@", "@", "0.00E+00", "General", "General",
    ]  # fmt: skip


STRUCK = "struck through"
LOOKS: dict[str, tuple[str, dict[tuple[int, int], object]]] = {
    "plain": (cell("a b", 'table:style-name="ce1"'), {}),
    "struck": (cell("a b", 'table:style-name="struck"'), {(1, 1): (("a b", STRUCK),)}),
    "struck and repeated": (
        cell("a", 'table:style-name="struck" table:number-columns-repeated="2"'),
        {(1, 1): (("a", STRUCK),), (1, 2): (("a", STRUCK),)},
    ),
    "struck and empty": (cell("", 'table:style-name="struck"'), {}),
    "in part": (
        paragraph('<text:p>a <text:span text:style-name="struck"> b </text:span>c</text:p>'),
        {(1, 1): (("b", STRUCK),)},
    ),
    "in an empty part": (
        paragraph('<text:p>a<text:span text:style-name="struck"> </text:span></text:p>'),
        {},
    ),
    "within another part": (
        paragraph(
            '<text:p><text:span text:style-name="struck">a<text:span text:style-name="ce1">b</text:span>c</text:span>'
            "d</text:p>"
        ),
        {(1, 1): (("a", STRUCK), ("c", STRUCK))},
    ),
}


@pytest.mark.parametrize("case", LOOKS)
def test_what_hinders_a_reader_is_kept_with_the_cell(case: str) -> None:
    written, faults = LOOKS[case]
    page = grid(row(written), row(cell("next")))
    assert page.faults == faults


SHAPE = "<draw:frame {}><draw:text-box><text:p>hold</text:p></draw:text-box></draw:frame>"
NOTE = "<office:annotation><dc>Robin</dc><text:p>Not</text:p><text:p>final</text:p></office:annotation>"
ASIDES: dict[str, tuple[list[str], tuple[object, ...], tuple[object, ...]]] = {
    "a comment": ([row(cell("x"), paragraph(NOTE))], (SheetNote(RemarkKind.COMMENT, "Not final", (1, 2)),), ()),
    "an empty comment": ([row(paragraph("<office:annotation/>"))], (), ()),
    "a text box at a cell": (
        [row(paragraph(SHAPE.format("")))],
        (SheetNote(RemarkKind.SHAPE, "hold", (1, 1)),),
        (Cover(1, 1, 1, 1),),
    ),
    "a text box that reaches further": (
        [row(paragraph(SHAPE.format('table:end-cell-address="Sheet.$C$9"')))],
        (SheetNote(RemarkKind.SHAPE, "hold", (1, 1)),),
        (Cover(1, 1, 9, 3),),
    ),
    "a text box on the page": (
        [f"<table:shapes>{SHAPE.format('')}</table:shapes>"],
        (SheetNote(RemarkKind.SHAPE, "hold", None),),
        (Cover(1, 1, 1_048_576, 1_048_576),),
    ),
    "a line": ([row(cell("x")), row(paragraph("<draw:line/>"))], (), (Cover(2, 1, 2, 1),)),
}


@pytest.mark.parametrize("case", ASIDES)
def test_what_stands_beside_the_cells_is_kept_with_its_place(case: str) -> None:
    lines, texts, covers = ASIDES[case]
    notes = grid(*lines, row(cell("next"))).notes
    assert (notes.texts, notes.covers) == (texts, covers)


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        ([row(cell("Data Group"), cell("data  attribute"))], True),
        ([row(cell("x"), cell("Data Attribute"), cell("Data Group"))], True),
        ([row(cell("Data Group")), row(cell("Data Attribute"))], False),
        ([row(cell("Data Group"), cell("Notes"))], False),
        (
            [
                row(attributes=f'table:number-rows-repeated="{HEADER_ROWS - 1}"'),
                row(cell("Data Group"), cell("Data Attribute")),
            ],
            True,
        ),
        (
            [
                row(attributes=f'table:number-rows-repeated="{HEADER_ROWS}"'),
                row(cell("Data Group"), cell("Data Attribute")),
            ],
            False,
        ),
        ([], False),
    ],
)
def test_a_form_is_known_by_its_header_row(lines: list[str], form: bool) -> None:
    opened = book(opendocs.table(lines))
    assert opened.scan(next(opened.sheets()), wanted=False).form is form


def test_the_first_cell_with_two_texts_is_doubted() -> None:
    twice = '<table:table-cell office:value-type="string" office:string-value="a"><text:p>b</text:p></table:table-cell>'
    opened = book(opendocs.table([row(cell("x")), row(cell("y"), twice), row(twice)]))
    doubt = opened.scan(next(opened.sheets()), wanted=True).doubt
    assert doubt == (
        "Cell in row 2, column 2 holds two different texts, so what it says depends on the reader; "
        "please save it again as .xlsx."
    )


MANIFEST = "META-INF/manifest.xml"
REFUSED: dict[str, tuple[dict[str, bytes], str]] = {
    "locked": ({"content.xml": b"", MANIFEST: b"<x><encryption-data/></x>"}, BOOK_LOCKED),
    "without content": ({MANIFEST: b"<x/>"}, BOOK_BROKEN),
    "no XML": ({"content.xml": b"x"}, BOOK_BROKEN),
    "cut short": ({"content.xml": opendocs.content(opendocs.table([]))[:-9]}, BOOK_BROKEN),
    "with a document type": (
        {"content.xml": opendocs.content(opendocs.table([]), head="<!DOCTYPE x>")},
        BOOK_HOSTILE,
    ),
    "with a count in words": (
        {"content.xml": opendocs.content(opendocs.table([row(cell("a", 'table:number-columns-repeated="two"'))]))},
        BOOK_BROKEN,
    ),
    "with a count beyond all": (
        {"content.xml": opendocs.content(opendocs.table([row(attributes='table:number-rows-repeated="1234567890"')]))},
        BOOK_BROKEN,
    ),
    "with an empty count": (
        {"content.xml": opendocs.content(opendocs.table([row(cell("a", 'table:number-rows-spanned=""'))]))},
        BOOK_BROKEN,
    ),
    "of too many sheets": (
        {"content.xml": opendocs.content(*[opendocs.table([])] * (MAX_SHEETS + 1))},
        BOOK_SHEETS,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(case: str) -> None:
    parts, why = REFUSED[case]
    with pytest.raises(UnreadableError, match=why):
        OdsBook(HeldParts(parts))


def test_as_many_sheets_and_as_long_a_count_as_may_be_are_read() -> None:
    opened = book(*[opendocs.table([row(attributes='table:number-rows-repeated="123456789"')])] * MAX_SHEETS)
    assert len(list(opened.sheets())) == MAX_SHEETS


def test_as_many_as_a_limit_says_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [row(cell("a", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"')]
    elements = sum(1 for _ in parse(opendocs.content(opendocs.table(lines))).iter())
    for limit, most in (("MAX_CELLS", 4), ("MAX_ELEMENTS", elements)):
        with monkeypatch.context() as bounded:
            bounded.setattr(ods, limit, most)
            assert len(values(grid(*lines))) == 4
            bounded.setattr(ods, limit, most - 1)
            with pytest.raises(UnreadableError, match=BOOK_LARGE):
                grid(*lines)


def test_large_sheets_beside_a_form_are_kept_in_part() -> None:
    wide = row(cell("a", 'table:number-columns-repeated="50"'), attributes='table:number-rows-repeated="400"')
    opened = book(*[opendocs.table([wide])] * 7, opendocs.table([row(cell("last"))]))
    *others, last = opened.sheets()
    assert len(values(opened.grid(others[0]))) > ods.MAX_ASIDE
    assert values(opened.grid(last)) == {(1, 1): "last"}
