"""Structured headers as RFC 2045 allows them, and attached messages that are encoded against its rule."""

from __future__ import annotations

import base64
import quopri
from email import message_from_string
from time import process_time

import pytest

from intake.extract.mail.lexed import LexedMessage, decoded, encoding_of
from intake.extract.mail.mime import attachments
from intake.extract.mail.parsing import NO_MESSAGE, UNKNOWN_CODING, parsed

INNER = b'Subject: in\nContent-Type: application/pdf; name="in.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n'


@pytest.mark.parametrize(
    "written",
    ["base64", "BASE64", " base64 ", '"base64"', "base64 (as ever)", "(so) base64", "base64;", "base64 ; x=y",
     "base64 (a (nested) one)", "base64\t"],
)  # fmt: skip
def test_an_encoding_is_lexed(written: str) -> None:
    part = message_from_string(f"Content-Transfer-Encoding: {written}\n\n", LexedMessage)
    assert encoding_of(part) == "base64"
    part.set_payload("JVBERi0=")
    assert part.get_payload(decode=True) == b"%PDF-"


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ('application/pdf (a paper); name="a.pdf"', "application/pdf", "a.pdf"),
        ('(so) application/pdf; name="a.pdf"', "application/pdf", "a.pdf"),
        ('application / pdf; name="a.pdf"', "application/pdf", "a.pdf"),
        ('application/pdf; name="a (1).pdf"', "application/pdf", "a (1).pdf"),
        ('application/pdf (x); name="a (1).pdf"', "application/pdf", "a (1).pdf"),
        ('application/pdf; name="a.pdf" (its name)', "application/pdf", "a.pdf"),
        ("application/pdf (bare)", "application/pdf", None),
        ("application/pdf", "application/pdf", None),
    ],
)
def test_a_type_is_lexed(written: str, kind: str, name: str | None) -> None:
    part = message_from_string(f"Content-Type: {written}\n\n", LexedMessage)
    assert (part.get_content_type(), part.get_filename()) == (kind, name)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("base64", base64.encodebytes(INNER)),
        ("BASE64 (why not)", base64.encodebytes(INNER)),
        ("quoted-printable", quopri.encodestring(INNER)),
        ('"Quoted-Printable"', quopri.encodestring(INNER)),
        ("7bit", INNER),
        ("8bit (plain)", INNER),
    ],
)
def test_an_attached_message_is_opened_however_it_is_encoded(encoding: str, content: bytes) -> None:
    head = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n".encode()
    mail = attachments(b"Content-Type: multipart/mixed; boundary=B\n\n--B\n" + head + content + b"\n--B--\n")
    assert b"%PDF-" in [part.content for part in mail.parts]


def test_what_is_not_encoded_after_all_stays_as_it_is() -> None:
    assert decoded(b"A", "base64") == b"A"
    assert decoded(b"abcd", "7bit") == b"abcd"


@pytest.mark.parametrize(
    "top", ["multipart / mixed; boundary=B", "multipart/mixed (c); boundary=B", "(c) Multipart / Mixed ; boundary=B"]
)
@pytest.mark.parametrize("encoding", ["base64", "base64 (c)", '"base64"'])
def test_parts_are_found_under_a_type_that_is_written_freely(top: str, encoding: str) -> None:
    raw = (
        f"Subject: x\nContent-Type: {top}\n\n--B\nContent-Type: application / pdf (c)\n"
        f"Content-Transfer-Encoding: {encoding}\n\nJVBERi0=\n--B--\n"
    )
    assert [part.content for part in attachments(raw.encode()).parts] == [b"%PDF-"]


@pytest.mark.parametrize("kind", ["message/rfc822", "message/news", "message/x-rfc822"])
def test_line_ends_that_were_encoded_too_are_line_ends(kind: str) -> None:
    long = b"X-Long: " + b"word " * 40 + b"\r\n"
    encoded = quopri.encodestring(long + INNER.replace(b"\n", b"\r\n")).replace(b"\n", b"\r\n")
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
    mail = attachments(b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" + head + encoded + b"\r\n--B--\r\n")
    assert b"%PDF-" in [part.content for part in mail.parts]


@pytest.mark.parametrize(
    ("head", "trouble"),
    [
        ("Content-Type: application/pdf\nContent-Transfer-Encoding: x-yenc", UNKNOWN_CODING),
        ("Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable", NO_MESSAGE),
        ("Content-Type: message/rfc822\nContent-Transfer-Encoding: x-uuencode", NO_MESSAGE),
    ],
)
def test_what_cannot_be_decoded_is_told(head: str, trouble: str) -> None:
    mail = attachments(f"Content-Type: multipart/mixed; boundary=B\n\n--B\n{head}\n\nJVBERi0=\n--B--\n".encode())
    assert trouble in mail.troubles


@pytest.mark.parametrize(
    "value", ['"\\' * 20_000 + "(", '"' * 20_001 + "(", "(" * 40_000, "\n" + " " * 40_000 + "x / y", "(x" * 20_000]
)
def test_a_header_that_nobody_would_write_takes_no_time(value: str) -> None:
    started = process_time()
    parsed(f"Content-Type: {value}\n\nx".encode())
    assert process_time() - started < 1
