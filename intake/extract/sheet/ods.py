"""Opens an OpenDocument spreadsheet (.ods) as far as a form needs: one pass over its content, everything bounded.

A cell or row may say that it is repeated a million times; only what a form can reach is ever unfolded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from intake.extract.sheet.cells import MAX_TEXT
from intake.extract.sheet.dropdowns import Area, DropDown, ListElsewhere, of_condition
from intake.extract.sheet.grid import MAX_SHEETS, Grid, Sheet
from intake.extract.sheet.odsaside import Aside
from intake.extract.sheet.odscells import OFFICE, TABLE, TEXT, OdsCell, ambiguous, cell_of
from intake.extract.sheet.odslooks import STYLE, Looks
from intake.extract.sheet.parts import Parts
from intake.extract.sheet.sheetnotes import MAX_NOTES, Cover, Notes, SheetNote
from intake.extract.sheet.sheetscan import HEADER_CELLS, HEADER_ROWS, Scan, folded
from intake.extract.unreadable import (
    BOOK_BROKEN,
    BOOK_HOSTILE,
    BOOK_LARGE,
    BOOK_LOCKED,
    BOOK_SHEETS,
    UnreadableError,
)

MAX_ROWS = 400
"""Rows that are unfolded: the header may stand at row 60, and 300 are read below it."""
MAX_COLUMNS = 60
MAX_CELLS = 120_000
"""Cells that are kept of a spreadsheet: of some forms in full, and the beginnings of all its other sheets."""
MAX_ASIDE = 4_000
"""Cells that are kept of a sheet in which no header of a form stands; it has all cells there in which one may."""
MAX_ELEMENTS = 600_000

_MOST_LISTS = 1_000
"""Drop-down lists, and ranges with names, of a workbook."""
_CHUNK = 256 * 1024
_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
_NUMBER = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0 "
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_TWICE = "Cell {cell} holds two different texts, so what it says depends on the reader; please save it again as .xlsx."


@dataclass(slots=True)
class _Table:
    """One sheet while it is read."""

    sheet: Sheet
    cells: dict[tuple[int, int], OdsCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    columns: list[tuple[int, str | None]] = field(default_factory=list)
    """Last column, counted from 1, and the default style up to it."""
    doubt: str | None = None
    full: bool | None = None
    """Whether it is no form, and goes on behind what is kept of it; None as long as it is small."""
    faults: dict[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    notes: list[SheetNote] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    drop_downs: list[DropDown] = field(default_factory=list)
    lists: list[ListElsewhere] = field(default_factory=list)


class OdsBook:
    """One spreadsheet, read; it answers what `Book` answers of an Excel workbook."""

    def __init__(self, parts: Parts, *, values: bool = False) -> None:
        """Read all sheets.

        Args:
            parts: of an .ods.
            values: give what formulas last gave instead of the formulas.

        Raises:
            UnreadableError: it is locked, damaged, hostile or far larger than a form.
        """
        names = parts.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise UnreadableError(BOOK_LOCKED)
        if "content.xml" not in names:
            raise UnreadableError(BOOK_BROKEN)
        reader = _ContentHandler(values=values)
        with parts.open("content.xml") as part:
            try:
                while chunk := part.read(_CHUNK):
                    reader.parser.Parse(chunk, False)  # noqa: FBT003  # expat takes its flag by position
                reader.parser.Parse(b"", True)  # noqa: FBT003  # the same
            except expat.ExpatError as error:
                raise UnreadableError(BOOK_BROKEN) from error
        self.doubt: str | None = None
        """Of the spreadsheet as a whole; each sheet has its own."""
        self.names = reader.names
        """The ranges of cells that have names, by these in small letters."""
        self._tables = {table.sheet.part: table for table in reader.tables}

    def sheets(self) -> Iterator[Sheet]:
        """List the sheets in the order of their tabs."""
        return (table.sheet for table in self._tables.values())

    def scan(self, sheet: Sheet, *, wanted: bool) -> Scan:  # noqa: ARG002  # `Book` stops early where it is not
        """Scan the sheet for the form's header row and for doubtful content."""
        table = self._tables[sheet.part]
        return Scan(form=_has_form(table), doubt=table.doubt)

    def grid(self, sheet: Sheet) -> Grid:
        """Load the sheet's cells."""
        table = self._tables[sheet.part]
        return Grid(
            sheet=sheet,
            cells=dict(table.cells),
            merged=tuple(table.merged),
            hidden_rows=frozenset(table.hidden_rows),
            hidden_columns=tuple(table.hidden_columns),
            faults=table.faults,
            notes=Notes(tuple(table.notes[:MAX_NOTES]), tuple(table.covers[:MAX_NOTES])),
            drop_downs=tuple(table.drop_downs),
            lists=tuple(table.lists),
        )


class _ContentHandler:
    """Expat's handlers and their state."""

    def __init__(self, *, values: bool) -> None:
        self.tables: list[_Table] = []
        self.names: dict[str, str] = {}
        self._validations: dict[str, tuple[frozenset[str] | None, str]] = {}
        """What drop-down lists offer, or where it stands, by the name under which cells refer to it."""
        self._values = values
        self._formats: dict[str, str] = {}
        """Of data styles and of the cell styles that use them."""
        self._unseen: set[str] = set()
        """Styles of sheets that are hidden."""
        self._style = self._data_style = ""
        self._elements = self._cells = self._row = self._column = self._repeat_row = 0
        self._depth = 0
        """Of tables within a cell, whose own cells do not count."""
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] | None = None
        self._in_paragraph = False
        """What stands between paragraphs, where a program sets its elements on lines of their own, is no text."""
        self._looks = Looks()
        self._spans: list[str] = []
        """Styles of the parts of text that the reader is within."""
        self._pieces: list[tuple[str, str]] = []
        """Parts of the cell's text in a style of their own, with that style."""
        self._aside = Aside()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise UnreadableError(BOOK_HOSTILE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise UnreadableError(BOOK_LARGE)
        if self._aside.open:
            self._aside.start(name)
        elif self._depth == 1 and (name == f"{OFFICE}annotation" or name.startswith(_DRAW)):
            self._aside.begin(name, attributes)
        elif name == f"{TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._start_table(attributes)
        elif self._depth == 0:
            self._start_style(name, attributes)
        elif self._depth == 1:
            self._start_in_table(name, attributes)
        elif name == f"{TEXT}p":
            self._in_paragraph = True

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
            form = self._formats.get(attributes.get(f"{STYLE}data-style-name", ""))
            if form is not None:
                self._formats[self._style] = form
        elif name == f"{TABLE}content-validation" and len(self._validations) < _MOST_LISTS:
            condition = attributes.get(f"{TABLE}condition", "")
            self._validations[attributes.get(f"{TABLE}name", "")] = of_condition(condition[:MAX_TEXT])
        elif name == f"{TABLE}named-range" and len(self.names) < _MOST_LISTS:
            place = attributes.get(f"{TABLE}cell-range-address", "")
            self.names[attributes.get(f"{TABLE}name", "").casefold()] = place[:MAX_TEXT]
        elif name == f"{STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self._unseen.add(self._style)
        elif name.startswith(_NUMBER) and name.endswith("-style"):
            self._data_style = attributes.get(f"{STYLE}name", "")
            if name == f"{_NUMBER}text-style":
                self._formats[self._data_style] = "@"
        else:
            self._looks.read(self._style, name, attributes)
        if name == f"{_NUMBER}scientific-number":
            self._formats[self._data_style] = "0.00E+00"

    def _start_table(self, attributes: dict[str, str]) -> None:
        if len(self.tables) >= MAX_SHEETS:
            raise UnreadableError(BOOK_SHEETS)
        visible = attributes.get(f"{TABLE}style-name", "") not in self._unseen
        part = f"content.xml#{len(self.tables) + 1}"
        self.tables.append(_Table(Sheet(attributes.get(f"{TABLE}name", ""), visible, part)))
        self._row = self._column = 0

    def _start_in_table(self, name: str, attributes: dict[str, str]) -> None:
        table = self.tables[-1]
        if name == f"{TABLE}table-column":
            first = table.columns[-1][0] + 1 if table.columns else 1
            last = first - 1 + _count(attributes, "number-columns-repeated")
            table.columns.append((last, attributes.get(f"{TABLE}default-cell-style-name")))
            if _is_hidden(attributes):
                table.hidden_columns.append((first, last))
        elif name == f"{TABLE}table-row":
            self._row += 1
            self._column = 0
            self._repeat_row = _count(attributes, "number-rows-repeated")
            if _is_hidden(attributes):
                table.hidden_rows.update(range(self._row, min(self._row + self._repeat_row, MAX_ROWS + 1)))
        elif name in _CELLS:
            self._cell, self._paragraphs = attributes, None
            self._column += 1
        elif self._cell is not None:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TEXT}p":
            self._paragraphs = [*(self._paragraphs or []), ""]
            self._in_paragraph = True
        elif name == f"{TEXT}s":
            count = attributes.get(f"{TEXT}c", "1")
            self._add(" " * min(int(count) if count.isdecimal() else 1, MAX_TEXT))
        elif name in {f"{TEXT}tab", f"{TEXT}line-break"}:
            self._add("\t" if name.endswith("tab") else "\n")
        elif name == f"{TEXT}span":
            self._spans.append(attributes.get(f"{TEXT}style-name", ""))

    def _characters(self, data: str) -> None:
        if self._aside.open:
            self._aside.add(data)
        else:
            self._add(data)

    def _add(self, data: str) -> None:
        if not self._in_paragraph:
            return
        if self._spans and len(self._pieces) < MAX_NOTES:
            self._pieces.append((data[:MAX_TEXT], self._spans[-1]))
        if self._paragraphs and len(self._paragraphs[-1]) < MAX_TEXT:
            self._paragraphs[-1] += data

    def _end(self, name: str) -> None:
        if self._aside.open:
            self._end_aside()
        elif name == f"{TABLE}table":
            self._depth -= 1
        elif name == f"{TEXT}span" and self._spans:
            self._spans.pop()
        elif name == f"{TEXT}p":
            self._in_paragraph = False
        elif self._depth == 1:
            if name in _CELLS and self._cell is not None:
                self._end_cell(self._cell)
            elif name == f"{TABLE}table-row":
                self._row += self._repeat_row - 1

    def _end_aside(self) -> None:
        within = (self._row, self._column) if self._cell is not None else None
        if not self._aside.end():
            return
        table, note = self.tables[-1], self._aside.note(within)
        if note is not None and len(table.notes) < MAX_NOTES:
            table.notes.append(note)
        cover = self._aside.cover(within)
        if cover is not None and len(table.covers) < MAX_NOTES:
            table.covers.append(cover)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        table, text = self.tables[-1], None if self._paragraphs is None else "\n".join(self._paragraphs)
        row, column = self._row, self._column
        repeated = _count(attributes, "number-columns-repeated")
        self._column += repeated - 1
        pieces, self._pieces = self._pieces, []
        self._cell = self._paragraphs = None
        if row > MAX_ROWS or column > MAX_COLUMNS or table.full:
            return
        self._span(table, attributes)
        style = attributes.get(f"{TABLE}style-name") or _default(table, column)
        cell = cell_of(attributes, text, self._formats.get(style or "", "General"), values=self._values)
        if cell is None:
            return
        if ambiguous(attributes, text):
            table.doubt = table.doubt or _TWICE.format(cell=f"in row {row}, column {column}")
        self._offer(table, attributes, (column, row, column + repeated - 1, row + self._repeat_row - 1))
        faults = self._faults(style, text or "", pieces)
        for at in range(row, min(row + self._repeat_row, MAX_ROWS + 1)):
            for beside in range(column, min(column + repeated, MAX_COLUMNS + 1)):
                table.cells[at, beside] = cell
                if faults:
                    table.faults[at, beside] = faults
                self._cells += 1
                if self._cells > MAX_CELLS:
                    raise UnreadableError(BOOK_LARGE)
            if table.full is None and len(table.cells) > MAX_ASIDE:
                table.full = not _has_form(table)
            if table.full:
                break

    def _offer(self, table: _Table, attributes: dict[str, str], cells: Area) -> None:
        """Note what the cell's drop-down list offers."""
        values, place = self._validations.get(attributes.get(f"{TABLE}content-validation-name", ""), (None, ""))
        if values is not None:
            table.drop_downs.append(((cells,), values))
        elif place:
            table.lists.append(((cells,), place))

    def _faults(self, style: str | None, text: str, pieces: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """What hinders a person from reading the cell's text as it is kept, or parts of it."""
        whole = self._looks.fault(style)
        if whole is not None:
            return ((text, whole),)
        parts = ((piece.strip(), self._looks.fault(own, style)) for piece, own in pieces)
        return tuple((piece, fault) for piece, fault in parts if piece and fault is not None)

    def _span(self, table: _Table, attributes: dict[str, str]) -> None:
        wide, high = _count(attributes, "number-columns-spanned"), _count(attributes, "number-rows-spanned")
        if wide > 1 or high > 1:
            left = self._column - _count(attributes, "number-columns-repeated") + 1
            table.merged.append((left, self._row, left + wide - 1, self._row + high - 1))


def _has_form(table: _Table) -> bool:
    """Whether the header row of a form stands where one may."""
    heads: dict[int, set[str]] = {}
    for (row, _), cell in table.cells.items():
        if row <= HEADER_ROWS and isinstance(cell.value, str):
            heads.setdefault(row, set()).add(folded(cell.value))
    return any(head >= HEADER_CELLS for head in heads.values())


def _count(attributes: dict[str, str], name: str) -> int:
    """Parse a repeat count, at least 1; a malformed number means a damaged file."""
    stated = attributes.get(f"{TABLE}{name}", "1")
    if not (stated.isdecimal() and stated.isascii() and 1 <= len(stated) <= 9):  # noqa: PLR2004  # digits
        raise UnreadableError(BOOK_BROKEN)
    return max(1, int(stated))


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get(f"{TABLE}visibility") in {"collapse", "filter"}


def _default(table: _Table, column: int) -> str | None:
    return next((style for last, style in table.columns if column <= last), None)
