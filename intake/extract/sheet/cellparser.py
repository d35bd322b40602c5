"""Makes openpyxl read a sheet's cells and nothing else of it, with our own reading of styles and texts.

openpyxl reads all that a worksheet and its stylesheet may hold, and gives up on the whole where one thing is odd.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.numbers import (
    BUILTIN_FORMATS_MAX_SIZE,
    BUILTIN_FORMATS_REVERSE,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import COL_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.functions import iterparse

from intake.extract.sheet.richtext import Text, text_of
from intake.extract.sheet.styles import CellStyle, Styles
from intake.extract.xmlparts import named

Place = tuple[int, int]
DropDown = tuple[tuple[tuple[int, int, int, int], ...], frozenset[str]]
"""The ranges of a drop-down list that holds its values itself (left, top, right, bottom), and the values."""
_MAX_RANGES = 1_000
"""Ranges of conditional formats that are looked at."""


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
        self.page_texts: list[str] = []
        self.drop_downs: list[DropDown] = []
        self._texts = texts
        self._styles = styles
        self._faults: dict[Place, tuple[tuple[str, str], ...]] = {}
        self._conditions: list[tuple[str, int]] = []
        self._values: dict[Place, str] = {}

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
                case tag if tag.endswith("}conditionalFormatting"):
                    self._conditions.extend(_conditions(element))
                case tag if tag.endswith("}dataValidations"):
                    self.drop_downs.extend(_drop_downs(element))
                case tag if tag.endswith("}headerFooter"):
                    self.page_texts.extend(filter(None, (_plain(child.text or "") for child in element)))
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
            self._note((cell["row"], cell["column"]), cell, text)
        return cell

    def faults(self) -> Mapping[Place, tuple[tuple[str, str], ...]]:
        """What hinders a reader, by cell; conditional formats included, as they may come to bear."""
        faults = dict(self._faults)
        for area, number in self._conditions[:_MAX_RANGES]:
            fault = self._styles.conditional[number] if number < len(self._styles.conditional) else None
            if fault is not None:
                for place in _within(area, self._values):
                    faults.setdefault(place, ((self._values[place], f"{fault} under a condition"),))
        return faults

    def _note(self, place: Place, cell: dict[str, Any], text: Text | None) -> None:
        shown = str(cell["value"])
        self._values[place] = shown
        style = self._styles.cells[cell["style_id"]] if cell["style_id"] < len(self._styles.cells) else CellStyle()
        whole = style.fault
        faults = ((shown, whole),) if whole else (text.faults if text is not None else ())
        if faults:
            self._faults[place] = faults

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


def _conditions(element: Element) -> Iterator[tuple[str, int]]:
    for rule in named(element, "cfRule"):
        number = rule.get("dxfId", "")
        for area in element.get("sqref", "").split() if number.isdecimal() else ():
            yield area, int(number)


def _drop_downs(element: Element) -> Iterator[DropDown]:
    """Lists written out in the sheet; those that stand elsewhere in the workbook are left to the column beside."""
    for validation in named(element, "dataValidation"):
        formula = next((item.text or "" for item in named(validation, "formula1")), "")
        if validation.get("type") == "list" and len(formula) > 1 and formula[0] == formula[-1] == '"':
            ranges = tuple(filter(None, map(_bounds, validation.get("sqref", "").split()[:_MAX_RANGES])))
            yield ranges, frozenset(value.strip() for value in formula[1:-1].replace('""', '"').split(","))


def _bounds(area: str) -> tuple[int, int, int, int] | None:
    try:
        left, top, right, bottom = range_boundaries(area)
    except ValueError:
        return None
    return (left, top, right, bottom) if None not in {left, top, right, bottom} else None


def _within(area: str, places: Mapping[Place, str]) -> Iterator[Place]:
    try:
        left, top, right, bottom = range_boundaries(area)
    except ValueError:
        return
    for row, column in places:
        if (top or 1) <= row <= (bottom or row) and (left or 1) <= column <= (right or column):
            yield row, column


def _plain(text: str) -> str:
    """A page's head or foot without its codes, such as ``&C`` and ``&"Arial,Bold"``."""
    parts = text.replace("&&", "\0").split("&")
    return " ".join(" ".join([parts[0], *(part[1:] for part in parts[1:])]).replace("\0", "&").split())
