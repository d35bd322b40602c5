"""Changes a small XML part where it must change, and leaves every other byte of it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from intake.publication.book.unusable import UnusableWorkbookError

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""(\s+)([^\s=/>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(slots=True)
class Node:
    """An element, and where it stands in its part."""

    tag: str
    """As it is written, with its prefix."""
    attributes: Mapping[str, str]
    start: int
    inner: int
    """Behind its start tag."""
    close: int = 0
    """Before its end tag; where it has none, as `inner`."""
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    text: str = ""
    """Its own, without that of its children."""

    @property
    def name(self) -> str:
        """Without its prefix."""
        return self.tag.rpartition(":")[2]

    def every(self, name: str) -> Iterator[Node]:
        """Yield this element and all in it that have this name, in their order."""
        if self.name == name:
            yield self
        for child in self.children:
            yield from child.every(name)

    def first(self, name: str) -> Node | None:
        """Give the first of `every`."""
        return next(self.every(name), None)

    def related(self) -> str:
        """Give the id of the relationship that it names; empty where it names none."""
        return next((value for name, value in self.attributes.items() if name.endswith(":id")), "")


def parse(part: bytes, where: str) -> Node:
    """Read a part's elements.

    Args:
        part: its bytes.
        where: its name.

    Raises:
        UnusableWorkbookError: it is no XML, is not in UTF-8 or the like, or declares a document type.
    """
    if part.startswith(_WIDE):
        raise UnusableWorkbookError.of_part(where, "is not in UTF-8")
    return _Reader(part, where).root


class _Reader:
    def __init__(self, part: bytes, where: str) -> None:
        self.part, self.where = part, where
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._typed
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._more
        self.open: list[Node] = []
        self.root = Node("", {}, 0, 0)
        try:
            self.parser.Parse(part, True)  # noqa: FBT003  # expat's own: that was all
        except expat.ExpatError as error:
            raise UnusableWorkbookError.of_part(where, "is no XML") from error

    def _typed(self, *_declared: object) -> None:
        raise UnusableWorkbookError.of_part(self.where, "declares a document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        written = _TAG.match(self.part, at)
        if written is None:
            raise UnusableWorkbookError.of_part(self.where, "is no XML")
        node = Node(tag, attributes, at, written.end(), parent=self.open[-1] if self.open else None)
        if node.parent is None:
            self.root = node
        else:
            node.parent.children.append(node)
        self.open.append(node)

    def _end(self, _tag: str) -> None:
        node = self.open.pop()
        if self.part[node.inner - 2 : node.inner] == b"/>":
            node.close = node.end = node.inner
        else:
            node.close = self.parser.CurrentByteIndex
            node.end = self.part.index(b">", node.close) + 1

    def _more(self, text: str) -> None:
        self.open[-1].text += text


@dataclass
class Edits:
    """Changes to a part; where one lies within another, the outer one counts."""

    part: bytes
    _changes: list[tuple[int, int, bytes]] = field(default_factory=list)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text of XML in the place of these bytes."""
        self._changes.append((start, end, ascii_only(text)))

    def insert(self, at: int, text: str) -> None:
        """Put a text of XML before this byte."""
        self.replace(at, at, text)

    def drop(self, node: Node) -> None:
        """Take an element out."""
        self.replace(node.start, node.end, "")

    def set(self, node: Node, name: str, value: str) -> None:
        """Give an element's attribute another value; add it where there is none."""
        if node.attributes.get(name) == value:
            return
        written = self._written(node, name)
        if written is None:
            at = node.start + 1 + len(node.tag.encode())
            self.insert(at, f" {name}={quoteattr(value)}")
        else:
            self.replace(*written, f" {name}={quoteattr(value)}")

    def unset(self, node: Node, name: str) -> None:
        """Take an attribute out of an element."""
        written = self._written(node, name)
        if written is not None:
            self.replace(*written, "")

    def say(self, node: Node, text: str) -> None:
        """Give an element that has no children another text."""
        if node.text != text:
            self.replace(node.inner, node.close, escape(text))

    def _written(self, node: Node, name: str) -> tuple[int, int] | None:
        attributes = _ATTRIBUTE.finditer(self.part, node.start, node.inner)
        return next((match.span() for match in attributes if match[2] == name.encode()), None)

    def done(self, start: int = 0, end: int | None = None) -> bytes:
        """Give the part with its changes, or a piece of it."""
        out, at, last = [], start, len(self.part) if end is None else end
        for first, behind, text in sorted(self._changes, key=lambda change: (change[0], -change[1])):
            if first >= at and behind <= last:
                out += [self.part[at:first], text]
                at = behind
        return b"".join((*out, self.part[at:last]))


def ascii_only(text: str) -> bytes:
    """Give a text of XML in bytes that are the same in every encoding that a part may declare."""
    return text.encode("ascii", "xmlcharrefreplace")
