"""Text parts: what mail programs show is the message's own words, and any other text is a file."""

from __future__ import annotations

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
