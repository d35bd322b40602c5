"""What a file is by its first bytes, and a container by its parts."""

from __future__ import annotations

import pytest
from extract import books

from intake.extract.media import Media, looks_like_spreadsheet, media_of
from intake.extract.zipguard import DAMAGED, STRANGE_NAMES

CMS = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
SMIME = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAIN: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b"%PDF-1.7", "pdf"),
    (b"x" * 1_019 + b"%PDF-", "pdf"),
    (b"x" * 1_020 + b"%PDF-", "text"),
    (b"\x78\x9f\x3e\x22rest", "tnef"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff\xe0", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM\0\0", "image"),
    (b"\0\0\1\0", "image"),
    (b"\x01\0\0\0\x6c\0\0\0", "image"),
    (b"RIFF\1\2\3\4WEBP", "image"),
    (b"\0\0\0\x18ftypheic", "image"),
    (b"RIFF....WAVE", "text"),
    (b"\x30\x80" + CMS, "pkcs7"),
    (b"\x30\x82\x01\x02" + SMIME, "pkcs7"),
    (b"\x30" + b"\x80" * 52 + CMS, "pkcs7"),
    (b"\x30" + b"\x80" * 54 + CMS, "unknown"),
    (b"\x31\x80" + CMS, "unknown"),
    (b"-----BEGIN PKCS7-----", "pkcs7"),
    (b"-----BEGIN CMS-----", "pkcs7"),
    (b"-----BEGIN PGP MESSAGE-----", "pgp"),
    (b"Hello,\n" * 3 + b"-----BEGIN PGP MESSAGE-----", "pgp"),
    (b"x" * 1_000 + b"-----BEGIN PGP MESSAGE-----", "text"),
    (b"From: a@b\r\nSubject: c\r\n\r\nhello", "message"),
    (b"X-One: a\n folded\nRECEIVED: b\n", "message"),
    (b"Received: a\nX-Two: b\n", "message"),
    (b"From: a@b\n\nhello", "text"),
    (b"One: a\nTwo: b\n", "text"),
    (b"\xff\xfeh\0i\0", "text"),
    (b"\xfe\xff\0h\0i", "text"),
    (b"plain words", "text"),
    (b"tab\tline\nreturn\rfeed\fescape\x1b", "text"),
    (b"x\0y", "unknown"),
    (b"x" * 99 + b"\x01\x02", "text"),
    (b"x" * 98 + b"\x01\x02\x03", "unknown"),
    (b"x" * 4_096 + b"\0", "text"),
    (b"x" * 4_095 + b"\0", "unknown"),
    (OLE, "unknown"),
    (OLE + "Workbook".encode("utf-16-le"), "xls"),
    (b"PK\x03\x04 and no more", "zip"),
    (b"PK\x03\x04 xl/workbook.bin xl/ word/", "xlsb"),
    (b"PK\x03\x04 xl/vbaProject.bin xl/", "xlsm"),
    (b"PK\x03\x04 xl/worksheets word/", "xlsx"),
    (b"PK\x03\x04 word/document.xml", "docx"),
    (b"PK\x03\x04".ljust(38) + b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"PK\x03\x04".ljust(38) + b"application/vnd.oasis.opendocument.text", "odf"),
    (b"PK\x03\x04".ljust(39) + b"application/vnd.oasis.opendocument.text", "zip"),
]


@pytest.mark.parametrize(("content", "kind"), PLAIN)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    media = media_of(content)
    assert (media.kind, media.locked, media.parts, media.signed) == (kind, False, (), False)
    assert media.trouble == (DAMAGED if content.startswith(b"PK") else None)


@pytest.mark.parametrize(
    ("content", "web"),
    [
        (b"<html><body>", True),
        (b"<!DOCTYPE HTML>", True),
        (b"  <meta charset=utf-8>", True),
        (b"<table border=0>", True),
        (b"<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", True),
        (b"<xml/>", False),
        (b"the words html and table", False),
    ],
)
def test_a_web_page_is_text_of_its_own_kind(content: bytes, web: bool) -> None:
    assert media_of(content) == Media("text", web=web)


PACKAGES: list[tuple[dict[str, bytes], str]] = [
    ({"a.txt": b"x"}, "zip"),
    ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}, "ods"),
    ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet-template"}, "ods"),
    ({"mimetype": b"application/vnd.oasis.opendocument.presentation"}, "odf"),
    ({"mimetype": b"application/epub+zip"}, "zip"),
    ({"[Content_Types].xml": b"spreadsheetml"}, "xlsx"),
    ({"[CONTENT_types].xml": b"wordprocessingml", "mimetype": b"application/vnd.oasis.opendocument.text"}, "docx"),
]


@pytest.mark.parametrize(("parts", "kind"), PACKAGES)
def test_a_container_is_what_its_parts_say(parts: dict[str, bytes], kind: str) -> None:
    assert media_of(books.container(parts)) == Media(kind, parts=tuple(parts))


def test_a_container_that_must_not_be_opened_says_why() -> None:
    media = media_of(books.container({"../xl/a": b""}))
    assert (media.kind, media.trouble, media.parts, media.locked) == ("xlsx", STRANGE_NAMES, (), False)


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("a.pdf", "xlsx", True),
        ("a", "xlsm", True),
        ("a", "xlsb", True),
        ("a", "xls", True),
        ("a", "ods", True),
        ("a", "zip", False),
        ("a.XLSX", "pdf", True),
        ("a.xls. ", "unknown", True),
        ("a.xltm", "text", True),
        ("a.xlsx.pdf", "pdf", False),
    ],
)
def test_a_spreadsheet_is_called_one_by_its_name_or_by_its_content(name: str, kind: str, expected: bool) -> None:
    assert looks_like_spreadsheet(name, Media(kind)) is expected
