"""Parses a small XML part of a package whole; large ones are read piece by piece elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers.expat import ExpatError, ParserCreate

from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, UnreadableError


def parse(part: bytes) -> Element:
    """Parse a part, whose size its container bounds.

    Raises:
        UnreadableError: it is no XML, or declares a document type.
    """
    try:
        _refuse_document_types(part)
        return fromstring(part)  # noqa: S314  # entities cannot be declared where there is no document type
    except (ExpatError, ParseError, ValueError, LookupError) as error:  # the latter two of an encoding that it declares
        raise UnreadableError(BOOK_BROKEN) from error


def _refuse_document_types(part: bytes) -> None:
    """Go through a part once without making anything of it; the tree is then built in C."""
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(part, True)  # noqa: FBT003  # expat takes its flag by position


def _refuse(*_: object) -> None:
    raise UnreadableError(BOOK_HOSTILE)


def named(element: Element, name: str) -> Iterator[Element]:
    """Give the children of this local name, whatever their namespace: strict and transitional differ in it."""
    return (child for child in element if local(child) == name)


def local(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
