"""Hostile mail through the whole daemon: kept, shown to a person, answered where there is an address; never the end."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path

from helpers import a_submission, mail
from programs import a_place, cpl_intake


def nested(count: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(count))
    return b"From: a@b.example\r\nSubject: CPL submission\r\n" + b"".join(parts) + b"Content-Type: text/plain\r\n\r\nx"


def many_parts(count: int) -> bytes:
    head = b"From: a@b.example\r\nSubject: CPL submission\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"--b\r\n\r\n" * count + b"--b--"


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return file.getvalue()


def pdf_bomb() -> bytes:
    content = zlib.compress(b" " * 300_000_000, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj\n4 0 obj<</Length "
        + str(len(content)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + content
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


HOSTILE = {
    "brackets": b"From: " + b"(" * 600 + b"\r\nSubject: CPL submission\r\n\r\nx",
    "headers": b'To: "\r\nFrom: a@b.example\r\nSubject: CPL submission\r\nMessage-ID: <[abc@x]>\r\n\r\nx',
    "nested": nested(3000),
    "rfc822": b"From: a@b.example\r\nSubject: CPL submission\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "parts": many_parts(100_000),
    "addresses": b"From: "
    + b", ".join(b"a%d@b.example" % n for n in range(10_000))
    + b"\r\nSubject: CPL update\r\n\r\n",
    "empty": b"",
    "zeros": b"\x00" * 1000,
    "injection": b"From: a@b.example\r\nSubject: =?utf-8?q?CPL_submission=0D=0ABcc:_evil@x.example?=\r\n\r\nx",
    "zip bomb": mail("CPL submission zip", documents={"form.xlsx": zip_bomb()}),
    "pdf bomb": mail("CPL submission pdf", documents={"certificate.pdf": pdf_bomb()}),
    "paths": mail("CPL submission paths", documents={"../../etc/passwd.xlsx": b"PK", "a\x1b[31m.pdf": b"%PDF"}),
}


def test_hostile_mail_is_kept_and_shown_and_stops_nothing(tmp_path: Path) -> None:
    config = a_place(tmp_path, '[outgoing]\nkind = "folder"\npath = "sent"\n')
    good = a_submission()
    for name, raw in {**HOSTILE, "zz good": good}.items():
        (tmp_path / "mail" / f"{name}.eml").write_bytes(raw)
    assert cpl_intake("run", "--once", "--config", config).code == 0
    rows = cpl_intake("queue", "--config", config, "--format", "json").json
    by_digest = {row["raw_sha256"]: row for row in rows}
    for raw in HOSTILE.values():
        row = by_digest[hashlib.sha256(raw).hexdigest()]
        assert (row["status"], row["outcome"]) == ("in_review", "needs_a_person")
    assert by_digest[hashlib.sha256(good).hexdigest()]["outcome"] == "ready"
    for letter in (tmp_path / "sent").iterdir():
        assert b"\nBcc:" not in letter.read_bytes()
    assert cpl_intake("evidence", "verify", "--config", config).code == 0
