"""What a worksheet says of its cells beside their values, and what hinders a person from reading these as kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from intake.extract.sheet.addresses import area, bounds
from intake.extract.sheet.richtext import Text
from intake.extract.sheet.styles import CellStyle, Styles
from intake.extract.xmlparts import named

Place = tuple[int, int]
DropDown = tuple[tuple[tuple[int, int, int, int], ...], frozenset[str]]
"""The ranges of a drop-down list that holds its values itself (left, top, right, bottom), and the values."""
_MAX_RANGES = 1_000
"""Ranges of conditional formats that are looked at."""


class Beside:
    """Gathers it while a sheet is read, whoever reads the cells."""

    def __init__(self, styles: Styles) -> None:
        """Begin with nothing; the workbook's styles say what conditional formats do."""
        self.page_texts: list[str] = []
        self.drop_downs: list[DropDown] = []
        self._styles = styles
        self._faults: dict[Place, tuple[tuple[str, str], ...]] = {}
        self._conditions: list[tuple[str, int]] = []
        self._values: dict[Place, str] = {}

    def take(self, element: Element) -> bool:
        """Take what an element of the sheet says beside its cells; False where it says nothing of it."""
        tag = element.tag
        if tag.endswith("}conditionalFormatting"):
            self._conditions.extend(_conditions(element))
        elif tag.endswith("}dataValidations"):
            self.drop_downs.extend(_drop_downs(element))
        elif tag.endswith("}headerFooter"):
            self.page_texts.extend(filter(None, (_plain(child.text or "") for child in element)))
        else:
            return False
        return True

    def note(self, place: Place, shown: str, style: CellStyle, text: Text | None) -> None:
        """Note how a cell's value is shown: in its style, and run by run where it is a text."""
        self._values[place] = shown
        whole = style.fault
        faults = ((shown, whole),) if whole else (text.faults if text is not None else ())
        if faults:
            self._faults[place] = faults

    def faults(self) -> Mapping[Place, tuple[tuple[str, str], ...]]:
        """What hinders a reader, by cell; conditional formats included, as they may come to bear."""
        faults = dict(self._faults)
        for cells, number in self._conditions[:_MAX_RANGES]:
            fault = self._styles.conditional[number] if number < len(self._styles.conditional) else None
            if fault is not None:
                for place in _within(cells, self._values):
                    faults.setdefault(place, ((self._values[place], f"{fault} under a condition"),))
        return faults


def _conditions(element: Element) -> Iterator[tuple[str, int]]:
    for rule in named(element, "cfRule"):
        number = rule.get("dxfId", "")
        for cells in element.get("sqref", "").split() if number.isdecimal() else ():
            yield cells, int(number)


def _drop_downs(element: Element) -> Iterator[DropDown]:
    """Lists written out in the sheet; those that stand elsewhere in the workbook are left to the column beside."""
    for validation in named(element, "dataValidation"):
        formula = next((item.text or "" for item in named(validation, "formula1")), "")
        if validation.get("type") == "list" and len(formula) > 1 and formula[0] == formula[-1] == '"':
            ranges = tuple(filter(None, map(_area_of, validation.get("sqref", "").split()[:_MAX_RANGES])))
            yield ranges, frozenset(value.strip() for value in formula[1:-1].replace('""', '"').split(","))


def _area_of(cells: str) -> tuple[int, int, int, int] | None:
    try:
        return area(cells)
    except ValueError:
        return None


def _within(cells: str, places: Mapping[Place, str]) -> Iterator[Place]:
    try:
        left, top, right, bottom = bounds(cells)
    except ValueError:
        return
    for row, column in places:
        if (top or 1) <= row <= (bottom or row) and (left or 1) <= column <= (right or column):
            yield row, column


def _plain(text: str) -> str:
    """A page's head or foot without its codes, such as ``&C`` and ``&"Arial,Bold"``."""
    parts = text.replace("&&", "\0").split("&")
    return " ".join(" ".join([parts[0], *(part[1:] for part in parts[1:])]).replace("\0", "&").split())
