"""Content masking: the signature leaves out what decides how the rest is shown or read, and that is changed.

The signer's program left it out, as the standard allows; so every digest and the signature value are right.
"""

from __future__ import annotations

from collections.abc import Collection

from signatures.attacks.parts import FORMAT, PARTIAL, Change, swapped
from signatures.signer import ROOT
from signatures.workbooks import BOOK, BOOK_RELS, SHEET, SHEET_RELS

_THEME = "xl/theme/theme1.xml"
_DRAWING = "xl/drawings/drawing1.xml"

MASKING: dict[str, tuple[str, Collection[str], Change]] = {
    "the sheet": (PARTIAL, {SHEET}, swapped(SHEET, "01:02:05:06", "01:02:05:07")),
    "the styles": (PARTIAL, {"xl/styles.xml"}, swapped("xl/styles.xml", "00E2EFDA", "00FFFFFF")),
    "the theme": (PARTIAL, {_THEME}, swapped(_THEME, "Cambria", "Wingdings")),
    "a drawing": (PARTIAL, {_DRAWING}, swapped(_DRAWING, "/>", "><xdr:oneCellAnchor/></xdr:wsDr>")),
    "the comments": (PARTIAL, {"xl/comments1.xml"}, swapped("xl/comments1.xml", "<authors/>", "<authors></authors>")),
    "the printer settings": (
        PARTIAL,
        {"xl/printerSettings/printerSettings1.bin"},
        swapped("xl/printerSettings/printerSettings1.bin", "\1", "\3"),
    ),
    "the workbook": (FORMAT, {BOOK}, swapped(BOOK, "CPL - New Entry", "CPL - Old Entry")),
    "the relationship to the workbook": (
        PARTIAL,
        {f"{ROOT}#rId1"},
        swapped(ROOT, 'Target="xl/workbook.xml"', 'Target="/xl/workbook.xml"'),
    ),
    "the package's relationships": (PARTIAL, {ROOT}, swapped(ROOT, 'Id="rId1"', 'Id="rId77"')),
    "the workbook's relationships": (PARTIAL, {BOOK_RELS}, swapped(BOOK_RELS, 'Id="rId2"', 'Id="rId77"')),
    "the relationship to the styles": (
        PARTIAL,
        {f"{BOOK_RELS}#rId2"},
        swapped(BOOK_RELS, "styles.xml", "theme/theme1.xml"),
    ),
    "the relationship to the sheet": (
        PARTIAL,
        {f"{BOOK_RELS}#rId1"},
        swapped(BOOK_RELS, "/xl/worksheets/sheet1.xml", "/xl/styles.xml"),
    ),
    "the sheet's relationships": (PARTIAL, {SHEET_RELS}, swapped(SHEET_RELS, "mailto:cpl", "mailto:foe")),
}
