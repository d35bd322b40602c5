from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from dossiers import a_dossier
from extract import books, opendocs
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from intake.demo.forms import new_entry_form
from intake.extract.document import read_document
from rules.facts import NewEntry, Remark, RemarkKind
from rules.fields import FormField
from rules.format import remarks as rule

FIRMWARE, CELL = "Device_Model.firmware_version", "G14"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def read(content: bytes) -> NewEntry:
    entry = read_document("form.xlsx", content).entry
    assert entry is not None
    assert entry.trouble is None
    return entry


def changed(change: Callable[[Worksheet], object]) -> bytes:
    book = load_workbook(BytesIO(books.form()))
    change(book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def shown_to_a_person(content: bytes) -> list[tuple[RemarkKind, str, str | None]]:
    entry = read(content)
    assert len(list(rule.check(a_dossier(entry).judging(entry)))) == len(entry.remarks)
    return [(remark.kind, remark.text, remark.field) for remark in entry.remarks]


def font(**how: object) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        sheet[CELL].font = Font(**how)

    return write


def put(cell: str, text: str) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        sheet[cell] = text

    return write


def condition(**how: object) -> Callable[[Worksheet], None]:
    def write(sheet: Worksheet) -> None:
        sheet.conditional_formatting.add("G7:G40", FormulaRule(formula=["TRUE"], **how))

    return write


@pytest.mark.parametrize("edition", ["2022-09", "2017-12"])
def test_a_form_as_it_is_issued_has_nothing_beside_it(edition: str) -> None:
    assert shown_to_a_person(new_entry_form(books.FILLED, edition=edition)) == []


PLAIN: dict[str, Callable[[Worksheet], object]] = {
    "another font": font(name="Courier New", sz=8, color="FF1F3A5F"),
    "bold red": font(b=True, color="FFC00000"),
    "underlined": font(u="single"),
    "not struck": font(strike=False),
    "a colour of the palette": font(color="FF000000"),
    "the colour of filled rows": condition(fill=PatternFill(bgColor="FFFFE699")),
    "a condition elsewhere": lambda sheet: sheet.conditional_formatting.add(
        "C7:C9", FormulaRule(formula=["TRUE"], font=Font(strike=True))
    ),
    "a comment removed again": lambda sheet: setattr(sheet[CELL], "comment", None),
    "blanks beside the form": put("J14", "   "),
    "a title of one's own above it": put("C2", "Ashdown Metering Limited, AML-E5"),
}


@pytest.mark.parametrize("case", PLAIN)
def test_what_speaks_against_nothing_is_no_remark(case: str) -> None:
    assert shown_to_a_person(changed(PLAIN[case])) == []


FAULTS: dict[str, tuple[Callable[[Worksheet], object], str]] = {
    "struck through": (font(strike=True), "struck through"),
    "white": (font(color="FFFFFFFF"), "in a colour that cannot be told from its background"),
    "nearly the colour behind it": (font(color="FFD8E8CE"), "in a colour that cannot be told from its background"),
    "tiny": (font(sz=1), "1 points high, too small to be read"),
    "symbols": (font(name="Wingdings 2"), "shown in the symbols of Wingdings 2"),
    "raised": (font(vertAlign="superscript"), "raised or lowered like the mark of a footnote"),
    "crossed by its border": (
        lambda sheet: setattr(sheet[CELL], "border", Border(diagonal=Side("thin"), diagonalUp=True)),
        "crossed out by a line from corner to corner",
    ),
    "struck under a condition": (condition(font=Font(strike=True)), "struck through under a condition"),
    "white under a condition": (
        condition(font=Font(color="FFFFFFFF")),
        "in a colour that cannot be told from its background under a condition",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_value_that_does_not_look_as_it_is_kept_is_told(case: str) -> None:
    change, appearance = FAULTS[case]
    told = {remark.field: remark for remark in read(changed(change)).remarks}
    assert told[FIRMWARE].kind is RemarkKind.APPEARANCE
    assert told[FIRMWARE].text == books.FILLED[FIRMWARE]
    assert told[FIRMWARE].appearance == appearance
    assert told[FIRMWARE].where.cell == CELL


@pytest.mark.parametrize(
    ("properties", "appearance"),
    [
        ("<strike/>", "struck through"),
        ('<sz val="2"/>', "2 points high, too small to be read"),
        ('<color rgb="FFFFFFFF"/>', "in a colour that cannot be told from its background"),
        ('<color theme="0"/>', "in a colour that cannot be told from its background"),
        ('<color indexed="9"/>', "in a colour that cannot be told from its background"),
    ],
)
def test_a_part_of_a_value_is_told_too(properties: str, appearance: str) -> None:
    runs = f"<is><r><t>01:02:05:</t></r><r><rPr>{properties}</rPr><t>06</t></r></is>"
    entry = read(books.swapped("<is><t>01:02:05:06</t></is>", runs))
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"
    assert [(remark.text, remark.appearance) for remark in entry.remarks] == [("06", appearance)]


def test_a_comment_is_told_in_its_own_words() -> None:
    told = shown_to_a_person(changed(lambda sheet: setattr(sheet[CELL], "comment", Comment("Not final", "Robin"))))
    assert told == [(RemarkKind.COMMENT, "Not final", FIRMWARE)]


@pytest.mark.parametrize("cell", ["H14", "J20", "G60", "A70"])
def test_a_text_beside_or_below_the_form_is_told(cell: str) -> None:
    assert [(kind, text) for kind, text, _ in shown_to_a_person(changed(put(cell, "see e-mail")))] == [
        (RemarkKind.OUTSIDE, "see e-mail")
    ]


def test_a_label_that_is_struck_takes_its_value_back() -> None:
    def write(sheet: Worksheet) -> None:
        sheet["B14"].font = Font(strike=True)

    (remark,) = read(changed(write)).remarks
    assert (remark.text, remark.field, remark.appearance) == ("firmware_version", FIRMWARE, "struck through")


@pytest.mark.parametrize("cell", ["C14", "F20"])
def test_a_text_among_the_labels_is_told_where_it_holds_the_form_back(cell: str) -> None:
    assert [told[:2] for told in shown_to_a_person(changed(put(cell, "Provisional value")))] == [
        (RemarkKind.OUTSIDE, "Provisional value")
    ]


def test_a_sheet_s_name_is_told_where_it_holds_the_form_back() -> None:
    told = shown_to_a_person(changed(lambda sheet: setattr(sheet, "title", "CPL - New Entry (DRAFT)")))
    assert told == [(RemarkKind.OUTSIDE, "CPL - New Entry (DRAFT)", None)]


@pytest.mark.parametrize(
    "text",
    [
        "DRAFT - do not publish", "Not yet final", "On hold until 1 May", "Sample only", "SAMPLE", "Example", "Test",
        "This is a test", "Demo", "DUMMY DATA", "wip", "Training", "Not submitted", "Not for submission", "REJECTED",
        "Void", "Expired", "For review", "Pending sign-off", "Awaiting approval", "DRAFFT", "UTKAST", "草稿",
    ],
)  # fmt: skip
def test_a_text_above_the_form_is_told_where_it_holds_it_back(text: str) -> None:
    assert (RemarkKind.OUTSIDE, text) in [told[:2] for told in shown_to_a_person(changed(put("B2", text)))]


@pytest.mark.parametrize(
    "text", ["Rev 3", "v0.9", "Confidential", "Template v2.051", "Ashdown Metering Limited", "Test house: NTS", "Kopie"]
)
def test_any_other_text_above_the_form_is_not(text: str) -> None:
    assert shown_to_a_person(changed(put("B2", text))) == []


@pytest.mark.parametrize(("text", "told"), [("OK", 0), ("\u2713", 0), ("n/a", 0), ("-", 0), ("OK?", 1), ("see 01", 1)])
def test_a_tick_beside_a_row_says_nothing(text: str, told: int) -> None:
    assert len(shown_to_a_person(changed(put("H14", text)))) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("VOID", True), ("A red stamp reading DRAFT", True), ("Rejected stamp", True), ("SAMPLE stamp", True),
        ("withdrawn", True), ("Do not process", True), ("Please do not use the hash above.", True),
        ("Ashdown logo", False), ("Picture 1", False), ("Company seal", False), ("Diagram of the meter", False),
        ("A picture containing text Description automatically generated", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["descr", "title"])
def test_what_is_said_of_a_picture_is_told_where_it_holds_the_form_back(name: str, words: str, *, told: bool) -> None:
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing"><xdr:oneCellAnchor><xdr:from><xdr:col>9</xdr:col>'
        "<xdr:row>2</xdr:row></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>2</xdr:row></xdr:to><xdr:pic>"
        f'<xdr:nvPicPr><xdr:cNvPr id="1" name="Picture 1" {name}="{words}"/></xdr:nvPicPr></xdr:pic>'
        "</xdr:oneCellAnchor></xdr:wsDr>"
    )
    expected = [(RemarkKind.SHAPE, words, None)] if told else []
    assert shown_to_a_person(_with_drawing(drawing)) == expected


def test_the_foot_of_the_printed_page_is_told_where_it_holds_the_form_back() -> None:
    def write(sheet: Worksheet) -> None:
        sheet.oddHeader.center.text = "Ashdown Metering"
        sheet.oddFooter.center.text = "Draft, for discussion"

    assert [told[:2] for told in shown_to_a_person(changed(write))] == [(RemarkKind.OUTSIDE, "Draft, for discussion")]


@pytest.mark.parametrize(("at", "told"), [("G14", [(RemarkKind.COVER, "", FIRMWARE)]), ("A1", [])])
def test_a_picture_is_told_where_it_lies_over_a_value(at: str, told: list[object]) -> None:
    from PIL import Image as Pixels  # noqa: PLC0415  # beside its only use

    def write(sheet: Worksheet) -> None:
        drawn = BytesIO()
        Pixels.new("RGB", (4, 4)).save(drawn, "PNG")
        drawn.seek(0)
        picture = Image(drawn)
        picture.anchor = _over(at)
        sheet.add_image(picture)

    assert shown_to_a_person(changed(write)) == told


def _over(cell: str) -> object:
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor  # noqa: PLC0415  # beside its only use
    from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415  # likewise

    row, column = coordinate_to_tuple(cell)
    corner = AnchorMarker(col=column - 1, row=row - 1)
    return TwoCellAnchor(_from=corner, to=AnchorMarker(col=column - 1, row=row - 1, colOff=99, rowOff=99))


def test_a_text_box_is_told_in_its_own_words() -> None:
    anchor = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>9</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:to><xdr:col>11</xdr:col><xdr:row>4</xdr:row>"
        "</xdr:to><xdr:sp><xdr:txBody><a:p><a:r><a:t>Hold this</a:t></a:r><a:r><a:t>entry</a:t></a:r></a:p>"
        "</xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    )
    assert shown_to_a_person(_with_drawing(anchor)) == [(RemarkKind.SHAPE, "Hold this entry", None)]


def _with_drawing(drawing: str) -> bytes:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
        'Target="../drawings/drawing1.xml"/></Relationships>'
    )
    parts = books.parts_of(books.form())
    parts["xl/drawings/drawing1.xml"] = drawing.encode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relation.encode()
    return books.container(parts)


def test_no_more_than_some_remarks_are_told() -> None:
    def write(sheet: Worksheet) -> None:
        for row in range(10, 90):
            sheet.cell(row, 12, f"remark {row}")

    assert len(read(changed(write)).remarks) == 20


def test_a_remark_is_a_question() -> None:
    entry = read(changed(font(strike=True)))
    assert Remark in {type(remark) for remark in entry.remarks}
    (finding,) = rule.check(a_dossier(entry).judging(entry))
    assert finding.message == f"{FIRMWARE} is struck through: '01:02:05:06'."


def open_document(cell: str) -> list[tuple[RemarkKind, str, str | None]]:
    entry = read_document("form.ods", opendocs.form({FIRMWARE: cell})).entry
    assert entry is not None
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02"
    return [(remark.kind, remark.text, remark.appearance or None) for remark in entry.remarks]


def cell_with(inside: str, style: str = "ce1") -> str:
    return f'<table:table-cell office:value-type="string" table:style-name="{style}">{inside}</table:table-cell>'


SAYS = "<text:p>01:02</text:p>"
ILLEGIBLE = "in a colour that cannot be told from its background"
IN_OPEN_DOCUMENTS: dict[str, tuple[str, list[tuple[RemarkKind, str, str | None]]]] = {
    "nothing": (cell_with(SAYS), []),
    "white on blue": (cell_with(SAYS, "plain"), []),
    "struck through": (cell_with(SAYS, "struck"), [(RemarkKind.APPEARANCE, "01:02", "struck through")]),
    "white": (cell_with(SAYS, "white"), [(RemarkKind.APPEARANCE, "01:02", ILLEGIBLE)]),
    "tiny": (cell_with(SAYS, "tiny"), [(RemarkKind.APPEARANCE, "01:02", "1 points high, too small to be read")]),
    "a part": (
        cell_with('<text:p>01:<text:span text:style-name="struck">02</text:span></text:p>'),
        [(RemarkKind.APPEARANCE, "02", "struck through")],
    ),
    "a comment": (
        cell_with(f"<office:annotation><text:p>Not</text:p><text:p>final</text:p></office:annotation>{SAYS}"),
        [(RemarkKind.COMMENT, "Not final", None)],
    ),
    "a text box over it": (
        cell_with(f"<draw:frame><draw:text-box><text:p>hold</text:p></draw:text-box></draw:frame>{SAYS}"),
        [(RemarkKind.SHAPE, "hold", None), (RemarkKind.COVER, "", None)],
    ),
    "a line across it": (cell_with(f"<draw:line/>{SAYS}"), [(RemarkKind.COVER, "", None)]),
}


@pytest.mark.parametrize("case", IN_OPEN_DOCUMENTS)
def test_an_open_document_tells_the_same(case: str) -> None:
    cell, told = IN_OPEN_DOCUMENTS[case]
    assert open_document(cell) == told


def beside(text: str, *, state: str = "visible", title: str = "Notes") -> bytes:
    """The form with another sheet on which one cell is filled."""

    def add(sheet: Worksheet) -> None:
        other = sheet.parent.create_sheet(title)
        other.sheet_state = state
        other.cell(180, 30, text)

    return changed(add)


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
@pytest.mark.parametrize("text", ["TBC", "Do not submit before the renewal", "The hash in the form is wrong"])
def test_another_sheet_that_speaks_against_the_form_is_told(text: str, state: str) -> None:
    assert [(remark.text, remark.where.cell) for remark in read(beside(text, state=state)).remarks] == [(text, "AD180")]


@pytest.mark.parametrize(("text", "title"), [("Robin Hale", "Contacts"), ("Certificate withdrawn", "Version Control")])
def test_other_sheets_and_the_list_s_own_tabs_do_no_harm(text: str, title: str) -> None:
    assert read(beside(text, title=title)).remarks == ()


@pytest.mark.parametrize(
    ("prompt", "told"), [("Not final, wait for release 9", True), ("Enter XX:XX. Do not leave it blank", False)]
)
def test_what_a_cell_s_prompt_says_against_its_value_is_told(prompt: str, told: bool) -> None:  # of a table
    def add(sheet: Worksheet) -> None:
        validation = DataValidation(type="textLength", operator="lessThan", formula1="50", prompt=prompt)
        validation.add(CELL)
        sheet.add_data_validation(validation)

    assert bool(read(changed(add)).remarks) is told


def aside(*rows: tuple[str, ...]) -> bytes:
    book = load_workbook(BytesIO(books.form()))
    sheet = book.create_sheet("Status")
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = [(f"Product {number}", "released") for number in range(300)]


@pytest.mark.parametrize(
    "rows",
    [
        [("Suspended",)],
        [("Firmware", "Suspended")],
        [("AML-E5", "model recalled")],
        [("Hash", "fail")],
        [("Certificate valid", "No")],
        [*TABLE, ("AML-E5", "Withdrawn")],
    ],
)
def test_a_word_of_an_end_on_another_sheet_is_told(rows: list[tuple[str, ...]]) -> None:
    assert shown_to_a_person(aside(*rows))


@pytest.mark.parametrize("rows", [[("Hash verified", "Yes")], [("1.0", "First issue")], TABLE])
def test_other_sheets_say_nothing_as_a_rule(rows: list[tuple[str, ...]]) -> None:
    assert shown_to_a_person(aside(*rows)) == []
