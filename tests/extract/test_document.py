from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile

import pytest
from extract import books, papers
from extract.facts_on_paper import ZIGBEE
from pypdfium2 import PdfiumError

from intake.demo.certificates import release_note, zigbee_certificate
from intake.extract import document as under_test
from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.unread import DocumentReading
from rules.facts import DocumentKind, ReadBy
from rules.signature_facts import Coverage, Indication

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNED_DATA = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
AUTHENTICATED = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17"
COMPRESSED = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x09"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs: str) -> bytes:
    text = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return books.container(
        {
            "[Content_Types].xml": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'.encode(),
        }
    )


KINDS: dict[str, tuple[Callable[[], bytes], str, DocumentKind, ReadBy]] = {
    "form": (books.form, "xlsx", DocumentKind.NEW_ENTRY, ReadBy.WORKBOOK),
    "form with macros": (lambda: books.form(macro=True), "xlsm", DocumentKind.NEW_ENTRY, ReadBy.WORKBOOK),
    "certificate": (lambda: zigbee_certificate(ZIGBEE), "pdf", DocumentKind.ZIGBEE_CERTIFICATE, ReadBy.TEXT),
    "release note": (lambda: release_note("E100", "1.2", ["New."]), "pdf", DocumentKind.RELEASE_NOTE, ReadBy.TEXT),
    "release note as text": (lambda: b"# Release notes 1.2\n\nNew.", "text", DocumentKind.RELEASE_NOTE, ReadBy.TEXT),
    "release note in UTF-16": (
        lambda: "Release notes".encode("utf-16"),
        "text",
        DocumentKind.RELEASE_NOTE,
        ReadBy.TEXT,
    ),
    "release note in Word": (lambda: word("Release notes", "New."), "docx", DocumentKind.RELEASE_NOTE, ReadBy.TEXT),
    "evidence": (lambda: b"ZIG22041ZSE13121-24 covers it.", "text", DocumentKind.EVIDENCE, ReadBy.TEXT),
    "evidence of no change": (lambda: b"No relevant changes were made.", "text", DocumentKind.EVIDENCE, ReadBy.TEXT),
    "certificate in Word": (lambda: word("ZigBee certificate", "x"), "docx", DocumentKind.OTHER, ReadBy.TEXT),
    "text in Windows' own coding": (lambda: b"It\x92s late, na\xefve", "text", DocumentKind.OTHER, ReadBy.TEXT),
    "picture": (lambda: PNG, "image", DocumentKind.OTHER, ReadBy.NONE),
    "message": (lambda: b"From: a@b\r\nSubject: c\r\n\r\nhello", "message", DocumentKind.OTHER, ReadBy.NONE),
    "detached signature": (lambda: SIGNED_DATA, "pkcs7", DocumentKind.OTHER, ReadBy.NONE),
}


WISHES = {"certificate in Word": says.CERTIFICATE_WORD, "picture": says.PICTURE}
"""What a person is told of documents that would be better as PDF."""


@pytest.mark.parametrize("case", KINDS)
def test_a_document_is_what_its_content_says_whatever_its_name(case: str) -> None:
    build, media, kind, read_by = KINDS[case]
    content = build()
    document = read_document("misnamed.bin", content).document
    assert (document.media, document.kind, document.read_by) == (media, kind, read_by)
    assert document.trouble == WISHES.get(case)
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.size == len(content)


TROUBLES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "empty", says.EMPTY),
    "archive in an archive": (lambda: books.container({"a.txt": b"x"}), "zip", says.ARCHIVE),
    "OpenDocument text": (
        lambda: books.container({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "odf",
        says.OPEN,
    ),
    "Outlook's package": (lambda: b"\x78\x9f\x3e\x22" + b"\0" * 30, "tnef", says.OUTLOOK),
    "octets": (lambda: bytes(range(256)) * 4, "unknown", says.UNKNOWN),
    "old container, broken": (lambda: OLE + b"\0" * 600, "unknown", says.UNKNOWN),
    "scan": (papers.scan, "pdf", says.PDF_SCAN),
    "scan with invisible text": (lambda: papers.scan(["ZigBee certificate"]), "pdf", says.PDF_SCAN),
    "blank PDF": (papers.blank, "pdf", says.PDF_BLANK),
    "locked PDF": (papers.locked, "pdf", says.PDF_LOCKED),
    "PDF in name only": (lambda: b"%PDF-1.7\nnothing else", "pdf", says.PDF_BROKEN),
    "PDF cut short": (lambda: zigbee_certificate(ZIGBEE)[:900], "pdf", says.PDF_BROKEN),
    "Word cut short": (lambda: word("a")[:-30], "docx", says.WORD_BROKEN),
    "Word with entities": (
        lambda: books.changed(word("a"), "word/document.xml", lambda xml: b"<!DOCTYPE a []>" + xml),
        "docx",
        says.WORD_BROKEN,
    ),
}


@pytest.mark.parametrize("case", TROUBLES)
def test_what_cannot_be_read_says_why_and_what_to_do(case: str) -> None:
    build, media, sentence = TROUBLES[case]
    reading = read_document("attachment", build())
    assert reading.document.kind is DocumentKind.UNREADABLE
    assert reading.document.read_by is ReadBy.NONE
    assert (reading.document.media, reading.document.trouble) == (media, sentence)
    assert reading.entry is None


@pytest.mark.parametrize("kind", [b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", AUTHENTICATED, COMPRESSED])
def test_a_message_encrypted_by_smime_is_for_a_person(kind: bytes) -> None:
    assert read_document("smime.p7m", b"\x30\x80" + kind).document.trouble == says.ENCRYPTED


def test_a_file_above_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "MAX_SIZE", 100)
    reading = read_document("form.xlsx", books.form())
    assert reading.document.trouble == says.TOO_LARGE
    assert reading.entry is not None


def reading_where_a_reader_raises(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> DocumentReading:
    def fail(_content: bytes) -> object:
        raise error(error.__name__)

    monkeypatch.setattr(under_test, "Pdf", fail)
    return read_document("a.pdf", zigbee_certificate(ZIGBEE))


@pytest.mark.parametrize("error", [MemoryError, RecursionError, PdfiumError, BadZipFile])
def test_whatever_a_file_makes_a_reader_raise_one_document_is_lost_and_says_so(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = reading_where_a_reader_raises(error, monkeypatch)
    assert reading.document.kind is DocumentKind.UNREADABLE
    assert reading.document.trouble == says.INTERNAL
    assert reading.faults == ()


@pytest.mark.stumbles
@pytest.mark.parametrize("error", [ValueError, KeyError, AttributeError, TypeError, AssertionError])
def test_a_fault_of_ours_is_told_with_its_type_and_place_and_not_blamed_on_the_sender(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = reading_where_a_reader_raises(error, monkeypatch)
    assert reading.document.kind is DocumentKind.UNREADABLE
    assert reading.document.trouble == says.FAULT
    (fault,) = reading.faults
    assert fault.kind == error.__name__
    assert re.fullmatch(r"intake/extract/document\.py:\d+", fault.place)


def test_an_inline_picture_stays_one() -> None:
    assert read_document("logo.png", PNG, inline=True).document.inline
    assert not read_document("logo.png", PNG).document.inline


def test_a_picture_page_beside_text_may_be_a_certificate() -> None:
    content = papers.joined(release_note("E100", "1.2", ["New."]), papers.picture())
    document = read_document("notes.pdf", content).document
    assert document.kind is DocumentKind.OTHER
    assert document.may_be_a_certificate


SIGNED_PDF = (
    zigbee_certificate(ZIGBEE) + b"\n<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange [0 1 2 3]/Contents<00>>>"
)
ORIGIN = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="o"/>'
)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (books.container({**books.parts_of(books.form()), "_xmlsignatures/sig1.xml": b""}), "opc"),
        (
            books.changed(books.form(), "_rels/.rels", lambda xml: ORIGIN + xml[xml.index(b"<Relationship ") :]),
            "opc",
        ),
    ],
    ids=["signature parts", "signature origin"],
)
def test_what_only_looks_like_a_signature_is_noticed_and_does_not_pass(content: bytes, form: str) -> None:
    (signature,) = read_document("signed", content).document.signatures
    assert signature.format == form
    assert (signature.intact, signature.valid, signature.trusted) == (None, None, None)
    assert signature.coverage is Coverage.UNCLEAR
    assert signature.indication is not Indication.TOTAL_PASSED
    assert signature.reasons


def test_a_signature_that_cannot_be_read_fails() -> None:
    (signature,) = read_document("smime.p7s", SIGNED_DATA).document.signatures
    assert (signature.format, signature.intact, signature.sub_indication) == ("cms", None, "FORMAT_FAILURE")
    assert signature.indication is Indication.TOTAL_FAILED


def test_the_remains_of_a_signature_in_a_pdf_are_told() -> None:
    (signature,) = read_document("signed.pdf", SIGNED_PDF).document.signatures
    assert (signature.format, signature.intact, signature.sub_indication) == ("pdf", None, "SIGNED_DATA_NOT_FOUND")
    assert signature.indication is Indication.INDETERMINATE


@pytest.mark.parametrize("content", [books.form(), zigbee_certificate(ZIGBEE), word("a")])
def test_unsigned_documents_carry_no_signature(content: bytes) -> None:
    assert read_document("unsigned", content).document.signatures == ()


LOOPS = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9999999>>endobj
trailer<</Root 1 0 R>>
"""
_BENT = """
import random, sys
from intake.demo.certificates import zigbee_certificate
from intake.extract.document import read_document
from rules.facts import DocumentKind
chance = random.Random(int(sys.argv[1]))
content = zigbee_certificate({"Firmware Version": "01:02:05:06", "Type of Device": "Meter", "Manufacturer": "10:63"})
for _ in range(120):
    bent = bytearray(content)
    for _ in range(3):
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    document = read_document("bent.pdf", bytes(bent)).document
    assert document.trouble is not None or document.kind is not DocumentKind.UNREADABLE
for end in range(1, len(content), 97):
    read_document("cut.pdf", content[:end])
print("done")
"""


def test_a_tree_of_pages_that_holds_itself_ends() -> None:
    assert read_document("loop.pdf", LOOPS).document.kind is DocumentKind.UNREADABLE


def test_a_page_strewn_with_letters_is_read_in_bounded_time() -> None:
    document = read_document("strewn.pdf", papers.strewn("ZigBee certificate", 8_000)).document
    assert (document.kind, document.trouble) == (DocumentKind.OTHER, says.CERTIFICATE_UNREAD)


def test_bent_and_cut_pdfs_end_in_a_document() -> None:
    """In a process of its own, for PDFium is C++ and what it is given is broken."""
    seed = "20220921"
    done = subprocess.run(  # our own interpreter and script
        [sys.executable, "-c", _BENT, seed],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "done\n", done.stderr[-500:]


def test_reading_twice_gives_the_same() -> None:
    for content in (books.form(), zigbee_certificate(ZIGBEE)):
        assert read_document("a", content) == read_document("a", content)
