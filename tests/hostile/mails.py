"""Messages that are made to harm their reader, each small in itself."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Callable

from helpers import mail

FROM = b"From: a@b.example\r\nSubject: CPL submission\r\n"
MULTI = FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
MEGABYTE = 1 << 20


def nested(count: int) -> bytes:
    """Parts within parts."""
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(count))
    return FROM + b"".join(parts) + b"Content-Type: text/plain\r\n\r\nx"


def nested_messages(count: int) -> bytes:
    """Forwarded mail within forwarded mail, as a mail program would write it."""
    raw = FROM + b"\r\nthe innermost\r\n"
    for number in range(count):
        edge = b"m%d" % number
        head = FROM + b"Content-Type: multipart/mixed; boundary=" + edge + b"\r\n\r\n--" + edge
        raw = head + b"\r\nContent-Type: message/rfc822\r\n\r\n" + raw + b"\r\n--" + edge + b"--\r\n"
    return raw


def packed(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # a file of 1980: no clock in it
    return out.getvalue()


def overlapping_zip(members: int) -> bytes:
    """Every entry of the directory is one and the same member, so a little file unpacks to much (Fifield's bomb)."""
    content = packed({"a.txt": b"0" * 900_000})
    at = content.index(b"PK\x01\x02")
    entry = content[at : content.index(b"PK\x05\x06")]
    directory = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(members))
    end = b"PK\x05\x06\0\0\0\0" + members.to_bytes(2, "little") * 2
    return content[:at] + directory + end + len(directory).to_bytes(4, "little") + at.to_bytes(4, "little") + b"\0\0"


def russian_doll(levels: int) -> bytes:
    """A zip in a zip in a zip, and ten of each."""
    content = packed({"0.txt": b"0" * MEGABYTE})
    for _ in range(levels):
        content = packed({f"{number}.zip": content for number in range(10)})
    return content


def pdf_bomb() -> bytes:
    """A page whose content unpacks to 300 MB."""
    content = zlib.compress(b" " * 300_000_000, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj\n4 0 obj<</Length "
        + str(len(content)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + content
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


def deep_pdf() -> bytes:
    """A hundred thousand arrays within each other."""
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj"
    return head + b"[" * 100_000 + b"]" * 100_000 + b"endobj\ntrailer<</Root 1 0 R>>"


def laughing_book() -> bytes:
    """A workbook whose entities unfold to a thousand million words."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><worksheet>&l9;</worksheet>'
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return packed(
        {"[Content_Types].xml": types, "xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": sheet.encode()}
    )


def one_part(headers: bytes, content: bytes = b"x") -> bytes:
    """A message of one part with these headers."""
    return MULTI + b"--b\r\n" + headers + b"\r\n\r\n" + content + b"\r\n--b--\r\n"


MAILS: dict[str, Callable[[], bytes]] = {
    "brackets": lambda: b"From: " + b"(" * 600 + b"\r\nSubject: CPL submission\r\n\r\nx",
    "brackets in every header": lambda: (
        FROM
        + b"".join(name + b": " + b"(" * 5000 + b"\r\n" for name in (b"To", b"Cc", b"Received", b"Message-ID", b"Date"))
        + b"\r\nx"
    ),
    "a lone quote": lambda: b'To: "\r\nFrom: a@b.example\r\nSubject: CPL submission\r\nMessage-ID: <[abc@x]>\r\n\r\nx',
    "a comment as a group": lambda: FROM + b"To: (c):\r\nCc: a@b.example,\r\nMessage-ID:\r\n\r\nx",
    "a starred name": lambda: FROM + b"Content-Type: application/pdf; name*\r\n\r\nx",
    "names in a thousand pieces": lambda: one_part(
        b"Content-Disposition: attachment" + b"".join(b"; filename*%d*=a" % n for n in range(1000))
    ),
    "a header of a megabyte": lambda: FROM + b"X-A: " + b"a" * MEGABYTE + b"\r\n\r\nx",
    "a hundred thousand headers": lambda: FROM + b"X-A: b\r\n" * 100_000 + b"\r\nx",
    "an encoded word without end": lambda: FROM[:-2] + b" =?utf-8?q?" + b"=41" * 20_000 + b"\r\n\r\nx",
    "authentication results": lambda: FROM + b"Authentication-Results: " + b"(" * 3000 + b"\r\n" * 2 + b"x",
    "nested": lambda: nested(3000),
    "nested messages": lambda: nested_messages(300),
    "messages alone": lambda: FROM + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "parts": lambda: MULTI + b"--b\r\n\r\n" * 100_000 + b"--b--",
    "attachments": lambda: MULTI + b"--b\r\nContent-Type: a/b\r\n\r\nx\r\n" * 1500 + b"--b--",
    "addresses": lambda: (
        b"From: " + b", ".join(b"a%d@b.example" % n for n in range(10_000)) + b"\r\nSubject: CPL update\r\n\r\n"
    ),
    "empty": lambda: b"",
    "zeros": lambda: b"\x00" * 1000,
    "injection": lambda: b"From: a@b.example\r\nSubject: =?utf-8?q?CPL_submission=0D=0ABcc:_evil@x.example?=\r\n\r\nx",
    "zip bomb as a workbook": lambda: mail(
        "CPL submission", documents={"form.xlsx": packed({"xl/worksheets/sheet1.xml": b"0" * 200_000_000})}
    ),
    "zip bomb": lambda: mail("CPL submission zip", documents={"a.zip": packed({"a.txt": b"0" * 200_000_000})}),
    "many zips": lambda: mail(
        "CPL submission zips", documents={f"{n}.zip": packed({"a.txt": b"01" * 200 * 4096}) for n in range(300)}
    ),
    "overlapping zip": lambda: mail("CPL submission overlap", documents={"a.zip": overlapping_zip(400)}),
    "zip in zip": lambda: mail("CPL submission dolls", documents={"a.zip": russian_doll(4)}),
    "PDF bomb": lambda: mail("CPL submission pdf", documents={"certificate.pdf": pdf_bomb()}),
    "deep PDF": lambda: mail("CPL submission deep", documents={"certificate.pdf": deep_pdf()}),
    "workbook bomb": lambda: mail("CPL submission laughs", documents={"form.xlsx": laughing_book()}),
    "paths": lambda: mail(
        "CPL submission paths", documents={"../../etc/passwd.xlsx": b"PK", "a\x1b[31m.pdf": b"%PDF", "..": b"x"}
    ),
    "uuencode without end": lambda: FROM + b"\r\n" + b"begin 644 a.xlsx\r\n" * 50_000,
    "winmail.dat of nothing": lambda: mail(
        "CPL submission tnef", documents={"winmail.dat": b"\x78\x9f\x3e\x22\0\0" + b"\0" * 2_000_000}
    ),
    "base64 of anything": lambda: one_part(
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64",
        base64.b64encode(b"%PDF")[:-1] + b"\xff*" * 10_000,
    ),
    "a report of everything": lambda: (
        FROM.replace(b"a@b", b"mailer-daemon@b")
        + b"Content-Type: multipart/report; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n" * 900
        + b"--b--"
    ),
}
"""A maker for each; every one must be kept whole and come before a person, or be filed as automatic mail."""
