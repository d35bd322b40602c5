"""Finds what stands on a worksheet beside its cells: comments, text boxes, and pictures or lines that cover cells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from intake.extract.sheet.addresses import column_number
from intake.extract.sheet.parts import Parts
from intake.extract.xmlparts import local, parse
from rules.facts import RemarkKind

MAX_NOTES = 200
"""Notes of a sheet that are read at all."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_STUB = "tc="
"""How Excel names the author of the comment that stands for a threaded one in programs that know no threads."""
_EVERYWHERE = 16_384


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A text that stands on a sheet beside its cells' values."""

    kind: RemarkKind
    text: str
    cell: tuple[int, int] | None = None
    """Row and column, counted from 1, of the cell that it belongs to or begins at; None where it has no place."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Cells that something lies over; rows and columns counted from 1, last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Tell whether it lies over this cell."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Notes:
    """All that a sheet's own relationships lead to."""

    texts: tuple[SheetNote, ...] = ()
    covers: tuple[Cover, ...] = ()
    alternatives: tuple[SheetNote, ...] = ()
    """What is said of pictures and shapes to those who cannot see them."""


def notes_of(parts: Parts, sheet: str) -> Notes:
    """Follow a worksheet part's relationships to comments and drawings, within the workbook alone.

    Args:
        parts: the workbook's.
        sheet: the worksheet part's name, such as ``xl/worksheets/sheet1.xml``.

    Raises:
        UnreadableError: one of these parts is no XML, or declares entities.
    """
    texts: list[SheetNote] = []
    covers: list[Cover] = []
    alternatives: list[SheetNote] = []
    for kind, target in _related(parts, sheet):
        if kind in {"comments", "threadedComment"}:
            texts.extend(_comments(parse(parts.read(target))))
        elif kind == "drawing":
            for anchor in parse(parts.read(target)):
                _read_anchor(anchor, texts, covers)
                alternatives.extend(_alternatives(anchor))
    return Notes(tuple(texts[:MAX_NOTES]), tuple(covers[:MAX_NOTES]), tuple(alternatives[:MAX_NOTES]))


def _related(parts: Parts, part: str) -> Iterator[tuple[str, str]]:
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in parts.namelist():
        return
    for relation in parse(parts.read(relations)):
        target = relation.get("Target", "")
        place = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if relation.get("TargetMode") != "External" and place in parts.namelist():
            yield relation.get("Type", "").rpartition("/")[2], place


def _comments(root: Element) -> Iterator[SheetNote]:
    authors = [_words(author) for author in root.iter() if local(author) == "author"]
    for comment in root.iter():
        stub = local(comment) == "comment" and _author(comment, authors).startswith(_STUB)
        if local(comment) in {"comment", "threadedComment"} and not stub and (text := _words(comment)):
            yield SheetNote(RemarkKind.COMMENT, text, cell_of(comment.get("ref", "")))


def _author(comment: Element, authors: Sequence[str]) -> str:
    number = comment.get("authorId", "")
    return authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""


def _read_anchor(anchor: Element, texts: list[SheetNote], covers: list[Cover]) -> None:
    """A shape with words speaks for itself, wherever it stands; whatever it is, it may lie over cells."""
    cover = _place(anchor)
    words = _words(anchor, "t")
    if words:
        texts.append(SheetNote(RemarkKind.SHAPE, words, (cover.top, cover.left)))
    covers.append(cover)


def _alternatives(anchor: Element) -> Iterator[SheetNote]:
    cover = _place(anchor)
    for item in anchor.iter():
        if local(item) == "cNvPr":
            for words in filter(None, (" ".join(item.get(name, "").split()) for name in ("title", "descr"))):
                yield SheetNote(RemarkKind.SHAPE, words, (cover.top, cover.left))


def _place(anchor: Element) -> Cover:
    """The cells under an anchor; one that names no end may reach anywhere, one that names no begin lies anywhere."""
    ends = {local(child): child for child in anchor if local(child) in {"from", "to"}}
    top, left = _corner(ends["from"]) if "from" in ends else (1, 1)
    bottom, right = _corner(ends["to"]) if "to" in ends else (_EVERYWHERE, _EVERYWHERE)
    return Cover(top, left, bottom, right)


def _corner(end: Element) -> tuple[int, int]:
    numbers = {local(child): child.text or "" for child in end}
    row, column = (numbers.get(name, "").strip() for name in ("row", "col"))
    return (int(row) if row.isdecimal() else 0) + 1, (int(column) if column.isdecimal() else 0) + 1


def cell_of(reference: str) -> tuple[int, int] | None:
    """Give row and column of a reference such as ``G14``; None where it is none."""
    match = _REFERENCE.match(reference.upper())
    return None if match is None else (int(match[2]), column_number(match[1]))


def _words(element: Element, only: str = "") -> str:
    """All text within an element in its order, or that of one kind of element, with single spaces."""
    texts = (item.text or "" for item in element.iter() if not only or local(item) == only)
    return " ".join(" ".join(texts).split())
