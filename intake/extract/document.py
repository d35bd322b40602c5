"""Reads one attachment or file: the single way from its bytes to its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn
from zipfile import BadZipFile

from pypdfium2 import PdfiumError

from intake import faults
from intake.extract import unreadable as says
from intake.extract.certificate.certificates import (
    CertificateReading,
    may_be_certificate,
    read_certificate,
    speaks_as_certificate,
    without_places,
)
from intake.extract.certificate.plaintext import reads_as_certificate
from intake.extract.mail.carried import LONGEST_TEXT
from intake.extract.media import SPREADSHEETS, Media, looks_like_spreadsheet, media_of
from intake.extract.page import ocr
from intake.extract.page.numbering import stated_pages
from intake.extract.page.pdf import Pdf
from intake.extract.page.picture_size import is_a_logo
from intake.extract.page.runs import Run
from intake.extract.sheet.parts import HeldParts, Parts, parts_of
from intake.extract.sheet.workbook import read_workbook
from intake.extract.text.evidence import Piece, pieces_of_runs, pieces_of_text, read_evidence
from intake.extract.text.formcopies import refuse_copies
from intake.extract.text.notes import calls_itself_release_note, is_a_letter, kind_of_text
from intake.extract.text.plain import text_of_file
from intake.extract.text.saysagainst import said_against
from intake.extract.text.strangers import words_of_stranger
from intake.extract.text.word import text_of_word
from intake.extract.unopened import REFUSED, refuse_links, why_unopened
from intake.extract.unread import DocumentReading, Known, unreadable_document
from intake.extract.unreadable import UnreadableError
from intake.extract.zipguard import DAMAGED
from intake.signatures import detect as marks
from intake.signatures.trust_settings import NOBODY, TrustSettings
from intake.signatures.verified import Verified
from intake.signatures.verify import Validated, signatures_of, validate
from rules.facts import AssuranceCertificate, Document, DocumentKind, EvidenceFacts, NewEntry, ReadBy

_DAMAGE = (BadZipFile, PdfiumError)
_LIBRARIES = ("pypdfium2", "zipfile", "PIL")
"""What a damaged file makes raise."""
MAX_SIZE = 50 * 1024 * 1024
"""Bytes of a document that is read at all."""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes
    media: Media
    inline: bool = False
    parts: Parts | None = None
    """Of a container that carries signatures: what is read and what is verified are the same bytes."""


@dataclass(frozen=True, slots=True)
class _Content:
    kind: DocumentKind
    read_by: ReadBy = ReadBy.NONE
    trouble: str | None = None
    certificate: AssuranceCertificate | None = None
    entry: NewEntry | None = None
    evidence: EvidenceFacts | None = None
    notes: tuple[str, ...] = ()
    words: str | None = None


def read_document(
    name: str,
    content: bytes,
    *,
    inline: bool = False,
    signatures: tuple[Verified, ...] | None = None,
    trust_settings: TrustSettings = NOBODY,
) -> DocumentReading:
    """Read a file by what it is; nothing it holds makes this raise, and no fault of ours.

    A file that cannot be read comes back as `UNREADABLE` with a sentence in `trouble`; if its name or its
    content says spreadsheet, an entry with the same sentence comes with it, so that the form is not missed.
    Where our own program failed over it, the sentence says so, and `faults` says of what type and where.

    Args:
        name: the file's name, unique in its submission.
        content: its bytes.
        inline: it is a picture of the mail's own text.
        signatures: the file's, where its surroundings have told them; None: they are looked for in it.
        trust_settings: whom its signatures may lead to.
    """
    file_facts = Known.of(name, content, inline=inline)
    with faults.gathered() as met:
        reading = _reading(file_facts, content, signatures, trust_settings)
    return replace(_stumbled(file_facts, reading) if met else reading, faults=tuple(met))


def _stumbled(file_facts: Known, reading: DocumentReading) -> DocumentReading:
    """What stands of a reading in which our program failed: its signatures, and that there may be a form."""
    unread = unreadable_document(file_facts, says.FAULT)
    entry = unread.entry or (reading.entry and NewEntry(document=file_facts.name, trouble=says.FAULT))
    document = replace(unread.document, media=reading.document.media, signatures=reading.document.signatures)
    return replace(reading, document=document, entry=entry)


def _reading(
    file_facts: Known, content: bytes, signatures: tuple[Verified, ...] | None, trust_settings: TrustSettings
) -> DocumentReading:
    media, signed = Media("unknown"), Validated()
    try:
        if len(content) > MAX_SIZE:
            return unreadable_document(file_facts, says.TOO_LARGE)
        media = media_of(content)
        parts = parts_of(content, media) if media.signed else None
        file = _File(file_facts.name, content, media, file_facts.inline, parts)
        signed = _signatures(file, signatures, trust_settings)
        read = _read(file)
    except UnreadableError as error:
        return _with_signatures(unreadable_document(file_facts, str(error), media), signed)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        faults.is_ours(error, _DAMAGE, _LIBRARIES)
        return _with_signatures(unreadable_document(file_facts, says.INTERNAL, media), signed)
    document = Document(
        name=file_facts.name,
        sha256=file_facts.sha256,
        size=file_facts.size,
        kind=read.kind,
        read_by=read.read_by,
        media=media.kind,
        trouble=read.trouble,
        inline=file_facts.inline,
        certificate=read.certificate,
        signatures=signed.facts,
        evidence=read.evidence,
        notes=read.notes,
        words=read.words,
    )
    return DocumentReading(document, read.entry, signed.chains)


def _with_signatures(reading: DocumentReading, signed: Validated) -> DocumentReading:
    """Add the signatures of a document, unreadable ones included."""
    return replace(reading, document=replace(reading.document, signatures=signed.facts), chains=signed.chains)


def _signatures(file: _File, told: tuple[Verified, ...] | None, trust_settings: TrustSettings) -> Validated:
    if told is not None:
        return validate(told, trust_settings)
    parts = file.parts.held if isinstance(file.parts, HeldParts) else None
    return signatures_of(file.content, file.media.kind, parts, signed=file.media.signed, trust_settings=trust_settings)


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
    refusal = {"xls": says.BOOK_OLD, "xlsb": says.BOOK_BINARY}.get(media.kind)
    if refusal is not None:
        raise UnreadableError(refusal)
    parts = file.parts or parts_of(file.content, media)
    entry = read_workbook(file.name, parts, open_document=media.kind == "ods", signed=media.signed).entry
    if entry is None:
        return _Content(DocumentKind.OTHER, ReadBy.WORKBOOK)
    if not entry.rows:
        raise UnreadableError(entry.trouble or says.BOOK_BROKEN)
    return _Content(DocumentKind.NEW_ENTRY, ReadBy.WORKBOOK, entry.trouble, entry=entry)


def _not_a_workbook(media: Media) -> str:
    otherwise = says.BOOK_WEB if media.web else says.BOOK_NOT
    return says.EMPTY if media.kind == "empty" else otherwise


def _read_pdf(file: _File) -> _Content:
    with Pdf(file.content) as pdf:
        if pdf.holds_files():
            raise UnreadableError(says.PDF_FILES)
        pages = pdf.texts()
        text = "\n".join(pages)
        if not any(map(str.isalnum, text)):
            return _read_scan(file, pdf)
        refuse_copies(text)
        reading = _certificate(file.name, pdf, pages)
        if reading is not None:
            certificate = reading.certificate
            notes = (*reading.notes, *_unsearched(pdf, reading))
            return _Content(certificate.kind, ReadBy.TEXT, certificate=certificate, notes=notes)
        if pdf.unread_pages():
            return _Content(DocumentKind.OTHER, ReadBy.TEXT)
        if _calls_itself_certificate(pages):
            return _Content(DocumentKind.OTHER, ReadBy.TEXT, says.CERTIFICATE_UNREAD)
        kind = kind_of_text(text)
        pieces = tuple(pieces_of_runs(file.name, _runs(pdf, pages))) if kind in _EVIDENCE else ()
        words = words_of_stranger(pages) if kind is DocumentKind.OTHER and pdf.plain() else None
    return replace(_evidence(kind, pieces), words=words)


def _read_scan(file: _File, pdf: Pdf) -> _Content:
    """Read a certificate from recognised page images; any other scan needs review."""
    if pdf.is_blank():
        raise UnreadableError(says.PDF_BLANK)
    if not ocr.installed():
        raise UnreadableError(says.PDF_SCAN)
    if not ocr.room():
        raise UnreadableError(says.PDF_SCAN_LARGE)
    return _recognised(file, ocr.recognise_pdf(pdf), placed=True) or _refuse(says.PDF_SCAN)(file)


def _read_picture(file: _File) -> _Content:
    if is_a_logo(file.name, file.content):
        return _Content(DocumentKind.OTHER, words="")
    if ocr.installed() and ocr.room() and not file.inline:
        suggested = _recognised(file, ocr.recognise_picture(file.content), placed=False)
        if suggested is not None:
            return suggested
    return _Content(DocumentKind.OTHER, ReadBy.NONE, says.PICTURE)


def _recognised(file: _File, recognised: ocr.Recognised, *, placed: bool) -> _Content | None:
    """Read the certificate in recognised text; values from picture files get no boxes, as pixels are not points."""
    reading = read_certificate(file.name, recognised.pages, recognised.runs[:MAX_RUNS])
    if reading is None:
        return None
    facts = dict(reading.certificate.facts)
    if not placed:
        facts = {label: replace(stated, where=replace(stated.where, box=None)) for label, stated in facts.items()}
    certificate = replace(reading.certificate, facts=facts)
    notes = (says.RECOGNISED.format(confidence=recognised.confidence), *reading.notes)
    return _Content(certificate.kind, ReadBy.OCR, certificate=certificate, notes=notes)


def _certificate(name: str, pdf: Pdf, pages: tuple[str, ...]) -> CertificateReading | None:
    if not may_be_certificate("\n".join(pages)):
        return None
    runs = _runs(pdf, pages)
    reading = read_certificate(name, pages, runs)
    return reading and _as_seen(name, pdf, pages, runs, reading)


def _as_seen(
    name: str, pdf: Pdf, pages: tuple[str, ...], runs: list[Run], reading: CertificateReading
) -> CertificateReading:
    """Read the certificate as it is displayed; note where a program would read other text.

    Raises:
        UnreadableError: what can be seen of it is no certificate.
    """
    doubtful = [run for number in _pages_of(reading.values) for run in _doubtful(pdf, number, reading)]
    if not doubtful:
        return reading
    unseen = set(map(id, doubtful))
    on_page = {number: [run for run in runs if run.page == number] for number in _pages_of(runs)}
    rivals = [
        run
        for number in _pages_of(doubtful)
        for run in pdf.contested(number, [run for run in doubtful if run.page == number], on_page[number])
    ]
    visible = [run for number, own in on_page.items() for run in pdf.seen(number, own)]
    seen = read_certificate(name, pages, [run for run in visible if id(run) not in unseen])
    if seen is None:
        raise UnreadableError(says.PDF_UNSEEN)
    note = says.PDF_OVERPRINTED if rivals else says.PDF_UNSEEN
    return replace(without_places(seen, rivals), notes=(*seen.notes, note))


def _pages_of(runs: Sequence[Run]) -> list[int]:
    return sorted({run.page for run in runs})


def _doubtful(pdf: Pdf, number: int, reading: CertificateReading) -> list[Run]:
    labels, values = ([run for run in runs if run.page == number] for runs in (reading.labels, reading.values))
    doubtful = pdf.doubtful(number, labels, values)
    if doubtful or not (ocr.installed() and ocr.room()):
        return doubtful
    pdf.seen(number, [])  # the page as it was before it was looked at
    return ocr.misread(pdf, number, values)


def _unsearched(pdf: Pdf, reading: CertificateReading) -> Iterator[str]:
    """List content of a certificate's file that was not searched, a sentence each."""
    if pdf.unread_pages():
        yield says.PDF_PICTURES
    if pdf.pages > MAX_PLACED_PAGES:
        yield says.PDF_LONG.format(pages=MAX_PLACED_PAGES)
    stated = stated_pages(pdf.texts())
    if stated > pdf.pages:
        yield says.PDF_INCOMPLETE.format(stated=stated, pages=pdf.pages)
    overlays = pdf.overlays((*reading.labels, *reading.values))
    if overlaid := [number for number, overlay in overlays.items() if overlay.hides]:
        yield says.PDF_OVERLAID.format(pages=", ".join(map(str, overlaid)))
    yield from (says.PDF_STAMPED.format(page=at, word=seen.word) for at, seen in overlays.items() if seen.word)
    if annotated := pdf.annotated_pages((*reading.labels, *reading.values)):
        yield says.PDF_ANNOTATED.format(pages=", ".join(map(str, annotated)))


def _runs(pdf: Pdf, pages: tuple[str, ...]) -> list[Run]:
    runs: list[Run] = []
    for number in range(1, min(len(pages), MAX_PLACED_PAGES) + 1):
        runs.extend(pdf.runs(number))
    return runs[:MAX_RUNS]


def _evidence(kind: DocumentKind, pieces: Sequence[Piece]) -> _Content:
    against = said_against("\n".join(piece.text for piece in pieces)) if kind is DocumentKind.EVIDENCE else ()
    return _Content(kind, ReadBy.TEXT, evidence=read_evidence(pieces) if kind in _EVIDENCE else None, notes=(*against,))


def _read_word(file: _File) -> _Content:
    if file.media.trouble is not None:
        raise UnreadableError(says.WORD_LOCKED if file.media.locked else says.WORD_BROKEN)
    text = text_of_word(file.content)
    refuse_copies(text)
    # A certificate as a Word file is for a person: its labels have no places.
    if _calls_itself_certificate([text]):
        return _Content(DocumentKind.OTHER, ReadBy.TEXT, says.CERTIFICATE_WORD)
    kind = kind_of_text(text)
    pictured = any(name.startswith(_WORD_PICTURES) for name in file.media.parts)
    words = words_of_stranger([text]) if kind is DocumentKind.OTHER and not pictured else None
    return replace(_evidence(kind, tuple(pieces_of_text(file.name, text))), words=words)


def _calls_itself_certificate(pages: Sequence[str]) -> bool:
    """Whether somebody would take it for a certificate, of which no labels could be read."""
    text = "\n".join(pages)
    return speaks_as_certificate(pages) and not (calls_itself_release_note(text) or is_a_letter(text))


def _read_text(file: _File) -> _Content:
    text = text_of_file(file.content)
    refuse_links(text)
    refuse_copies(text)
    kind = kind_of_text(text)
    if kind is DocumentKind.OTHER and reads_as_certificate(text):
        return _Content(kind, ReadBy.TEXT, says.CERTIFICATE_TEXT)
    read = _evidence(kind, tuple(pieces_of_text(file.name, text)))
    return replace(read, words=text) if kind is DocumentKind.OTHER and len(text) <= LONGEST_TEXT else read


def _unread(_file: _File) -> _Content:
    return _Content(DocumentKind.OTHER)


def _read_signature(file: _File) -> _Content:
    """Read a signature container, whose content is a document of its own and which states no facts itself."""
    if not marks.of_cms(file.content):
        raise UnreadableError(says.ENCRYPTED)
    return _Content(DocumentKind.OTHER)


def _read_archive(file: _File) -> NoReturn:
    """Report an archive that could not be unpacked."""
    raise UnreadableError(file.media.trouble or (says.ARCHIVE if file.media.parts else says.ARCHIVE_EMPTY))


def _read_unknown(file: _File) -> NoReturn:
    raise UnreadableError(why_unopened(file.name, file.content))


def _refuse(sentence: str) -> Callable[[_File], NoReturn]:
    def refuse(_file: _File) -> NoReturn:
        raise UnreadableError(sentence)

    return refuse


MAX_PLACED_PAGES = 6
"""Pages of a PDF whose pieces of text are placed; certificates have one or two."""
_WORD_PICTURES = ("word/media/", "word/embeddings/")
_EVIDENCE = frozenset({DocumentKind.RELEASE_NOTE, DocumentKind.EVIDENCE})
MAX_RUNS = 1_000
"""Pieces of text that are compared with each other; a full page of print has some eighty."""

_READERS: dict[str, Callable[[_File], _Content]] = {
    "pdf": _read_pdf,
    "docx": _read_word,
    "text": _read_text,
    "image": _read_picture,
    "message": _unread,
    "pkcs7": _read_signature,
    "zip": _read_archive,
    "signature": _unread,
    "unknown": _read_unknown,
    **{kind: _refuse(sentence) for kind, sentence in REFUSED.items()},
}
