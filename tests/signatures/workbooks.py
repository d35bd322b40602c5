"""Workbooks to sign, and who signs them."""

from __future__ import annotations

from functools import cache

import pki
from pki import Holder
from signatures import signer
from signatures.signer import related, typed

from intake.demo.forms import new_entry_form

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
BOOK = "xl/workbook.xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
FILLED = {
    "Device_Type.name": "Gas Smart Meter",
    "Device_Model.manufacturer_identifier": "10:63",
    "Device_Model.firmware_version": "01:02:05:06",
    "Manufacturer_Image.hash": "AB" * 32,
}


@cache
def authority() -> Holder:
    return pki.root()


def maker(kind: str = "rsa2048", name: str = "Ashdown Metering Ltd", number: int = 1) -> Holder:
    """Someone who may sign; always the same for the same facts."""
    return _maker(kind, name, number)


@cache
def _maker(kind: str, name: str, number: int) -> Holder:
    return authority().issue(pki.name("Signing", name), key_kind=kind, key_number=number)


def form(**options: object) -> dict[str, bytes]:
    """The parts of a filled form; in the order and with the custom properties that Excel gives it."""
    parts = signer.unpacked(new_entry_form(FILLED, **options))  # type: ignore[arg-type]  # the test names the options
    first = [signer.TYPES, signer.ROOT, BOOK, BOOK_RELS]
    return {name: parts[name] for name in (*first, *(name for name in parts if name not in first))}


@cache
def _signed(kind: str) -> dict[str, bytes]:
    return signer.sign(full(), maker(kind))


def signed(kind: str = "rsa2048") -> dict[str, bytes]:
    """The full workbook, signed."""
    return dict(_signed(kind))


def full(link: str = "mailto:cpl@example.test") -> dict[str, bytes]:
    """A workbook with everything that Excel signs: printer settings, drawings, comments, links."""
    parts = form()
    with_custom_properties(parts)
    added(
        parts,
        SHEET_RELS,
        "printerSettings",
        "xl/printerSettings/printerSettings1.bin",
        f"{XL}.printerSettings",
        b"\1\2",
    )
    drawing = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    added(
        parts,
        SHEET_RELS,
        "drawing",
        "xl/drawings/drawing1.xml",
        "application/vnd.openxmlformats-officedocument.drawing+xml",
        drawing,
    )
    comments = b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>'
    added(parts, SHEET_RELS, "comments", "xl/comments1.xml", f"{XL}.comments+xml", comments)
    related(parts, SHEET_RELS, "rIdLink", f"{OFFICE}/hyperlink", link, outside=True)
    return parts


def with_custom_properties(parts: dict[str, bytes]) -> None:
    custom = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"/>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    added(parts, signer.ROOT, "custom-properties", "docProps/custom.xml", kind, custom)


def added(parts: dict[str, bytes], rels: str, relation: str, name: str, kind: str, content: bytes) -> None:
    """Add a part with its content type and a relationship to it."""
    parts[name] = content
    typed(parts, name, kind)
    if rels:
        full_relation = relation if ":" in relation else f"{OFFICE}/{relation}"
        related(parts, rels, f"rIdAdded{len(parts)}", full_relation, f"/{name}")
