"""Reports on letters of ours as mail systems and mail programs write them."""

from __future__ import annotations

import base64
from email import message_from_bytes

import pytest

from intake.domain.bounce import Bounce, Fate
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
    return read_report(message_from_bytes(raw))


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
