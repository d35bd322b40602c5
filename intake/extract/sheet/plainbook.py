"""Opens an ordinary workbook without openpyxl; whatever is not ordinary it hands over (`HandedOverError`).

Ordinary is what Excel and LibreOffice write: one workbook part, worksheets that its relationships lead to, and cells as
`plaincells` reads them. `book` reads all the rest, and says what is wrong with what is damaged.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from intake.extract.sheet.framescan import frame_doubt, other_main
from intake.extract.sheet.grid import MAX_SHEETS, Grid, Sheet, is_hidden
from intake.extract.sheet.ordinary import MOST_BYTES, read_at_once
from intake.extract.sheet.parts import AnyCase, Parts
from intake.extract.sheet.plaincells import HandedOverError, PlainCells
from intake.extract.sheet.richtext import shared_texts
from intake.extract.sheet.sheetnotes import notes_of
from intake.extract.sheet.sheetscan import Scan, scan
from intake.extract.sheet.styles import read_styles
from intake.extract.xmlparts import parse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOKS = frozenset(
    f"application/vnd.{kind}+xml"
    for kind in (
        "openxmlformats-officedocument.spreadsheetml.sheet.main",
        "openxmlformats-officedocument.spreadsheetml.template.main",
        "ms-excel.sheet.macroEnabled.main",
        "ms-excel.template.macroEnabled.main",
    )
)
_TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STATES = {"visible": True, "hidden": False, "veryHidden": False}
_NO = frozenset({None, "0", "false"})


class PlainBook:
    """One ordinary workbook, opened; nothing but its parts is ever read."""

    def __init__(self, parts: Parts, *, values: bool = False) -> None:
        """Read the workbook's frame: sheets, shared strings, styles.

        Args:
            parts: of an .xlsx or .xlsm.
            values: give what formulas last gave instead of the formulas.

        Raises:
            HandedOverError: it is not ordinary.
        """
        self._parts, self._values = AnyCase(parts), values
        self._names = self._parts.namelist()
        book, texts = self._declared()
        frame = self._read(book)
        self._styles = read_styles(self._optional("xl/styles.xml"), self._optional("xl/theme/theme1.xml"))
        strings = self._read(texts) if texts else None
        self._texts = shared_texts(strings, self._styles)
        self._strings = [text.plain for text in self._texts]
        self.doubt = frame_doubt(frame, strings or b"") or other_main(book, self._optional("_rels/.rels"), self._names)
        """Why two readers could read the workbook's frame differently."""
        self._pages: dict[str, PlainCells] = {}
        """Cells that have been read while their sheet was scanned."""
        tree = parse(frame)
        self._sheets = tuple(self._listed(book, tree))
        self.names = {
            name.get("name", "").casefold(): name.text or "" for name in tree.iterfind(f"{_MAIN}definedNames/*")
        }
        """The ranges of cells that have names, by these in small letters."""

    def sheets(self) -> Iterator[Sheet]:
        """List the worksheets in the order of their tabs."""
        return iter(self._sheets)

    def scan(self, sheet: Sheet, *, wanted: bool) -> Scan:
        """Scan the sheet's XML before it is loaded."""
        page = self._page()
        form = self._at_once(sheet.part, page, wanted=wanted)
        if form is None:
            with self._parts.open(sheet.part) as part:
                return scan(part, self._strings, wanted=wanted)
        if form or wanted:
            self._pages[sheet.part] = page
        return Scan(form=form, doubt=None)

    def _at_once(self, name: str, page: PlainCells, *, wanted: bool) -> bool | None:
        """Read an ordinary sheet in one pass; None where it has to be scanned and read."""
        try:
            with self._parts.open(name) as part:
                whole = part.read(MOST_BYTES + 1)
        except Exception:  # noqa: BLE001  # of a damaged container; told where no more is read than is wanted
            return None
        return None if len(whole) > MOST_BYTES else read_at_once(whole, page, self._strings, wanted=wanted)

    def _page(self) -> PlainCells:
        return PlainCells(self._texts, self._styles, values=self._values)

    def grid(self, sheet: Sheet) -> Grid:
        """Load the sheet's cells.

        Raises:
            HandedOverError: one of them is not ordinary.
        """
        page = self._pages.pop(sheet.part, None)
        if page is None:
            page = self._page()
            with self._parts.open(sheet.part) as part:
                page.read(part)
        return Grid(
            sheet=sheet,
            cells=page.cells,
            merged=page.joined,
            hidden_rows=frozenset(row for row, line in page.rows.items() if is_hidden(line, "ht")),
            hidden_columns=tuple(
                (int(line["min"]), int(line["max"])) for line in page.columns.values() if is_hidden(line, "width")
            ),
            faults=page.beside.faults(),
            notes=notes_of(self._parts, sheet.part),
            page_texts=tuple(page.beside.page_texts),
            drop_downs=tuple(page.beside.drop_downs),
            lists=tuple(page.beside.lists),
        )

    def _declared(self) -> tuple[str, str | None]:
        """Find the workbook's part and that of its shared texts by what is declared of the parts."""
        books, texts = list[str](), list[str]()
        for item in parse(self._read("[Content_Types].xml")):
            kind, name = (
                item.get("ContentType"),
                item.get("PartName" if item.tag == f"{_TYPES}Override" else "Extension"),
            )
            if kind is None or name is None or item.tag not in {f"{_TYPES}Override", f"{_TYPES}Default"}:
                raise HandedOverError
            if kind in _WORKBOOKS or kind == _TEXTS:
                if item.tag != f"{_TYPES}Override":
                    raise HandedOverError
                (texts if kind == _TEXTS else books).append(name[1:])
        if len(books) != 1 or len(texts) > 1:
            raise HandedOverError
        return books[0], texts[0] if texts else None

    def _listed(self, book: str, frame: Element) -> Iterator[Sheet]:
        if frame.tag != f"{_MAIN}workbook":
            raise HandedOverError
        for properties in frame.iter(f"{_MAIN}workbookPr"):
            if properties.get("date1904") not in _NO:
                raise HandedOverError
        items = [item for group in frame.iterfind(f"{_MAIN}sheets") for item in group]
        places = self._related(book)
        if not 0 < len(items) <= MAX_SHEETS:
            raise HandedOverError
        for item in items:
            name, state, relation = item.get("name"), item.get("state", "visible"), item.get(_RELATION, "")
            if item.tag != f"{_MAIN}sheet" or name is None or state not in _STATES or relation not in places:
                raise HandedOverError
            yield Sheet(name, _STATES[state], places[relation], state == "veryHidden")

    def _related(self, book: str) -> dict[str, str]:
        """The worksheets that the workbook's relationships lead to, by their ids."""
        folder, name = posixpath.split(book)
        places: dict[str, str] = {}
        every = set[str]()
        for relation in parse(self._read(f"{folder}/_rels/{name}.rels")):
            number, target = relation.get("Id", ""), relation.get("Target", "")
            if not number or number in every:
                raise HandedOverError
            every.add(number)
            place = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            of_a_sheet = relation.get("Type", "").endswith("/worksheet") and relation.get("TargetMode") is None
            if of_a_sheet and place in self._names:
                places[number] = place
        return places

    def _optional(self, part: str) -> bytes | None:
        return self._parts.read(part) if part in self._names else None

    def _read(self, part: str) -> bytes:
        if part not in self._names:
            raise HandedOverError
        return self._parts.read(part)
