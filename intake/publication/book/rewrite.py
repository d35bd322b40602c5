"""Writes a version of the list into the workbook of the version before it (ECMA-376; issue of the list, F2.8).

The tabs of the list, of its CSV copy and of the versions change, and what refers to their rows; what tells of the
makers goes; every other part stays to the byte. One list in one workbook gives the same bytes each time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException

from intake.publication import dcc
from intake.publication.book import clean
from intake.publication.book.main import main_part, numbers_of_tabs, table_part
from intake.publication.book.nodes import Edits, parse
from intake.publication.book.ranges import Growth
from intake.publication.book.tab import Tab, frame, survey, without_printers
from intake.publication.book.unusable import UnusableWorkbookError
from intake.publication.book.versions import with_version
from intake.publication.edition import Edition
from intake.publication.tabs import CSV_TAB, LIST_TAB, VERSIONS_TAB, Values, csv_values, list_values
from intake.register.cells import Book
from intake.register.package import DamagedError, Package
from intake.register.published import MAX_BYTES, VERSION_LINE
from rules.facts import folded
from rules.published import PUBLISHED

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3
"""Of packing: a tenth larger than with the usual six, in half the time."""
_PIECE = 1 << 18
_TYPES = "[Content_Types].xml"


def write_into(previous: bytes | Path, edition: Edition, out: IO[bytes]) -> None:
    """Write a version's workbook.

    Args:
        previous: the workbook of the version before, .xlsx or .xlsm; the same kind is written.
        edition: the version.
        out: a binary file that can be sought in.

    Raises:
        UnusableWorkbookError: the previous workbook lacks a tab, a header or a column, or cannot be read.
    """
    try:
        package = Package(previous)
        with closing(package.zip):
            if package.size > MAX_BYTES:
                raise UnusableWorkbookError.too_large(MAX_BYTES)
            _Writing(package, edition).write(out)
    except DamagedError as error:
        raise UnusableWorkbookError.unreadable(error) from error
    except (
        BadZipFile,
        zlib.error,
        DefusedXmlException,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        ExpatError,
        SyntaxError,
    ) as error:
        raise UnusableWorkbookError.broken() from error


def has_macros(workbook: bytes | Path) -> bool:
    """Tell whether a workbook has macros, so that Excel opens it only under a name that ends in ``.xlsm``."""
    package = Package(workbook)
    with closing(package.zip):
        return package.related(package.main, "vbaProject") is not None


@dataclass(frozen=True)
class _Written:
    """A tab of entries and how it changes."""

    tab: Tab
    growth: Growth
    values: Values


class _Writing:
    def __init__(self, package: Package, edition: Edition) -> None:
        self.package, self.edition = package, edition
        if len({name.casefold() for name in package.names}) < len(package.names):
            raise UnusableWorkbookError.twice()
        self.book = Book.of(package)
        self.titles = {folded(title): title for title in package.tabs}
        self.tabs = {
            surveyed.tab.part: surveyed
            for surveyed in (self._surveyed(LIST_TAB, list_values), self._surveyed(CSV_TAB, csv_values))
        }
        self._expect_columns()
        versions = self._title(VERSIONS_TAB)
        numbers = numbers_of_tabs(package.read(package.main), package.main)
        self.cleaned = clean.cleaned(package, {numbers[surveyed.tab.title] for surveyed in self.tabs.values()})
        self.versions = package.tabs[versions]
        self.version_tab, growth = with_version(
            package.read(self.versions), self.versions, versions, edition, self.book, self._printers(self.versions)
        )
        self.growths = [surveyed.growth for surveyed in self.tabs.values()] + ([growth] if growth else [])
        grown = {surveyed.tab.part: surveyed.growth for surveyed in self.tabs.values()} | (
            {self.versions: growth} if growth else {}
        )
        self.tables = {
            relation.target: rows
            for part, rows in grown.items()
            for relation in package.relations(part)
            if relation.kind == "table"
        }
        self.people = {
            relation.target for relation in package.relations("") if relation.kind.casefold().endswith("properties")
        }
        self.custom = clean.custom_part(package)

    def _title(self, title: str) -> str:
        named = self.titles.get(folded(title))
        if named is None:
            raise UnusableWorkbookError.without_tab(title)
        return named

    def _surveyed(self, title: str, values: Callable[[Sequence[str], Edition], Values]) -> _Written:
        own = self._title(title)
        tab = survey(self.package, own, self.package.tabs[own], self.book)
        growth = tab.growth(len(self.edition.entries))
        return _Written(tab, growth, values([name for name in tab.columns if name], self.edition))

    def _expect_columns(self) -> None:
        for surveyed, wanted in zip(self.tabs.values(), (PUBLISHED, dcc.HEADER), strict=True):
            lacking = [name for name in wanted if name not in surveyed.tab.columns]
            if lacking:
                raise UnusableWorkbookError.without_header(surveyed.tab.title, f"no column {', '.join(lacking)}")

    def _printers(self, part: str) -> set[str]:
        return self.cleaned.printers.get(part, set())

    def write(self, out: IO[bytes]) -> None:
        package, gone = self.package, self.cleaned.gone
        kept = [name for name in package.names if name not in gone]
        relations = {package.relations_part(part): part for part in self.cleaned.relations}
        if not self.custom:
            relations[package.relations_part("")] = ""
            kept.append(clean.CUSTOM_PART)
        with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as target:
            for name in kept:
                pieces = self._relations(relations[name]) if name in relations else self._part(name, kept)
                first = next(pieces, b"")
                if first or name not in relations:  # relationships of which none is left
                    with target.open(_member(name), "w") as part:
                        part.write(first)
                        for piece in pieces:
                            part.write(piece)

    def _relations(self, part: str) -> Iterator[bytes]:
        more = clean.custom_relation(self.package) if part == "" and not self.custom else ""
        yield clean.relations_without(self.package, part, self.cleaned.relations.get(part, set()), more)

    def _part(self, name: str, kept: list[str]) -> Iterator[bytes]:
        if name in self.tabs:
            yield from self._tab(self.tabs[name])
        elif name == self.versions:
            yield self.version_tab
        elif name == self.package.main:
            computed = any(part.endswith("calcChain.xml") for part in self.cleaned.gone)
            yield main_part(self.package.read(name), name, self.growths, computed=computed)
        elif name in self.tables:
            yield table_part(self.package.read(name), name, self.tables[name])
        elif name == _TYPES:
            yield clean.types_without(self.package.read(name), self.cleaned.gone, kept, custom=not self.custom)
        elif name == (self.custom or clean.CUSTOM_PART):
            yield clean.custom_properties(self.edition.digest)
        elif name in self.people:
            yield clean.properties_without_people(self.package.read(name), name, self.edition.issued)
        elif self._printers(name):
            yield self._without_printers(name)
        else:
            with self.package.open(name) as source:
                while piece := source.read(_PIECE):
                    yield piece

    def _tab(self, written: _Written) -> Iterator[bytes]:
        tab = written.tab
        before, behind = frame(tab, written.growth, VERSION_LINE, self._line, self._printers(tab.part), self.book)
        yield before
        yield from tab.rows(self.edition.entries, written.values)
        yield behind

    def _line(self, match: re.Match[str]) -> str:
        """The version line, with the day in the form in which it stood, or without one."""
        if not self.edition.version or match[2]:
            return self.edition.line.replace("-", "/") if "/" in (match[2] or "") else self.edition.line
        return match[0].replace(match[1], self.edition.version, 1)

    def _without_printers(self, name: str) -> bytes:
        content = self.package.read(name)
        edits = Edits(content)
        without_printers(parse(content, name), self._printers(name), edits)
        return edits.done()


def _member(name: str) -> ZipInfo:
    """A part of no time and no machine."""
    member = ZipInfo(name, _EPOCH)
    member.compress_type, member.create_system = ZIP_DEFLATED, 0
    member._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001  # Python 3.13 has a public name for it
    return member
