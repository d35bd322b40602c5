"""Reports of mail systems about a letter, as several systems write them."""

from __future__ import annotations

from collections.abc import Callable

RECIPIENT = "robin@ashdown.example"


def standard(
    message_id: str = "",
    *,
    action: str = "failed",
    returned: str = "text/rfc822-headers",
    envelope_id: str = "",
    to: str = "secas@example.test",
    subject: str = "Undelivered Mail Returned to Sender",
) -> bytes:
    """As RFC 3464 asks for it, in the words of Postfix."""
    brought_back = f"Message-ID: {message_id}\r\nSubject: Re: CPL submission\r\n" if message_id else "Subject: x\r\n"
    envid = f"Original-Envelope-Id: {envelope_id}\r\n" if envelope_id else ""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\r\nTo: {to}\r\n"
        f"Subject: {subject}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you …\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n{envid}\r\n"
        f"Final-Recipient: rfc822; {RECIPIENT}\r\nOriginal-Recipient: rfc822;{RECIPIENT}\r\nAction: {action}\r\n"
        "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
        f"--B\r\nContent-Type: {returned}\r\n\r\n{brought_back}\r\n--B--\r\n"
    ).encode()


def in_words(message_id: str, *, subject: str = "failure notice") -> bytes:
    """As qmail writes it: no fields at all, the letter quoted below a line."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: secas@example.test\r\n"
        f"Subject: {subject}\r\n\r\nHi. This is the qmail-send program.\r\n"
        f"<{RECIPIENT}>:\r\nSorry, no mailbox here by that name.\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\nMessage-ID: {message_id}\r\nSubject: Re: CPL\r\n"
    ).encode()


def of_exim(message_id: str) -> bytes:
    """As Exim wrote it for long."""
    return (
        f"Return-path: <>\r\nX-Failed-Recipients: {RECIPIENT}\r\nAuto-Submitted: auto-replied\r\n"
        "From: Mail Delivery System <Mailer-Daemon@mx.example>\r\nTo: secas@example.test\r\n"
        "Subject: Mail delivery failed: returning message to sender\r\n\r\n"
        f"This message was created automatically.\r\n\r\nMessage-Id: {message_id}\r\n"
    ).encode()


def wrapped(message_id: str) -> bytes:
    """The standard's report behind a gateway that put its own words around it."""
    inner = standard(message_id).partition(b"MIME-Version")[2].partition(b"\r\n")[2]
    return (
        b"Return-Path: <>\r\nFrom: postmaster@mx.example\r\nTo: secas@example.test\r\n"
        b"Subject: Undeliverable: Re: CPL\r\nContent-Type: multipart/mixed; boundary=W\r\n\r\n"
        b"--W\r\nContent-Type: text/plain\r\n\r\n[External]\r\n--W\r\n" + inner + b"\r\n--W--\r\n"
    )


FAILURES: dict[str, Callable[[str], bytes]] = {
    "headers brought back": standard,
    "the whole letter brought back": lambda message_id: standard(message_id, returned="message/rfc822"),
    "named by the envelope identifier alone": lambda message_id: standard(envelope_id=message_id.strip("<>")),
    "named by the bounce address alone": lambda message_id: standard(
        to=f"bounces+{message_id.strip('<>').partition('@')[0]}@example.test"
    ),
    "in words alone": in_words,
    "of Exim": of_exim,
    "within a gateway's wrapping": wrapped,
}
"""Each a maker of a report that the letter of this Message-ID was not delivered."""
