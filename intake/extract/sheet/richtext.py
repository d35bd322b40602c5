"""Reads a workbook's texts run by run: what they say, and which run a person does not read as it is kept.

openpyxl reads a run's font strictly and gives up on a whole workbook for an odd one; only the text and what hinders its
reader matter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from intake.extract.sheet.styles import WHITE, Styles, text_style
from intake.extract.xmlparts import local, named, parse


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a workbook."""

    plain: str
    """As it is stored, escapes such as ``_x000D_`` included."""
    faults: tuple[tuple[str, str], ...] = ()
    """Runs that are not read as they are kept, each with the reason; against a white background."""


def shared_texts(part: bytes | None, styles: Styles) -> list[Text]:
    """Read ``xl/sharedStrings.xml``; none where there is no such part.

    Raises:
        UnreadableError: it is no XML, or declares entities.
    """
    return [] if part is None else [text_of(item, styles) for item in named(parse(part), "si")]


def text_of(item: Element, styles: Styles) -> Text:
    """Read ``si`` or ``is``; how a text is pronounced (``rPh``) is no part of it."""
    pieces: list[str] = []
    faults: list[tuple[str, str]] = []
    for child in item:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            run = "".join(text.text or "" for text in named(child, "t"))
            pieces.append(run)
            faults.extend((run.strip(), fault) for fault in _faults(child, styles) if run.strip())
    return Text("".join(pieces), tuple(faults))


def _faults(run: Element, styles: Styles) -> Iterator[str]:
    for properties in named(run, "rPr"):
        fault = text_style(properties, styles.theme).fault(WHITE)
        if fault is not None:
            yield fault
