"""Which pages of certificates are shown beside a report, and where on them the values stand that were compared."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.render import plain
from intake.render.beside import Mark
from intake.render.entry_view import EntryView
from intake.render.frame import Rectangle, frame_of
from rules.facts import Dossier, Where

MOST_PAGES = 8
"""That are shown; a submission has one page or two of each certificate that matter."""
_GRAVEST = (Mark.DIFFERS, Mark.UNSETTLED, Mark.AGREES, Mark.NOT_COMPARED)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is to be shown."""

    sha256: str
    """The document's."""
    document: str
    number: int
    """Counted from 1."""
    values: tuple[tuple[Where, Mark, str], ...]
    """Where each stands, how it compares with the form, and what it says."""


@dataclass(frozen=True, slots=True)
class Box:
    """A frame around a value."""

    place: Rectangle
    mark: str
    said: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown; with a sentence instead where none could be drawn."""

    document: str
    page: int
    frame: Rectangle
    data: str
    """JPEG, base64."""
    boxes: tuple[Box, ...]
    trouble: str = ""


def pages(dossier: Dossier, entries: Iterable[EntryView]) -> tuple[Page, ...]:
    """Give every page on which a value stands that was compared with a form, in the order of the documents."""
    digests = {document.name: document.sha256 for document in dossier.documents}
    values: dict[tuple[str, int], dict[Where, tuple[Mark, str]]] = {}
    for line in (line for entry in entries for line in entry.fields):
        for beside in line.certified:
            where = beside.stated.where if beside.stated is not None else None
            if where is None or where.page is None or beside.certificate.document not in digests:
                continue
            here = values.setdefault((beside.certificate.document, where.page), {})
            caption = f"{line.row.field}: {plain.value(beside.stated.value)}" if beside.stated is not None else ""
            if where not in here or _GRAVEST.index(beside.mark) < _GRAVEST.index(here[where][0]):
                here[where] = (beside.mark, caption)
    order = list(digests)
    named = sorted(values, key=lambda place: (order.index(place[0]), place[1]))
    return tuple(
        Page(digests[name], name, number, tuple((where, *told) for where, told in values[name, number].items()))
        for name, number in named
    )


def picture(page: Page, size: tuple[float, float], jpeg: bytes, trouble: str) -> Picture:
    """Put the frames upon a page that was drawn.

    Args:
        page: that was asked for.
        size: width and height in points.
        jpeg: its picture.
        trouble: why there is none.
    """
    if trouble or not jpeg:
        return Picture(page.document, page.number, Rectangle(0, 0, 0, 0), "", (), trouble or "It cannot be shown.")
    framed = ((frame_of(where, size).value, mark, caption) for where, mark, caption in page.values)
    boxes = tuple(
        Box(place, mark.value.replace(" ", "-"), caption) for place, mark, caption in framed if place is not None
    )
    whole = Rectangle(0.0, 0.0, *size)
    return Picture(page.document, page.number, whole, base64.b64encode(jpeg).decode(), boxes)


def shown(wanted: Sequence[Page], drawn: Mapping[tuple[str, int], Picture]) -> tuple[Picture, ...]:
    """Give those that were drawn, in order."""
    return tuple(drawn[page.sha256, page.number] for page in wanted if (page.sha256, page.number) in drawn)
