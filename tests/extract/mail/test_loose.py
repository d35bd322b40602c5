"""Loose files are the parts that they are, as if they had been opened as attachments."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest
from programs import environment

from intake.extract.mail import loose as module
from intake.extract.mail.carried import MimeLimits
from intake.extract.mail.loose import loose
from intake.extract.mail.mime import opened


def archive(name: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr(name, b"within")
    return out.getvalue()


MESSAGE = b"From: a@example.test\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nHold it, please.\r\n"
PLAIN = [
    ("form.xlsx", archive("xl/workbook.xml")),
    ("certificate.pdf", b"%PDF-1.4"),
    ("notes.txt", b"n"),
    ("empty", b""),
]
HOLDING = {
    "a message": ("old.EML", MESSAGE),
    "an archive": ("all.zip", archive("form.xlsx")),
    "a package of Outlook": ("winmail.dat", b"\x78\x9f\x3e\x22\x00\x00"),
    "a signature": ("form.xlsx.p7s", b"0"),
    "what S/MIME wraps": ("form.xlsx.P7M", b"0"),
    "an icon": ("._form.xlsx", b"\x00\x05\x16\x07icon"),
}


@pytest.mark.parametrize("limits", [MimeLimits(), MimeLimits(parts=2), MimeLimits(attachment_bytes=9)], ids=repr)
@pytest.mark.parametrize("holding", [None, *HOLDING])
def test_they_are_what_opening_them_gives(holding: str | None, limits: MimeLimits) -> None:
    files = PLAIN if holding is None else [*PLAIN, HOLDING[holding]]
    assert loose(files, limits) == opened(files, limits)


@pytest.mark.parametrize("holding", HOLDING)
def test_one_that_may_hold_others_is_opened(holding: str) -> None:
    assert module._may_hold_more(*HOLDING[holding])  # noqa: SLF001  # else it would pass as it is, unopened
    assert not any(module._may_hold_more(*file) for file in PLAIN)  # noqa: SLF001  # likewise


def test_nothing_that_takes_mail_apart_is_loaded_for_ordinary_ones() -> None:
    asked = (
        "import sys; import intake.extract.job; from intake.extract.mail.loose import loose;"
        "loose([('form.xlsx', b'PK'), ('certificate.pdf', b'%PDF')]);"
        "sys.stdout.write(' '.join({'email.message', 'intake.extract.mail.mime'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", asked], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == ""
