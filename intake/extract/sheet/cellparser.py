"""Makes openpyxl read a sheet's cells and nothing else of it, with our own reading of styles and texts.

openpyxl reads all that a worksheet and its stylesheet may hold, and gives up on the whole where one thing is odd.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.numbers import (
    BUILTIN_FORMATS_MAX_SIZE,
    BUILTIN_FORMATS_REVERSE,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import COL_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.functions import iterparse

from intake.extract.sheet.besidecells import Beside
from intake.extract.sheet.richtext import Text, text_of
from intake.extract.sheet.styles import CellStyle, Styles
from intake.extract.xmlparts import named


def use_styles(book: Workbook, styles: Styles) -> None:
    """Give a workbook of openpyxl's the number formats of its styles, by which it tells dates from numbers."""
    formats: list[str] = []
    numbers: dict[str, int] = {}
    arrays = []
    for style in styles.cells:
        code = style.number_format
        number = BUILTIN_FORMATS_REVERSE.get(code)
        if number is None:
            number = numbers.setdefault(code, BUILTIN_FORMATS_MAX_SIZE + len(formats))
            if number == BUILTIN_FORMATS_MAX_SIZE + len(formats):
                formats.append(code)
        arrays.append(StyleArray((0, 0, 0, number, 0, 0, 0, 0, 0)))
    codes = [style.number_format for style in styles.cells]
    book._cell_styles = arrays  # noqa: SLF001  # where openpyxl's own reader puts them
    book._number_formats = formats  # noqa: SLF001  # likewise
    book._date_formats = {at for at, code in enumerate(codes) if is_date_format(code)}  # noqa: SLF001  # likewise
    book._timedelta_formats = {at for at, code in enumerate(codes) if is_timedelta_format(code)}  # noqa: SLF001  # likewise


class CellParser(WorkSheetParser):  # type: ignore[misc]  # openpyxl ships no types
    """openpyxl's parser of a sheet, cut down to columns, rows, cells and merged ranges."""

    def __init__(self, parser: WorkSheetParser, texts: Sequence[Text], styles: Styles) -> None:
        """Take over from openpyxl's own parser, which has read nothing yet.

        Args:
            parser: made for the sheet.
            texts: the workbook's shared ones.
            styles: the workbook's.
        """
        self.__dict__.update(parser.__dict__)
        self.beside = Beside(styles)
        self._texts = texts
        self._styles = styles

    def parse(self) -> Iterator[Any]:
        """Give the sheet's rows as openpyxl's reader takes them."""
        for _, element in iterparse(self.source):
            match element.tag:
                case tag if tag == ROW_TAG:
                    yield self.parse_row(element)
                case tag if tag == COL_TAG:
                    self.parse_column_dimensions(element)
                case tag if tag == MERGE_TAG:
                    self.merged_cells = MergeCells.from_tree(element)
                case _ if self.beside.take(element):
                    pass
                case _:
                    continue
            element.clear()

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """Read a cell, and note what hinders a person from reading its text as it is kept."""
        text = self._text(element)
        inline = element.get("t") == "inlineStr"
        cell: dict[str, Any] = super().parse_cell(element) if not inline else super().parse_cell(_emptied(element))
        if inline and text is not None and cell["data_type"] != "f":
            cell |= {"value": text.plain, "data_type": "s"}
        if cell["value"] is not None:
            number, styles = cell["style_id"], self._styles.cells
            style = styles[number] if number < len(styles) else CellStyle()
            self.beside.note((cell["row"], cell["column"]), str(cell["value"]), style, text)
        return cell

    def _text(self, element: Element) -> Text | None:
        if element.get("t") == "inlineStr":
            return next((text_of(item, self._styles) for item in named(element, "is")), None)
        if element.get("t") == "s":
            number = next((item.text or "" for item in named(element, "v")), "").strip()
            return self._texts[int(number)] if number.isdecimal() and int(number) < len(self._texts) else None
        return None


def _emptied(element: Element) -> Element:
    """The cell without its inline text, of whose fonts openpyxl is strict."""
    for item in list(named(element, "is")):
        element.remove(item)
    return element
