"""What a person is shown of a document: a page as a picture, or the lines of its text around a stated one.

This is the job of the limited child; `intake.extract.viewing` asks it from outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from intake import faults
from intake.extract import unreadable as says
from intake.extract.mail.carried import Mail
from intake.extract.media import media_of
from intake.extract.text.plain import text_of_file
from intake.extract.text.word import text_of_word
from intake.extract.unreadable import UnreadableError
from intake.faults import Fault

WIDTHS = (1000, 2000)
"""Pixels across, of pictures that are made; the first for a page of ours, the second to look at alone."""
LINES_AROUND = 4
LONGEST_LINE = 600
"""Characters of a line that are shown."""
_LIBRARIES = ("pypdfium2", "PIL")
"""What a damaged document makes raise."""
_NO_SUCH_DOCUMENT = "The message no longer gives this document; download the raw message to look at it."
_NO_PICTURE = "No picture can be made of a document of this kind."
_NO_LINES = "No lines of text can be shown of a document of this kind."


class Wanted(msgspec.Struct, frozen=True):
    """A view of a document that is asked for."""

    sha256: str
    """The document's."""
    page: int = 0
    """To be drawn, counted from 1; 0: lines of text are wanted instead."""
    width: int = WIDTHS[0]
    """Pixels of the picture."""
    line: int = 0
    """Around which lines are wanted, counted from 1."""
    jpeg: bool = False
    """For a look that nobody keeps: made far sooner than WebP, and larger."""


@dataclass(frozen=True, slots=True)
class View:
    """A view of a document, or why there is none."""

    trouble: str = ""
    """Why there is none, in a sentence; empty where there is one."""
    lasting: bool = True
    """The same would come of asking again; not where a child was ended by its limits."""
    pages: int = 0
    """Of a document that has pages; the one that was asked for may be beyond them, and then there is no picture."""
    size: tuple[float, float] = (0.0, 0.0)
    """The page's width and height as it is shown, in points."""
    image: bytes = b""
    """WebP, or JPEG where that was asked for."""
    lines: tuple[tuple[int, str], ...] = ()
    """Numbered as in the whole text."""
    faults: tuple[Fault, ...] = ()
    """Of ours, that were met over it."""


def emit_views(mail: Mail, request: dict[str, Any], emit: Callable[[Any], None], arm: Callable[[float], None]) -> None:
    """Emit, in the child, a `View` for each that is wanted.

    Args:
        mail: the message, taken apart.
        request: ``{"views", "seconds"}``.
        emit: writes a line of JSON.
        arm: ends this process after so many seconds.
    """
    contents = _Contents(mail)
    for wanted in msgspec.convert(request["views"], list[Wanted]):
        arm(request["seconds"])
        with faults.gathered() as met:
            view = _view(contents.get(wanted.sha256), wanted)
        emit(msgspec.json.encode(replace(view, faults=tuple(met), lasting=not met)))


@dataclass(slots=True)
class _Contents:
    """A message's documents by digest; no more digests are made than are asked for."""

    mail: Mail
    known: dict[str, bytes] = field(default_factory=dict)
    begun: int = 0

    def get(self, sha256: str) -> bytes | None:
        while sha256 not in self.known and self.begun < len(self.mail.parts):
            content = self.mail.parts[self.begun].content
            self.known[hashlib.sha256(content).hexdigest()] = content
            self.begun += 1
        return self.known.get(sha256)


def _view(content: bytes | None, wanted: Wanted) -> View:
    if content is None:
        return View(trouble=_NO_SUCH_DOCUMENT)
    try:
        return _page(content, wanted) if wanted.page else _lines(content, wanted)
    except UnreadableError as error:
        return View(trouble=str(error))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return View(trouble=says.FAULT if faults.is_ours(error, (), _LIBRARIES) else says.INTERNAL)


def _page(content: bytes, wanted: Wanted) -> View:
    from intake.extract.page import raster  # noqa: PLC0415  # Pillow is loaded where pictures are made, nowhere else

    kind = media_of(content).kind
    if kind == "pdf":
        drawn = raster.draw_page(content, wanted.page, wanted.width, jpeg=wanted.jpeg)
    elif kind == "image":
        drawn = raster.Raster(1)
        if wanted.page == 1:
            drawn = raster.draw_picture(content, wanted.width, jpeg=wanted.jpeg)
    else:
        return View(trouble=_NO_PICTURE)
    return View(pages=drawn.pages, size=drawn.size, image=drawn.image)


def _lines(content: bytes, wanted: Wanted) -> View:
    readers = {"docx": text_of_word, "text": text_of_file}
    read = readers.get(media_of(content).kind)
    if read is None:
        return View(trouble=_NO_LINES)
    lines = read(content).splitlines()
    first = max(wanted.line - 1 - LINES_AROUND, 0)
    around = lines[first : wanted.line + LINES_AROUND]
    return View(lines=tuple((first + at, line[:LONGEST_LINE]) for at, line in enumerate(around, 1)))
