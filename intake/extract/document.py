"""Reads one attachment or file: the single way from its bytes to its facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from intake.extract import unreadable as says
from intake.extract.certificates import CertificateReading, may_be_certificate, read_certificate, speaks_as_certificate
from intake.extract.media import SPREADSHEETS, Media, looks_like_spreadsheet, media_of
from intake.extract.notes import kind_of_text
from intake.extract.pdf import Pdf
from intake.extract.plain import text_of_file, text_of_word
from intake.extract.runs import Run
from intake.extract.signs import signatures_of
from intake.extract.unreadable import UnreadableError
from intake.extract.workbook import read_workbook, unreadable_workbook
from intake.extract.zipguard import DAMAGED
from rules.facts import AssuranceCertificate, Document, DocumentKind, EvidenceFacts, NewEntry, ReadBy

MAX_SIZE = 50 * 1024 * 1024
"""Octets of a document that is read at all."""


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one file turned out to be, and the entry it states if it is a form."""

    document: Document
    entry: NewEntry | None = None


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes
    media: Media


@dataclass(frozen=True, slots=True)
class _Content:
    kind: DocumentKind
    read_by: ReadBy = ReadBy.NONE
    trouble: str | None = None
    certificate: AssuranceCertificate | None = None
    entry: NewEntry | None = None
    evidence: EvidenceFacts | None = None
    notes: tuple[str, ...] = ()


def read_document(name: str, content: bytes, *, inline: bool = False) -> DocumentReading:
    """Read a file by what it is; nothing it holds makes this raise.

    A file that cannot be read comes back as `UNREADABLE` with a sentence in `trouble`; if its name or its
    content says spreadsheet, an entry with the same sentence comes with it, so that the form is not missed.

    Args:
        name: the file's name, unique in its submission.
        content: its bytes.
        inline: it is a picture of the mail's own text.
    """
    media = Media("unknown")
    try:
        if len(content) > MAX_SIZE:
            return unreadable_document(name, content, says.TOO_LARGE, inline=inline)
        media = media_of(content)
        read = _read(_File(name, content, media))
        signatures = signatures_of(content, media)
    except UnreadableError as error:
        return unreadable_document(name, content, str(error), media=media, inline=inline)
    except Exception:  # noqa: BLE001  # the last resort of a reader of strangers' files: memory and depth included
        return unreadable_document(name, content, says.INTERNAL, media=media, inline=inline)
    document = Document(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind=read.kind,
        read_by=read.read_by,
        media=media.kind,
        trouble=read.trouble,
        inline=inline,
        certificate=read.certificate,
        signatures=signatures,
        evidence=read.evidence,
        notes=read.notes,
    )
    return DocumentReading(document, read.entry)


def unreadable_document(
    name: str, content: bytes, trouble: str, *, media: Media | None = None, inline: bool = False
) -> DocumentReading:
    """The reading of a file that could not be read, also where its reader had to be stopped from outside.

    Args:
        name: the file's name.
        content: its bytes.
        trouble: why, as a sentence for the sender.
        media: what the file is, where that is known.
        inline: it is a picture of the mail's own text.
    """
    known = media or Media("unknown")
    document = Document(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        kind=DocumentKind.UNREADABLE,
        read_by=ReadBy.NONE,
        media=known.kind,
        trouble=trouble,
        inline=inline,
    )
    entry = unreadable_workbook(name, trouble).entry if looks_like_spreadsheet(name, known) else None
    return DocumentReading(document, entry)


def _read(file: _File) -> _Content:
    if looks_like_spreadsheet(file.name, file.media):
        return _read_spreadsheet(file)
    return _READERS[file.media.kind](file)


def _read_spreadsheet(file: _File) -> _Content:
    media = file.media
    if media.kind not in SPREADSHEETS:
        raise UnreadableError(_not_a_workbook(media))
    if media.locked:
        raise UnreadableError(says.BOOK_LOCKED)
    if media.trouble is not None:
        raise UnreadableError(says.BOOK_BROKEN if media.trouble == DAMAGED else media.trouble)
    refusal = {"xls": says.BOOK_OLD, "xlsb": says.BOOK_BINARY, "ods": says.BOOK_OPEN}.get(media.kind)
    if refusal is not None:
        raise UnreadableError(refusal)
    entry = read_workbook(file.name, file.content).entry
    if entry is None:
        return _Content(DocumentKind.OTHER, ReadBy.WORKBOOK)
    if not entry.rows:
        raise UnreadableError(entry.trouble or says.BOOK_BROKEN)
    return _Content(DocumentKind.NEW_ENTRY, ReadBy.WORKBOOK, entry.trouble, entry=entry)


def _not_a_workbook(media: Media) -> str:
    if media.kind == "empty":
        return says.EMPTY
    return says.BOOK_WEB if media.web else says.BOOK_NOT


def _read_pdf(file: _File) -> _Content:
    with Pdf(file.content) as pdf:
        pages = pdf.texts()
        text = "\n".join(pages)
        if not any(map(str.isalnum, text)):
            raise UnreadableError(says.PDF_SCAN)
        reading = _certificate(file.name, pdf, pages)
        if reading is not None:
            certificate = reading.certificate
            return _Content(certificate.kind, ReadBy.TEXT, certificate=certificate, notes=reading.notes)
        if pdf.unread_pages():
            return _Content(DocumentKind.OTHER, ReadBy.TEXT)
    return _Content(kind_of_text(text), ReadBy.TEXT)


def _certificate(name: str, pdf: Pdf, pages: tuple[str, ...]) -> CertificateReading | None:
    if not may_be_certificate("\n".join(pages)):
        return None
    runs: list[Run] = []
    for number in range(1, min(len(pages), MAX_PLACED_PAGES) + 1):
        runs.extend(pdf.runs(number))
    return read_certificate(name, pages, runs[:MAX_RUNS])


def _read_word(file: _File) -> _Content:
    if file.media.trouble is not None:
        raise UnreadableError(says.WORD_LOCKED if file.media.locked else says.WORD_BROKEN)
    text = text_of_word(file.content)
    # A certificate as a Word file is for a person: its labels have no places.
    kind = DocumentKind.OTHER if speaks_as_certificate(text) else kind_of_text(text)
    return _Content(kind, ReadBy.TEXT)


def _read_text(file: _File) -> _Content:
    return _Content(kind_of_text(text_of_file(file.content)), ReadBy.TEXT)


def _unread(_file: _File) -> _Content:
    return _Content(DocumentKind.OTHER)


def _read_signature(file: _File) -> _Content:
    if file.name.lower().endswith(".p7m"):
        raise UnreadableError(says.WRAPPED)
    return _Content(DocumentKind.OTHER)


def _refuse(sentence: str) -> Callable[[_File], _Content]:
    def refuse(_file: _File) -> _Content:
        raise UnreadableError(sentence)

    return refuse


MAX_PLACED_PAGES = 6
"""Pages of a PDF whose pieces of text are placed; certificates have one or two."""
MAX_RUNS = 1_000
"""Pieces of text that are compared with each other; a full page of print has some eighty."""

_READERS: dict[str, Callable[[_File], _Content]] = {
    "pdf": _read_pdf,
    "docx": _read_word,
    "text": _read_text,
    "image": _unread,
    "message": _unread,
    "pkcs7": _read_signature,
    "zip": _refuse(says.ARCHIVE),
    "odf": _refuse(says.OPEN),
    "doc": _refuse(says.WORD_OLD),
    "tnef": _refuse(says.OUTLOOK),
    "empty": _refuse(says.EMPTY),
    "unknown": _refuse(says.UNKNOWN),
}
