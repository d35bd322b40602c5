"""Reads the published list: its workbook's tab, or a CSV file of its columns."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from itertools import islice
from zipfile import ZipFile

from openpyxl import load_workbook

from rules.facts import RegisterEntry, folded
from rules.fields import DEVICE_MODEL, FormField
from rules.published import COLUMNS, IDENTITY, PUBLISHED, UPGRADE_PATH

TAB = "Central Products List"
MAX_LINES = 100_000
MAX_COLUMNS = 60
MAX_BYTES = 200_000_000
"""Of all the workbook's parts, unpacked; the real list's are about ten million."""
_HEADER_ROWS = 60
_NEEDED = tuple(COLUMNS.get(name, name) for name in (FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS, *IDENTITY))
_DELIMITERS = ",;\t"
_KNOWN = {folded(name): name for name in PUBLISHED} | {
    folded(FormField.SMETS_VERSION): COLUMNS[FormField.SMETS_VERSION]
}
_ONE_PAIR = {name for name in DEVICE_MODEL if ".hardware_version." in name}
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"


class UnreadableListError(Exception):
    """The file is not the published list, or cannot be read; the text is a sentence for its user."""

    @classmethod
    def headless(cls) -> UnreadableListError:
        """No header row was found."""
        columns = f"{FormField.ENTRY_NUMBER} and {FormField.ENTRY_STATUS}"
        return cls(f"it has no header row of the published list, with the columns {columns}.")

    @classmethod
    def lacking(cls, columns: Sequence[str]) -> UnreadableListError:
        """Columns are missing."""
        return cls(f"it lacks columns of the published list: {', '.join(columns)}.")

    @classmethod
    def wrong_number(cls, number: str) -> UnreadableListError:
        """A line has no Entry number."""
        return cls(f"it has a line whose {FormField.ENTRY_NUMBER} is '{number[:40]}', not six digits.")

    @classmethod
    def too_long(cls) -> UnreadableListError:
        """It is far beyond any list."""
        return cls(f"it has more than {MAX_LINES} lines, so it is not the published list.")

    @classmethod
    def no_workbook(cls) -> UnreadableListError:
        """The workbook is damaged or of another kind."""
        return cls("it is no .xlsx or .xlsm workbook that can be opened, and no CSV file.")

    @classmethod
    def empty(cls) -> UnreadableListError:
        """It has a header row and nothing else."""
        return cls("it has no entries.")

    @classmethod
    def twice(cls, number: str) -> UnreadableListError:
        """An Entry number stands in two lines."""
        return cls(f"it has the {FormField.ENTRY_NUMBER} {number} twice.")


def read_list(content: bytes) -> tuple[RegisterEntry, ...]:
    """Read the published list, in its own order; the kind of file goes by its content.

    Args:
        content: an .xlsx or .xlsm workbook, whose tab 'Central Products List' is read (else the first tab with the
            list's header row), or a CSV file of the list's columns.

    Raises:
        UnreadableListError: it is none of these.
    """
    if content.startswith(_OLE):
        raise UnreadableListError.no_workbook()
    tables = _workbook(content) if content.startswith(_ZIP) else _csv(content)
    for rows in tables:
        header = _header(rows)
        if header is not None:
            return _entries(header, rows)
    raise UnreadableListError.headless()


def read_whole_list(content: bytes) -> tuple[RegisterEntry, ...]:
    """Read a list that is to replace another: as `read_list` does, but it has entries, and each number once.

    Raises:
        UnreadableListError: it is no such list.
    """
    entries = read_list(content)
    if not entries:
        raise UnreadableListError.empty()
    seen: set[str] = set()
    for line in entries:
        if line.number in seen:
            raise UnreadableListError.twice(line.number)
        seen.add(line.number)
    return entries


def _header(rows: Iterator[Sequence[str]]) -> tuple[str, ...] | None:
    """Read the header, in one row or two; leave the rows at the first line."""
    above: Sequence[str] = ()
    for row in islice(rows, _HEADER_ROWS):
        for texts in (row, _joined(above, row)):
            names = tuple(_column(text) for text in texts)
            if FormField.ENTRY_NUMBER in names and FormField.ENTRY_STATUS in names:
                missing = [name for name in _NEEDED if name not in names]
                if missing:
                    raise UnreadableListError.lacking(missing)
                return names
        above = row
    return None


def _joined(groups: Sequence[str], attributes: Sequence[str]) -> list[str]:
    """Data groups above data attributes: a group stands over all of its attributes, or over the first alone."""
    group, joined = "", []
    for above, attribute in zip(groups, attributes, strict=False):
        group = above.strip() or group
        joined.append(f"{group}.{attribute.strip()}")
    return joined


def _column(text: str) -> str:
    name = folded(text)
    return UPGRADE_PATH if "upgrade path" in name else _KNOWN.get(name, " ".join(text.split()))


def _entries(header: Sequence[str], rows: Iterator[Sequence[str]]) -> tuple[RegisterEntry, ...]:
    entries: list[RegisterEntry] = []
    for at, row in enumerate(rows):
        if at >= MAX_LINES:
            raise UnreadableListError.too_long()
        fields = {name: text for name, text in zip(header, row, strict=False) if name}
        number = fields.get(FormField.ENTRY_NUMBER, "").strip()
        if re.fullmatch(r"[0-9]{1,6}", number):
            entries.append(_entry(number, fields))
        elif entries and any(text.strip() for text in fields.values()):  # before the first line stand explanations
            raise UnreadableListError.wrong_number(number)
    return tuple(entries)


def _entry(number: str, fields: dict[str, str]) -> RegisterEntry:
    others = {
        name: _whole(name, text)
        for name, text in fields.items()
        if name not in {FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS}
    }
    return RegisterEntry(number.zfill(6), fields.get(FormField.ENTRY_STATUS, "").strip(), others)


def _whole(name: str, text: str) -> str:
    """The text; of a hardware version that a spreadsheet keeps as a number, with its leading zero."""
    return text.zfill(2) if name in _ONE_PAIR and re.fullmatch(r"[0-9]", text) else text


def _csv(content: bytes) -> Iterator[Iterator[Sequence[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise UnreadableListError.no_workbook()
    for delimiter in _DELIMITERS:
        yield _lines(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


def _lines(reader: Iterable[list[str]]) -> Iterator[Sequence[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableListError.no_workbook() from error


def _workbook(content: bytes) -> Iterator[Iterator[Sequence[str]]]:
    """Yield each tab's rows, the list's own tab first."""
    try:
        _bound(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            for sheet in sorted(book.worksheets, key=lambda sheet: folded(sheet.title) != folded(TAB)):
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
                yield iter([[_plain(value) for value in row] for row in islice(rows, MAX_LINES + _HEADER_ROWS)])
    except UnreadableListError:
        raise
    except Exception as error:  # openpyxl raises what its parts raise; every one means a damaged workbook
        raise UnreadableListError.no_workbook() from error


def _bound(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_BYTES:
            raise UnreadableListError.too_long()


def _plain(value: object) -> str:
    """Convert a cell to text."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    if isinstance(value, timedelta):
        return f"{value.seconds // 3600 + 24 * value.days:02}:{value.seconds // 60 % 60:02}"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
