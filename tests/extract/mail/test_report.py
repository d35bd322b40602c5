"""Reports on letters of ours as mail systems and mail programs write them."""

from __future__ import annotations

import base64

import pytest

from intake.domain.bounce import Bounce, Fate
from intake.extract.mail.parsing import parsed
from intake.extract.mail.report import read_report

OURS = "ask." + "0123456789abcdef" * 2
LETTER = f"Message-ID: <{OURS}@cpl.example>\nX-CPL-Intake: letter\nSubject: Your submission\n\nHello\n"
FIELDS = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; maker@ashdown.example\n"


def a_report(status: str, *, kind: str = "message/delivery-status", encoding: str = "7bit", top: str = "") -> bytes:
    body = base64.encodebytes(status.encode()).decode() if encoding == "base64" else status
    return (
        f"{top}Subject: Report\nContent-Type: multipart/report; boundary=B\n\n--B\n"
        "Content-Type: text/plain\n\nIt says.\n"
        f"--B\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n"
        f"--B\nContent-Type: message/rfc822\n\n{LETTER}\n--B--\n"
    ).encode()


def read(raw: bytes) -> Bounce | None:
    return read_report(parsed(raw))


@pytest.mark.parametrize("kind", ["message/delivery-status", "message/global-delivery-status"])
@pytest.mark.parametrize("encoding", ["7bit", "base64"])
@pytest.mark.parametrize(
    ("fields", "fate"),
    [
        ("Action: failed\nStatus: 5.1.1\n", Fate.FAILED),
        ("Action: failed (at last)\nStatus: 5.1.1\n", Fate.FAILED),
        ("Action: (so) Failed\nStatus: 5.1.1 (no such user)\n", Fate.FAILED),
        ("Action: delivered (to mailbox)\nStatus: 2.0.0\n", Fate.DELIVERED),
        ("Action: delayed\nStatus: 4.4.7\n", Fate.FAILED),
        ("Action: delayed\nStatus: 4.4.1\n", Fate.DELAYED),
        ("Action: delayed\nStatus: 4.4.7\nWill-Retry-Until: Tue, 1 Dec 2026 10:00:00 +0000\n", Fate.DELAYED),
    ],
)
def test_a_status_is_read_whatever_its_encoding_and_comments(kind: str, encoding: str, fields: str, fate: Fate) -> None:
    report = read(a_report(FIELDS + fields, kind=kind, encoding=encoding))
    assert report is not None
    assert (report.fate, report.named) == (fate, (OURS,))


@pytest.mark.parametrize(
    ("disposition", "fate"),
    [
        ("manual-action/MDN-sent-manually; displayed", Fate.DELIVERED),
        ("automatic-action/MDN-sent-automatically; deleted", Fate.FAILED),
        ("automatic-action/MDN-sent-automatically; deleted/error", Fate.FAILED),
        ("automatic-action/MDN-sent-automatically; failed", Fate.FAILED),
        ("manual-action/MDN-sent-manually; denied", Fate.FAILED),
        ("manual-action (by hand)/MDN-sent-manually; Deleted (unread)", Fate.FAILED),
    ],
)
def test_what_a_mail_program_did_with_a_letter_is_told(disposition: str, fate: Fate) -> None:
    fields = f"Final-Recipient: rfc822; maker@ashdown.example\nDisposition: {disposition}\n"
    report = read(a_report(fields, kind="message/disposition-notification"))
    assert report is not None
    assert (report.fate, report.named) == (fate, (OURS,))


def a_mail(subject: str, text: str, *, top: str = "") -> bytes:
    return (
        f"{top}Subject: {subject}\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
        f"Content-Type: text/plain\n\n{text}\n"
        f"--B\nContent-Type: message/rfc822\n\n{LETTER}\n--B--\n"
    ).encode()


def test_a_plain_notice_gives_the_line_that_says_why() -> None:
    text = "There was an error.\n\nmx.example said: 550 5.1.1 no such user\n\nGoodbye."
    report = read(a_mail("Mail delivery failed", text))
    assert report is not None
    assert (report.fate, report.said) == (Fate.FAILED, "mx.example said: 550 5.1.1 no such user")


def test_a_letter_that_a_list_refuses_comes_back_without_any_mark() -> None:
    report = read(a_mail("Post to devices@ashdown.example denied", "You are no member."))
    assert report is not None
    assert (report.fate, report.named) == (Fate.FAILED, (OURS,))


def test_who_answers_a_letter_and_attaches_it_reports_nothing() -> None:
    assert read(a_mail("RE: Your submission", "See below.", top=f"In-Reply-To: <{OURS}@cpl.example>\n")) is None


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(LETTER.encode()),
        b"Content-Type: application/octet-stream; name=original.eml\n\n" + LETTER.encode(),
        b"Content-Type: text/plain\nContent-Disposition: attachment; filename=header.txt\n\n" + LETTER.encode(),
        b"Content-Type: message/x-rfc822 (the letter)\nContent-Transfer-Encoding: (so) base64\n\n"
        + base64.encodebytes(LETTER.encode()),
    ],
)
def test_a_letter_comes_back_in_any_wrapping(part: bytes) -> None:
    head = b"From: filter@lists.example\nSubject: Not wanted here\nContent-Type: multipart / mixed (c); boundary=B\n\n"
    told = read(head + b"--B\nContent-Type: text/plain\n\n550 5.7.1 refused\n--B\n" + part + b"\n--B--\n")
    assert told is not None
    assert (told.fate, told.named) == (Fate.FAILED, (OURS,))


def test_a_file_that_speaks_of_a_letter_is_none() -> None:
    note = (
        b"Content-Type: text/plain; name=note.txt\n\nAbout your letter\nMessage-ID: <"
        + OURS.encode()
        + b"@x.example>\n"
    )
    assert read(b"Subject: A note\nContent-Type: multipart/mixed; boundary=B\n\n--B\n" + note + b"--B--\n") is None
