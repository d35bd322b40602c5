"""Reads a worksheet's XML once, in the order it stands, before openpyxl does.

openpyxl keeps the last of two cells with one address; Excel may keep another.
What two readers can read differently must never pass, so the doubles are counted here, and the size is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from intake.extract.sheet.addresses import column_number
from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, BOOK_LARGE, UnreadableError

HEADER_ROWS = 60
"""The form's header row is looked for this far down."""
MAX_ELEMENTS = 60_000
HEADER_CELLS = frozenset({"data group", "data attribute"})

_CHUNK = 64 * 1024
_REF = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z")
_MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MAIN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
_ALTERNATIVES = "The sheet holds alternative contents for its cells"
_MAX_TEXT = 200


class _StopParsing(Exception):  # noqa: N818  # ends the reading early; no error
    """Raised to stop parsing early: the sheet is not a form."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of one pass over a sheet."""

    form: bool
    """A header row of the form stands near the top."""
    doubt: str | None
    """Why two readers could read the sheet differently."""


def folded(text: str) -> str:
    """Fold case and white space."""
    return " ".join(text.split()).casefold()


def scan(part: IO[bytes], strings: Sequence[str], *, wanted: bool) -> Scan:
    """Read a sheet's XML.

    Args:
        part: the worksheet part, unpacked.
        strings: the workbook's shared strings.
        wanted: the sheet's name says that it is the form, so it is read to its end in any case.

    Raises:
        UnreadableError: it is no XML, declares entities, or is a form with far too many cells.
    """
    reader = _SheetHandler(strings, wanted=wanted)
    try:
        while chunk := part.read(_CHUNK):
            reader.parser.Parse(chunk, False)  # noqa: FBT003  # expat takes its flag by position
        reader.parser.Parse(b"", True)  # noqa: FBT003  # the same
    except _StopParsing:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two of an encoding that it declares
        raise UnreadableError(BOOK_BROKEN) from error
    return Scan(form=reader.form, doubt=reader.doubt)


class _SheetHandler:
    """Expat's handlers and their state."""

    def __init__(self, strings: Sequence[str], *, wanted: bool) -> None:
        self.form = False
        self.doubt: str | None = None
        self._strings = strings
        self._wanted = wanted
        self._elements = self._row = self._column = self._data_sheets = 0
        self._rows: set[int] = set()
        self._cells: set[tuple[int, int]] = set()
        self._in_data = self._in_row = self._in_cell = self._in_value = False
        self._values = self._alternatives = self._extension = self._phonetic = 0
        self._shared = False
        self._text = ""
        self._header: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise UnreadableError(BOOK_HOSTILE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            if not (self.form or self._wanted):
                raise _StopParsing
            raise UnreadableError(BOOK_LARGE)
        if space == _MARKUP and tag == "AlternateContent":
            self._alternatives += 1
        if tag == "sheetData":
            self._start_data()
        elif self._in_data and not self._extension:
            self._start_in_data(space, tag, attributes)
        elif space in _MAIN and tag in {"row", "c"}:
            # openpyxl takes rows and cells wherever they stand.
            self._doubt("The sheet holds cells where none belong")

    def _start_data(self) -> None:
        self._in_data = True
        self._data_sheets += 1
        if self._data_sheets > 1:
            self._doubt("The sheet's data stands twice in the workbook's file")
        if self._alternatives:
            self._doubt(_ALTERNATIVES)

    def _start_in_data(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        if space not in _MAIN:
            self._doubt(_ALTERNATIVES if space == _MARKUP else "The sheet holds elements that only some readers know")
        if tag == "extLst":
            self._extension += 1
        elif tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "rPh":
            self._phonetic += 1
        elif tag in {"v", "t"}:
            # How a text is pronounced is no part of it.
            self._in_value = self._row <= HEADER_ROWS and not self._phonetic
        if tag in {"v", "is"}:
            self._values += 1
            if self._values > 1:
                self._doubt(f"Cell number {self._column} of row {self._row} holds two values")

    def _start_row(self, ref: str | None) -> None:
        try:
            self._row = int(ref) if ref is not None else self._row + 1
        except ValueError:
            raise UnreadableError(BOOK_BROKEN) from None
        self._column = 0
        self._header = set()
        if self._in_row:
            self._doubt(f"Row {self._row} stands within another one")
        self._in_row = True
        if self._row > HEADER_ROWS and not (self.form or self._wanted):
            raise _StopParsing
        if self._row in self._rows:
            self._doubt(f"Row {self._row} stands twice in the sheet")
        self._rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r")
        self._shared = attributes.get("t") == "s"
        self._text = ""
        self._values = 0
        if self._in_cell or not self._in_row:
            self._doubt(f"Cell {ref} stands outside of its row, or within another one")
        self._in_cell = True
        if ref is None:
            self._column += 1
            row = self._row
        else:
            match = _REF.match(ref)
            if match is None:
                raise UnreadableError(BOOK_BROKEN)
            self._column, row = column_number(match[1]), int(match[2])
        if row != self._row:
            self._doubt(f"Cell {ref} stands in another row of the sheet's file")
        if (row, self._column) in self._cells:
            self._doubt(f"Cell {ref or f'number {self._column} of row {row}'} stands twice in the sheet")
        self._cells.add((row, self._column))

    def _characters(self, data: str) -> None:
        if self._in_value and len(self._text) < _MAX_TEXT:
            self._text += data

    def _end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if space == _MARKUP and tag == "AlternateContent":
            self._alternatives -= 1
        elif not self._in_data:
            return
        elif tag == "extLst":
            self._extension -= 1
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag in {"v", "t"}:
            self._in_value = False
        elif tag == "row":
            self._in_row = False
        elif tag == "c":
            self._in_cell = False
            if self._row <= HEADER_ROWS:
                self._see(self._text)
        elif tag == "sheetData":
            self._in_data = False

    def _see(self, text: str) -> None:
        if self._shared:
            text = self._strings[int(text)] if text.isdecimal() and int(text) < len(self._strings) else ""
        self._header |= HEADER_CELLS & {folded(text)}
        self.form = self.form or self._header == HEADER_CELLS

    def _doubt(self, what: str) -> None:
        if self.doubt is None:
            self.doubt = f"{what}, so what it says depends on the reader; please save the workbook again in Excel."
