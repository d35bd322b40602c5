"""Workbooks as they should not be: changed part by part, bent, hostile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from intake.demo.forms import CellValue, new_entry_form

SHEET = "xl/worksheets/sheet1.xml"
FILLED: Mapping[str, CellValue] = {
    "Device_Type.name": "Gas Smart Meter",
    "Device_Model.manufacturer_identifier": "10:63",
    "Device_Model.firmware_version": "01:02:05:06",
}


def form(**options: object) -> bytes:
    """A small filled form."""
    return new_entry_form(FILLED, **options)  # type: ignore[arg-type]  # the options of new_entry_form


def parts_of(content: bytes) -> dict[str, bytes]:
    """The container's members."""
    with ZipFile(BytesIO(content)) as container:
        return {name: container.read(name) for name in container.namelist()}


def opened(content: bytes) -> ZipFile:
    """The container's parts, as the readers of workbooks take them."""
    return ZipFile(BytesIO(content))


def container(parts: Mapping[str, bytes]) -> bytes:
    """A zip container of these members."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    parts = parts_of(content)
    before = parts[part]
    parts[part] = change(before)
    assert parts[part] != before, "the change must change something"
    return container(parts)


def swapped(old: str, new: str, part: str = SHEET) -> bytes:
    """The small form with one text of a part replaced by another."""
    return changed(form(), part, lambda xml: xml.replace(old.encode(), new.encode(), 1))


def typed(cell: str, kind: str, value: str) -> bytes:
    """The small form with a cell of this stored type and value."""
    pattern = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'.encode())
    new = f'<c r="{cell}" t="{kind}"><v>{value}</v></c>'.encode()
    return changed(form(), SHEET, lambda xml: pattern.sub(new, xml, count=1))


def shared(content: bytes) -> bytes:
    """The workbook with its texts in a table of shared strings, as Excel saves them."""
    parts = parts_of(content)
    texts: list[bytes] = []

    def move(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return b'%s t="s"><v>%d</v></c>' % (match[1], len(texts) - 1)

    parts[SHEET] = re.sub(rb'(<c [^>]*?) t="inlineStr"><is>(.*?)</is></c>', move, parts[SHEET], flags=re.DOTALL)
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + items + b"</sst>"
    )
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    return container(parts)
