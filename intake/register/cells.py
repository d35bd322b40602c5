"""Reads a workbook's tab row by row, and never holds more than a piece of it.

openpyxl does the same with a tree of each row, at four times the processor's time; and it leaves `_x000D_` in a text,
where a spreadsheet has a carriage return (ECMA-376 part 1, 22.9.2.19).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from defusedxml.ElementTree import fromstring

from intake.register.moments import Moment, moment, shows_moment, shows_span, stated_moment
from intake.register.package import DamagedError, Package, local

Value = str | float | bool | Moment | None
MAX_COLUMNS = 60
MAX_TEXTS = 5_000_000
MAX_TEXT = 1_000_000
"""Characters of one cell; a spreadsheet keeps 32,767."""
_PIECE = 1 << 16
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a tab."""

    number: int
    """As a spreadsheet counts, from one."""
    offset: int
    """Bytes of the part before its element."""
    values: Sequence[Value]
    """By column, from A; as far as the last one that says something."""
    uncomputed: Sequence[int] = ()
    """Columns, from one, of cells that have a formula, and no result of it is kept."""


@dataclass(frozen=True)
class Book:
    """What the cells of all tabs refer to."""

    texts: Sequence[str] = ()
    days: frozenset[int] = frozenset()
    """Cell formats that show a number as a day or a time."""
    spans: frozenset[int] = frozenset()
    """Cell formats that show a number as a span of time."""
    since_1904: bool = False

    @classmethod
    def of(cls, package: Package) -> Book:
        """Read it from a workbook's package.

        Raises:
            DamagedError: it has more texts than any list.
        """
        texts, styles = (package.related(package.main, kind) for kind in ("sharedStrings", "styles"))
        days, spans = _formats(package.read(styles)) if styles else (frozenset[int](), frozenset[int]())
        shared: Sequence[str] = ()
        if texts:
            with package.open(texts) as source:
                shared = _Texts().read(source)
        return cls(shared, days, spans, _since_1904(package.read(package.main)))


def rows(source: IO[bytes], book: Book) -> Iterator[Row]:
    """Read a tab's rows; one without cells stands for any number that are not there.

    Args:
        source: the tab's part.
        book: what its cells refer to.

    Raises:
        ExpatError: it is no XML.
        DamagedError: it declares a document type, or a cell is far beyond what a spreadsheet keeps.
    """
    reader, last = _Rows(book), 0
    for piece in _pieces(source):
        reader.parser.Parse(piece, not piece)
        for row in reader.taken():
            if row.number > last + 1:
                yield Row(row.number - 1, row.offset, ())
            yield row
            last = row.number


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece
    yield b""


class _Parsed:
    """Names of elements count by the prefix that the root has."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = False
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.StartElementHandler = self._root
        self.prefix = ""

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        self.prefix = name[: name.rfind(":") + 1]
        self._ready()

    def _ready(self) -> None:
        raise NotImplementedError


def _refuse(*_declared: object) -> None:
    message = "it declares a document type, as no spreadsheet does."
    raise DamagedError(message)


class _Texts(_Parsed):
    """The shared texts, without their fonts and readings."""

    def read(self, source: IO[bytes]) -> list[str]:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        for piece in _pieces(source):
            self.parser.Parse(piece, not piece)
        return self.texts

    def _ready(self) -> None:
        self.item, self.text, self.aside = (self.prefix + name for name in ("si", "t", "rPh"))
        self.silent = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == self.text and not self.silent:
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == self.item:
            self.pieces.clear()
        elif name == self.aside:
            self.silent = True

    def _end(self, name: str) -> None:
        if name == self.text:
            self.parser.CharacterDataHandler = None
        elif name == self.aside:
            self.silent = False
        elif name == self.item:
            self.texts.append(unescaped("".join(self.pieces)))
            if len(self.texts) > MAX_TEXTS:
                message = f"it has more than {MAX_TEXTS} texts, so it is not the published list."
                raise DamagedError(message)


class _Rows(_Parsed):
    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.ready: list[Row] = []
        self.columns: dict[str, int] = {}
        self.number = self.offset = self.column = 0
        self.kind, self.style, self.length = "n", "", 0
        self.pieces: list[str] = []
        self.values: list[Value] = []
        self.uncomputed: list[int] = []
        self.computing = self.silent = False

    def taken(self) -> list[Row]:
        """Give the rows that are complete since it was asked last."""
        ready, self.ready = self.ready, []
        return ready

    def _ready(self) -> None:
        names = (self.prefix + name for name in ("row", "c", "v", "t", "f", "rPh", "sheetData"))
        self.row, self.cell, self.value, self.text, self.formula, self.aside, self.data = names
        self.parser.StartElementHandler = self._before
        self.parser.EndElementHandler = self._end

    def _before(self, name: str, _attributes: dict[str, str]) -> None:
        if name == self.data:
            self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.cell:
            self.column = self._column(attributes.get("r"))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.pieces.clear()
            self.length, self.computing = 0, False
        elif name == self.text:
            if not self.silent:
                self.parser.CharacterDataHandler = self._more
        elif name == self.value:
            self.computing = self.computing and self.kind != "str"  # a formula's text may be empty
            if self.kind != "inlineStr":
                self.parser.CharacterDataHandler = self._more
        elif name == self.row:
            stated = attributes.get("r", "")
            self.number = int(stated) if stated else self.number + 1
            self.offset, self.column = self.parser.CurrentByteIndex, 0
            self.values, self.uncomputed = [], []
        elif name == self.formula:
            self.computing = True
        elif name == self.aside:
            self.silent = True

    def _more(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        if self.length > MAX_TEXT:
            message = f"it has a cell of more than {MAX_TEXT} characters, so it is not the published list."
            raise DamagedError(message)

    def _end(self, name: str) -> None:
        if name in {self.text, self.value}:
            self.parser.CharacterDataHandler = None
        elif name == self.cell:
            if self.column <= MAX_COLUMNS:
                self._keep()
        elif name == self.row:
            self.ready.append(Row(self.number, self.offset, self.values, self.uncomputed))
        elif name == self.aside:
            self.silent = False
        elif name == self.data:
            self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def _keep(self) -> None:
        if self.pieces:
            self.values += [None] * (self.column - len(self.values))
            self.values[self.column - 1] = self._read("".join(self.pieces))
        elif self.computing:
            self.uncomputed.append(self.column)

    def _column(self, reference: str | None) -> int:
        if reference is None:
            return self.column + 1
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_number(letters)
        return column

    def _read(self, text: str) -> Value:
        kind = self.kind
        if kind == "s":
            number = int(text)
            return self.book.texts[number] if 0 <= number < len(self.book.texts) else None
        if kind in {"inlineStr", "str"}:
            return unescaped(text)
        if kind == "n":
            return self._number(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        return (stated_moment(text) or text) if kind == "d" else text

    def _number(self, text: str) -> Value:
        number = float(text) if any(sign in text for sign in ".eE") else int(text)
        style = int(self.style or 0)
        if style not in self.book.days:
            return number
        shown = moment(number, span=style in self.book.spans, since_1904=self.book.since_1904)
        return number if shown is None else shown  # where the calendar does not reach, a spreadsheet shows ####


def unescaped(text: str) -> str:
    """Give a text as a spreadsheet has it: `_x000D_` stands for a character that XML does not keep."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return match[0] if number in _SURROGATES else chr(number)


def column_number(letters: str) -> int:
    """Give a column's number, from one: of ``AA`` 27.

    Raises:
        DamagedError: these are no letters of a column.
    """
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            message = f"it has a cell at '{letters[:20]}', which is no column."
            raise DamagedError(message)
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Give a column's letters: of 27 ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _formats(part: bytes) -> tuple[frozenset[int], frozenset[int]]:
    codes: dict[int, str] = {}
    used: list[int] = []
    for element in fromstring(part, forbid_dtd=True):
        name = local(element.tag)
        if name == "numFmts":
            codes |= {int(child.get("numFmtId", "0")): child.get("formatCode", "") for child in element}
        elif name == "cellXfs":
            used = [int(child.get("numFmtId", "0")) for child in element]
    days = frozenset(at for at, number in enumerate(used) if shows_moment(number, codes.get(number)))
    return days, frozenset(at for at in days if shows_span(used[at], codes.get(used[at])))


def _since_1904(part: bytes) -> bool:
    settings = (child for child in fromstring(part, forbid_dtd=True) if local(child.tag) == "workbookPr")
    return any(setting.get("date1904") in {"1", "true"} for setting in settings)
