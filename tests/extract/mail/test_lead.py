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
UTF_16 = {
    "an editor's Unicode": INNER.decode().encode("utf-16"),
    "the same the other way round": b"\xfe\xff" + INNER.decode().encode("utf-16-be"),
    "the same in a mailbox file": f"From robin Fri Nov 20 11:00:00 2026\r\n{INNER.decode()}".encode("utf-16"),
}


@pytest.mark.parametrize("raw", UTF_16.values(), ids=UTF_16)
def test_a_mail_saved_in_utf_16_is_read_as_it_was(raw: bytes) -> None:
    assert read_envelope(raw).subject == "form"
    mail = attachments(raw)
    assert ([part.name for part in mail.parts], mail.troubles) == (["a.pdf"], ())
    within = attachments(around(b"Content-Type: application/octet-stream; name=fw.eml\r\n"
                                b"Content-Transfer-Encoding: base64", base64.encodebytes(raw)))  # fmt: skip
    assert [part.name for part in within.parts] == ["fw.eml", "fw.eml/a.pdf"]


@pytest.mark.parametrize(
    "raw", [INNER.replace(b"Please", b"Bitte: gr\xfc\xdfen").decode("latin-1").encode("utf-16"), b"\xff\xfe" + INNER]
)
def test_what_nobody_knows_the_octets_of_is_left_to_a_person(raw: bytes) -> None:
    assert not read_envelope(raw).parsed
    assert attachments(raw).parts == ()


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
