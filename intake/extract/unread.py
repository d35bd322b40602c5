"""The reading of an unreadable file; imports little, for the parent process that reads no files itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self

from intake.extract.media import Media, looks_like_spreadsheet
from intake.faults import Fault
from intake.signatures.verify import Chain
from rules.facts import Document, DocumentKind, NewEntry, ReadBy


@dataclass(frozen=True, slots=True)
class Known:
    """Name, size and digest of a file before it is read."""

    name: str
    """Unique in its submission."""
    sha256: str
    size: int
    """Bytes."""
    inline: bool = False
    """It is a picture of the mail's own text."""

    @classmethod
    def of(cls, name: str, content: bytes, *, inline: bool = False) -> Self:
        """Describe a file at hand."""
        return cls(name, hashlib.sha256(content).hexdigest(), len(content), inline)


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The kind of one file and, of a form, its entry."""

    document: Document
    entry: NewEntry | None = None
    chains: tuple[Chain, ...] = ()
    """Of its signatures."""
    faults: tuple[Fault, ...] = ()
    """Of ours, in reading it."""


def unreadable_document(file_facts: Known, trouble: str, media: Media | None = None) -> DocumentReading:
    """Build the reading of an unreadable file, or of one whose reader was stopped.

    Args:
        file_facts: what is known of the file.
        trouble: why, as a sentence for the sender.
        media: what the file is, where that is known.
    """
    told = media or Media("unknown")
    document = Document(
        name=file_facts.name,
        sha256=file_facts.sha256,
        size=file_facts.size,
        kind=DocumentKind.UNREADABLE,
        read_by=ReadBy.NONE,
        media=told.kind,
        trouble=trouble,
        inline=file_facts.inline,
    )
    entry = (
        NewEntry(document=file_facts.name, trouble=trouble) if looks_like_spreadsheet(file_facts.name, told) else None
    )
    return DocumentReading(document, entry)
