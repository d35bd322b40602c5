"""Reads an ordinary worksheet in one pass: what `sheetscan` says of it, and its cells as `plaincells` gives them.

Most forms are ordinary. Whatever is not, an odd encoding, an element or an address that does not belong there, a sheet
of some size, ends it, and those two read the part one after the other, the doubtful before the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError, fromstring

from intake.extract.sheet.plaincells import HandedOverError, PlainCells
from intake.extract.sheet.sheetscan import HEADER_CELLS, HEADER_ROWS, MAX_ELEMENTS, folded

MOST_BYTES = 2 * 1024 * 1024
"""Of a part that is taken apart as a whole."""
_FEW_ROWS = 500
"""Of a sheet that need not be the form; of a longer one, the first rows are enough to tell."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _DATA, _ROW, _CELL = (f"{_MAIN}{name}" for name in ("worksheet", "sheetData", "row", "c"))
_VALUE, _FORMULA, _INLINE, _TEXT = (f"{_MAIN}{name}" for name in ("v", "f", "is", "t"))
_BEGINNING = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml\ version=["']1\.0["'](?:\ encoding=["'][Uu][Tt][Ff]-8["'])?
    (?:\ standalone=["'](?:yes|no)["'])?\ ?\?>)?\s*<[A-Za-z]""",
    re.VERBOSE,
)
"""UTF-8, so that what is looked for in the bytes is what a parser finds."""
_LONG = 200
_HEADS = tuple(HEADER_CELLS)


class _OutOfTheOrdinaryError(Exception):
    """The part is for `sheetscan` and `plaincells`."""


def read_at_once(part: bytes, page: PlainCells, strings: Sequence[str], *, wanted: bool) -> bool | None:
    """Read a worksheet's cells where nothing about it is doubtful or out of the ordinary.

    Args:
        part: the whole of it, unpacked.
        page: takes the cells; of no use where this gives None, or False.
        strings: the workbook's shared strings.
        wanted: the sheet's name says that it is the form.

    Returns:
        Whether a header row of the form stands near the top; None where it is not ordinary.
    """
    if not _BEGINNING.match(part) or b"<!" in part or part.count(b"<") > MAX_ELEMENTS:
        return None
    if not wanted and part.count(b"<row") > _FEW_ROWS:
        return None
    try:
        return _read(fromstring(part), page, strings, wanted=wanted)  # noqa: S314  # it declares no document type
    except (ParseError, ValueError, LookupError, HandedOverError, _OutOfTheOrdinaryError):
        return None


def _read(sheet: Element, page: PlainCells, strings: Sequence[str], *, wanted: bool) -> bool:
    form = data = False
    if sheet.tag != _SHEET:
        raise _OutOfTheOrdinaryError
    for section in sheet:
        if section.tag == _DATA and not data:
            form, data = _read_data(section, page, strings, wanted=wanted), True
            if not (form or wanted):
                return False
        else:
            for element in _ended(section):
                if element.tag in {_ROW, _CELL} or element.tag.rpartition("}")[2] == "sheetData":
                    raise _OutOfTheOrdinaryError
                page.take(element)
    return form


def _ended(element: Element) -> Iterator[Element]:
    """The element and all within it, each behind what it holds, as a parser ends them."""
    for child in element:
        yield from _ended(child)
    yield element


def _read_data(data: Element, page: PlainCells, strings: Sequence[str], *, wanted: bool) -> bool:
    form, rows = False, set[int]()
    for row in data:
        if row.tag != _ROW:
            raise _OutOfTheOrdinaryError
        number = page.begin_row(row)
        if number > HEADER_ROWS and not (form or wanted):
            return False
        if number in rows:
            raise _OutOfTheOrdinaryError
        rows.add(number)
        heads = set[str]()
        for cell in row:
            text = _text(cell)
            before = len(page.cells)
            if page.read_cell(cell)[0] != number or len(page.cells) == before:
                raise _OutOfTheOrdinaryError
            if text and not form and number <= HEADER_ROWS:
                heads |= HEADER_CELLS & {_folded(strings[int(text)] if cell.get("t") == "s" else text)}
                form = heads == HEADER_CELLS
    return form


def _text(cell: Element) -> str | None:
    """The text of a cell's one value; an ordinary cell holds that, a formula, and nothing else."""
    text, values = None, 0
    if cell.tag != _CELL:
        raise _OutOfTheOrdinaryError
    for child in cell:
        tag = child.tag
        if tag == _INLINE:
            text = ""
            for item in child:
                if item.tag != _TEXT or len(item):
                    raise _OutOfTheOrdinaryError
                text += item.text or ""
        elif len(child) or tag not in {_VALUE, _FORMULA}:
            raise _OutOfTheOrdinaryError
        elif tag == _VALUE:
            text = child.text
        values += tag != _FORMULA
    if values > 1:
        raise _OutOfTheOrdinaryError
    return text


def _folded(text: str) -> str:
    whole = folded(text)
    if len(text) >= _LONG and whole.startswith(_HEADS):  # of which `sheetscan` looks at the beginning only
        raise _OutOfTheOrdinaryError
    return whole
