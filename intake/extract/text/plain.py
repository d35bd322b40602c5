"""The text of text files and Word documents."""

from __future__ import annotations

import zlib
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from intake import faults
from intake.extract.unreadable import FAULT, WORD_BROKEN, UnreadableError

MAX_CHARACTERS = 200_000
"""Characters read; letters and release notes are far shorter."""
_MAX_PART = 20 * 1024 * 1024
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def text_of_file(content: bytes) -> str:
    """Decode a text file: by its mark, as UTF-8, else as Windows-1252; never an error."""
    head = content[: 4 * MAX_CHARACTERS]
    coding = next((coding for mark, coding in _MARKS.items() if head.startswith(mark)), "utf-8")
    try:
        text = head.decode(coding)
    except UnicodeDecodeError:
        text = head.decode("cp1252" if coding == "utf-8" and len(head) == len(content) else coding, errors="replace")
    return text[:MAX_CHARACTERS]


def text_of_word(content: bytes) -> str:
    """Extract the running text of a .docx document, a line a paragraph.

    Raises:
        UnreadableError: it has no readable text part.
    """
    pieces: list[str] = []
    length = 0
    try:
        with ZipFile(BytesIO(content)) as container:
            part = container.read("word/document.xml")
        for _, element in iterparse(BytesIO(part[:_MAX_PART]), forbid_dtd=True):
            piece = _piece(element)
            pieces.append(piece)
            length += len(piece)
            if piece == "\n":
                element.clear()
            if length > MAX_CHARACTERS:
                break
    except Exception as error:  # sorted into the file's faults and ours
        about = (BadZipFile, ParseError, DefusedXmlException, KeyError, zlib.error)
        ours = faults.is_ours(error, about, ("zipfile", "defusedxml", "xml"))
        raise UnreadableError(FAULT if ours else WORD_BROKEN) from error
    return "".join(pieces)[:MAX_CHARACTERS]


def _piece(element: Element) -> str:
    tag = element.tag.removeprefix(_WORD).removeprefix(_STRICT)
    if tag == "t":
        return element.text or ""
    return {"p": "\n", "br": "\n", "tab": "\t"}.get(tag, "")
