"""A cell's value as text, and what lies beside a sheet's cells."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from intake.extract.sheet.cells import MAX_TEXT, text_of
from intake.extract.sheet.parts import HeldParts
from intake.extract.sheet.sheetnotes import notes_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("as _x0041_ is", "as A is"),
        ("x" * (MAX_TEXT + 1), "x" * MAX_TEXT),
        (ArrayFormula("A1", "=SUM(B1:B2)"), "=SUM(B1:B2)"),
        (ArrayFormula("A1", ""), "="),
        (DataTableFormula("A1"), "=TABLE()"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime(2026, 11, 20), "2026-11-20"),  # noqa: DTZ001  # a workbook knows no zone
        (datetime(2026, 11, 20, 9, 5), "2026-11-20T09:05:00"),  # noqa: DTZ001  # likewise
        (date(2026, 11, 20), "2026-11-20"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=26, minutes=3, seconds=4), "26:03:04"),
    ],
)
def test_a_value_is_text_as_it_is_kept(value: object, expected: str) -> None:
    cell = Workbook().active["A1"]
    cell._value = value  # noqa: SLF001  # as a reader of the file sets it, without its own conversions
    assert text_of(cell) == expected


def test_where_there_is_no_cell_there_is_no_text() -> None:
    assert text_of(None) == ""


RELATIONS = """<Relationships>
<Relationship Id="1" Type="http://x/relationships/comments" Target="../comments1.xml"/>
<Relationship Id="2" Type="http://x/relationships/comments" Target="/xl/comments2.xml"/>
<Relationship Id="3" Type="http://x/relationships/comments" Target="../comments3.xml" TargetMode="External"/>
<Relationship Id="4" Type="http://x/relationships/comments" Target="../absent.xml"/>
<Relationship Id="5" Type="http://x/relationships/hyperlink" Target="../comments4.xml"/>
</Relationships>"""
COMMENT = '<comments><commentList><comment ref="B2"><text><t>{}</t></text></comment></commentList></comments>'


def test_notes_are_looked_for_within_the_workbook_alone() -> None:
    parts = {f"xl/comments{number}.xml": COMMENT.format(f"note {number}").encode() for number in range(1, 5)}
    book = HeldParts({**parts, "xl/worksheets/_rels/sheet1.xml.rels": RELATIONS.encode()})
    notes = notes_of(book, "xl/worksheets/sheet1.xml")
    assert [(note.text, note.cell) for note in notes.texts] == [("note 1", (2, 2)), ("note 2", (2, 2))]
    assert notes.covers == ()
    assert notes_of(book, "xl/worksheets/sheet2.xml").texts == ()
