"""Reads the published list: its workbook's tab, or a CSV file of its columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO, TextIOWrapper
from itertools import compress, islice
from operator import itemgetter
from string import digits

from intake.register import cells
from intake.register.package import DamagedError, Package
from intake.register.unreadable import UnreadableListError
from rules.facts import RegisterEntry, folded
from rules.fields import DEVICE_MODEL, FormField
from rules.published import COLUMNS, IDENTITY, PUBLISHED, UPGRADE_PATH

TAB = "Central Products List"
MAX_LINES = 1_000_000
MAX_BYTES = 1_000_000_000
"""Of all the workbook's parts, unpacked: four times those of 100,000 entries; the real list's are about ten million."""
DATE_CELL, NUMBER_CELL, LEADING_ZERO = "date cell", "number cell", "leading zero"
"""Kinds of cells that a spreadsheet does not keep as they are published."""
UNCOMPUTED = "formula without its result"
"""Kind of cells of which nobody knows what they say."""
_HEADER_ROWS = 60
_KEPT = 50_000
"""Texts that are remembered while a file is read; most hashes and firmware versions are an entry's own."""
VERSION_COLUMN = "Version"
VERSION_LINE = re.compile(
    r"\bVersion\s+([0-9]+(?:\.[0-9]+)+)(?:\s+Issued\s+on\s+([0-9]{2}[-/][0-9]{2}[-/][0-9]{4}))?", re.IGNORECASE
)
_NEEDED = tuple(COLUMNS.get(name, name) for name in (FormField.ENTRY_NUMBER, FormField.ENTRY_STATUS, *IDENTITY))
_NUMBER = re.compile("[0-9]{1,6}")
_DELIMITERS = ",;\t"
_KNOWN = {folded(name): name for name in PUBLISHED} | {
    folded(FormField.SMETS_VERSION): COLUMNS[FormField.SMETS_VERSION]
}
ONE_PAIR = tuple(str(name) for name in DEVICE_MODEL if ".hardware_version." in name)
"""Columns of two hexadecimal digits, of which a spreadsheet keeps `00` as the number 0."""
_ENTRY_NUMBER, _ENTRY_STATUS = str(FormField.ENTRY_NUMBER), str(FormField.ENTRY_STATUS)
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of the list: what it says, and what reading it has changed."""

    entries: tuple[RegisterEntry, ...]
    columns: tuple[str, ...]
    """In its order, by the list's own names."""
    version: str = ""
    """Such as ``2.051``; empty where it says none."""
    issued: str = ""
    """The day that it says it was issued on, as written."""
    normalised: Mapping[str, int] = field(default_factory=dict)
    """How many cells were not text, or lost a leading zero, by kind."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The list's columns that it does not have."""
        return tuple(name for name in PUBLISHED if name not in self.columns)


def read_list(content: bytes, beside: Iterable[RegisterEntry] = ()) -> tuple[RegisterEntry, ...]:
    """Read the published list's entries, as `read_list_file` does.

    Raises:
        UnreadableListError: it is no such list.
    """
    return read_list_file(content, beside).entries


def read_list_file(content: bytes, beside: Iterable[RegisterEntry] = ()) -> ListFile:
    """Read the published list, in its own order; the kind of file goes by its content.

    Args:
        content: an .xlsx or .xlsm workbook, whose tab 'Central Products List' is read (else the first tab with the
            list's header row), or a CSV file of the list's columns.
        beside: entries of another version, with which it will be compared: whatever says the same to the letter is
            given as the same object, which is faster to read and to compare, and is kept once.

    Raises:
        UnreadableListError: it is none of these.
    """
    if content.startswith(_OLE):
        raise UnreadableListError.locked()
    counts: Counter[str] = Counter()
    listed = {entry.number: entry for entry in beside}
    tables = _workbook(content, counts) if content.startswith(_ZIP) else _csv(content)
    for rows in tables:
        above: list[str] = []
        header = header_of(rows, above)
        if header is not None:
            entries = _entries(header, rows, counts, listed)
            version, issued = _version(above, entries)
            return ListFile(entries, tuple(filter(None, header)), version, issued, dict(counts))
    raise UnreadableListError.headless()


def read_whole_list(content: bytes) -> ListFile:
    """Read a list that is to be taken in: as `read_list_file` does, but it has entries, and each number once.

    Raises:
        UnreadableListError: it is no such list.
    """
    read = read_list_file(content)
    if not read.entries:
        raise UnreadableListError.empty()
    for number, times in Counter(line.number for line in read.entries).items():
        if times > 1:
            raise UnreadableListError.twice(number)
    return read


def tabs_of(content: bytes) -> tuple[str, ...]:
    """List a workbook's tabs by their titles.

    Raises:
        UnreadableListError: it is no workbook that can be opened.
    """
    with _damage_told():
        return tuple(_opened(content).tabs)


def numbered_tab(content: bytes, title: str) -> Iterator[tuple[int, list[str]]]:
    """Read a workbook's tab as text, row by row, each with its number; nothing where it has no such tab.

    Raises:
        UnreadableListError: it is no workbook that can be opened.
    """
    with _damage_told():
        package = _opened(content)
        part = next((part for name, part in package.tabs.items() if folded(name) == folded(title)), None)
        if part is not None:
            with package.open(part) as source:
                for row in cells.rows(source, cells.Book.of(package)):
                    yield row.number, texts_of(row, Counter())


def read_tab(content: bytes, title: str) -> Iterator[Sequence[str]] | None:
    """Read a workbook's tab as text, row by row, without the empty rows; None where it has no such tab.

    Raises:
        UnreadableListError: it is no workbook that can be opened; also while the rows are read.
    """
    if folded(title) not in map(folded, tabs_of(content)):
        return None
    return filter(any, _as_wide_as_before(row for _, row in numbered_tab(content, title)))


def _version(above: Iterable[str], entries: Sequence[RegisterEntry]) -> tuple[str, str]:
    """The version and day of issue that stand above the header row, or in a column of their own."""
    columns = (entry.fields.get(VERSION_COLUMN, "") for entry in entries[:1])
    for text in (*columns, *above):
        match = VERSION_LINE.search(text)
        if match:
            return match[1], match[2] or ""
    return "", ""


def header_of(rows: Iterator[Sequence[str]], before: list[str]) -> tuple[str, ...] | None:
    """Read the header's columns, in one row or two; leave the rows behind it, and gather what stands above it.

    Args:
        rows: of a file of the list, as text.
        before: where the texts above the header go.

    Returns:
        The columns by the list's own names, empty where a column has none; None where there is no header.

    Raises:
        UnreadableListError: it is the list's header, and lacks columns or has one twice.
    """
    above: Sequence[str] = ()
    for row in islice(rows, _HEADER_ROWS):
        before += [text for text in row if text]
        for texts in (row, _joined(above, row)):
            names = tuple(_column(text) for text in texts)
            if FormField.ENTRY_NUMBER in names and FormField.ENTRY_STATUS in names:
                missing = [name for name in _NEEDED if name not in names]
                if missing:
                    raise UnreadableListError.lacking(missing)
                twice = [name for name in names if name and names.count(name) > 1]
                if twice:
                    raise UnreadableListError.column_twice(twice[0])
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


def is_listed_column(heading: str) -> bool:
    """Tell whether a heading, as it stands in a header of one row, is that of a column of the list."""
    return _column(heading) in {*PUBLISHED, UPGRADE_PATH}


def _entries(
    header: Sequence[str], rows: Iterator[Sequence[str]], counts: Counter[str], listed: Mapping[str, RegisterEntry]
) -> tuple[RegisterEntry, ...]:
    entries: list[RegisterEntry] = []
    texts: dict[str, str] = {}
    once = texts.setdefault  # the same few hundred texts fill a list of thousands of lines: each is kept once
    of_number, of_status = (header.index(name) for name in (_ENTRY_NUMBER, _ENTRY_STATUS))
    of_fields = _picking([bool(name) and name not in (_ENTRY_NUMBER, _ENTRY_STATUS) for name in header])
    names = [str(name) for name in of_fields(header)]  # plain keys, no members of an enumeration
    for at, row in enumerate(rows):
        if at >= MAX_LINES:
            raise UnreadableListError.too_long(MAX_LINES)
        same = listed.get(row[of_number]) if listed and len(row) > of_number else None
        if same and _says(same, row[of_status : of_status + 1], of_fields(row), names):
            entries.append(same)
            continue
        stated = [*map(once, row, row)]
        if len(texts) >= _KEPT:
            once = texts.get
        number = stated[of_number] if of_number < len(stated) else ""
        status = stated[of_status] if of_status < len(stated) else ""
        fields = dict(zip(names, of_fields(stated), strict=False))
        if _NUMBER.fullmatch(number := number.strip()):
            entries.append(_entry(number, status.strip(), fields, counts))
        elif entries and (status.strip() or any(text.strip() for text in fields.values())):  # before are explanations
            raise UnreadableListError.wrong_number(number)
    return tuple(entries)


def _picking(wanted: Sequence[bool]) -> Callable[[Sequence[str]], Sequence[str]]:
    """What gives these columns of a row: in one piece where they stand together, which is faster."""
    first, count = wanted.index(True), sum(wanted)
    if all(wanted[first : first + count]):
        return itemgetter(slice(first, first + count))
    return lambda row: [*compress(row, wanted)]


def _says(entry: RegisterEntry, status: Sequence[str], texts: Sequence[str], names: list[str]) -> bool:
    """Whether a line says what an entry says, column by column."""
    return [entry.status] == status and [*entry.fields.values()] == [*texts] and [*entry.fields] == names


def _entry(number: str, status: str, fields: dict[str, str], counts: Counter[str]) -> RegisterEntry:
    if len(number) < len("000000"):
        counts[LEADING_ZERO] += 1
        number = number.zfill(6)
    for name in ONE_PAIR:
        text = fields.get(name, "")
        if lost_its_zero(text):
            counts[LEADING_ZERO] += 1
            fields[name] = text.zfill(2)
    return RegisterEntry(number, status, fields)


def lost_its_zero(text: str) -> bool:
    """Tell whether a value of `ONE_PAIR` is one that a spreadsheet keeps as a number, without its leading zero."""
    return len(text) == 1 and text in digits


def _csv(content: bytes) -> Iterator[Iterator[Sequence[str]]]:
    encoding, errors = "utf-8-sig", "strict"
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        encoding, errors = "cp1252", "replace"
    if b"\0" in content:
        raise UnreadableListError.no_workbook()
    for delimiter in _DELIMITERS:
        text = TextIOWrapper(BytesIO(content), encoding, errors, newline="")  # decodes piece by piece
        yield _lines(csv.reader(text, delimiter=delimiter))


def _lines(reader: Iterable[list[str]]) -> Iterator[Sequence[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableListError.no_workbook() from error


def _workbook(content: bytes, counts: Counter[str]) -> Iterator[Iterator[Sequence[str]]]:
    """Yield each tab's rows, the list's own tab first; they are read as they are asked for."""
    with _damage_told():
        package = _opened(content)
        tabs = sorted(package.tabs.items(), key=lambda tab: folded(tab[0]) != folded(TAB))
        book = cells.Book.of(package)
    for _, part in tabs:
        yield _rows(package, part, book, counts)


def _rows(package: Package, part: str, book: cells.Book, counts: Counter[str]) -> Iterator[Sequence[str]]:
    with _damage_told(), package.open(part) as source:
        yield from _as_wide_as_before(texts_of(row, counts) for row in cells.rows(source, book))


def _as_wide_as_before(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """Fill each row up to the widest before it, such as its header."""
    width = 0
    for row in rows:
        width = max(width, len(row))
        yield row + [""] * (width - len(row))


def texts_of(row: cells.Row, counts: Counter[str]) -> list[str]:
    """Give a row's values as text, and count those that were none by their kind."""
    if row.uncomputed:
        counts[UNCOMPUTED] += len(row.uncomputed)
    return [value if type(value) is str else _plain(value, counts) for value in row.values]


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn whatever the package and its parts raise into a sentence; every one means a damaged workbook."""
    try:
        yield
    except UnreadableListError:
        raise
    except DamagedError as error:
        raise UnreadableListError(str(error)) from error
    except Exception as error:
        raise UnreadableListError.no_workbook() from error


def _opened(content: bytes) -> Package:
    package = Package(content)
    if package.size > MAX_BYTES:
        raise UnreadableListError.too_large(MAX_BYTES)
    return package


def _plain(value: object, counts: Counter[str]) -> str:
    """Convert a cell to text, and count it where it was none."""
    if value is None or isinstance(value, str):
        return value or ""
    counts[DATE_CELL if isinstance(value, datetime | date | time | timedelta) else NUMBER_CELL] += 1
    if isinstance(value, datetime | date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    if isinstance(value, timedelta):
        return f"{value.seconds // 3600 + 24 * value.days:02}:{value.seconds // 60 % 60:02}"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
