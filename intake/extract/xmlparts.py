"""Parses a small XML part of a package whole; large ones are read piece by piece elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from intake.extract.unreadable import BOOK_BROKEN, BOOK_HOSTILE, UnreadableError


def parse(part: bytes) -> Element:
    """Parse a part, whose size its container bounds.

    Raises:
        UnreadableError: it is no XML, or declares a document type.
    """
    try:
        root: Element = fromstring(part, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableError(BOOK_HOSTILE) from error
    except (ParseError, ValueError, LookupError) as error:  # the latter two of an encoding that it declares
        raise UnreadableError(BOOK_BROKEN) from error
    return root


def named(element: Element, name: str) -> Iterator[Element]:
    """Give the children of this local name, whatever their namespace: strict and transitional differ in it."""
    return (child for child in element if local(child) == name)


def local(element: Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
