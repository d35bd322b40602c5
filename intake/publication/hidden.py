"""Finds what a workbook does not show its reader: hidden tabs, rows and columns.

Their cells may all be unchanged, and its reader misses them all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from defusedxml.ElementTree import fromstring, iterparse

from intake.register.cells import column_letters
from intake.register.package import Package, local

MAX_COLUMNS = 16_384
"""As many as a spreadsheet has; no more are named of a tab, however often it names them."""
_YES = {"1", "true"}
_LONG = 10
"""Digits that no place has."""


@dataclass(frozen=True, slots=True, order=True)
class Hidden:
    """Something that is not shown."""

    tab: str
    kind: str = ""
    """``row`` or ``column``; empty for the tab itself."""
    place: int = 0
    """Its number, from one."""

    def __str__(self) -> str:
        """As a reader finds it: ``row 7 of the tab 'Central Products List'``."""
        name = column_letters(self.place) if self.kind == "column" else str(self.place)
        return f"{self.kind} {name} of the tab '{self.tab}'" if self.kind else f"the tab '{self.tab}'"


def hidden(content: bytes) -> frozenset[Hidden]:
    """List what a workbook hides.

    Args:
        content: a workbook that was read already, so that it can be opened.
    """
    package = Package(content)
    return frozenset(
        thing
        for told in (_tabs(package), *(_in_tab(package, tab, part) for tab, part in package.tabs.items()))
        for thing in told
    )


def _tabs(package: Package) -> Iterator[Hidden]:
    for sheet in fromstring(package.read(package.main), forbid_dtd=True).iter():
        if local(sheet.tag) == "sheet" and sheet.get("state", "visible") != "visible":
            yield Hidden(sheet.get("name", ""))


def _in_tab(package: Package, tab: str, part: str) -> Iterator[Hidden]:
    with package.open(part) as source:
        yield from _of_tab(tab, source)


def _of_tab(tab: str, source: IO[bytes]) -> Iterator[Hidden]:
    row, columns = 0, 0
    for _, element in iterparse(source, forbid_dtd=True):
        name = local(element.tag)
        if name == "col" and element.get("hidden") in _YES:
            first = _number(element.get("min"), 1)
            last = min(_number(element.get("max"), first), first + MAX_COLUMNS - columns - 1)
            columns += max(last - first + 1, 0)
            yield from (Hidden(tab, "column", place) for place in range(first, last + 1))
        elif name == "row":
            row = _number(element.get("r"), row + 1)
            if element.get("hidden") in _YES or not element.get("ht", "1").strip("0."):
                yield Hidden(tab, "row", row)
            element.clear()


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _LONG else otherwise
