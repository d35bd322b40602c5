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


OTHER = "ack." + "f" * 32
TO = "Final-Recipient: rfc822; maker@ashdown.example\n"
FAILED = "Action: failed\nStatus: 5.1.1\n"


def status(*blocks: str, top: str = "", returned: str = "") -> bytes:
    """A report of these groups of fields; without a returned letter unless one is given."""
    fields = "\n".join(("Reporting-MTA: dns; mx.example\n", *blocks))
    return (
        f"{top}Subject: Report\nContent-Type: multipart/report; boundary=B\n\n--B\n"
        f"Content-Type: message/delivery-status\n\n{fields}\n{returned}--B--\n"
    ).encode()


def returned(kind: str, content: str) -> str:
    return f"--B\nContent-Type: {kind}\n\n{content}\n"


STANDARD: dict[str, tuple[bytes, Bounce | None]] = {
    "a recipient alone": (status(TO + FAILED), Bounce(Fate.FAILED, (), "maker@ashdown.example", "5.1.1")),
    "the one that was written to goes first": (
        status("Original-Recipient: rfc822;dora@ashdown.example\n" + TO + FAILED),
        Bounce(Fate.FAILED, (), "dora@ashdown.example", "5.1.1"),
    ),
    "what the other server said": (
        status(TO + FAILED + "Diagnostic-Code: smtp; 550 5.1.1 no such user (at all)\n"),
        Bounce(Fate.FAILED, (), "maker@ashdown.example", "5.1.1", "550 5.1.1 no such user (at all)"),
    ),
    "a status with a comment": (
        status(TO + "Action: failed\nStatus: 5.1.1 (unknown)\n"),
        Bounce(Fate.FAILED, (), "maker@ashdown.example", "5.1.1"),
    ),
    "a status with words": (
        status(TO + "Action: failed\nStatus: 5.1.1 unknown\n"),
        Bounce(Fate.FAILED, (), "maker@ashdown.example", "5.1.1"),
    ),
    "the gravest of two": (
        status(
            "Final-Recipient: rfc822; a@ashdown.example\nAction: delivered\nStatus: 2.0.0\n",
            "Final-Recipient: rfc822; b@ashdown.example\nAction: failed\nStatus: 5.2.2\n",
        ),
        Bounce(Fate.FAILED, (), "b@ashdown.example", "5.2.2"),
    ),
    "given up without its status": (
        status(TO + "Action: delayed\n"),
        Bounce(Fate.DELAYED, (), "maker@ashdown.example"),
    ),
    "an envelope of ours": (
        status(TO + FAILED).replace(b"mx.example\n", f"mx.example\nOriginal-Envelope-Id: {OTHER}\n".encode(), 1),
        Bounce(Fate.FAILED, (OTHER,), "maker@ashdown.example", "5.1.1"),
    ),
    "no recipient and an envelope of ours": (
        status(f"Action: failed\nOriginal-Envelope-Id: {OTHER}\n"),
        Bounce(Fate.FAILED, (OTHER,)),
    ),
    "sent to an address of ours": (
        status(TO + FAILED, top=f"To: {OTHER}@cpl.example\n"),
        Bounce(Fate.FAILED, (OTHER,), "maker@ashdown.example", "5.1.1"),
    ),
    "delivered to an address of ours": (
        status(TO + FAILED, top=f"Delivered-To: {OTHER}@cpl.example\n"),
        Bounce(Fate.FAILED, (OTHER,), "maker@ashdown.example", "5.1.1"),
    ),
    "first for an address of ours": (
        status(TO + FAILED, top=f"X-Original-To: {OTHER}@cpl.example\n"),
        Bounce(Fate.FAILED, (OTHER,), "maker@ashdown.example", "5.1.1"),
    ),
    "with the letter": (
        status(TO + FAILED, top=f"To: {OTHER}@cpl.example\n", returned=returned("message/rfc822", LETTER)),
        Bounce(Fate.FAILED, (OURS, OTHER), "maker@ashdown.example", "5.1.1"),
    ),
    "with the letter's headers": (
        status(TO + FAILED, returned=returned("text/rfc822-headers", f"Subject: x\nMESSAGE-ID:\n <{OURS}@x.example>")),
        Bounce(Fate.FAILED, (OURS,), "maker@ashdown.example", "5.1.1"),
    ),
    "with headers that name two": (
        status(
            TO + FAILED,
            returned=returned(
                "text/rfc822-headers", f"Message-ID: <{OURS}@x.example>\nMessage-ID: <{OTHER}@x.example>"
            ),
        ),
        Bounce(Fate.FAILED, (OURS,), "maker@ashdown.example", "5.1.1"),
    ),
    "with a letter of others": (
        status(TO + FAILED, returned=returned("message/rfc822", "Message-ID: <x@y.example>\n\nHello")),
        Bounce(Fate.FAILED, (), "maker@ashdown.example", "5.1.1"),
    ),
    "of nobody": (status(FAILED), None),
    "of no known fate": (status(TO + "Action: lost\nStatus: 5.1.1\n"), None),
    "of no fate": (status(TO + "Status: 5.1.1\n"), None),
}


@pytest.mark.parametrize("case", STANDARD)
def test_a_status_says_whose_letter_came_to_what(case: str) -> None:
    raw, bounce = STANDARD[case]
    assert read(raw) == bounce


def disposed(fields: str, kind: str = "message/disposition-notification") -> bytes:
    return (
        f"Subject: Read\nContent-Type: multipart/report; boundary=B\n\n--B\nContent-Type: {kind}\n\n{fields}\n--B--\n"
    ).encode()


DISPLAYED = "Disposition: manual-action/MDN-sent-manually; displayed\n"
DELETED = "Disposition: automatic-action/MDN-sent-automatically; deleted\n"
READINGS: dict[str, tuple[bytes, Bounce | None]] = {
    "displayed": (disposed(TO + DISPLAYED), Bounce(Fate.DELIVERED, (), "maker@ashdown.example")),
    "of an internationalised address": (
        disposed(TO + DISPLAYED, "message/global-disposition-notification"),
        Bounce(Fate.DELIVERED, (), "maker@ashdown.example"),
    ),
    "deleted": (
        disposed(TO + DELETED),
        Bounce(Fate.FAILED, (), "maker@ashdown.example", said="the recipient's mail program reports: deleted"),
    ),
    "of a letter of ours": (
        disposed(f"Original-Message-ID: <{OURS}@cpl.example>\n{DISPLAYED}"),
        Bounce(Fate.DELIVERED, (OURS,)),
    ),
    "for the one that was written to": (
        disposed("Original-Recipient: rfc822;dora@ashdown.example\n" + TO + DISPLAYED),
        Bounce(Fate.DELIVERED, (), "dora@ashdown.example"),
    ),
    "of nobody's": (disposed(DISPLAYED), None),
    "of another kind": (disposed(TO + "Disposition: manual-action/MDN-sent-manually; dispatched\n"), None),
    "without a disposition": (disposed(TO), None),
}


@pytest.mark.parametrize("case", READINGS)
def test_a_reading_receipt_says_whose_letter_came_to_what(case: str) -> None:
    raw, bounce = READINGS[case]
    assert read(raw) == bounce


def notice(subject: str, text: str = "Goodbye.", *, top: str = "", kind: str = "text/plain") -> bytes:
    return f"{top}Subject: {subject}\nContent-Type: {kind}\n\n{text}\n".encode()


NAMED = f"Your letter <{OURS}@cpl.example> came back."
NOTICES: dict[str, tuple[bytes, Bounce | None]] = {
    "names a letter of ours in its text": (
        notice("Undeliverable: Your submission", NAMED),
        Bounce(Fate.FAILED, (OURS,), said="Undeliverable: Your submission"),
    ),
    "names it in HTML": (
        notice("Returned mail", f"<p>{NAMED}</p>", kind="text/html"),
        Bounce(Fate.FAILED, (OURS,), said="Returned mail"),
    ),
    "names the recipient in a header": (
        notice("Sorry", top="X-Failed-Recipients: maker@ashdown.example\n"),
        Bounce(Fate.FAILED, (), "maker@ashdown.example", said="Sorry"),
    ),
    "says why in a line of its own": (
        notice("Failure notice", f"{NAMED}\n  Remote host said:  552 5.2.2 mailbox full  \n"),
        Bounce(Fate.FAILED, (OURS,), said="Remote host said: 552 5.2.2 mailbox full"),
    ),
    "says why by the code alone": (
        notice("Delivery has failed", f"{NAMED}\nfor 4.2.2 reasons\n"),
        Bounce(Fate.FAILED, (OURS,), said="for 4.2.2 reasons"),
    ),
    "says it in an encoded subject": (
        notice("=?utf-8?Q?Undeliverable?=", NAMED),
        Bounce(Fate.FAILED, (OURS,), said="Undeliverable"),
    ),
    "came to an address of ours": (
        notice("Undeliverable", top=f"To: {OURS}@cpl.example\n"),
        Bounce(Fate.FAILED, (OURS,), said="Undeliverable"),
    ),
    "came to an address of ours without a word": (
        notice("Sorry", top=f"To: {OURS}@cpl.example\n"),
        Bounce(Fate.FAILED, (OURS,), said="Sorry"),
    ),
    "answers the letter that it came for": (
        notice("Sorry", top=f"To: {OURS}@cpl.example\nReferences: <{OURS}@cpl.example>\n"),
        None,
    ),
    "answers another letter": (
        notice("Sorry", top=f"To: {OURS}@cpl.example\nIn-Reply-To: <{OTHER}@cpl.example>\n"),
        Bounce(Fate.FAILED, (OURS,), said="Sorry"),
    ),
    "names nothing": (notice("Undeliverable", "Goodbye."), None),
    "is an answer like any other": (notice("Re: Your submission", NAMED), None),
}


@pytest.mark.parametrize("case", NOTICES)
def test_a_notice_in_plain_words_says_whose_letter_came_to_what(case: str) -> None:
    raw, bounce = NOTICES[case]
    assert read(raw) == bounce
