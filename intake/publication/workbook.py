"""Writes the list as a workbook of its own: every cell is text, so nothing in it is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from intake.publication import dcc
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH, published

LIST_TAB, CSV_TAB = "Central Products List", "CPL - saveable in CSV"


def workbook(entries: Sequence[RegisterEntry], version: str) -> bytes:
    """Write the tabs of the list and of its CSV copy.

    Args:
        entries: Current and Removed ones, in the list's order.
        version: the list's version line; empty where it has none.
    """
    book = Workbook(write_only=True)
    columns = columns_of(entries)
    _write(book.create_sheet(LIST_TAB), ([version],) if version else (), columns, (listed(e, columns) for e in entries))
    _write(book.create_sheet(CSV_TAB), (), dcc.HEADER, (dcc.row(entry, version) for entry in entries))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def columns_of(entries: Iterable[RegisterEntry]) -> tuple[str, ...]:
    """The list's columns, with the upgrade path where any entry states one."""
    stated = any(published(entry, UPGRADE_PATH) for entry in entries)
    return (*PUBLISHED, UPGRADE_PATH) if stated else PUBLISHED


def listed(entry: RegisterEntry, columns: Iterable[str]) -> Iterator[str]:
    """An entry's values by these columns, to the letter."""
    own = {FormField.ENTRY_NUMBER: entry.number, FormField.ENTRY_STATUS: entry.status}
    return (own.get(column) or entry.fields.get(column, "") for column in columns)  # type: ignore[call-overload]  # a column is a field's name


def _write(
    sheet: WriteOnlyWorksheet, above: Iterable[Sequence[str]], header: Iterable[str], rows: Iterable[Iterable[str]]
) -> None:
    for row in (*above, header):
        sheet.append([_cell(sheet, text) for text in row])
    for values in rows:
        sheet.append([_cell(sheet, text) for text in values])


def _cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # else a text that begins with = is a formula
    return cell
