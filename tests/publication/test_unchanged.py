"""What the comparison of a copy finds: rows in another order, and what was written beside the list or on a tab more."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO

import pytest
from feeds import FOUR, ONE, THREE, TWO
from openpyxl import Workbook, load_workbook

from intake.publication.edition import Edition
from intake.publication.hidden import hidden
from intake.publication.tabs import CSV_TAB, LIST_TAB
from intake.publication.unchanged import Original, first_difference
from intake.publication.workbook import workbook
from intake.register.published import read_whole_list
from rules.published import PUBLISHED

ENTRIES = (ONE, TWO, THREE, FOUR)
LINE = "Version 2.052 Issued on 24-11-2026"


@pytest.fixture(scope="module")
def book() -> bytes:
    return workbook(Edition("2.052", date(2026, 11, 24), ENTRIES))


def said(content: bytes, original: Original | None = None) -> str | None:
    return first_difference(content, read_whole_list(content), ENTRIES, LINE, original)


def changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    opened, out = load_workbook(BytesIO(content)), BytesIO()
    change(opened)
    opened.save(out)
    return out.getvalue()


def _swapped(opened: Workbook) -> None:
    rows = [[cell.value for cell in row] for row in opened[LIST_TAB].iter_rows()]
    last = len(rows)
    for at, row in ((last - 1, rows[-1]), (last, rows[-2])):
        for column, value in enumerate(row, 1):
            opened[LIST_TAB].cell(at, column).value = value


CHANGES: dict[str, tuple[Callable[[Workbook], object], str]] = {
    "rows in another order": (_swapped, "entry 000004 stands in the place of entry 000003"),
    "a note beside an entry": (
        lambda opened: opened[LIST_TAB].cell(opened[LIST_TAB].max_row, 25, "see the note"),
        "beside the list: “see the note”",
    ),
    "a tab more": (lambda opened: opened.create_sheet("Remarks"), "the tab 'Remarks' is not in the register"),
    "the list's tab under another name": (
        lambda opened: setattr(opened[LIST_TAB], "title", "Central Product List"),
        "the tab 'Central Product List' is not in the register",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_moved_or_added_is_found(book: bytes, what: str) -> None:
    change, says = CHANGES[what]
    whole = Original(book, whole=True)
    assert said(book, whole) is None
    assert says in (said(changed(book, change), whole) or "")


def test_a_copy_that_a_spreadsheet_saved_again_is_unchanged(book: bytes) -> None:
    assert said(changed(book, lambda _: None), Original(book, whole=True)) is None


def test_a_tab_more_says_nothing_where_the_version_s_own_file_is_not_known(book: bytes) -> None:
    more = changed(book, lambda opened: opened.create_sheet("Remarks"))
    assert said(more, Original(book, whole=False)) is None


def test_a_column_more_in_a_csv_file_is_found_where_something_stands_in_it() -> None:
    def table(remark: str) -> bytes:
        out = StringIO()
        rows = csv.writer(out)
        rows.writerow([*PUBLISHED, "Remarks"])
        for entry in ENTRIES:
            rows.writerow(
                [entry.number, entry.status, *(entry.fields.get(str(name), "") for name in PUBLISHED[2:]), remark]
            )
        return out.getvalue().encode()

    assert said(table("")) is None
    assert said(table("seen")) == "entry 000001, a column that the list does not have, Remarks: “seen”"


def _hiding(opened: Workbook) -> None:
    tab = opened[LIST_TAB]
    tab.row_dimensions[7].hidden = True
    tab.column_dimensions["B"].hidden = True
    opened[CSV_TAB].sheet_state = "veryHidden"


def test_what_a_copy_hides_is_named(book: bytes) -> None:
    copy = changed(book, _hiding)
    assert said(copy) is None
    assert hidden(book) == frozenset()
    assert [str(thing) for thing in sorted(hidden(copy))] == [
        f"the tab '{CSV_TAB}'",
        f"column B of the tab '{LIST_TAB}'",
        f"row 7 of the tab '{LIST_TAB}'",
    ]
