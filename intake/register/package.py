"""Opens a workbook's package: its parts, how they are related, and the tabs by their names (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

MAX_SMALL = 50_000_000
"""Bytes of a part that is read whole: all but the tabs and the shared texts."""
_MAIN = "xl/workbook.xml"
_EXTERNAL = "external"


class DamagedError(Exception):
    """The package is not what its format asks for; the text is a sentence without its subject."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part."""

    id: str
    kind: str
    """The last word of its type: ``worksheet``, ``sharedStrings``."""
    target: str
    """A part, as it is spelt in the package; else whatever it names."""
    outside: bool


class Package:
    """A workbook's parts, each read when it is asked for."""

    def __init__(self, content: bytes | Path) -> None:
        """Read the table of contents.

        Args:
            content: the workbook, or where it lies.

        Raises:
            BadZipFile: it is no zip container.
        """
        self.zip = ZipFile(BytesIO(content) if isinstance(content, bytes) else content)
        self.names = tuple(part.filename for part in self.zip.infolist() if not part.is_dir())
        self._spelt = {name.casefold(): name for name in self.names}

    @property
    def size(self) -> int:
        """Bytes of all parts, unpacked."""
        return sum(part.file_size for part in self.zip.infolist())

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name, spelt exactly so."""
        return self._spelt.get(name.casefold()) == name

    def read(self, name: str) -> bytes:
        """Read a part whole.

        Raises:
            DamagedError: it is too large for that.
        """
        if self.zip.getinfo(name).file_size > MAX_SMALL:
            message = f"its part {name} unpacks to more than {MAX_SMALL // 1_000_000} MB."
            raise DamagedError(message)
        return self.zip.read(name)

    def open(self, name: str) -> IO[bytes]:
        """Open a part, to be read piece by piece."""
        return self.zip.open(name)

    def relations_part(self, part: str) -> str:
        """Name the part that a part's relationships lie in, whether there are any or not; '' is the package itself."""
        folder, name = posixpath.split(part)
        wanted = posixpath.join(folder, "_rels", f"{name}.rels")
        return self._spelt.get(wanted.casefold(), wanted)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Give a part's relationships; those of the package itself for ''."""
        name = self.relations_part(part)
        return tuple(map(self._relation(part), self._children(name))) if self.has(name) else ()

    def _relation(self, part: str) -> RelationOf:
        return RelationOf(posixpath.dirname(part), self._spelt)

    def _children(self, name: str) -> Iterator[Element]:
        return iter(fromstring(self.read(name), forbid_dtd=True))

    @cached_property
    def main(self) -> str:
        """The workbook's own part.

        Raises:
            DamagedError: there is none.
        """
        stated = (relation.target for relation in self.relations("") if relation.kind == "officeDocument")
        main = next(stated, self._spelt.get(_MAIN, ""))
        if not self.has(main):
            message = "it has no workbook in it."
            raise DamagedError(message)
        return main

    @cached_property
    def tabs(self) -> Mapping[str, str]:
        """The tabs that hold cells, by their titles and in their order: each one's part."""
        targets = {
            relation.id: relation.target for relation in self.relations(self.main) if relation.kind == "worksheet"
        }
        tabs = {}
        for sheet in fromstring(self.read(self.main), forbid_dtd=True).iter():
            if local(sheet.tag) == "sheet":
                number = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
                part = targets.get(number, "")
                if self.has(part):
                    tabs[sheet.get("name", "")] = part
        return tabs

    def related(self, part: str, kind: str) -> str | None:
        """Give the part that another is related to in this way; None where there is none."""
        return next(
            (
                relation.target
                for relation in self.relations(part)
                if relation.kind == kind and self.has(relation.target)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class RelationOf:
    """Reads the relationships of the parts in one folder."""

    folder: str
    spelt: Mapping[str, str]

    def __call__(self, element: Element) -> Relation:
        """Read one."""
        outside = element.get("TargetMode", "").casefold() == _EXTERNAL
        target = element.get("Target", "")
        if not outside:
            target = self._spelt(target)
        return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, outside)

    def _spelt(self, target: str) -> str:
        whole = target.replace("\\", "/") if target.startswith(("/", "\\")) else posixpath.join(self.folder, target)
        path = posixpath.normpath(whole).lstrip("/")
        return self.spelt.get(path.casefold(), self.spelt.get(unquote(path).casefold(), path))


def local(name: str) -> str:
    """Give an element's name without its namespace."""
    return name.rpartition("}")[2]
