"""What stands before a message's headers hides neither them nor what the message carries."""

from __future__ import annotations

import base64

import pytest

from intake.domain.envelope import read_envelope
from intake.extract.mail.mime import attachments
from intake.extract.mail.parsing import NO_MESSAGE

INNER = (
    b"From: robin@ashdown.example\r\nSubject: form\r\nContent-Type: multipart/mixed; boundary=I\r\n\r\n"
    b"--I\r\n\r\nPlease find it attached.\r\n--I\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nx\r\n--I--\r\n"
)
LEADS = {
    "nothing": b"",
    "a byte order mark": b"\xef\xbb\xbf",
    "an empty line": b"\r\n",
    "empty lines of another system": b"\n\n\n",
    "a blank line": b"  \t\r\n",
    "a mark and an empty line": b"\xef\xbb\xbf\r\n",
    "a mailbox file's line": b"From robin@ashdown.example Fri Nov 20 11:00:00 2026\r\n",
    "such a line quoted": b">From robin@ashdown.example Fri Nov 20 11:00:00 2026\r\n",
    "such a line behind a mark": b"\xef\xbb\xbfFrom robin@ashdown.example Fri Nov 20 11:00:00 2026\r\n",
    "a zero": b"\0",
    "a blank without width": "\N{ZERO WIDTH SPACE}".encode(),
}


def around(headers: bytes, content: bytes) -> bytes:
    """A mail that carries this."""
    return (
        b"Subject: FW\r\nContent-Type: multipart/mixed; boundary=O\r\n\r\n--O\r\n\r\nSee below.\r\n--O\r\n"
        + headers
        + b"\r\n\r\n"
        + content
        + b"\r\n--O--\r\n"
    )


WAYS = {
    "a part": lambda raw: around(b"Content-Type: message/rfc822", raw),
    "an encoded part": lambda raw: around(
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64", base64.encodebytes(raw)
    ),
    "a file": lambda raw: around(b"Content-Type: application/octet-stream; name=fw.eml", raw),
}


@pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
def test_it_hides_nothing_of_a_message(lead: bytes) -> None:
    raw = lead + INNER
    assert read_envelope(raw).subject == "form"
    mail = attachments(raw)
    assert ([part.name for part in mail.parts], mail.troubles) == (["a.pdf"], ())
    assert mail.opening == "Please find it attached."


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
def test_it_hides_nothing_of_an_attached_message(lead: bytes, way: object) -> None:
    mail = attachments(way(lead + INNER))  # type: ignore[operator]  # one of the above
    outer, inner = mail.parts
    assert (inner.name, mail.troubles) == (f"{outer.name}/a.pdf", ())
    assert outer.words == "form\n\nPlease find it attached."


@pytest.mark.parametrize("content", [b"\r\njust words\r\n", b"\xff\xfeF\0r\0o\0m\0:\0 \0a\0\r\0\n\0"])
def test_an_attached_message_without_headers_is_said(content: bytes) -> None:
    mail = attachments(around(b"Content-Type: message/rfc822", content))
    assert len(mail.parts) == 1
    assert mail.troubles == (NO_MESSAGE,)
