"""Writes a version of the list as a workbook: into that of the version before it, else into a plain one of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.publication import dcc
from intake.publication.book.rewrite import write_into
from intake.publication.edition import Edition
from intake.publication.tabs import CSV_TAB, LIST_TAB, VERSIONS_TAB, columns_of
from rules.fields import FormField

VERSIONS_HEADER = ("Version", "Date", "Changes")
_WIDTHS = {
    "Changes": 100,
    str(FormField.IMAGE_HASH): 100,
    str(FormField.IMAGE_DESCRIPTOR): 45,
    str(FormField.DEVICE_TYPE): 45,
}
_WIDTH = 22
_TEXT = "@"


def write_workbook(edition: Edition, out: IO[bytes], previous: bytes | Path | None = None) -> None:
    """Write a version's workbook; one list and one previous workbook give the same bytes each time.

    Args:
        edition: the version.
        out: a binary file that can be sought in.
        previous: the workbook of the version before, .xlsx or .xlsm; the same kind is written. None: there is none.

    Raises:
        UnusableWorkbookError: the previous workbook lacks a tab, a header or a column, or cannot be read.
    """
    write_into(plain(edition) if previous is None else previous, edition, out)


def workbook(edition: Edition, previous: bytes | Path | None = None) -> bytes:
    """Write a version's workbook, as `write_workbook` does."""
    out = BytesIO()
    write_workbook(edition, out, previous)
    return out.getvalue()


def plain(edition: Edition) -> bytes:
    """Make a workbook of the list's tabs without any entry, into which the first version ever is written."""
    book = Workbook()
    book.properties.created = book.properties.modified = datetime.combine(edition.issued, datetime.min.time(), UTC)
    book.properties.title = LIST_TAB
    versions = book.active
    versions.title = VERSIONS_TAB
    _head(versions, VERSIONS_HEADER, 1)
    listed = book.create_sheet(LIST_TAB)
    listed["A1"] = edition.line or None
    listed["A1"].font = Font(bold=True)
    _head(listed, columns_of(edition.entries), 2)
    _head(book.create_sheet(CSV_TAB), dcc.HEADER, 1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet, columns: tuple[str, ...], row: int) -> None:
    """Write a tab's header, which stays in sight, and a row that says nothing but how entries look: as text."""
    for at, name in enumerate(columns, 1):
        head, below = sheet.cell(row, at, str(name)), sheet.cell(row + 1, at)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        below.number_format, below.alignment = _TEXT, Alignment(wrap_text=name == "Changes", vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(str(name), _WIDTH)
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    sheet.auto_filter.ref = f"A{row}:{get_column_letter(len(columns))}{row}"
