"""Looks through what frames a workbook's sheets, its list of sheets and its shared texts, for what is there twice.

Like `sheetscan`, which does it for one sheet: what two readers could read differently must never pass.
"""

from __future__ import annotations

from collections.abc import Collection
from xml.parsers import expat

from intake.extract.opcparts import main_part
from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, BOOK_MAIN, UnreadableError

_ALTERNATIVE = "AlternateContent"
_ALTERNATIVES = tuple(_ALTERNATIVE.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_WHY = "so what it says depends on the reader; please save the workbook again in Excel."


def frame_doubt(workbook: bytes, strings: bytes) -> str | None:
    """Say in a sentence why two readers could read the workbook differently; None where they could not.

    Args:
        workbook: the workbook's own part, ``xl/workbook.xml``.
        strings: its shared texts; empty where it has none.

    Raises:
        UnreadableError: the workbook's part is no XML, or declares entities.
    """
    reader = _FrameHandler()
    try:
        reader.parser.Parse(workbook, True)  # noqa: FBT003  # expat takes its flag by position
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter two of an encoding that it declares
        raise UnreadableError(BOOK_BROKEN) from error
    if any(mark in strings for mark in _ALTERNATIVES):
        return f"The workbook holds alternative contents for its texts, {_WHY}"
    return reader.doubt and f"{reader.doubt}, {_WHY}"


def other_main(book: str, relations: bytes | None, names: Collection[str]) -> str | None:
    """Say why Office might open another part than the one of a workbook's type; None where it would not.

    Args:
        book: the first part that is declared to be a workbook.
        relations: the package's own, by which Office goes; None where it has none.
        names: of its parts.
    """
    main = main_part(relations or b"", names)
    return None if main is None or main.casefold() == book.casefold() else BOOK_MAIN


class _FrameHandler:
    """Expat's handlers and their state."""

    def __init__(self) -> None:
        self.doubt: str | None = None
        self._path: list[str] = []
        self._lists = 0
        self._names: set[str] = set()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise UnreadableError(BOOK_HOSTILE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "sheets":
            self._lists += 1
            if self._lists > 1 or self._path != ["workbook"]:
                self.doubt = "The workbook's list of sheets stands twice, or where it does not belong"
        elif "sheets" in self._path:
            title = attributes.get("name", "").casefold()
            if tag == _ALTERNATIVE:
                self.doubt = "The workbook holds alternative lists of its sheets"
            elif tag == "sheet" and title in self._names:
                self.doubt = "The workbook holds two sheets of one name"
            self._names.add(title)
        self._path.append(tag)

    def _end(self, _name: str) -> None:
        self._path.pop()
