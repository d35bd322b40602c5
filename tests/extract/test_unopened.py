"""Files that are not opened: each is called what it is, so that its sender knows what to send instead."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import pytest

from intake.extract import unreadable as says
from intake.extract.document import read_document
from rules.facts import DocumentKind


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("CPL New Entry.xlsx"))
    return out.getvalue()


ARCHIVES = {
    "7-Zip": b"7z\xbc\xaf\x27\x1c\0\x04" + b"\0" * 24,
    "RAR": b"Rar!\x1a\x07\x01\0" + b"\0" * 24,
    "gzip": gzip.compress(b"form"),
    "bzip2": bz2.compress(b"form"),
    "xz": lzma.compress(b"form"),
    "Zstandard": b"\x28\xb5\x2f\xfd\x04\0" + b"\0" * 24,
    "tar": tar(),
    "cabinet": b"MSCF\0\0\0\0" + b"\0" * 24,
    "LZH": b"\x22\x12-lh5-" + b"\0" * 24,
    "ARJ": b"\x60\xea" + b"\0" * 24,
    "disk image": b"\0" * 32769 + b"CD001" + b"\0" * 24,
}
LINKS = {
    "form.url": b"[InternetShortcut]\r\nURL=https://share.example/form.xlsx\r\n",
    "form.desktop": b"[Desktop Entry]\nType=Link\nURL=https://share.example/form.xlsx\n",
    "form.webloc": b'<?xml version="1.0"?>\n<plist version="1.0"><dict><key>URL</key><string>a</string></dict></plist>',
    "CPL New Entry.gsheet": b'{"doc_id": "1abc", "url": "https://docs.example/1abc"}',
    "form.lnk": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60,
}
NO_LINKS = {
    "note.txt": b"The files lie at https://share.example/form.xlsx as well.",
    "facts.json": b'{"url": "https://ashdown.example", "model": "40:01"}',
}


def trouble(name: str, content: bytes) -> str | None:
    document = read_document(name, content).document
    assert document.trouble is None or document.kind is DocumentKind.UNREADABLE
    return document.trouble


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_is_called_by_its_kind(kind: str) -> None:
    assert trouble("submission.dat", ARCHIVES[kind]) == says.ARCHIVE_UNOPENED.format(kind=kind)


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_called_one(name: str) -> None:
    assert trouble(name, LINKS[name]) == says.LINK


@pytest.mark.parametrize("name", NO_LINKS)
def test_a_text_with_an_address_in_it_is_none(name: str) -> None:
    assert trouble(name, NO_LINKS[name]) is None


@pytest.mark.parametrize("head", [b"%!PS-Adobe-3.0\n", b"\x04%!PS\n", b"\xc5\xd0\xd3\xc6" + b"\0" * 26 + b"%!PS"])
def test_a_file_for_a_printer_is_no_text(head: bytes) -> None:
    assert trouble("certificate.ps", head + b"(ZigBee) show\n" * 40) == says.PRINT


def test_any_other_file_is_of_no_known_kind() -> None:
    assert trouble("form.dat", b"\0\1\2\3" * 20) == says.UNKNOWN
