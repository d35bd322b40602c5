"""What a worksheet says of its cells beside their values, and what hinders a person from reading these as kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from intake.extract.sheet.addresses import area, bounds
from intake.extract.sheet.dropdowns import Area, DropDown, ListElsewhere, written_out
from intake.extract.sheet.richtext import Text
from intake.extract.sheet.styles import CellStyle, Styles
from intake.extract.xmlparts import named

Place = tuple[int, int]
_MAX_RANGES = 1_000
"""Ranges of conditional formats that are looked at."""


class Beside:
    """Gathers it while a sheet is read, whoever reads the cells."""

    def __init__(self, styles: Styles) -> None:
        """Begin with nothing; the workbook's styles say what conditional formats do."""
        self.page_texts: list[str] = []
        self.drop_downs: list[DropDown] = []
        self.lists: list[ListElsewhere] = []
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
            self._take_lists(element)
        elif tag.endswith("}headerFooter"):
            self.page_texts.extend(filter(None, (_plain(child.text or "") for child in element)))
        else:
            return False
        return True

    def _take_lists(self, element: Element) -> None:
        for validation in named(element, "dataValidation"):
            words = " ".join(filter(None, map(validation.get, _PROMPTS)))
            if words and not _INSTRUCTS.search(words):
                self.page_texts.append(words)
            formula = _within_or_of(validation, "formula1")
            if validation.get("type") != "list" or not formula.strip():
                continue
            cells = (validation.get("sqref") or _within_or_of(validation, "sqref")).split()
            ranges = tuple(filter(None, map(_area_of, cells[:_MAX_RANGES])))
            values = written_out(formula)
            if values is not None:
                self.drop_downs.append((ranges, values))
            elif '"' not in formula:
                self.lists.append((ranges, formula))

    def note(self, place: Place, shown: str, style: CellStyle, text: Text | None) -> None:
        """Note how a cell's value is shown: in its style, and run by run where it is a text."""
        self._values[place] = shown
        whole = style.fault
        faults = ((shown, whole),) if whole else (text.faults if text is not None else ())
        if faults:
            self._faults[place] = faults

    def faults(self) -> Mapping[Place, tuple[tuple[str, str], ...]]:
        """Give what hinders a reader, by cell; conditional formats included, as they may come to bear."""
        faults = dict(self._faults)
        for cells, number in self._conditions[:_MAX_RANGES]:
            fault = self._styles.conditional[number] if number < len(self._styles.conditional) else None
            if fault is not None:
                for place in _within(cells, self._values):
                    faults.setdefault(place, ((self._values[place], f"{fault} under a condition"),))
        return faults


_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_INSTRUCTS = re.compile(
    r"\b(?:enter|select|choose|type|fill|leave|formats?|characters?|digits?|lists?|cells?|fields?)\b", re.IGNORECASE
)
"""Words of what a cell's prompt says of how it is to be filled in."""


def _conditions(element: Element) -> Iterator[tuple[str, int]]:
    for rule in named(element, "cfRule"):
        number = rule.get("dxfId", "")
        for cells in element.get("sqref", "").split() if number.isdecimal() else ():
            yield cells, int(number)


def _within_or_of(element: Element, name: str) -> str:
    """The text of a child, or of what that child holds: Excel's later lists keep it one element deeper."""
    return next(("".join(item.itertext()) for item in named(element, name)), "")


def _area_of(cells: str) -> Area | None:
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
