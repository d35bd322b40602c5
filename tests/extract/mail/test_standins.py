"""Notices in the place of what a mail system did not pass on, and people who write of files that they replaced."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from intake.extract.mail.carried import Part
from intake.extract.mail.mime import attachments
from intake.extract.mail.standins import ASKS, CODED, LIES_ELSEWHERE, missing_by, stands_in
from intake.extract.unreadable import OUTLOOK
from rules.facts import STANDS_IN

_TABLE: dict[str, list[tuple[str, str]]] = tomllib.loads(Path(__file__).with_name("notices.toml").read_text("utf-8"))
NOTICES = [
    ("Retrieval using the IMAP4 protocol failed for the following message: 4711", "The server could not."),
    ("Retrieval using the POP3 protocol failed for the following message: 12", ""),
    ("RE: devices", "The server couldn't retrieve the following message: Subject: CPL. Exchange Server."),
    ("Quarantine digest for the product list", "You have 2 messages."),
    ("Spam Quarantine Summary", "Release them here."),
    ("3 messages were quarantined", "See the portal."),
    ("Your message: attachments removed", "By policy."),
    ("RE: devices", "Warning: this message has had one or more attachments removed (form.xlsm). MailScanner."),
    ("RE: devices", "Security alert: the attachment form.xlsm was blocked by the gateway."),
    ("RE: devices", "Virus scanner: the following files have been deleted."),
    ("RE: devices", "[Message truncated by the administrator's policy]"),
    ("RE: devices", "Sicherheitshinweis: Die Anlage wurde entfernt."),
]
OF_PEOPLE = [
    ("RE: devices", "The attached file has been replaced by a newer one."),
    ("RE: devices", "I have removed the old certificate and attached the new one."),
    ("Meeting on Tuesday", "Agenda attached."),
    ("RE: devices", "The message was clear, thank you."),
    ("RE: list", "Please remove entry 000123 from the list."),
    ("RE: devices", "We replaced the battery in this meter."),
    ("RE: devices", "The file is too large, so I send it in two parts."),
    ("Notification of a new member", "Welcome."),
    ("RE: devices", "Our site was blocked yesterday; the parts come tomorrow."),
    ("RE: devices", "The attachments were signed by our test house."),
    ("Invoice 12", "The payment is held until Friday."),
]


@pytest.mark.parametrize(("subject", "text"), NOTICES)
def test_a_system_s_notice_tells_its_own_words(subject: str, text: str) -> None:
    sentence = stands_in(subject, text)
    assert sentence is not None
    assert sentence.startswith(STANDS_IN)


@pytest.mark.parametrize(("subject", "text"), OF_PEOPLE)
def test_people_s_sentences_alarm_nobody(subject: str, text: str) -> None:
    assert stands_in(subject, text) is None


@pytest.mark.parametrize(
    ("content", "stands"),
    [
        (b"The attachment form.xlsm was removed.", True),
        (b"This file has been replaced, as its type is not allowed.", True),
        (b"Version 2 mends the clock of the display.", False),
        (b"", False),
    ],
)
def test_a_gateway_leaves_a_text_file_in_the_place_of_another(content: bytes, *, stands: bool) -> None:
    parts = [Part("DELETED.txt", "text/plain", content)]
    assert bool(list(missing_by("RE: devices", "Please see the attached.", parts))) is stands


def test_an_inline_openpgp_message_is_told() -> None:
    raw = b"Subject: hello\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n"
    assert any("OpenPGP" in trouble for trouble in attachments(raw).troubles)


def test_a_quoted_notice_is_another_mail_s() -> None:
    raw = b"Subject: RE: devices\n\nThank you.\n\n> Warning: the attachment was removed by the gateway.\n"
    assert attachments(raw).troubles == ()


@pytest.mark.parametrize(("subject", "text"), _TABLE["notices"])
def test_whatever_a_system_kept_back_is_told(subject: str, text: str) -> None:
    assert list(missing_by(subject, text, ()))


@pytest.mark.parametrize(("subject", "text"), _TABLE["friendly"])
def test_footers_and_small_talk_are_not(subject: str, text: str) -> None:
    assert list(missing_by(subject, text, ())) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_under_any_type_is_read(encoding: str) -> None:
    parts = [Part("DELETED0.TXT", "application/octet-stream", "The file form.xlsm was removed.".encode(encoding))]
    assert list(missing_by("RE: devices", "Attached.", parts))


def test_a_page_in_the_place_of_a_file_is_read() -> None:
    page = b"<html><body><h1>Blocked</h1><p>The file <b>form.xlsm</b> was quarantined.</p></body></html>"
    assert list(missing_by("RE: devices", "Attached.", [Part("Warning.html", "text/html", page)]))


def test_a_mail_with_its_documents_is_no_notice_of_a_sealed_or_held_one() -> None:
    parts = [Part("form.pdf", "application/pdf", b"%PDF-1.7\n")]
    text = "This secure message was sent by a quarantine-free mail system."
    assert list(missing_by("Secure message: our papers", text, parts)) == []


def test_a_report_on_a_letter_speaks_of_that_letter() -> None:
    raw = (
        b"Subject: Undeliverable: Your letter\nContent-Type: multipart/report; boundary=B\n\n"
        b"--B\nContent-Type: text/plain\n\nYour message was blocked by the security policy.\n"
        b"--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nAction: failed\n--B--\n"
    )
    assert attachments(raw).troubles == ()


@pytest.mark.parametrize(
    ("name", "media_type", "content", "sentence"),
    [
        (
            "CPL New Entry.xlsx.url",
            "application/octet-stream",
            b"[InternetShortcut]\nURL=https://x.example\n",
            LIES_ELSEWHERE,
        ),
        ("form.gsheet", "application/json", b'{"url": "https://x.example"}', LIES_ELSEWHERE),
        ("message.html", "text/html", b"<html><form action='https://x.example'></form></html>", ASKS),
        ("form.xlsm.htm", "application/octet-stream", b"<html><script>run()</script></html>", ASKS),
        ("winmail.dat", "application/octet-stream", b"no package", OUTLOOK),
        ("package", "application/ms-tnef", b"no package", OUTLOOK),
    ],
)
def test_what_only_leads_elsewhere_or_was_spoilt_is_told(
    name: str, media_type: str, content: bytes, sentence: str
) -> None:
    assert sentence in list(missing_by("RE: devices", "Attached.", [Part(name, media_type, content)]))


@pytest.mark.parametrize(
    "text", ["=ybegin line=128 size=9 name=a.xlsx\nabc", "(This file must be converted with BinHex 4.0)\n:"]
)
def test_a_file_coded_into_the_text_is_told(text: str) -> None:
    assert CODED in list(missing_by("RE: devices", text, ()))


def test_a_letter_of_ours_that_was_refused_is_no_notice() -> None:
    letter = b"Message-ID: <ack." + b"0" * 32 + b"@cpl.example>\nSubject: Re: x\nFrom: a@cpl.example\n\nThank you.\n"
    raw = (
        b"Subject: Re: CPL submission\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\n"
        b"Your message was rejected.\n--B\nContent-Type: message/rfc822\n\n" + letter + b"\n--B--\n"
    )
    assert attachments(raw).troubles == ()
