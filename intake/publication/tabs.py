"""What the tabs of the list's workbook are called, and what an entry says in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from intake.publication import dcc
from intake.publication.edition import Edition
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH, published

LIST_TAB, CSV_TAB, VERSIONS_TAB = "Central Products List", "CPL - saveable in CSV", "Version Control"
_NUMBER, _STATUS = str(FormField.ENTRY_NUMBER), str(FormField.ENTRY_STATUS)

Values = Callable[[RegisterEntry], Sequence[str]]


def columns_of(entries: Iterable[RegisterEntry]) -> tuple[str, ...]:
    """Give the list's columns, with the upgrade path where any entry states one."""
    stated = any(published(entry, UPGRADE_PATH) for entry in entries)
    return (*PUBLISHED, UPGRADE_PATH) if stated else PUBLISHED


def listed(entry: RegisterEntry, columns: Iterable[str]) -> Iterator[str]:
    """Give an entry's values by these columns, to the letter."""
    own = {_NUMBER: entry.number, _STATUS: entry.status}
    return (own.get(column) or entry.fields.get(column, "") for column in columns)


def list_values(columns: Sequence[str], edition: Edition) -> Values:
    """Give what an entry says in these columns of the list's own tab.

    Args:
        columns: by the list's own names.
        edition: the version, whose line may have a column.
    """
    names, line = tuple(map(str, columns)), edition.line

    def values(entry: RegisterEntry) -> Sequence[str]:
        fields = entry.fields
        own = {_NUMBER: entry.number, _STATUS: entry.status, dcc.VERSION: line}
        return [own.get(name) or fields.get(name, "") for name in names]

    return values


def csv_values(columns: Sequence[str], edition: Edition) -> Values:
    """Give what an entry says in these columns of the tab that is saved as the DCC's copy; other columns are empty.

    Args:
        columns: by the list's own names.
        edition: the version.
    """
    places = [dcc.HEADER.index(name) if name in dcc.HEADER else len(dcc.HEADER) for name in columns]
    line = edition.line

    def values(entry: RegisterEntry) -> Sequence[str]:
        row = (*dcc.row(entry, line), "")
        return [row[place] for place in places]

    return values
