"""What was signed is changed: bytes, names, content types, relationships."""

from __future__ import annotations

import re

from signatures.attacks.parts import FORMAT, HASH, MISSING, Case, Parts, all_of, gone, in_types, moved, swapped
from signatures.signer import ROOT, TYPES
from signatures.workbooks import BOOK, BOOK_RELS, SHEET, SHEET_RELS, XL

_THEME = "xl/theme/theme1.xml"


def _exchanged(parts: Parts) -> None:
    """Two signed parts under each other's name."""
    parts[_THEME], parts["xl/styles.xml"] = parts["xl/styles.xml"], parts[_THEME]


def _without_styles(parts: Parts) -> None:
    parts[BOOK_RELS] = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", parts[BOOK_RELS], count=1)


def _untyped(parts: Parts) -> None:
    """The sheet is XML like any other, by its extension."""
    parts[TYPES], count = re.subn(rf'<Override PartName="/{SHEET}"[^>]*/>'.encode(), b"", parts[TYPES])
    assert count == 1


def _without_rels(parts: Parts) -> None:
    del parts[BOOK_RELS]


TAMPERING: dict[str, Case] = {
    "a cell": (HASH, swapped(SHEET, "01:02:05:06", "01:02:05:07")),
    "the image's hash": (HASH, swapped(SHEET, "AB" * 32, "AC" * 32)),
    "white space in the sheet": (HASH, swapped(SHEET, "<sheetData>", "<sheetData> ")),
    "a comment in the sheet": (HASH, swapped(SHEET, "01:02:05:06", "01:02<!-- -->:05:06")),
    "a hidden column": (HASH, swapped(SHEET, "<cols>", '<cols><col min="7" max="7" hidden="1"/>')),
    "the sheet's name": (HASH, swapped(BOOK, "CPL - New Entry", "CPL - Old Entry")),
    "the style of a cell": (HASH, swapped("xl/styles.xml", "00E2EFDA", "00FFFFFF")),
    "two parts exchanged": (HASH, _exchanged),
    "a part taken away": (MISSING, gone("xl/comments1.xml")),
    "the styles taken away": (MISSING, gone("xl/styles.xml")),
    "a part renamed": (MISSING, moved(_THEME, "xl/theme/theme2.xml")),
    "a part in other letters": (MISSING, moved(_THEME, "xl/theme/Theme1.xml")),
    "the workbook's relationships taken away": (MISSING, _without_rels),
    "a relationship to another part": (HASH, swapped(BOOK_RELS, 'Target="styles.xml"', 'Target="theme/theme1.xml"')),
    "a relationship of another type": (HASH, swapped(BOOK_RELS, "relationships/styles", "relationships/theme")),
    "a relationship by another Id": (HASH, swapped(BOOK_RELS, 'Id="rId2"', 'Id="rId77"')),
    "a relationship taken away": (HASH, _without_styles),
    "a relationship that leads outside": (
        HASH,
        swapped(BOOK_RELS, 'Target="styles.xml"', 'Target="styles.xml" TargetMode="External"'),
    ),
    "a link to somewhere else": (HASH, swapped(SHEET_RELS, "mailto:cpl", "mailto:foe")),
    "the relationship to the workbook": (HASH, swapped(ROOT, 'Target="xl/workbook.xml"', 'Target="/xl/workbook.xml"')),
    "white space among relationships with another target": (
        HASH,
        all_of(swapped(BOOK_RELS, "</Rel", "\n</Rel"), swapped(BOOK_RELS, "styles.xml", "style.xml")),
    ),
    "the sheet's content type": (FORMAT, in_types(f"{XL}.worksheet+xml", f"{XL}.chartsheet+xml")),
    "the sheet's content type as the default": (FORMAT, _untyped),
    "the workbook's content type": (
        FORMAT,
        in_types(f"{XL}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ),
    "the drawing's content type": (FORMAT, in_types("drawing+xml", "drawing+XML")),
}
