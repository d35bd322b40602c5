"""Builds New Entry workbooks with the form's own labels: equal input gives equal bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from intake.demo.form_rows import EDITIONS, Line, Shade
from intake.demo.repack import repack
from rules.fields import FormField

SHEET_NAME = "CPL - New Entry"
PLACEHOLDER = "This value is allocated by SECAS"
HEADERS = (
    "Data Group",
    "Data Attribute",
    "Notes",
    "Conditionality rule",
    "Format",
    "Valid values",
    "New Entry's Details",
)
HEADER_ROW = 6
VALUE_COLUMN = 7
TITLES = {"2017-12": "Certified Products List - New Entry Form"}
TITLE = "Central Products List - New Entry Form"
"""Of every edition that has no title of its own."""

CellValue = str | int | float | bool | date | datetime | time | None


class Formula(str):
    """A value that is written as a formula, e.g. ``Formula('=A1')``; any other text stays text."""

    __slots__ = ()


_WIDTHS = (24, 28, 34, 20, 24, 34, 46)
_FILLS = {
    Shade.SECAS: PatternFill("solid", fgColor="00D9D9D9"),
    Shade.ENTRY: PatternFill("solid", fgColor="00E2EFDA"),
    Shade.IMAGE: PatternFill("solid", fgColor="00FFE699"),
}
_HEAD_FILL = PatternFill("solid", fgColor="001F3A5F")
_RULE = Side(style="thin", color="00A6A6A6")
_BOX = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_WRAP = Alignment(vertical="top", wrap_text=True)

_CORE = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>cpl-intake</dc:creator>\
<dcterms:created xsi:type="dcterms:W3CDTF">2022-09-21T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">2022-09-21T00:00:00Z</dcterms:modified></cp:coreProperties>"""
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_MACRO_PROJECT = b"No program stands here: this part only makes the workbook one that could hold macros.\n"


def new_entry_form(  # each option is one way in which real forms differ
    values: Mapping[str, CellValue],
    *,
    edition: str = "2022-09",
    sheet_name: str = SHEET_NAME,
    placeholder: str | None = PLACEHOLDER,
    macro: bool = False,
    whole_workbook: bool = False,
    further_forms: Mapping[str, Mapping[str, CellValue]] | None = None,
) -> bytes:
    """Build a workbook with one filled New Entry form.

    Args:
        values: by field name, e.g. ``{FormField.FIRMWARE_VERSION: "01:02:05:06"}``. Text is stored as text
            to the letter; numbers, dates, times and `Formula` are stored as Excel would store them.
        edition: the form's edition, one of `EDITIONS`.
        sheet_name: what the form's sheet is called.
        placeholder: what stands in the cells that SECAS fills in; None leaves them empty.
        macro: makes it an .xlsm (with a macro part that holds no program).
        whole_workbook: the form among the other tabs of the list's own workbook.
        further_forms: more New Entry sheets, by sheet name, with their values.

    Raises:
        KeyError: the edition or a field name does not exist.
    """
    book = Workbook()
    sheet = book.active
    if whole_workbook:
        sheet.title = "Version Control"
        sheet.append(("Version", "Date", "What changed"))
        sheet = book.create_sheet()
    sheet.title = sheet_name
    _fill_sheet(sheet, values, edition, placeholder)
    for name, more in (further_forms or {}).items():
        _fill_sheet(book.create_sheet(name), more, edition, placeholder)
    if whole_workbook:
        book.create_sheet("Central Products List").append((FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS))
    out = BytesIO()
    book.save(out)
    return repack(out.getvalue(), _with_macros if macro else _settle)


def _fill_sheet(sheet: Worksheet, values: Mapping[str, CellValue], edition: str, placeholder: str | None) -> None:
    lines = EDITIONS[edition]
    unknown = set(values) - {line.field for line in lines}
    if unknown:
        raise KeyError(*sorted(unknown))
    sheet["A1"] = TITLES.get(edition, TITLE)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A3"] = "Please fill in the green cells, and the yellow ones where an image comes with the entry."
    sheet.merge_cells("A3:G3")
    for column, (text, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(HEADER_ROW, column, text)
        cell.font, cell.fill, cell.border = Font(bold=True, color="00FFFFFF"), _HEAD_FILL, _BOX
        sheet.column_dimensions[cell.column_letter].width = width
    for row, line in enumerate(lines, HEADER_ROW + 1):
        given = placeholder if line.shade is Shade.SECAS else None
        _fill_row(sheet, row, line, values.get(line.field, given))
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)
    sheet.protection.sheet = True


def _fill_row(sheet: Worksheet, row: int, line: Line, value: CellValue) -> None:
    choices = "\n".join(line.choices)
    for column, text in enumerate((line.group, line.attribute, line.note, line.rule, line.form, choices), 1):
        cell = sheet.cell(row, column, text or None)
        cell.border, cell.alignment = _BOX, _WRAP
    cell = sheet.cell(row, VALUE_COLUMN)
    if isinstance(value, str) and not isinstance(value, Formula):
        cell.value, cell.data_type = value, "s"
        cell.number_format = "@"
    elif value is not None:
        cell.value = str(value) if isinstance(value, Formula) else value
    else:
        cell.number_format = "@"
    cell.fill, cell.border, cell.alignment = _FILLS[line.shade], _BOX, _WRAP
    cell.protection = Protection(locked=line.shade is Shade.SECAS)
    if line.choices:
        choice = DataValidation("list", formula1=f'"{",".join(line.choices)}"', allow_blank=True)
        choice.add(cell)
        sheet.add_data_validation(choice)


def _settle(members: dict[str, bytes]) -> None:
    """Put a fixed author and time where openpyxl writes today's."""
    members["docProps/core.xml"] = _CORE


def _with_macros(members: dict[str, bytes]) -> None:
    _settle(members)
    types = members["[Content_Types].xml"].replace(_PLAIN_TYPE, _MACRO_TYPE)
    binary = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    members["[Content_Types].xml"] = types.replace(b"</Types>", binary + b"</Types>")
    relation = (
        b'<Relationship Id="rIdMacros" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/>'
    )
    path = "xl/_rels/workbook.xml.rels"
    members[path] = members[path].replace(b"</Relationships>", relation + b"</Relationships>")
    members["xl/vbaProject.bin"] = _MACRO_PROJECT
