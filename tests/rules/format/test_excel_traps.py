"""Excel's traps end to end: real workbooks, read as submissions are, each with the finding that names its trap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    CREATOR,
    DLMS_ID,
    FIRMWARE,
    GBCS,
    HASH,
    JUDGED_AT,
    MANUFACTURER,
    MODEL,
    NUMBER,
    REVISION,
    SINGLE,
    STATUS,
    TYPE,
    VERSION,
    a_document,
    a_dossier,
    a_form,
    certificates_for,
    judged,
)
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from intake.demo.form_rows import EDITIONS
from intake.demo.forms import HEADER_ROW, SHEET_NAME, CellValue, Formula, new_entry_form
from intake.extract.sheet.workbook import read_workbook
from rules.facts import DocumentKind, Dossier
from rules.finding import EntryReport, Finding, Outcome
from rules.profile import profiles

VALID = {row.field: row.value for row in a_form(SINGLE).rows if row.group != "Entry"}
ROWS = {line.field: row for row, line in enumerate(EDITIONS["2022-09"], HEADER_ROW + 1)}


def dossier_of(content: bytes) -> Dossier:
    entry = read_workbook("form.xlsx", ZipFile(BytesIO(content))).entry
    assert entry is not None
    workbook = a_document("form.xlsx", DocumentKind.NEW_ENTRY, media="xlsx")
    return replace(a_dossier(entry, judged_at=JUDGED_AT), documents=(workbook, *certificates_for(a_form(SINGLE))))


def report(content: bytes) -> EntryReport:
    return judged(dossier_of(content))


def findings(content: bytes) -> list[tuple[str, Finding]]:
    """Every finding of a rule of the form, a note too."""
    rulings = report(content).rulings
    return [
        (ruling.rule, finding) for ruling in rulings if ruling.rule.startswith("format.") for finding in ruling.findings
    ]


def spoilt(change: Callable[[Workbook, Worksheet], None], **options: object) -> bytes:
    """The valid form, changed as a person with Excel would change it."""
    book = load_workbook(BytesIO(new_entry_form(VALID, **options)))  # type: ignore[arg-type]  # options of new_entry_form
    change(book, book[SHEET_NAME])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_form_that_the_traps_are_set_in_is_ready() -> None:
    assert report(new_entry_form(VALID)).outcome is Outcome.READY


@pytest.mark.parametrize(
    ("field", "kept", "number_format", "said", "words", "meant"),
    [
        (MANUFACTURER, time(10, 2), "hh:mm:ss", "10:02:00", "a time of day", "10:02"),
        (MODEL, timedelta(days=1), "[h]:mm:ss", "24:00:00", "a time of day", "24:00"),
        (MODEL, time(1, 2, 5), "hh:mm:ss", "01:02:05", "a time of day", None),
        (MANUFACTURER, 0.418055555, "General", "0.418055555", "a number", "10:02"),
        (VERSION, 1, "General", "1", "without its leading zeros", "01"),
        (REVISION, 0, "General", "0", "without its leading zeros", "00"),
        (MODEL, 100000, "0.00E+00", "100000", "scientific notation", "1E:05 or 10:E4 or 01:E5"),
        (MODEL, datetime(2026, 3, 12), "d-mmm", "2026-03-12", "a date", "12:03 or 03:12"),  # noqa: DTZ001  # a workbook's
        (CPA_DATE, date(2028, 8, 30), "dd/mm/yyyy", "2028-08-30", "a date", "30/08/2028"),
        (GBCS, 4.1, "General", "4.1", "a number", "GBCS Version 4.1"),
        (DLMS_ID, 2721, "General", "2721", "a number", "2721"),
        (DLMS_ID, True, "General", "TRUE", "TRUE or FALSE", None),
        (FIRMWARE, Formula('="12:03:12:34"'), "General", '="12:03:12:34"', "never calculated", None),
    ],
)
def test_a_value_that_excel_changed_is_told_with_what_is_kept_and_what_was_meant(
    field: str, kept: CellValue, number_format: str, said: str, words: str, meant: str | None
) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        cell = sheet.cell(ROWS[field], 7)
        cell.value = str(kept) if isinstance(kept, Formula) else kept
        cell.number_format = number_format

    ((rule, finding),) = findings(spoilt(change))
    assert (rule, finding.field, finding.said, finding.suggestion) == ("format.text_cells", field, said, meant)
    assert words in finding.message
    assert number_format in finding.message


def test_a_formula_s_last_result_is_a_suggestion() -> None:
    content = new_entry_form({**VALID, FIRMWARE: Formula("=A1")})
    swapped = _with_part(content, b"<f>A1</f><v />", b"<f>A1</f><v>12:03:12:34</v>", b"<f>A1</f><v></v>")
    ((rule, finding),) = findings(swapped)
    assert (rule, finding.said, finding.suggestion) == ("format.text_cells", "=A1", "12:03:12:34")


def _with_part(content: bytes, old: bytes, new: bytes, other: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                assert old in part or other in part
                part = part.replace(old, new).replace(other, new).replace(b'r="G14"', b'r="G14" t="str"')
            target.writestr(name, part)
    return out.getvalue()


def test_an_error_cell_is_told() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.cell(ROWS[FIRMWARE], 7).value = "#REF!"
        sheet.cell(ROWS[FIRMWARE], 7).data_type = "e"

    ((rule, finding),) = findings(spoilt(change))
    assert (rule, finding.said) == ("format.text_cells", "#REF!")
    assert "an error value" in finding.message


@pytest.mark.parametrize(
    ("field", "text", "rule", "words", "meant"),
    [
        (FIRMWARE, "12:03:\u200b12:34", "format.shape", "U+200B ZERO WIDTH SPACE", "12:03:12:34"),
        (MANUFACTURER, "10:6\u0421", "format.shape", "CYRILLIC CAPITAL LETTER ES", "10:6C"),
        (MANUFACTURER, "10:6c", "format.shape", "lower-case letters", "10:6C"),
        (MANUFACTURER, "0x106C", "format.shape", "mark 0x", "10:6C"),
        (VERSION, "0X0a", "format.shape", "mark 0x of another way to write hexadecimal; it has lower-case", "0A"),
        (VERSION, "1", "format.shape", "is not in the format that the form requires.", None),
        (TYPE, f"{SINGLE[:6]}\u00a0{SINGLE[7:]}", "format.choice", "U+00A0 NO-BREAK SPACE", SINGLE),
        (
            CPA_ID,
            "[E] ESME\u20111497",
            "format.characters",
            "NON-BREAKING HYPHEN",
            "[E] ESME-1497",
        ),
        (CPA_DATE, "30-08-2028", "format.date", "not a real day", "30/08/2028"),
    ],
)
def test_text_that_is_not_what_it_seems_is_told(
    field: str, text: str, rule: str, words: str, meant: str | None
) -> None:
    actual = findings(new_entry_form({**VALID, field: text}))
    told = [(one, finding.field, finding.suggestion) for one, finding in actual if not finding.unknown]
    assert told == [(rule, field, meant)]
    assert words in actual[0][1].message


@pytest.mark.parametrize(
    ("field", "text", "words", "meant"),
    [
        (FIRMWARE, "12:03:12:34\u00a0", "invisible", "12:03:12:34"),
        (FIRMWARE, "\u200b12:03:12:34", "invisible", "12:03:12:34"),
        (GBCS, " GBCS Version 4.1", "blanks", "GBCS Version 4.1"),
    ],
)
def test_what_is_unseen_around_a_value_is_asked_about(field: str, text: str, words: str, meant: str) -> None:
    ((rule, finding),) = findings(new_entry_form({**VALID, field: text}))
    assert (rule, finding.field, finding.suggestion, finding.unknown) == ("format.characters", field, meant, True)
    assert words in finding.message


@pytest.mark.parametrize("area", ["G14:H14", "F14:G14", "G14:G15"])
def test_a_merged_entry_cell_is_told(area: str) -> None:
    actual = findings(spoilt(lambda _, sheet: sheet.merge_cells(area)))
    assert ("format.merged_cells", FIRMWARE) in [(rule, finding.field) for rule, finding in actual]


def test_merged_labels_are_no_one_s_fault() -> None:
    assert findings(spoilt(lambda _, sheet: sheet.merge_cells("A10:A14"))) == []


@pytest.mark.parametrize("how", ["row", "column", "sheet"])
def test_a_hidden_entry_cell_is_told(how: str) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        if how == "row":
            sheet.row_dimensions[ROWS[FIRMWARE]].hidden = True
        elif how == "column":
            sheet.column_dimensions["G"].hidden = True
        else:
            sheet.sheet_state = "veryHidden"

    content = spoilt(change, whole_workbook=True)
    assert report(content).outcome is Outcome.NEEDS_A_PERSON
    told = [(rule, finding.field) for rule, finding in findings(content)]
    assert ("format.hidden_cells", FIRMWARE) in told


def test_a_very_hidden_sheet_beside_the_form_is_noted() -> None:
    def change(book: Workbook, _: Worksheet) -> None:
        book.create_sheet("Lists").sheet_state = "veryHidden"
        book.create_sheet("More").sheet_state = "hidden"

    content = spoilt(change)
    assert report(content).outcome is Outcome.READY
    assert [(rule, finding.said) for rule, finding in findings(content)] == [("format.hidden_sheets", "Lists")]


@pytest.mark.parametrize(("field", "text"), [(NUMBER, "000733"), (STATUS, "Current")])
def test_a_cell_of_secas_that_is_filled_in_is_told(field: str, text: str) -> None:
    content = new_entry_form({**VALID, field: text})
    assert [(rule, finding.field) for rule, finding in findings(content)] == [("format.allocated", field)]
    assert report(content).outcome is Outcome.RETURN


def test_two_filled_forms_in_one_workbook_are_told() -> None:
    content = new_entry_form(VALID, further_forms={"CPL - New Entry (2)": VALID})
    assert [(rule, finding.said) for rule, finding in findings(content)] == [("format.one_form", "CPL - New Entry (2)")]
    assert report(content).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("options", [{"whole_workbook": True}, {"macro": True, "whole_workbook": True}])
def test_the_whole_workbook_is_as_good_as_its_tab(options: dict[str, bool]) -> None:
    assert report(new_entry_form(VALID, **options)).outcome is Outcome.READY  # type: ignore[arg-type]  # options of it


@pytest.mark.parametrize("edition", sorted(set(EDITIONS) - {"2017-12"}))
def test_a_valid_form_of_every_edition_with_the_labels_of_today_is_ready(edition: str) -> None:
    assert report(new_entry_form(VALID, edition=edition)).outcome is Outcome.READY


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_form_of_every_edition_is_built_with_its_rows_and_recognised_by_them(edition: str) -> None:
    (profile,) = [profile for profile in profiles() if profile.edition == edition]
    values = {name: text for name, text in VALID.items() if name in {line.field for line in EDITIONS[edition]}}
    actual = report(new_entry_form(values, edition=edition))
    assert [line.field for line in EDITIONS[edition]] == [field.name for field in profile.fields]
    assert actual.profile == (edition if edition in {"2017-12", "2023-mp231"} else "2022-09")


def test_an_old_edition_is_asked_about_today() -> None:
    values = {name: text for name, text in VALID.items() if name in {line.field for line in EDITIONS["2017-12"]}}
    actual = report(new_entry_form({**values, "Contact-CPA.Contact": "meters@example.test"}, edition="2017-12"))
    assert actual.outcome is Outcome.NEEDS_A_PERSON
    told = [ruling for ruling in actual.rulings if ruling.verdict.value in {"fail", "undetermined"}]
    assert {ruling.rule for ruling in told if ruling.rule.startswith("format.")} == {"format.form_edition"}


def test_a_hash_in_small_letters_is_told() -> None:
    text = ":".join(["ab"] * 32)
    actual = findings(new_entry_form({**VALID, CREATOR: "Example Meters Ltd", HASH: text}))
    assert ("format.shape", HASH, text.upper()) in [
        (rule, finding.field, finding.suggestion) for rule, finding in actual
    ]
