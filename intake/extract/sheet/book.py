"""Opens a workbook with openpyxl, sheet by sheet, and only as far as a form needs.

openpyxl's own `load_workbook` reads every sheet, creates a cell for every member of a merged range
(`A1:XFD1048576` is one line of XML) and follows pictures, tables and comments; this reader does none of that.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.xml.constants import SHARED_STRINGS

from intake.extract.sheet.addresses import area
from intake.extract.sheet.cellparser import CellParser, use_styles
from intake.extract.sheet.framescan import frame_doubt, other_main
from intake.extract.sheet.grid import MAX_SHEETS, Grid, Sheet, is_hidden
from intake.extract.sheet.parts import AnyCase, HeldParts, Parts
from intake.extract.sheet.richtext import shared_texts
from intake.extract.sheet.sheetnotes import notes_of
from intake.extract.sheet.sheetscan import Scan, scan
from intake.extract.sheet.styles import read_styles
from intake.extract.unreadable import BOOK_SHEETS, UnreadableError

_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The names of ISO 29500 strict, and those of the transitional form that openpyxl knows."""


class _PartsReader(ExcelReader):  # type: ignore[misc]  # openpyxl ships no types
    """openpyxl's reader of any container; its own constructor opens files."""

    def __init__(self, parts: Parts, *, values: bool) -> None:
        self.archive = parts
        self.valid_files = parts.namelist()
        self.read_only = self.keep_vba = self.keep_links = self.rich_text = False
        self.data_only = values


class Book:
    """One workbook, opened; nothing but its parts is ever read."""

    def __init__(self, parts: Parts, *, values: bool = False) -> None:
        """Read the workbook's frame: sheets, shared strings, styles.

        Args:
            parts: of an .xlsx or .xlsm.
            values: give what formulas last gave instead of the formulas.
        """
        reader = _PartsReader(_transitional(AnyCase(parts)), values=values)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read_manifest()
            reader.read_workbook()
        self._reader = reader
        self._styles = read_styles(self._optional("xl/styles.xml"), self._optional("xl/theme/theme1.xml"))
        use_styles(reader.wb, self._styles)
        shared = reader.package.find(SHARED_STRINGS)
        strings = self._optional(shared.PartName[1:]) if shared is not None else None
        self._texts = shared_texts(strings, self._styles)
        self.strings = [text.plain for text in self._texts]
        book = reader.parser.workbook_part_name
        self.doubt = frame_doubt(reader.archive.read(book), strings or b"") or other_main(
            book, self._optional("_rels/.rels"), self._reader.valid_files
        )
        """Why two readers could read the workbook's frame differently."""
        defined = reader.parser.defined_names
        self.names = {str(item.name).casefold(): str(item.value) for item in getattr(defined, "definedName", defined)}
        """The ranges of cells that have names, by these in small letters."""

    def _optional(self, part: str) -> bytes | None:
        return self._reader.archive.read(part) if part in self._reader.valid_files else None

    def sheets(self) -> Iterator[Sheet]:
        """List the worksheets in the order of their tabs."""
        sheets = list(self._reader.parser.find_sheets())
        if len(sheets) > MAX_SHEETS:
            raise UnreadableError(BOOK_SHEETS)
        for sheet, relation in sheets:
            if "chartsheet" not in relation.Type and relation.target in self._reader.valid_files:
                yield Sheet(sheet.name, sheet.state == "visible", relation.target, sheet.state == "veryHidden")

    def scan(self, sheet: Sheet, *, wanted: bool) -> Scan:
        """Scan the sheet's XML before it is loaded."""
        with self._reader.archive.open(sheet.part) as part:
            return scan(part, self.strings, wanted=wanted)

    def grid(self, sheet: Sheet) -> Grid:
        """Load the sheet's cells."""
        page = self._reader.wb.create_sheet()
        with self._reader.archive.open(sheet.part) as part, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            loader = WorksheetReader(page, part, self.strings, self._reader.data_only, rich_text=False)
            parser = loader.parser = CellParser(loader.parser, self._texts, self._styles)
            loader.bind_cells()
        joined = parser.merged_cells.mergeCell if parser.merged_cells else ()
        columns = parser.column_dimensions.values()
        return Grid(
            sheet=sheet,
            cells=page._cells,  # noqa: SLF001  # its public iterators visit every cell of a sheet's bounds
            merged=tuple(area(cell.ref) for cell in joined),
            hidden_rows=frozenset(int(row) for row, line in parser.row_dimensions.items() if is_hidden(line, "ht")),
            hidden_columns=tuple((int(c["min"]), int(c["max"])) for c in columns if is_hidden(c, "width")),
            faults=parser.beside.faults(),
            notes=notes_of(self._reader.archive, sheet.part),
            page_texts=tuple(parser.beside.page_texts),
            drop_downs=tuple(parser.beside.drop_downs),
            lists=tuple(parser.beside.lists),
        )


def _transitional(parts: Parts) -> Parts:
    """Translate a strict workbook's namespaces to the transitional ones that openpyxl knows."""
    names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    book = next((name for name in names if name.endswith("workbook.xml")), None)
    if book is None or _STRICT[0][0] not in parts.read(book):
        return parts
    return HeldParts({name: _renamed(parts.read(name)) for name in names})


def _renamed(part: bytes) -> bytes:
    for strict, transitional in _STRICT:
        part = part.replace(strict, transitional)
    return part
