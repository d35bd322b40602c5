"""A workbook of the list as an office program and its users leave one, part by part: built here, the same each time.

Everything that hangs on the list's rows is in it, and everything that tells of the people who made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from register.lines import a_version

from intake.publication import dcc
from intake.publication.edition import Edition
from intake.publication.tabs import CSV_TAB, LIST_TAB, VERSIONS_TAB, listed
from intake.register.cells import column_letters
from rules.facts import RegisterEntry
from rules.published import PUBLISHED

FORM_TAB = "CPL - New Entry"
TABS = (VERSIONS_TAB, FORM_TAB, LIST_TAB, CSV_TAB)
CANARIES = ("Jane Q. Maker", "maker-server.internal", "sharepoint-canary", r"C:\Makers\CPL", "Gemfirm Ltd")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument"
MACRO = bytes(range(256)) * 9
PRINTER = "Jane Q. Maker's printer on \\\\maker-server.internal".encode("utf-16-le") + b"\0" * 64
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'

OLD = (
    a_version(1, certificate="[E] NCSC-1 ", ends="30/08/2028"),
    a_version(2, "000001", status="Removed"),
    a_version(4, image=""),
)
NEW = (*OLD, a_version(5, "000004"))


def edition(*entries: RegisterEntry, version: str = "2.052", note: str = "Entry 000005 added.") -> Edition:
    return Edition(version, date(2026, 11, 30), entries or NEW, note)


@dataclass(frozen=True)
class Book:
    """What differs from one workbook to another."""

    entries: tuple[RegisterEntry, ...] = OLD
    shared: bool = True
    """Whether texts are shared, as Excel has them, or stand in their cells."""
    prefix: str = ""
    """Of the elements, such as ``x:``."""
    absolute: bool = False
    """Whether relationships name parts from the package's root."""
    folder: str = "xl/worksheets/"
    names: Mapping[str, str] = field(
        default_factory=lambda: {title: f"sheet{number}.xml" for number, title in enumerate(TABS, 1)}
    )
    macros: bool = True
    version_rows: int = 2
    heading: str = "Changes"

    def part(self, title: str) -> str:
        return self.folder + self.names[title]


class _Texts:
    def __init__(self, book: Book) -> None:
        self.book, self.known = book, dict[str, int]()

    def cell(self, reference: str, text: str, style: int = 0) -> str:
        p, place = self.book.prefix, f'r="{reference}" s="{style}"'
        if not text:
            return f"<{p}c {place}/>"
        if self.book.shared:
            return f'<{p}c {place} t="s"><{p}v>{self.known.setdefault(text, len(self.known))}</{p}v></{p}c>'
        return f'<{p}c {place} t="inlineStr"><{p}is><{p}t xml:space="preserve">{escape(text)}</{p}t></{p}is></{p}c>'

    def row(self, number: int, texts: Sequence[str], style: int = 0, more: str = "") -> str:
        p = self.book.prefix
        cells = "".join(self.cell(f"{column_letters(at)}{number}", text, style) for at, text in enumerate(texts, 1))
        return f'<{p}row r="{number}" spans="1:21"{more}>{cells}</{p}row>'

    def part(self) -> str:
        p, said = self.book.prefix, list(self.known)
        items = "".join(f'<{p}si><{p}t xml:space="preserve">{escape(text)}</{p}t></{p}si>' for text in said)
        return f'{HEAD}<{p}sst {self.namespace()} count="{len(said)}" uniqueCount="{len(said)}">{items}</{p}sst>'

    def namespace(self) -> str:
        p = self.book.prefix
        return f'xmlns{":" + p[:-1] if p else ""}="{MAIN}"'


def _sheet(texts: _Texts, rows: str, before: str = "", behind: str = "") -> bytes:
    p = texts.book.prefix
    return (
        f'{HEAD}<{p}worksheet {texts.namespace()} xmlns:r="{OFFICE}"'
        ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
        ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        f"{before}<{p}sheetData>{rows}</{p}sheetData>{behind}</{p}worksheet>"
    ).encode()


def _last(book: Book) -> int:
    """The row of the last entry, or of the first one to come."""
    return max(6, 5 + len(book.entries))


def _list(texts: _Texts, book: Book) -> bytes:
    p = book.prefix
    last = _last(book)
    rows = [
        texts.row(1, ["Central Products List"], 1),
        texts.row(2, ["Version 2.051 Issued on 21/09/2022"]),
        texts.row(4, list(map(str, PUBLISHED)), 1, ' ht="30" customHeight="1"'),
        texts.row(5, ["six digits", "seven octets"], 2),
    ]
    for at, entry in enumerate(book.entries, 6):
        look = 4 if entry.status == "Removed" else 3
        rows.append(texts.row(at, list(listed(entry, PUBLISHED)), look, f' ht="{15 + look}" hidden="1"'))
    rows.append(texts.row(last + 1, [""] * 21, 3))
    before = f'<{p}dimension ref="A1:U{last + 1}"/><{p}sheetViews><{p}sheetView workbookViewId="0">'
    before += f'<{p}selection activeCell="A6" sqref="A6:A{last}"/></{p}sheetView></{p}sheetViews>'
    rule = f'<{p}cfRule type="expression" dxfId="0" priority="1"><{p}formula>COUNTIF($A$6:$A${last},A6)&gt;1'
    rule += f"</{p}formula></{p}cfRule>"
    behind = (
        f'<{p}sheetProtection sheet="1" objects="1"/>'
        f'<{p}autoFilter ref="A4:U{last}"><{p}filterColumn colId="1"><{p}filters><{p}filter val="Current"/>'
        f"</{p}filters></{p}filterColumn></{p}autoFilter>"
        f'<{p}mergeCells count="2"><{p}mergeCell ref="A1:C1"/><{p}mergeCell ref="A{last}:B{last}"/></{p}mergeCells>'
        f'<{p}conditionalFormatting sqref="A6:A{last} C6:U{last}">{rule}</{p}conditionalFormatting>'
        f'<{p}dataValidations count="1"><{p}dataValidation type="list" sqref="B6:B{last}">'
        f'<{p}formula1>"Current,Removed"</{p}formula1></{p}dataValidation></{p}dataValidations>'
        f'<{p}hyperlinks><{p}hyperlink ref="C6" location="A1"/></{p}hyperlinks>'
        f'<{p}pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        f'<{p}pageSetup paperSize="9" orientation="landscape" r:id="rId1"/>'
        f"<{p}headerFooter><{p}oddFooter>&amp;CVersion 2.051 Issued on 21-09-2022</{p}oddFooter></{p}headerFooter>"
        f'<{p}tableParts count="1"><{p}tablePart r:id="rId2"/></{p}tableParts>'
        f'<{p}extLst><{p}ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
        f"<x14:conditionalFormatting><xm:sqref>D6:D{last}</xm:sqref></x14:conditionalFormatting>"
        f"</x14:conditionalFormattings></{p}ext></{p}extLst>"
    )
    return _sheet(texts, "".join(rows), before, behind)


def _csv(texts: _Texts, book: Book) -> bytes:
    p, line = book.prefix, "Version 2.051 Issued on 21-09-2022"
    rows = [texts.row(1, list(dcc.HEADER))]
    for at, entry in enumerate(book.entries, 2):
        values = dcc.row(entry, line)
        computed = f'<{p}c r="A{at}" t="str"><{p}f>"Version 2.051"</{p}f><{p}v>{values[0]}</{p}v></{p}c>'
        rest = "".join(texts.cell(f"{column_letters(n)}{at}", text) for n, text in enumerate(values[1:], 2))
        rows.append(f'<{p}row r="{at}">{computed}{rest}</{p}row>')
    return _sheet(texts, "".join(rows), f'<{p}dimension ref="A1:M{1 + len(book.entries)}"/>')


VERSION_ROWS = (
    ("2.050", "20/09/2022", "Changed &amp; <b>told_x000D_ twice"),
    ("2.051", "21/09/2022", "Entries 000001 to 000004 added "),
)


def _versions(texts: _Texts, book: Book) -> bytes:
    p = book.prefix
    rows = [texts.row(1, ["Version control"], 1), texts.row(2, ["Version", "Date", book.heading, "", ""], 1)]
    rows += [
        texts.row(at, [*said, "", ""], 3, ' ht="60" customHeight="1"')
        for at, said in enumerate(VERSION_ROWS[: book.version_rows], 3)
    ]
    last = 2 + book.version_rows
    rows.append(texts.row(last + 1, [""] * 5, 3))
    merges = (
        f'<{p}mergeCells count="2"><{p}mergeCell ref="C2:E2"/><{p}mergeCell ref="C{last}:E{last}"/></{p}mergeCells>'
    )
    return _sheet(texts, "".join(rows), f'<{p}dimension ref="A1:E{last}"/>', merges)


def _form(texts: _Texts, book: Book) -> bytes:
    p = book.prefix
    behind = f'<{p}pageSetup paperSize="9" orientation="portrait" r:id="rId3"/><{p}drawing r:id="rId1"/>'
    entry = f'<{p}row r="7"><{p}c r="G7"><{p}f>MAX(1,2)</{p}f><{p}v>2</{p}v></{p}c></{p}row>'
    return _sheet(texts, texts.row(6, ["Data Group", "Data Attribute", "Notes"]) + entry, "", behind)


def _relations(*some: tuple[str, str, str]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{number}" Type="{kind if "://" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for number, kind, target in some
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()


def _types(book: Book) -> bytes:
    kinds = {
        "xl/workbook.xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        if book.macros
        else f"{TYPES}.spreadsheetml.sheet.main+xml",
        **{book.part(title): f"{TYPES}.spreadsheetml.worksheet+xml" for title in book.names},
        "xl/styles.xml": f"{TYPES}.spreadsheetml.styles+xml",
        "xl/sharedStrings.xml": f"{TYPES}.spreadsheetml.sharedStrings+xml",
        "xl/calcChain.xml": f"{TYPES}.spreadsheetml.calcChain+xml",
        "xl/tables/table1.xml": f"{TYPES}.spreadsheetml.table+xml",
        "xl/drawings/drawing1.xml": f"{TYPES}.drawing+xml",
        "xl/theme/theme1.xml": f"{TYPES}.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{TYPES}.extended-properties+xml",
        "docProps/custom.xml": f"{TYPES}.custom-properties+xml",
        "customXml/itemProps1.xml": f"{TYPES}.customXmlProperties+xml",
        "xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
    }
    if book.macros:
        kinds["xl/vbaProject.bin"] = "application/vnd.ms-office.vbaProject"
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    defaults = f'<Default Extension="bin" ContentType="{TYPES}.spreadsheetml.printerSettings"/>'
    defaults += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _workbook(book: Book, texts: _Texts) -> bytes:
    p, last = book.prefix, _last(book)
    sheets = "".join(
        f'<{p}sheet name="{title}" sheetId="{n + 4}" r:id="rId{n}"/>' for n, title in enumerate(book.names, 1)
    )
    names = "".join(
        f'<{p}definedName name="{name}"{more}>{escape(refers)}</{p}definedName>'
        for name, more, refers in (
            ("_xlnm._FilterDatabase", ' localSheetId="2" hidden="1"', f"'{LIST_TAB}'!$A$4:$U${last}"),
            ("_xlnm.Print_Area", ' localSheetId="2"', f"'{LIST_TAB}'!$A$1:$U${last}"),
            ("_xlnm.Print_Titles", ' localSheetId="2"', f"'{LIST_TAB}'!$1:$4"),
            ("Numbers", "", f"'{LIST_TAB}'!$A$6:$A${last}"),
            ("Shifted", "", f"OFFSET('{LIST_TAB}'!$A$6,0,0,COUNTA('{LIST_TAB}'!$A:$A))"),
            ("Other", "", f"'{FORM_TAB}'!$A$6:$A${last}"),
        )
    )
    return (
        f'{HEAD}<{p}workbook {texts.namespace()} xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/'
        'markup-compatibility/2006" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac">'
        f'<{p}fileSharing userName="Jane Q. Maker"/><mc:AlternateContent><mc:Choice Requires="x15ac">'
        r'<x15ac:absPath url="C:\Makers\CPL\"/></mc:Choice></mc:AlternateContent>'
        f'<{p}sheets>{sheets}</{p}sheets><{p}definedNames>{names}</{p}definedNames><{p}calcPr calcId="191029"/>'
        f"</{p}workbook>"
    ).encode()


def _styles(book: Book, texts: _Texts) -> bytes:
    p = book.prefix
    formats = "".join(f'<{p}xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for n in (0, 0, 0, 14, 49))
    return (
        f'{HEAD}<{p}styleSheet {texts.namespace()}><{p}fonts count="1"><{p}font><{p}sz val="11"/>'
        f'</{p}font></{p}fonts><{p}fills count="1"><{p}fill><{p}patternFill patternType="none"/></{p}fill></{p}fills>'
        f'<{p}borders count="1"><{p}border/></{p}borders><{p}cellStyleXfs count="1"><{p}xf/></{p}cellStyleXfs>'
        f'<{p}cellXfs count="5">{formats}</{p}cellXfs><{p}dxfs count="1"><{p}dxf/></{p}dxfs></{p}styleSheet>'
    ).encode()


def parts(book: Book) -> dict[str, bytes]:
    """Every part by its name."""
    texts = _Texts(book)
    sheets = {
        book.part(title): made(texts, book)
        for title, made in {VERSIONS_TAB: _versions, FORM_TAB: _form, LIST_TAB: _list, CSV_TAB: _csv}.items()
    }
    root = "/" if book.absolute else ""
    xl = "/xl/" if book.absolute else ""
    above = "/xl/" if book.absolute else "../" * book.folder.removeprefix("xl/").count("/")
    rels = f"{book.folder}_rels/"
    tabs = [
        (f"rId{n}", "worksheet", f"{xl}{book.part(title).removeprefix('xl/')}") for n, title in enumerate(book.names, 1)
    ]
    others = [
        ("rId11", "styles", f"{xl}styles.xml"), ("rId12", "theme", f"{xl}theme/theme1.xml"),
        ("rId13", "sharedStrings", f"{xl}sharedStrings.xml"), ("rId14", "calcChain", f"{xl}calcChain.xml"),
        ("rId15", "customXml", "/customXml/item1.xml"),
        ("rId16", "http://schemas.microsoft.com/office/2017/10/relationships/person", f"{xl}persons/person.xml"),
    ]  # fmt: skip
    macro = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    others += [("rId17", macro, f"{xl}vbaProject.bin")] if book.macros else []
    last = _last(book)
    computed = 4 + list(book.names).index(CSV_TAB) + 1
    made = {
        "[Content_Types].xml": _types(book),
        "_rels/.rels": _relations(
            ("rId1", "officeDocument", f"{root}xl/workbook.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", f"{root}docProps/core.xml"),
            ("rId3", "extended-properties", f"{root}docProps/app.xml"),
            ("rId4", "custom-properties", f"{root}docProps/custom.xml"),
        ),
        "xl/workbook.xml": _workbook(book, texts),
        "xl/_rels/workbook.xml.rels": _relations(*tabs, *others),
        **sheets,
        f"{rels}{book.names[LIST_TAB]}.rels": _relations(
            ("rId1", "printerSettings", f"{above}printerSettings/printerSettings1.bin"),
            ("rId2", "table", f"{above}tables/table1.xml"),
        ),
        f"{rels}{book.names[FORM_TAB]}.rels": _relations(
            ("rId1", "drawing", f"{above}drawings/drawing1.xml"),
            ("rId3", "printerSettings", f"{above}printerSettings/printerSettings2.bin"),
        ),
        "xl/styles.xml": _styles(book, texts),
        "xl/theme/theme1.xml": _theme(),
        "xl/sharedStrings.xml": texts.part().encode(),
        "xl/calcChain.xml": (
            f'{HEAD}<calcChain xmlns="{MAIN}"><c r="G7" i="6"/><c r="A2" i="{computed}"/><c r="A3"/></calcChain>'
        ).encode(),
        "xl/tables/table1.xml": _table(last),
        "xl/drawings/drawing1.xml": (
            f'{HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'.encode()
        ),
        "xl/printerSettings/printerSettings1.bin": PRINTER,
        "xl/printerSettings/printerSettings2.bin": PRINTER,
        "xl/persons/person.xml": (
            f'{HEAD}<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
            '<person displayName="Jane Q. Maker" id="{00000000-0000-0000-0000-000000000001}"/></personList>'
        ).encode(),
        "customXml/item1.xml": b"<sharepoint-canary/>",
        "customXml/itemProps1.xml": b"<properties/>",
        "customXml/_rels/item1.xml.rels": _relations(("rId1", "customXmlProps", "itemProps1.xml")),
        **_properties(),
    }
    return made | ({"xl/vbaProject.bin": MACRO} if book.macros else {})


def _table(last: int) -> bytes:
    columns = "".join(f'<tableColumn id="{n}" name="{name}"/>' for n, name in enumerate(PUBLISHED, 1))
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="List" displayName="List" ref="A4:U{last}" totalsRowShown="0">'
        f'<autoFilter ref="A4:U{last}"/><tableColumns count="{len(PUBLISHED)}">{columns}</tableColumns></table>'
    ).encode()


def _theme() -> bytes:
    return f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"/>'.encode()


def _properties() -> dict[str, bytes]:
    return {
        "docProps/core.xml": (
            f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Jane Q. Maker</dc:creator>'
            "<dc:title>Central Products List</dc:title><cp:lastModifiedBy>Jane Q. Maker</cp:lastModifiedBy>"
            '<dcterms:modified xsi:type="dcterms:W3CDTF">2022-09-21T12:42:33Z</dcterms:modified></cp:coreProperties>'
        ).encode(),
        "docProps/app.xml": (
            f'{HEAD}<Properties xmlns="{OFFICE.replace("relationships", "extended-properties")}">'
            "<Application>Microsoft Excel</Application><Manager>Jane Q. Maker</Manager><Company>Gemfirm Ltd</Company>"
            r"<HyperlinkBase>C:\Makers\CPL</HyperlinkBase></Properties>"
        ).encode(),
        "docProps/custom.xml": (
            f'{HEAD}<Properties xmlns="{OFFICE.replace("relationships", "custom-properties")}"'
            ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="ContentTypeId">'
            "<vt:lpwstr>sharepoint-canary</vt:lpwstr></property></Properties>"
        ).encode(),
    }


def packed(some: Mapping[str, bytes]) -> bytes:
    """The parts in a container."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        for name, content in some.items():
            container.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """A container's parts."""
    with ZipFile(BytesIO(content)) as container:
        return {name: container.read(name) for name in container.namelist()}


def a_book(**changes: object) -> bytes:
    """A workbook of version 2.051."""
    return packed(parts(replace(Book(), **changes)))  # type: ignore[arg-type]  # the test names the fields


def texts_of_list(told: Edition) -> Iterator[list[str]]:
    """What the list's tab says of a version, row by row."""
    for entry in told.entries:
        yield list(listed(entry, PUBLISHED))
