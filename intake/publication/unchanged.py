"""Compares anybody's copy of a version of the list with what the register had then, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from intake.publication import dcc
from intake.publication.comparable import narrowed
from intake.publication.tabs import CSV_TAB, LIST_TAB
from intake.register.cells import column_letters
from intake.register.published import ListFile, is_listed_column, numbered_tab, read_tab, tabs_of
from intake.register.reconcile import difference
from rules.facts import RegisterEntry, folded
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH

_DCC_COLUMNS = 13
_OF_ENTRIES = {folded(LIST_TAB), folded(CSV_TAB)}


@dataclass(frozen=True, slots=True)
class Original:
    """A workbook of the version, as far as it is known."""

    content: bytes
    whole: bool
    """Whether it is the version's own file; else an empty cell of it only says that nothing is known."""


def first_difference(
    content: bytes, file: ListFile, entries: Sequence[RegisterEntry], line: str, original: Original | None = None
) -> str | None:
    """Give the first cell that differs, on any of the copy's tabs; None where none does.

    Args:
        content: the copy: a workbook of the list, a CSV of its columns, or the DCC's CSV.
        file: the same as read.
        entries: what the register had at that version.
        line: the version line of the DCC's copy, ``Version 2.051 Issued on 21-09-2022``; empty where none is known.
        original: what the tabs say besides the entries.
    """
    told = _in_rows(_rows(file), entries, line, "the file") if _is_dcc(file) else _in_list(file, entries)
    first = next(told, None)
    if first is not None or not content.startswith(b"PK"):
        return first or _added_column(file)
    rows = read_tab(content, CSV_TAB)
    told = iter(()) if rows is None else _in_rows(islice(rows, 1, None), entries, line, f"the tab '{CSV_TAB}'")
    others = _in_other_tabs(content, original) if original is not None else iter(())
    return next(chain(told, _beside_the_list(content), others), None)


def _added_column(file: ListFile) -> str | None:
    """A column with a heading that no version of the list has, where anything stands in it."""
    foreign = [name for name in file.columns if name not in {*PUBLISHED, *dcc.HEADER, UPGRADE_PATH}]
    for entry in file.entries if foreign else ():
        for name in foreign:
            if entry.fields.get(name, "").strip():
                return f"entry {entry.number}, a column that the list does not have, {name}: “{entry.fields[name]}”"
    return None


def _beside_the_list(content: bytes) -> Iterator[str]:
    """Cells of the list's tab, from its header on, that stand in none of the list's columns."""
    title = next((title for title in tabs_of(content) if folded(title) == folded(LIST_TAB)), None)
    columns: set[int] = set()
    for number, row in numbered_tab(content, title) if title else ():
        if not columns and folded(str(FormField.ENTRY_NUMBER)) in map(folded, row):
            columns = {at for at, text in enumerate(row) if is_listed_column(text)}
        elif columns and any(re.fullmatch("[0-9]{1,6}", text.strip()) for text in row[:1]):
            for at, text in enumerate(row):
                if at not in columns and text.strip():
                    yield f"the tab '{title}', cell {column_letters(at + 1)}{number}, beside the list: “{text}”"


def _in_other_tabs(content: bytes, original: Original) -> Iterator[str]:
    """Cells of the tabs that hold no entries, of the rows above the entries, and tabs that were added.

    A tab that the copy lacks says nothing, nor does what the version has besides where its own file is not known.
    """
    theirs = {folded(title): title for title in tabs_of(content)}
    if original.whole:
        ours = {folded(title) for title in tabs_of(original.content)}
        yield from (f"the tab '{title}' is not in the register" for name, title in theirs.items() if name not in ours)
    for title in tabs_of(original.content):
        if folded(title) in theirs:
            both = (_cells(book, title) for book in (content, original.content))
            yield from _between(title, *both, whole=original.whole)


def _cells(content: bytes, title: str) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    for number, row in numbered_tab(content, title):
        if folded(title) in _OF_ENTRIES and any(re.fullmatch("[0-9]{1,6}", text) for text in row[:2]):
            break
        texts |= {(number, column): text for column, text in enumerate(row, 1) if text}
    return texts


def _between(
    title: str, stated: dict[tuple[int, int], str], published: dict[tuple[int, int], str], *, whole: bool
) -> Iterator[str]:
    for row, column in sorted(stated.keys() | published.keys() if whole else published.keys()):
        place = row, column
        if stated.get(place, "") != published.get(place, ""):
            cell = f"the tab '{title}', cell {column_letters(column)}{row}"
            yield f"{cell}: “{stated.get(place, '')}”, and “{published.get(place, '')}” in the register"


def _is_dcc(file: ListFile) -> bool:
    return set(dcc.HEADER) <= {*file.columns} and len(file.columns) <= _DCC_COLUMNS


def _in_list(file: ListFile, entries: Sequence[RegisterEntry]) -> Iterator[str]:
    columns = {*file.columns} & {*PUBLISHED, UPGRADE_PATH}  # what the copy does not have says nothing
    before, after = ([narrowed(entry, columns) for entry in some] for some in (entries, file.entries))
    for change in difference(before, after):
        if change.field:
            yield f"entry {change.entry}, {change.field}: “{change.after}”, and “{change.before}” in the register"
        elif change.before:
            yield f"entry {change.entry} is missing"
        else:
            yield f"entry {change.entry} is not in the register"
    for stands, listed in zip(file.entries, entries, strict=False):
        if stands.number != listed.number:
            yield f"entry {stands.number} stands in the place of entry {listed.number}"


def _rows(file: ListFile) -> list[list[str]]:
    """The DCC's rows of a file that has its columns alone, as they stand there."""
    names = [name for name in dcc.HEADER if name not in {FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS}]
    rows = []
    for entry in file.entries:
        version, *others = (entry.fields.get(name, "") for name in names)
        rows.append([version, entry.number, entry.status, *others])
    return rows


def _in_rows(rows: Iterable[Sequence[str]], entries: Sequence[RegisterEntry], line: str, place: str) -> Iterator[str]:
    for row, entry in zip_longest(rows, entries):
        if entry is None:
            yield f"{place}: entry {row[1] if len(row) > 1 else ''} is not in the register"
        elif row is None:
            yield f"{place}: entry {entry.number} is missing"
        else:
            yield from _in_row(row, dcc.row(entry, line), entry.number, place)


def _in_row(row: Sequence[str], expected: Sequence[str], number: str, place: str) -> Iterator[str]:
    for name, stated, published in zip_longest(dcc.HEADER, row[:_DCC_COLUMNS], expected, fillvalue=""):
        if stated != published and not (name == dcc.VERSION and not published):
            yield f"{place}: entry {number}, {name}: “{stated}”, and “{published}” in the register"
