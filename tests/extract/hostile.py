"""Files that are made to harm their reader, each small in itself."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from extract import books, opendocs, papers
from extract.facts_on_paper import ZIGBEE
from hostile import mails

from intake.demo.certificates import zigbee_certificate

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MEGABYTE = 1 << 20


def pdf(content: bytes, *, filters: str = "/FlateDecode", pages: str = "[3 0 R]") -> bytes:
    """A PDF of one page with this content stream."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + f"2 0 obj<</Type/Pages/Kids{pages}/Count 1>>endobj\n".encode()
        + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>endobj\n"
        + f"4 0 obj<</Length {len(content)}/Filter{filters}>>stream\n".encode()
        + content
        + b"\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 4>>stream\n"
        b"/X Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )


def deflated(chunk: bytes, megabytes: int) -> bytes:
    """So many megabytes of repeated octets, packed."""
    packer = zlib.compressobj(9)
    block = chunk * (MEGABYTE // len(chunk))
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def flipped(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    bent = bytearray(content)
    for _ in range(6):
        bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
    return bytes(bent)


def many_rows(count: int) -> bytes:
    """A form whose sheet has millions of rows; the XML is packed piece by piece."""
    parts = books.parts_of(books.form())
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            if name != books.SHEET:
                target.writestr(name, content)
        with target.open(books.SHEET, "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            row = 1
            while row <= count:
                block = b"".join(b"<row><c><v>%d</v></c></row>" % (n * 7919) for n in range(row, row + 10_000))
                sheet.write(block)
                row += 10_000
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def with_links() -> bytes:
    link = b'<externalLink xmlns="%s"/>' % MAIN.encode()
    return books.container({**books.parts_of(books.form()), "xl/externalLinks/externalLink1.xml": link})


def doubled() -> bytes:
    # A member of the same name is put in by changing a name of the same length.
    parts = {**books.parts_of(books.form()), "xl/worksheets/sheet9.xml": b"<worksheet/>"}
    return books.container(parts).replace(b"xl/worksheets/sheet9.xml", b"xl/worksheets/sheet1.xml")


CERTIFICATE = zigbee_certificate(ZIGBEE)
LOOP = b"q " * 20_000 + b"/X Do " * 2_000
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PDF cut in half": ("a.pdf", lambda: CERTIFICATE[: len(CERTIFICATE) // 2]),
    "PDF cut at its end": ("a.pdf", lambda: CERTIFICATE[:-200]),
    "PDF with flipped bits": ("a.pdf", lambda: flipped(CERTIFICATE, 5)),
    "PDF whose pages hold themselves": ("a.pdf", lambda: pdf(b"", filters="[]", pages="[2 0 R]")),
    "PDF whose drawing holds itself": ("a.pdf", lambda: pdf(zlib.compress(LOOP))),
    "PDF of 400 kB that unpacks to 400 MB": ("a.pdf", lambda: pdf(deflated(b"BT (ZigBee certificate) Tj ET\n  ", 400))),
    "PDF packed twice": (
        "a.pdf",
        lambda: pdf(zlib.compress(deflated(b" " * 1024, 600), 9), filters="[/FlateDecode/FlateDecode]"),
    ),
    "PDF of a hundred thousand arrays in each other": ("a.pdf", mails.deep_pdf),
    "PDF with a password": ("a.pdf", papers.locked),
    "workbook that unpacks to 1 GB": ("a.xlsx", lambda: _bomb(1000)),
    "workbook whose entities unfold for ever": ("a.xlsx", mails.laughing_book),
    "archive whose members overlap": ("a.zip", lambda: mails.overlapping_zip(400)),
    "archive that unpacks to 200 MB": ("a.zip", lambda: mails.packed({"a.txt": b"0" * 200_000_000})),
    "archive of archives": ("a.zip", lambda: mails.packed({"b.zip": mails.russian_doll(2)})),
    "workbook of 3 M rows": ("a.xlsx", lambda: many_rows(3_000_000)),
    "workbook with two parts of one name": ("a.xlsx", doubled),
    "workbook with foreign entities": (
        "a.xlsx",
        lambda: books.changed(
            books.form(), books.SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xml
        ),
    ),
    "workbook that is encrypted": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000),
    "workbook of the old kind": (
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900 + "Workbook".encode("utf-16-le"),
    ),
    "binary workbook": (
        "a.xlsb",
        lambda: books.container({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"}),
    ),
    "OpenDocument with entities": ("a.ods", lambda: opendocs.packed(opendocs.content(head="<!DOCTYPE a []>"))),
    "OpenDocument of millions of cells": (
        "a.ods",
        lambda: opendocs.packed(opendocs.content(opendocs.table(["<table:table-row/>"] * 900_000))),
    ),
    "Word file that unpacks to 100 MB": ("a.docx", lambda: _word_bomb(100)),
}
"""A name and a maker for each file that must end in a finding."""

HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "workbook with a cell at XFD1048576": (
        "a.xlsx",
        lambda: books.swapped("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    ),
    "workbook with links to others": ("a.xlsx", with_links),
}
"""What looks hostile and is read all the same."""


def _bomb(megabytes: int) -> bytes:
    out = BytesIO(books.form())
    with ZipFile(out, "a", ZIP_DEFLATED) as target, target.open("xl/media/image1.png", "w") as part:
        for _ in range(megabytes):
            part.write(b"\0" * MEGABYTE)
    return out.getvalue()


def _word_bomb(megabytes: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        target.writestr(
            "[Content_Types].xml", b"application/vnd.openxmlformats-officedocument.wordprocessingml.main+xml"
        )
        with target.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * MEGABYTE)
    return out.getvalue()
