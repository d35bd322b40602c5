"""Letters that carry files, read by the library's parser as a mail program would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from intake.domain.envelope import Envelope
from intake.domain.letter import Heading, compose, message_id, text_of
from intake.domain.letter_files import with_files

HEADING = Heading(
    kind="published",
    message_id=message_id("published", "0" * 64, "list.example"),
    sender="SECAS <secas@list.example>",
    recipient="jane@maker.example",
    date=datetime(2026, 11, 20, 17, 30, tzinfo=UTC),
    automatic=True,
    subject="The list of 20 November",
)
LETTER = compose(HEADING, None, "Dear Jane,\n\nZähler, as files.\n")
EVERY_BYTE = bytes(range(256)) * 9 + b"\r\n--=_\r\n.\r\nFrom \n"


def opened(letter: bytes) -> EmailMessage:
    message = message_from_bytes(letter, policy=policy.default)
    assert not message.defects
    return message


def test_a_letter_without_files_is_the_letter_itself() -> None:
    assert with_files(LETTER, {}) is LETTER


def test_text_and_files_arrive_to_the_byte_and_in_their_order() -> None:
    files = {"b.xlsx": EVERY_BYTE, "a.csv": b"", "Zähler list.txt": b"one\ntwo\r\n"}
    letter = opened(with_files(LETTER, files))
    text, *attached = letter.iter_parts()
    assert isinstance(text, EmailMessage)
    assert "MIME-Version" not in text
    assert text.get_content().replace("\r\n", "\n") == "Dear Jane,\n\nZähler, as files.\n"
    assert [(part.get_filename(), part.get_payload(decode=True)) for part in attached] == list(files.items())
    assert {part.get_content_disposition() for part in attached} == {"attachment"}


@pytest.mark.parametrize(
    "answered",
    [
        None,
        Envelope(parsed=True, subject="CPL submission", message_id="<1@maker.example>"),
        Envelope(parsed=True, subject="Content-Type: text/html", message_id="<1@maker.example>"),
        Envelope(parsed=True, subject="x MIME-Version: 1.0", message_id="<1@maker.example>"),
        Envelope(parsed=True, subject="Zähler Content-Type: text/html " * 9, message_id="<1@maker.example>"),
        Envelope(
            parsed=True, references=tuple(f"<{n}{'x' * 60}@maker.example>" for n in range(30)), message_id="<1@x>"
        ),
    ],
)
def test_the_letter_s_own_headers_stay_as_they_were_whatever_they_quote(answered: Envelope | None) -> None:
    letter = compose(HEADING, answered, "MIME-Version: 1.0\n\nContent-Type: text/html\n")
    headers, _, text = letter.partition(b"\r\nContent-Type: text/plain")
    whole = with_files(letter, {"a.csv": b"x"})
    assert whole.startswith(headers + b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;")
    assert text.partition(b"\r\n\r\n")[2] in whole
    after = opened(whole)
    assert (after.get_content_type(), after.get_all("MIME-Version")) == ("multipart/mixed", ["1.0"])
    assert (after["X-CPL-Intake"], after["Message-ID"]) == (HEADING.kind, HEADING.message_id)
    assert len(list(after.iter_parts())) == 2


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("list.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("LIST.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("list.xlsm", "application/vnd.ms-excel.sheet.macroenabled.12"),
        ("list.xlsx.p7s", "application/pkcs7-signature"),
        ("list.csv", "text/csv"),
        ("note.txt", "text/plain"),
        ("check of a submission.html", "text/html"),
        ("mail.eml", "application/octet-stream"),  # so that nobody's mail program opens it by itself
        ("list.zip", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_file_s_media_type_is_told_by_its_name(name: str, media: str) -> None:
    _, attached = opened(with_files(LETTER, {name: b"x"})).iter_parts()
    assert attached.get_content_type() == media
    assert attached.get_content_charset() == ("utf-8" if media == "text/html" else None)


def test_the_same_letter_and_files_are_the_same_bytes_and_another_letter_has_another_boundary() -> None:
    assert with_files(LETTER, {"a.csv": b"x"}) == with_files(LETTER, {"a.csv": b"x"})
    other = compose(replace(HEADING, message_id="<published.1@list.example>"), None, "x")
    boundaries = {opened(with_files(letter, {"a.csv": b"x"})).get_boundary() for letter in (LETTER, other)}
    assert len(boundaries) == 2


def test_every_line_ends_as_mail_asks_and_none_is_too_long() -> None:
    letter = with_files(LETTER, {"a.xlsx": EVERY_BYTE})
    assert b"\n" not in letter.replace(b"\r\n", b"")
    assert max(map(len, letter.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("body", ["Dear Jane,\n\nthank you.", "Zähler = 5\n\n" + "long " * 300, "--=_\n\n--", ""])
def test_a_letter_s_own_text_is_read_back_without_its_files(body: str) -> None:
    assert text_of(with_files(compose(HEADING, None, body), {"a.txt": b"x", "b.csv": EVERY_BYTE})) == body.rstrip("\n")
