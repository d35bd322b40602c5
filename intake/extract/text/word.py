"""The text of Word documents, as it stands on paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from intake import faults
from intake.extract.text.plain import MAX_CHARACTERS
from intake.extract.unreadable import FAULT, WORD_BROKEN, UnreadableError

_MAX_PART = 20 * 1024 * 1024
_DOCUMENT = "word/document.xml"
_ABOVE = re.compile(r"word/header\d{0,3}\.xml")
_BELOW = re.compile(r"word/(?:footnotes|endnotes|footer\d{0,3})\.xml")
_MOST_MARGINS = 20
"""Parts above and below the text; a document has three of each, and again for each section that wants others."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What a program shows that does not know what stands before it: the same text box once more."""
_NOT_SHOWN = frozenset({"del", "moveFrom", _FALLBACK})
"""Around runs: taken out or moved elsewhere, with changes tracked."""
_PUTS_OUT_OF_SIGHT = {"r": {"vanish", "strike", "dstrike"}, "tr": {"del"}, "tc": {"cellDel"}}
"""Marks in the properties of a run, a row or a cell, by which a reader no longer takes it for what is said."""
_CHARACTERS = {
    "p": "\n",
    "br": "\n",
    "cr": "\n",
    "tab": "\t",
    "ptab": "\t",
    "noBreakHyphen": "-",
    "sym": "\N{REPLACEMENT CHARACTER}",  # a character of a font's own, which is some sign and not nothing
}
_OFF = frozenset({"0", "false", "off"})


def text_of_word(content: bytes) -> str:
    """Extract the running text of a .docx document, a line a paragraph, as whoever prints it would read it.

    What is hidden, struck through, deleted or moved away with changes tracked is left out; a hyphen that keeps a line
    together is a hyphen (ECMA-376 part 1, 17.3.3 and 17.13.5), and a raised digit marks a footnote, so that it stands
    by itself. Page headers come first, notes and page footers last.

    Raises:
        UnreadableError: it has no readable text part.
    """
    pieces: list[str] = []
    length = 0
    try:
        with ZipFile(BytesIO(content)) as container:
            parts = [container.read(name)[:_MAX_PART] for name in _parts(container.namelist())]
        for piece in chain.from_iterable(map(_shown, parts)):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_CHARACTERS:
                break
    except Exception as error:  # sorted into the file's faults and ours
        about = (BadZipFile, ParseError, DefusedXmlException, KeyError, zlib.error)
        ours = faults.is_ours(error, about, ("zipfile", "defusedxml", "xml"))
        raise UnreadableError(FAULT if ours else WORD_BROKEN) from error
    return "".join(pieces)[:MAX_CHARACTERS]


def _parts(names: list[str]) -> list[str]:
    """Choose the parts that have text on paper, in the order in which they are read."""
    above, below = (sorted(filter(kind.fullmatch, names))[:_MOST_MARGINS] for kind in (_ABOVE, _BELOW))
    return [*above, _DOCUMENT, *below]


def _shown(part: bytes) -> Iterator[str]:
    """Read the pieces of text that are shown, in order."""
    above: list[str] = []
    hidden: list[int] = []
    """How deep the elements stand that are not shown; what stands in them is not shown either."""
    raised = False
    for happening, element in iterparse(BytesIO(part), events=("start", "end"), forbid_dtd=True):
        tag = element.tag.removeprefix(_WORD).removeprefix(_STRICT)
        if happening == "start":
            above.append(tag)
            if tag in _NOT_SHOWN and above[-2:-1] not in (["rPr"], ["trPr"]):
                hidden.append(len(above))
            elif tag == "txbxContent" and not hidden:
                yield "\n"  # a box stands by itself, wherever it is anchored
            continue
        above.pop()
        if _puts_out_of_sight(tag, element, above):
            hidden.append(len(above) - 1)
        elif tag in {"vertAlign", "r"}:
            raised = tag == "vertAlign" and _value(element) == "superscript"
        elif not hidden:
            yield _text(element, raised=raised) if tag == "t" else _CHARACTERS.get(tag, "")
        while hidden and hidden[-1] > len(above):
            hidden.pop()
        if tag == "p":
            element.clear()


def _text(element: Element, *, raised: bool) -> str:
    """The text of a run; raised letters belong to what they stand behind, as in `1st`, and anything else does not."""
    text = element.text or ""
    return f" {text}" if raised and not text.strip().isalpha() else text


def _puts_out_of_sight(tag: str, element: Element, above: list[str]) -> bool:
    """Whether the mark that ends here hides the run, row or cell in whose properties it stands."""
    owner, properties = ["", "", *above][-2:]
    if tag not in _PUTS_OUT_OF_SIGHT.get(owner, ()) or properties != f"{owner}Pr":
        return False
    return _value(element) not in _OFF


def _value(element: Element) -> str:
    return next((text for name, text in element.items() if name.endswith("}val")), "1")
