"""Reads a file of contacts of entries that came with the list, which names none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from intake.domain.addresses import first_address

COLUMNS = ("entry", "name", "telephone", "email")


class UnreadableContactsError(Exception):
    """The file is no file of contacts; the text is a sentence for its user."""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """What the file says of an entry's contact."""

    entry: str
    name: str
    telephone: str
    email: str


def read_contacts(content: bytes) -> tuple[ContactLine, ...]:
    """Read a CSV file with the columns `COLUMNS`, in any order.

    Raises:
        UnreadableContactsError: it lacks a column or has one twice, or a line has no number of an entry or no address.
    """
    try:
        table = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
        stated = [(name or "").strip().casefold() for name in table.fieldnames or ()]
        names = dict(zip(stated, table.fieldnames or (), strict=True))
        missing = [name for name in COLUMNS if name not in names]
        twice = [name for name in COLUMNS if stated.count(name) > 1]
        if missing or twice:
            message = (
                f"it lacks the columns {', '.join(missing)}." if missing else f"it has the column {twice[0]} twice."
            )
            raise UnreadableContactsError(message)
        return tuple(_lines({key: (row[name] or "").strip() for key, name in names.items()} for row in table))
    except (UnicodeDecodeError, csv.Error) as error:
        message = "it is no CSV file in UTF-8."
        raise UnreadableContactsError(message) from error


def _lines(rows: Iterator[dict[str, str]]) -> Iterator[ContactLine]:
    for at, row in enumerate(rows, 2):
        if not re.fullmatch(r"[0-9]{1,6}", row["entry"]):
            message = f"its line {at} has '{row['entry'][:20]}' for the number of an entry."
            raise UnreadableContactsError(message)
        address = first_address(row["email"])
        if address is None:
            message = f"its line {at} has no e-mail address that could be used."
            raise UnreadableContactsError(message)
        yield ContactLine(row["entry"].zfill(6), row["name"], row["telephone"], address)
