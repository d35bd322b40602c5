"""Reads a worksheet's cells without openpyxl, as far as they are ordinary; whatever else it meets, it hands over.

It takes the same elements in the same order as `cellparser` and gives what openpyxl would, from a part that `sheetscan`
has let pass. Loading openpyxl costs more than reading a form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, iterparse

from intake.extract.sheet.addresses import area, column_number
from intake.extract.sheet.besidecells import Beside
from intake.extract.sheet.richtext import Text, text_of
from intake.extract.sheet.stylecodes import shows_elapsed, shows_time
from intake.extract.sheet.styles import Styles
from intake.extract.xmlparts import named

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _CELL, _COLUMN, _JOINED = (f"{_MAIN}{name}" for name in ("row", "c", "col", "mergeCells"))
_VALUE, _FORMULA = f"{_MAIN}v", f"{_MAIN}f"
_INLINE, _TEXT = f"{_MAIN}is", f"{_MAIN}t"
_WITHIN = frozenset({_CELL, _VALUE, _FORMULA, _INLINE, _TEXT})
"""What stands within a row, with which it is read."""
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_AREA = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?\Z")
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,2})?\Z")
_DIGITS = re.compile(r"[0-9]{1,9}\Z")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook knows no zone
_FIRST_SURE_DAY, _LAST_DAY = 61, 2_958_465
"""1 March 1900, before which Excel counts a day that there was not, and the last day of the year 9999."""
_DAY_MILLISECONDS = 86_400_000
_LAST_COLUMN = 16_384


class HandedOverError(Exception):
    """The workbook holds what only openpyxl reads."""


class PlainCell(NamedTuple):
    """One cell: of openpyxl's cells it has what the reader of forms looks at."""

    value: str | float | bool | date | time | timedelta | None
    data_type: str
    """``f`` a formula, ``e`` an error, ``s`` a text, ``b`` a truth value, ``d`` a date, ``n`` a number or nothing."""
    number_format: str


class PlainCells:
    """The cells of one worksheet, and what its rows, columns and ranges say."""

    def __init__(self, texts: Sequence[Text], styles: Styles, *, values: bool) -> None:
        """Take the workbook's shared texts and styles.

        Args:
            texts: the shared ones.
            styles: by which numbers are told from dates.
            values: give what formulas last gave instead of the formulas.
        """
        self.cells: dict[tuple[int, int], PlainCell] = {}
        self.rows: dict[int, Mapping[str, str]] = {}
        """Attributes of rows that say more than where they stand."""
        self.columns: dict[int, Mapping[str, str]] = {}
        """Attributes of columns by the first that they are of."""
        self.joined: tuple[tuple[int, int, int, int], ...] = ()
        self.beside = Beside(styles)
        self._texts, self._styles, self._values = texts, styles, values
        self._dates = tuple(shows_time(style.number_format) for style in styles.cells)
        self._row = self._column = 0

    def read(self, part: IO[bytes]) -> None:
        """Read the worksheet part, which `sheetscan` has read to its end: it declares no document type, so no entities.

        Raises:
            HandedOverError: it holds something that is not ordinary.
        """
        for _, element in iterparse(part):  # noqa: S314  # see above
            tag = element.tag
            if tag in _WITHIN:  # most of them
                continue
            if tag == _ROW:
                self._read_row(element)
                element.clear()
            else:
                self.take(element)

    def take(self, element: Element) -> None:
        """Take what an element that has ended says beside the cells.

        Raises:
            HandedOverError: it is not ordinary.
        """
        if element.tag == _COLUMN:
            _whole(element.get("max"), _LAST_COLUMN)
            self.columns[_whole(element.get("min"), _LAST_COLUMN, 1)] = dict(element.attrib)
        elif element.tag == _JOINED:
            self.joined = tuple(_area(item) for item in element)
        elif not self.beside.take(element):
            return
        element.clear()

    def begin_row(self, row: Element) -> int:
        """Begin a row, and give its number.

        Raises:
            HandedOverError: it is not ordinary.
        """
        stated = row.get("r")
        self._row = self._row + 1 if stated is None else _whole(stated, 9_999_999)
        self._column = 0
        if not row.attrib.keys() <= {"r", "spans"}:
            self.rows[self._row] = dict(row.attrib)
        return self._row

    def _read_row(self, row: Element) -> None:
        self.begin_row(row)
        for element in row:
            if element.tag != _CELL:
                raise HandedOverError
            self.read_cell(element)

    def read_cell(self, element: Element) -> tuple[int, int]:
        """Read a cell of the row that was begun last, and give its row and column.

        Raises:
            HandedOverError: it is not ordinary.
        """
        place, kind, style = self._place(element.get("r")), element.get("t", "n"), _whole(element.get("s", "0"))
        if style >= len(self._styles.cells):
            raise HandedOverError
        looks = self._styles.cells[style]
        text = None
        formula = None if self._values else element.find(_FORMULA)
        if kind == "inlineStr":
            text = self._inline(element)
        if formula is not None:
            cell = PlainCell(_formula(formula, kind), "f", looks.number_format)
            if kind == "s":  # its last result, whose faults are told as well
                text = self._shared(element.findtext(_VALUE) or "")
        elif kind == "inlineStr":
            cell = PlainCell(
                None if text is None else text.plain, "s" if text is not None else kind, looks.number_format
            )
        else:
            stated = element.findtext(_VALUE) or None
            if kind == "s" and stated is not None:
                text = self._shared(stated)
            cell = self._cell(stated, kind, style, text)
        self.cells[place] = cell
        if cell.value is not None:
            self.beside.note(place, str(cell.value), looks, text)
        return place

    def _place(self, address: str | None) -> tuple[int, int]:
        if address is None:
            self._column += 1
            return self._row, self._column
        match = _PLACE.match(address)
        if match is None:
            raise HandedOverError
        self._column = column_number(match[1])
        return int(match[2]), self._column

    def _inline(self, element: Element) -> Text | None:
        if len(element) == 1 and element[0].tag == _INLINE:  # as nearly all are; a plain text needs no more looking
            (item,) = element
            if len(item) == 1 and item[0].tag == _TEXT:
                return Text(item[0].text or "")
        return next((text_of(item, self._styles) for item in named(element, "is")), None)

    def _shared(self, stated: str) -> Text:
        number = _whole(stated)
        if number >= len(self._texts):
            raise HandedOverError
        return self._texts[number]

    def _cell(self, stated: str | None, kind: str, style: int, text: Text | None) -> PlainCell:
        code = self._styles.cells[style].number_format
        if kind not in {"n", "s", "b", "e", "str"}:
            raise HandedOverError
        if stated is None:
            return PlainCell(None, kind, code)
        if kind == "n":
            number = _number(stated)
            return PlainCell(_moment(number, code), "d", code) if self._dates[style] else PlainCell(number, "n", code)
        if kind == "b":
            if stated not in {"0", "1"}:
                raise HandedOverError
            return PlainCell(stated == "1", "b", code)
        if text is not None:
            return PlainCell(text.plain, "s", code)
        return PlainCell(stated, "e" if kind == "e" else "s", code)


def _formula(element: Element, kind: str) -> str:
    """The source of a formula of its own; shared ones, arrays and tables are for openpyxl."""
    if element.get("t", "normal") != "normal" or kind not in {"n", "s", "b", "e", "str"}:
        raise HandedOverError
    return f"={element.text or ''}"


def _number(stated: str) -> int | float:
    if not _NUMBER.match(stated):
        raise HandedOverError
    return float(stated) if set(".eE") & set(stated) else int(stated)


def _moment(days: float, code: str) -> datetime:
    """The date that a number of days since the end of 1899 is, to the millisecond."""
    if shows_elapsed(code) or not _FIRST_SURE_DAY <= days < _LAST_DAY:
        raise HandedOverError
    whole, rest = divmod(days, 1)
    return _EPOCH + timedelta(days=whole, milliseconds=round(rest * _DAY_MILLISECONDS))


def _whole(stated: str | None, most: int = 999_999_999, least: int = 0) -> int:
    if stated is None or not _DIGITS.match(stated) or not least <= int(stated) <= most:
        raise HandedOverError
    return int(stated)


def _area(element: Element) -> tuple[int, int, int, int]:
    cells = element.get("ref", "")
    if element.tag != f"{_MAIN}mergeCell" or not _AREA.match(cells):
        raise HandedOverError
    left, top, right, bottom = area(cells)
    if left > right or top > bottom:
        raise HandedOverError
    return left, top, right, bottom
