"""Content injection: something that was not signed is put beside what was (USENIX Security 2023, OOXML signatures).

Each is a whole, valid signature with more in the package than its signer saw.
"""

from __future__ import annotations

from signatures.attacks.parts import FORMAT, PARTIAL, Case, Change, Parts, all_of, in_types
from signatures.signer import ROOT, related, typed
from signatures.workbooks import BOOK_RELS, OFFICE, SHEET, SHEET_RELS, XL, added

_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"


def _with(rels: str, relation: str, name: str, kind: str, content: bytes = b"<a/>") -> Change:
    return lambda parts: added(parts, rels, relation, name, kind, content)


def _arrow(rels: str, kind: str, target: str, *, outside: bool = False) -> Change:
    return lambda parts: related(parts, rels, "rIdInjected", kind, target, outside=outside)


def _orphan(name: str, kind: str, content: bytes = b"<a/>") -> Change:
    return lambda parts: added(parts, "", "", name, kind, content)


def _another_form(parts: Parts) -> None:
    """A whole copy of the form with another value, as a second sheet."""
    added(parts, BOOK_RELS, "worksheet", "xl/worksheets/sheet9.xml", f"{XL}.worksheet+xml", parts[SHEET])


def _retyped_property(kind: str) -> Change:
    """A document property that is said to be something else."""
    return in_types("application/vnd.openxmlformats-officedocument.extended-properties+xml", kind)


def _as_property(parts: Parts) -> None:
    """A relationship to core properties that leads to a part which the package already has."""
    related(parts, ROOT, "rIdInjected", f"{_PACKAGE}/core-properties", "xl/styles.xml")


def _default_type(parts: Parts) -> None:
    typed(parts, "docProps/thumbnail.jpeg", f"{XL}.worksheet+xml")
    parts["docProps/thumbnail.jpeg"] = _SHEET
    related(parts, ROOT, "rIdInjected", f"{_PACKAGE}/thumbnail", "docProps/thumbnail.jpeg")


INJECTION: dict[str, Case] = {
    "a sheet": (PARTIAL, _another_form),
    "a sheet without a relationship": (PARTIAL, _orphan("xl/worksheets/sheet9.xml", f"{XL}.worksheet+xml", _SHEET)),
    "shared strings": (PARTIAL, _with(BOOK_RELS, "sharedStrings", "xl/sharedStrings.xml", f"{XL}.sharedStrings+xml")),
    "a second stylesheet": (PARTIAL, _with(BOOK_RELS, "styles", "xl/styles2.xml", f"{XL}.styles+xml")),
    "a second theme": (
        PARTIAL,
        _with(BOOK_RELS, "theme", "xl/theme/theme2.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    ),
    "a calculation chain": (PARTIAL, _with(BOOK_RELS, "calcChain", "xl/calcChain.xml", f"{XL}.calcChain+xml")),
    "a macro project": (
        PARTIAL,
        _with(BOOK_RELS, f"{_MICROSOFT}/vbaProject", "xl/vbaProject.bin", "application/vnd.ms-office.vbaProject", b"V"),
    ),
    "a link to another workbook": (
        PARTIAL,
        all_of(
            _with(BOOK_RELS, "externalLink", "xl/externalLinks/externalLink1.xml", f"{XL}.externalLink+xml"),
            _arrow(
                "xl/externalLinks/_rels/externalLink1.xml.rels",
                f"{OFFICE}/externalLinkPath",
                "//host.example/a.xlsx",
                outside=True,
            ),
        ),
    ),
    "data connections": (PARTIAL, _with(BOOK_RELS, "connections", "xl/connections.xml", f"{XL}.connections+xml")),
    "a second picture over the sheet": (
        PARTIAL,
        _with(
            SHEET_RELS,
            "drawing",
            "xl/drawings/drawing9.xml",
            "application/vnd.openxmlformats-officedocument.drawing+xml",
        ),
    ),
    "old comments with a box over the sheet": (
        PARTIAL,
        _with(
            SHEET_RELS,
            "vmlDrawing",
            "xl/drawings/vmlDrawing1.vml",
            "application/vnd.openxmlformats-officedocument.vmlDrawing",
        ),
    ),
    "threaded comments": (
        PARTIAL,
        _with(
            SHEET_RELS,
            "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
            "xl/threadedComments/threadedComment1.xml",
            "application/vnd.ms-excel.threadedcomments+xml",
        ),
    ),
    "an embedded object": (
        PARTIAL,
        _with(
            SHEET_RELS,
            "oleObject",
            "xl/embeddings/oleObject1.bin",
            "application/vnd.openxmlformats-officedocument.oleObject",
            b"OLE",
        ),
    ),
    "a control": (
        PARTIAL,
        _with(SHEET_RELS, "control", "xl/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml"),
    ),
    "a table": (PARTIAL, _with(SHEET_RELS, "table", "xl/tables/table1.xml", f"{XL}.table+xml")),
    "other printer settings": (
        PARTIAL,
        _with(SHEET_RELS, "printerSettings", "xl/printerSettings/printerSettings9.bin", f"{XL}.printerSettings", b"P"),
    ),
    "custom XML": (PARTIAL, _with(ROOT, "customXml", "customXml/item1.xml", "application/xml")),
    "a ribbon": (
        PARTIAL,
        _with(ROOT, f"{_MICROSOFT}/ui/extensibility", "customUI/customUI.xml", "application/xml"),
    ),
    "a task pane": (
        PARTIAL,
        _with(
            ROOT,
            "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
            "xl/webextensions/taskpanes.xml",
            "application/vnd.ms-office.webextensiontaskpanes+xml",
        ),
    ),
    "a sensitivity label": (
        PARTIAL,
        _with(
            ROOT,
            "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
            "docMetadata/LabelInfo.xml",
            "application/vnd.ms-office.classificationlabels+xml",
        ),
    ),
    "a relationship from the workbook to a signed part": (PARTIAL, _arrow(BOOK_RELS, f"{OFFICE}/styles", "/" + SHEET)),
    "a link out of the workbook": (
        PARTIAL,
        _arrow(BOOK_RELS, f"{OFFICE}/hyperlink", "https://example.test/", outside=True),
    ),
    "a template from elsewhere": (
        PARTIAL,
        _arrow(ROOT, f"{OFFICE}/attachedTemplate", "https://example.test/t.xltm", outside=True),
    ),
    "relationships of a part that has none": (
        PARTIAL,
        _arrow("xl/_rels/styles.xml.rels", f"{OFFICE}/image", "https://example.test/i.png", outside=True),
    ),
    "relationships of a document property": (
        PARTIAL,
        _arrow("docProps/_rels/core.xml.rels", f"{OFFICE}/image", "https://example.test/i.png", outside=True),
    ),
    "relationships of a part that is not there": (
        FORMAT,
        _arrow("xl/_rels/nothing.xml.rels", f"{OFFICE}/image", "https://example.test/i.png", outside=True),
    ),
    "core properties elsewhere": (PARTIAL, _with(ROOT, f"{_PACKAGE}/core-properties", "xl/core.xml", _CORE)),
    "core properties in other letters": (PARTIAL, _orphan("docprops/Core2.xml", _CORE)),
    "another file among the properties": (PARTIAL, _orphan("docProps/evil.xml", _CORE)),
    "a sheet as a thumbnail": (PARTIAL, _default_type),
    "properties that are a sheet": (PARTIAL, _retyped_property(f"{XL}.worksheet+xml")),
    "properties that are the workbook": (FORMAT, _retyped_property(f"{XL}.sheet.main+xml")),
    "properties that are shared strings": (PARTIAL, _retyped_property(f"{XL}.sharedStrings+xml")),
    "a property that leads to a signed part": (PARTIAL, _as_property),
    "core properties related twice": (PARTIAL, _arrow(ROOT, f"{_PACKAGE}/core-properties", "docProps/core.xml")),
    "core properties related twice in other words": (
        PARTIAL,
        _arrow(
            ROOT,
            "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
    ),
    "properties under another kind's relationship": (
        PARTIAL,
        _arrow(ROOT, f"{_PACKAGE}/thumbnail", "docProps/core.xml"),
    ),
    "a thumbnail from elsewhere": (
        PARTIAL,
        _arrow(ROOT, f"{_PACKAGE}/thumbnail", "https://example.test/i.png", outside=True),
    ),
}
