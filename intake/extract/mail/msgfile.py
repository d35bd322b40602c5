"""Opens a message that Outlook saved as a file (.msg, MS-OXMSG): its files, the messages attached to it, its text.

Where anything of it cannot be had, such as an attachment that lies elsewhere, none of it is opened.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

from intake import faults
from intake.extract.mail import tnef
from intake.extract.mail.filenames import cleaned

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_MARK = _PROPERTIES.encode("utf-16-le")
_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-F]{8}", re.IGNORECASE)
_TOP_HEADER, _EMBEDDED_HEADER, _OTHER_HEADER, _ROW = 32, 24, 8, 16
"""Bytes of the stream of properties: what comes before the first, by what it describes, and of each (MS-OXMSG 2.4)."""
_SUBJECT, _BODY, _HTML, _RICH_TEXT = 0x0037, 0x1000, 0x1013, 0x1009
_DATA, _METHOD, _LONG_NAME, _NAME, _DISPLAY_NAME = 0x3701, 0x3705, 0x3707, 0x3704, 0x3001
_CODEPAGE, _PAGE_CODEPAGE = 0x3FFD, 0x3FDE
_TEXT, _EIGHT_BIT, _BINARY, _STORAGE, _NUMBER = "001F", "001E", "0102", "000D", 0x0003
_BY_VALUE, _EMBEDDED = 1, 5
"""Of the ways in which a file is attached (MS-OXCMSG 2.2.2.9) those that bring it along whole."""
_MOST_ATTACHMENTS = 1_000
_DEEPEST = 10
_LIBRARIES = ("olefile",)
_STREAM = 2
"""Olefile's name for a stream among the entries of a storage."""


def is_one(content: bytes) -> bool:
    """Tell whether a file may be a message of Outlook's, without opening it."""
    return content.startswith(_OLE) and _MARK in content


@lru_cache(maxsize=2)
def opened(content: bytes) -> tnef.Package | None:
    """Open a saved message; None where it is damaged, is none, or does not hold all that is attached to it.

    Args:
        content: the file.
    """
    if not is_one(content):
        return None
    from olefile import OleFileIO  # noqa: PLC0415  # seldom needed, and every start of a program would wait for it

    try:
        with OleFileIO(BytesIO(content)) as ole:
            return _Saved(ole, len(content)).package((), _TOP_HEADER, 0)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; its reader says that it is not opened
        faults.is_ours(error, (_NotWholeError,), _LIBRARIES)
        return None


def as_mail(content: bytes) -> bytes | None:
    """Write a saved message as a mail, always in the same bytes; None where it is none that can be opened."""
    package = opened(content)
    return None if package is None else tnef.as_mail(package)


class _NotWholeError(Exception):
    """Something of the message is not there, or is not what it should be."""


Path = tuple[str, ...]


class _Saved:
    """One file; bounds what is read of it, for several of its streams may be written in one place."""

    def __init__(self, ole: Any, most: int) -> None:  # noqa: ANN401  # an untyped library's
        self._ole, self._left = ole, most
        self._entries = [tuple(entry) for entry in ole.listdir(streams=True, storages=True)]

    def package(self, at: Path, header: int, depth: int) -> tnef.Package:
        """Give what a message holds that lies in this storage.

        Raises:
            _NotWholeError: something of it cannot be had.
        """
        if depth > _DEEPEST:
            raise _NotWholeError
        numbers = self._numbers(at, header)
        codepage, of_page = (_known(numbers.get(name, 1252)) for name in (_CODEPAGE, _PAGE_CODEPAGE))
        files: list[tuple[str, bytes]] = []
        messages: list[tuple[str, bytes]] = []
        for within in self._attachments(at):
            method = self._numbers(within, _OTHER_HEADER).get(_METHOD, _BY_VALUE)
            name = self._name(within, codepage)
            if method == _EMBEDDED:
                inner = (*within, f"__substg1.0_{_DATA:04X}{_STORAGE}")
                messages.append((f"{name}.eml", tnef.as_mail(self.package(inner, _EMBEDDED_HEADER, depth + 1))))
                continue
            data = self._stream(within, _DATA, _BINARY) if method == _BY_VALUE else None
            if data is None:
                raise _NotWholeError
            files.append((name, data))
        texts = tuple(self._texts(at, codepage, of_page))
        rich = self._stream(at, _RICH_TEXT, _BINARY) or b""
        subject = " ".join(self._text(at, _SUBJECT, codepage).split())
        return tnef.Package(tuple(files), tuple(messages), texts, b"" if texts else rich, subject)

    def _attachments(self, at: Path) -> list[Path]:
        within = [entry for entry in self._entries if entry[:-1] == at and _ATTACHMENT.fullmatch(entry[-1]) is not None]
        if len(within) > _MOST_ATTACHMENTS:
            raise _NotWholeError
        return sorted(within)

    def _numbers(self, at: Path, header: int) -> dict[int, int]:
        """Read the properties of a storage that are numbers."""
        rows = self._read((*at, _PROPERTIES))
        if rows is None:
            raise _NotWholeError
        numbers: dict[int, int] = {}
        for start in range(header, len(rows) - _ROW + 1, _ROW):
            if int.from_bytes(rows[start : start + 2], "little") == _NUMBER:
                name = int.from_bytes(rows[start + 2 : start + 4], "little")
                numbers[name] = int.from_bytes(rows[start + 8 : start + 12], "little")
        return numbers

    def _name(self, at: Path, codepage: str) -> str:
        stated = (self._text(at, name, codepage) for name in (_LONG_NAME, _NAME, _DISPLAY_NAME))
        return next(filter(None, map(cleaned, stated)), "unnamed")

    def _texts(self, at: Path, codepage: str, of_page: str) -> Iterator[str]:
        """Its plain text and its page; what both say stands in both."""
        plain, page = self._text(at, _BODY, codepage), self._stream(at, _HTML, _BINARY) or b""
        if words := plain.strip():
            yield tnef.page_of(words)
        if shown := (self._text(at, _HTML, codepage) or tnef.decoded(page, of_page)).strip():
            yield shown

    def _text(self, at: Path, name: int, codepage: str) -> str:
        wide = self._stream(at, name, _TEXT)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return tnef.decoded(self._stream(at, name, _EIGHT_BIT) or b"", codepage).rstrip("\0")

    def _stream(self, at: Path, name: int, kind: str) -> bytes | None:
        return self._read((*at, f"__substg1.0_{name:04X}{kind}"))

    def _read(self, path: Path) -> bytes | None:
        """Read a stream whole; None where there is none."""
        if not self._ole.exists(list(path)) or self._ole.get_type(list(path)) != _STREAM:
            return None
        size = self._ole.get_size(list(path))
        self._left -= size
        if self._left < 0:
            raise _NotWholeError
        content = bytes(self._ole.openstream(list(path)).read())
        if len(content) != size:
            raise _NotWholeError
        return content


def _known(number: int) -> str:
    """Name a codepage as Python does.

    Raises:
        _NotWholeError: it knows none of that number.
    """
    name = {20127: "ascii", 28591: "latin-1", 28605: "iso8859-15", 51949: "euc-kr", 20866: "koi8-r"}.get(
        number, f"cp{number}"
    )
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise _NotWholeError from error
    return name
