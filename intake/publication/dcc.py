"""Writes the list as the DCC loads it: thirteen columns, codes without colons.

Source: guidance on CPL submissions, appendix A.4; the workbook's tab 'CPL - saveable in CSV'.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from rules.facts import RegisterEntry
from rules.fields import MODEL_AND_HARDWARE, FormField
from rules.published import COLUMNS

VERSION = "Version"
_JOINED = (FormField.MODEL_IDENTIFIER, FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION)
_WITHOUT_COLONS = {
    FormField.MANUFACTURER_IDENTIFIER,
    FormField.MODEL_IDENTIFIER,
    FormField.FIRMWARE_VERSION,
    FormField.IMAGE_HASH,
}
_FIELDS = (
    FormField.DEVICE_TYPE,
    FormField.MANUFACTURER_IDENTIFIER,
    *_JOINED,
    MODEL_AND_HARDWARE,
    FormField.FIRMWARE_VERSION,
    FormField.SMETS_VERSION,
    FormField.GBCS_VERSION,
    FormField.IMAGE_HASH,
)
HEADER = (
    VERSION,
    str(FormField.ENTRY_NUMBER),
    str(FormField.ENTRY_STATUS),
    *(COLUMNS.get(name, str(name)) for name in _FIELDS),
)
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}


class UnloadableError(Exception):
    """The DCC's loader would refuse a value; the text is a sentence that names the entry."""


_PLACES = tuple(
    (COLUMNS.get(name, str(name)), name in _WITHOUT_COLONS) for name in _FIELDS if name != MODEL_AND_HARDWARE
)
_JOINED_AT = _FIELDS.index(MODEL_AND_HARDWARE)


def row(entry: RegisterEntry, version: str) -> list[str]:
    """Write an entry's row; blanks behind a value stay, as published.

    Args:
        entry: the entry.
        version: the list's version line, ``Version 2.051 Issued on 21-09-2022``.
    """
    fields = entry.fields
    texts = [fields.get(name, "").replace(":", "") if bare else fields.get(name, "") for name, bare in _PLACES]
    joined = "".join(text.replace(":", "") for text in texts[_JOINED_AT - len(_JOINED) : _JOINED_AT])
    texts.insert(_JOINED_AT, joined)
    return [version, entry.number, entry.status, *texts]


def dcc_csv(entries: Iterable[RegisterEntry], version: str, line_end: str = "crlf") -> bytes:
    """Write the whole file (RFC 4180), in ASCII without a byte order mark.

    Args:
        entries: Current and Removed ones, in the list's order.
        version: the list's version line.
        line_end: ``crlf`` or ``lf``.

    Raises:
        UnloadableError: a value is not ASCII.
    """
    text = StringIO(newline="")
    table = csv.writer(text, lineterminator=LINE_ENDS[line_end])
    table.writerow(HEADER)
    for entry in entries:
        values = row(entry, version)
        _checked(entry, values)
        table.writerow(values)
    return text.getvalue().encode("ascii")


def _checked(entry: RegisterEntry, values: Sequence[str]) -> None:
    for name, value in zip(HEADER, values, strict=True):
        if not value.isascii():
            odd = next(character for character in value if not character.isascii())
            message = f"entry {entry.number} has the character “{odd}” (U+{ord(odd):04X}) in {name}, which is not ASCII"
            raise UnloadableError(message)
