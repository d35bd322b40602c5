"""Changes to a finished workbook that its own builder would not make; each one alters the bytes or raises."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from intake.demo.form_rows import EDITIONS
from intake.demo.forms import HEADER_ROW
from intake.demo.repack import EPOCH

_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_END = "</sheetData>"

Change = Callable[[str], str]
"""Of a part's XML."""


def row_of(edition: str, field: str) -> int:
    """The number of the field's row."""
    return next(number for number, line in enumerate(EDITIONS[edition], HEADER_ROW + 1) if line.field == field)


def changed(content: bytes, change: Change, part: str = _SHEET) -> bytes:
    """The workbook after a change to one part.

    Raises:
        ValueError: the change changed nothing.
    """
    members = dict(_members(content))
    before = members[part].decode()
    after = change(before)
    if after == before:
        raise ValueError(part)
    members[part] = after.encode()
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, member in members.items():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, member)
    return out.getvalue()


@lru_cache(maxsize=64)
def _members(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with ZipFile(BytesIO(content)) as source:
        return tuple((name, source.read(name)) for name in source.namelist())


def hide_row(row: int) -> Change:
    """Hide a row."""
    return lambda xml: xml.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"')


def hide_values(xml: str) -> str:
    """Hide the column of the values."""
    return xml.replace('min="7" max="7" />', 'min="7" max="7" hidden="1" />')


def hide_sheet(xml: str) -> str:
    """Hide the form's sheet among others."""
    return re.sub(r'(<sheet [^>]*name="CPL - New Entry"[^>]*state=")visible', r"\1hidden", xml)


def merge(row: int) -> Change:
    """Merge a value's cell with the one behind it."""
    return lambda xml: xml.replace("<mergeCell ", f'<mergeCell ref="G{row}:H{row}" /><mergeCell ', 1)


def delete_row(row: int) -> Change:
    """Take a row out and leave a gap."""
    return lambda xml: re.sub(rf'<row r="{row}".*?</row>', "", xml, flags=re.DOTALL)


def double_row(row: int) -> Change:
    """State a row once more below the others."""

    def change(xml: str) -> str:
        match = re.search(rf'<row r="{row}".*?</row>', xml, re.DOTALL)
        again = _last(xml) + 1
        copy = re.sub(rf'r="([A-Z]?){row}"', rf'r="\g<1>{again}"', match[0]) if match else ""
        return xml.replace(_END, copy + _END)

    return change


def add_row(group: str, attribute: str, value: str) -> Change:
    """Add a row that no edition has."""

    def change(xml: str) -> str:
        row = _last(xml) + 1
        cells = "".join(
            f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in zip("ABG", (group, attribute, value), strict=True)
        )
        return xml.replace(_END, f'<row r="{row}">{cells}</row>{_END}')

    return change


def keep_result(row: int, formula: str, result: str) -> Change:
    """Put a formula into a value's cell with what it last gave, as Excel keeps both."""
    cell = re.compile(rf'<c r="G{row}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    new = f'<c r="G{row}" t="str"><f>{formula}</f><v>{result}</v></c>'
    return lambda xml: cell.sub(lambda _: new, xml, count=1)


def sheet_hidden(content: bytes) -> bytes:
    """The whole workbook with the form's sheet hidden."""
    return changed(content, hide_sheet, _BOOK)


def _last(xml: str) -> int:
    return max(int(number) for number in re.findall(r'<row r="(\d+)"', xml))
