"""What attached messages say themselves: all of it, or nothing where a part of it cannot be had."""

from __future__ import annotations

import base64

import pytest

from intake.extract.mail.carried import LONGEST_TEXT
from intake.extract.mail.mime import attachments

INNER = b"Subject: Re: form\n\nplease hold it"
LONG = "Please hold it for the good of all of us. " * (LONGEST_TEXT // 40)
SAID = "Re: form\n\nplease hold it"
PLAIN, HTML = b"Content-Type: text/plain\n\nplease hold it", b"Content-Type: text/html\n\n<p>in HTML</p>"


def mail(*parts: bytes, kind: str = "mixed", mark: bytes = b"A", subject: bytes = b"") -> bytes:
    """A multipart message."""
    head = b"Subject: " + subject + b"\n" if subject else b""
    inner = b"".join(b"--" + mark + b"\n" + part + b"\n" for part in parts)
    return (
        head
        + b"Content-Type: multipart/"
        + kind.encode()
        + b"; boundary="
        + mark
        + b"\n\n"
        + inner
        + b"--"
        + mark
        + b"--\n"
    )


def message(content: bytes, headers: bytes = b"") -> bytes:
    """A part that is a message."""
    return b"Content-Type: message/rfc822\n" + headers + b"\n" + content


SAYS = {
    "a message": (message(INNER), SAID),
    "a file": (b"Content-Type: application/octet-stream; name=a.eml\n\nFrom: a@b.example\n" + INNER, SAID),
    "a message in base64": (
        message(base64.b64encode(INNER), b"Content-Transfer-Encoding: base64\n"),
        SAID,
    ),
    "HTML alone": (message(b"Subject: x\n" + HTML), "x\n\nin HTML"),
    "plain text and HTML": (
        message(mail(PLAIN, HTML, kind="alternative", subject=b"x", mark=b"C")),
        "x\n\nplease hold it",
    ),
    "plain text beside HTML": (message(mail(PLAIN, HTML, subject=b"x", mark=b"C")), "x\n\nplease hold it\n\nin HTML"),
    "two texts": (message(mail(HTML, PLAIN, subject=b"x", mark=b"C")), "x\n\nin HTML\n\nplease hold it"),
    "an encoded subject": (message(b"Subject: =?utf-8?Q?f=C3=BCr?=\nContent-Type: application/pdf\n\nx"), "f\u00fcr"),
    "a message in a message": (
        message(mail(HTML, message(INNER), subject=b"x", mark=b"C")),
        f"x\n\nin HTML\n\n{SAID}",
    ),
    "no subject": (message(b"From: a@b.example\n\nplease hold it"), "please hold it"),
    "no text": (message(b"Subject: x\nContent-Type: application/pdf\n\nx"), "x"),
    "a named text": (
        message(b"Subject: x\nContent-Type: text/plain; name=a.txt\n\nplease hold it"),
        SAID.replace("Re: form", "x"),
    ),
    "an attached text": (
        message(b"Subject: x\nContent-Type: text/plain\nContent-Disposition: attachment\n\nhold"),
        "x",
    ),
    "HTML alone as one of its kinds": (
        message(mail(HTML, kind="alternative", subject=b"x", mark=b"C")),
        "x\n\nin HTML",
    ),
    "as long as is kept": (
        message(b"Subject: x\n\n" + LONG[: LONGEST_TEXT - 3].encode()),
        "x\n\n" + LONG[: LONGEST_TEXT - 3],
    ),
    "as many parts as are looked at": (
        message(mail(*[PLAIN] * 199, subject=b"x", mark=b"C")),
        "\n\n".join(["x", *["please hold it"] * 199]),
    ),
}
SILENT = {
    "a letter longer than is kept": message(b"Subject: x\n\n" + LONG[: LONGEST_TEXT - 2].encode()),
    "a part more than are looked at": message(mail(*[PLAIN] * 200, subject=b"x", mark=b"C")),
    "another language": message(
        b"Subject: x\n\nBitte bearbeiten Sie dieses Formular nicht, denn es ist noch nicht von uns freigegeben worden."
    ),
    "a sealed text of the older name": message(b"Subject: x\nContent-Type: application/x-pkcs7-mime\n\nMIAG"),
    "a long text": message(b"Subject: long\n\n" + b"word " * 9_000),
    "a very long text": message(b"Subject: long\n\n" + b"word " * 19_000),
    "a sealed text": message(b"Subject: x\nContent-Type: application/pkcs7-mime\n\nMIAG"),
    "an encrypted text": message(mail(PLAIN, kind="encrypted", subject=b"x", mark=b"C")),
    "many parts": message(mail(*[PLAIN] * 300, subject=b"x", mark=b"C")),
    "a file of another kind": b"Content-Type: application/pdf; name=a.pdf\n\nplease hold it",
}


@pytest.mark.parametrize("name", SAYS)
def test_an_attached_message_has_all_its_words(name: str) -> None:
    raw, words = SAYS[name]
    assert attachments(mail(raw)).parts[0].words == words


@pytest.mark.parametrize("name", SILENT)
def test_there_are_none_where_some_would_be_missing(name: str) -> None:
    assert attachments(mail(SILENT[name])).parts[0].words is None
