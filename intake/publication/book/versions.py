"""Adds a version's row to the tab of the versions; the rows that are there stay to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.publication.book.lines import Lines, Look
from intake.publication.book.nodes import Edits, Node, parse
from intake.publication.book.ranges import Growth
from intake.publication.book.tab import follow_filter, text_of, without_printers
from intake.publication.book.unusable import UnusableWorkbookError
from intake.publication.edition import Edition
from intake.register.cells import Book, column_number
from rules.facts import folded

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_HEADERS = (
    ("version", "issue no"),
    ("date", "issued"),
    ("change", "note", "descri", "detail", "reason", "amend", "comm"),
)
_VERSION = re.compile(r"(?:v|version)?\s*[0-9]+(?:\.[0-9]+)+", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{5}(?:\.0)?")
"""As text, or as the number that a day is kept as."""
_PASSING = {"r", "spans", "hidden", "collapsed", "ht", "customHeight"}
"""Of the last row; a note's height is its own."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the new row goes, and which columns say what."""

    last: Node
    """The last row that says something."""
    number: int
    columns: tuple[int, int, int]
    """Of the version, its day and its note."""


def with_version(
    part: bytes, where: str, title: str, edition: Edition, book: Book, printers: set[str]
) -> tuple[bytes, Growth | None]:
    """Add the version's row below the last one; none where a row says that it is of this version.

    Args:
        part: the tab's.
        where: its name.
        title: the tab's.
        edition: the version.
        book: what the tab's cells refer to.
        printers: ids of the relationships to printer settings, which are taken out.

    Returns:
        The part, and how its rows have grown.

    Raises:
        UnusableWorkbookError: it cannot be told where a version, its day and its note stand.
    """
    root, edits = parse(part, where), Edits(part)
    without_printers(root, printers, edits)
    rows = _numbered(root, book)
    place = _place(rows, title)
    if not edition.version or _is_there(rows, place, edition.version):
        return edits.done(), None
    growth = Growth(title, min(number for number, _, texts in rows if texts), place.number - 1, place.number)
    _write(root, place, edition, edits)
    _follow(root, growth, edits)
    return edits.done(), growth


_Row = tuple[int, Node, dict[int, str]]


def _numbered(root: Node, book: Book) -> list[_Row]:
    rows, number = [], 0
    for row in root.every("row"):
        stated = row.attributes.get("r", "")
        number = int(stated) if stated.isdecimal() else number + 1
        rows.append((number, row, _texts(row, book)))
    return rows


def _texts(row: Node, book: Book) -> dict[int, str]:
    texts, column = {}, 0
    for cell in row.children:
        if cell.name == "c":
            letters = cell.attributes.get("r", "").rstrip("0123456789")
            column = column_number(letters) if letters else column + 1
            text = text_of(cell, book)
            if text.strip():
                texts[column] = text
    return texts


def _place(rows: Sequence[_Row], title: str) -> _Place:
    told = [row for row in rows if row[2]]
    headed = (_columns(texts) for _, _, texts in told)
    columns = next(filter(None, headed), None) or (_columns_of_row(told[-1][2]) if told else None)
    if columns is None:
        raise UnusableWorkbookError.without_header(title, "no row with the headings version, date and changes")
    number, last, _ = told[-1]
    return _Place(last, number + 1, columns)


def _columns_of_row(texts: dict[int, str]) -> tuple[int, int, int] | None:
    """The columns, where these texts are a version, its day and its note, whatever their headings are."""
    version = next((column for column, text in texts.items() if _VERSION.fullmatch(text.strip())), None)
    day = next((column for column, text in texts.items() if _DAY.fullmatch(text.strip())), None)
    others = {column: len(text) for column, text in texts.items() if column not in {version, day}}
    return (version, day, max(others, key=others.__getitem__)) if version and day and others else None


def _columns(texts: dict[int, str]) -> tuple[int, int, int] | None:
    """The columns, where these texts are their headings."""
    taken: list[int] = []
    for words in _HEADERS:
        fits = (column for column, text in texts.items() if column not in taken and _names(text, words))
        column = next(fits, None)
        if column is None:
            return None
        taken.append(column)
    return taken[0], taken[1], taken[2]


def _names(text: str, words: Sequence[str]) -> bool:
    return len(text) <= len("a heading, which is no sentence of a note") and any(word in folded(text) for word in words)


def _is_there(rows: Sequence[_Row], place: _Place, version: str) -> bool:
    stated = (_NUMBER.search(texts.get(place.columns[0], "")) for _, _, texts in rows)
    return any(match is not None and match[0] == version for match in stated)


def _write(root: Node, place: _Place, edition: Edition, edits: Edits) -> None:
    prefix = root.tag.removesuffix("worksheet")
    kept = (f' {name}="{value}"' for name, value in place.last.attributes.items() if name not in _PASSING)
    styles = tuple(
        (column_number(cell.attributes["r"].rstrip("0123456789")), cell.attributes["s"])
        for cell in place.last.children
        if "r" in cell.attributes and "s" in cell.attributes
    )
    stated = dict(
        zip(place.columns, (edition.version, f"{edition.issued:%d/%m/%Y}", edition.note), strict=True),
    )
    columns = sorted({*stated, *(column for column, _ in styles)})
    line = Lines(columns, prefix).row(
        place.number, Look("".join(kept), styles), [stated.get(column, "") for column in columns]
    )
    blank = next((row for row in root.every("row") if row.attributes.get("r") == str(place.number)), None)
    if blank is not None:  # a row that has formats, and says nothing
        edits.replace(blank.start, blank.end, line)
    else:
        edits.insert(place.last.end, line)


def _follow(root: Node, growth: Growth, edits: Edits) -> None:
    """Let what refers to the rows follow them; cells that were merged in the last row are merged in the new one."""
    for node in root.children:
        if node.name == "dimension":
            area = node.attributes.get("ref", "")
            letters = re.findall("[A-Z]+", area.partition(":")[2] or area)
            bottom = max([growth.after, *map(int, re.findall("[0-9]+", area)[1:])])
            edits.set(node, "ref", f"A1:{letters[0] if letters else 'A'}{bottom}")
        elif node.name == "mergeCells":
            _merge(node, growth, edits)
        elif node.name == "autoFilter":
            follow_filter(node, growth, edits)
        elif node.name in {"conditionalFormatting", "dataValidations", "protectedRanges", "ignoredErrors"}:
            for part in _with_areas(node):
                edits.set(part, "sqref", growth.area(part.attributes["sqref"]))


def _with_areas(node: Node) -> Iterator[Node]:
    if "sqref" in node.attributes:
        yield node
    for child in node.children:
        yield from _with_areas(child)


def _merge(node: Node, growth: Growth, edits: Edits) -> None:
    again = [
        re.sub("[0-9]+", str(growth.after), area)
        for area in (child.attributes.get("ref", "") for child in node.children)
        if set(re.findall("[0-9]+", area)) == {str(growth.before)}
    ]
    prefix = node.tag.removesuffix("mergeCells")
    edits.insert(node.close, "".join(f'<{prefix}mergeCell ref="{area}"/>' for area in again))
    if "count" in node.attributes and again:
        edits.set(node, "count", str(len(node.children) + len(again)))
