"""Text parts: what mail programs show is the message's own words, and any other text is a file."""

from __future__ import annotations

import base64

import pytest

from intake.extract.mail.mime import attachments

HOLD = "Please do not publish this yet."


def mixed(*parts: str, sub: str = "mixed") -> bytes:
    body = "".join(f"--B\n{part}\n" for part in parts)
    return f"Subject: CPL\nContent-Type: multipart/{sub}; boundary=B\n\n{body}--B--\n".encode()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text/markdown", HOLD),
        ("text/x-markdown; charset=utf-8", HOLD),
        ("text/enriched", "<bold>Please</bold> do not publish this yet."),
        ("text/richtext", "<bold>Please</bold> do not publish this yet."),
        ("text/x-amp-html", f"<html amp4email><body>{HOLD}</body></html>"),
        ("text/watch-html", f"<b>{HOLD}</b>"),
        ("text/x-html", f"<b>{HOLD}</b>"),
    ],
)
def test_whatever_mail_programs_show_is_heard(kind: str, text: str) -> None:
    mail = attachments(mixed(f"Content-Type: {kind}\n\n{text}"))
    assert (" ".join(mail.text.split()), mail.parts) == (HOLD, ())
    beside = attachments(
        mixed("Content-Type: text/plain\n\nAttached.", f"Content-Type: {kind}\n\n{text}", sub="alternative")
    )
    assert HOLD in " ".join(beside.text.split())


@pytest.mark.parametrize("kind", ["text/rtf", "text/csv", "text/xml", "text/x-vcard", "text/directory", "text/x-diff"])
def test_any_other_text_is_a_file_without_a_name(kind: str) -> None:
    (part,) = attachments(mixed(f"Content-Type: {kind}\n\nfirmware,01:02:05:99")).parts
    assert (part.media_type, part.content) == (kind, b"firmware,01:02:05:99")


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "text/plain; charset=utf-8"])
@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04form", b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22x", b"\x89PNG\r\n\x1a\n"],
    ids=["a workbook", "a PDF", "an older document", "a package of Outlook's", "a picture"],
)
def test_a_file_that_is_called_a_text_and_has_no_name_is_a_file(kind: str, content: bytes) -> None:
    coded = base64.encodebytes(content).decode()
    raw = mixed("\nAttached.", f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{coded}")
    mail = attachments(raw)
    assert [part.content for part in mail.parts] == [content]
    assert mail.text == "Attached."


def test_a_file_that_is_called_a_message_is_that_file_alone() -> None:
    coded = base64.encodebytes(b"PK\x03\x04form").decode()
    headers = "Content-Type: message/rfc822; name=form.xlsx\nContent-Transfer-Encoding: base64"
    mail = attachments(mixed(f"{headers}\n\n{coded}"))
    assert [(part.name, part.content) for part in mail.parts] == [("form.xlsx", b"PK\x03\x04form")]
    assert mail.troubles == ()


@pytest.mark.parametrize("text", ["PK Meters Ltd. sends this.", "%PDFs follow.", "II. The second part.", "BM"])
def test_words_are_no_file_whatever_they_begin_with(text: str) -> None:
    mail = attachments(mixed(f"Content-Type: text/plain\n\n{text}"))
    assert (mail.parts, mail.text) == ((), text)
