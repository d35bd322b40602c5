"""Answers of machines that say that nobody reads an address any more, and reports that bring nothing back."""

from __future__ import annotations

import pytest

from intake.domain.bounce import Bounce, Fate
from intake.domain.subject import says_automatic
from intake.extract.mail.parsing import parsed
from intake.extract.mail.report import read_report

OURS = "return." + "0123456789abcdef" * 2


def answered(subject: str, text: str, *, named: str = OURS, top: str = "") -> Bounce | None:
    head = f"From: robin@ashdown.example\nSubject: {subject}\nIn-Reply-To: <{named}@cpl.example>\n{top}"
    return read_report(parsed(f"{head}Content-Type: text/plain\n\n{text}\n".encode()))


@pytest.mark.parametrize(
    "text",
    [
        "Robin Hale has left the company. Please write to Pat.",
        "I no longer work here.",
        "This mailbox is no longer monitored.",
        "This address has been closed; write to office@ashdown.example.",
        "Please note: this mailbox is not monitored.",
    ],
)
def test_a_letter_to_a_deserted_address_has_failed(text: str) -> None:
    report = answered("Automatic reply: your submission", text)
    assert report is not None
    assert (report.fate, report.named) == (Fate.FAILED, (OURS,))
    assert report.said in text


@pytest.mark.parametrize(
    ("subject", "text", "named"),
    [
        ("Automatic reply: your submission", "I am out of the office until Monday.", OURS),
        ("Automatic reply: your submission", "I have left the company.", "nothing"),
        ("Re: your submission", "Robin Hale has left the company; I answer in his place.", OURS),
    ],
)
def test_absences_and_people_report_nothing(subject: str, text: str, named: str) -> None:
    assert answered(subject, text, named=named) is None


@pytest.mark.parametrize("subject", ["Not read: your submission", "Ungelesen: Re: CPL", "Non lu : CPL"])
def test_a_letter_that_was_thrown_away_unread_has_failed(subject: str) -> None:
    report = answered(subject, "Your message was deleted.")
    assert report is not None
    assert (report.fate, report.named) == (Fate.FAILED, (OURS,))


@pytest.mark.parametrize(
    "subject",
    ["Read: CPL submission", "Gelesen: CPL submission", "Lu : CPL", "Le\u00eddo: CPL", "Letto: CPL", "Gelezen: CPL",
     "L\u00e4st: CPL", "Odczytano: CPL", "Lida: CPL", "Not read: CPL submission",
     "Robin Hale is out of the office (until Monday)"],
)  # fmt: skip
def test_a_mail_program_s_receipt_is_a_machine_s(subject: str) -> None:
    assert says_automatic(subject)


def test_people_begin_no_subject_so() -> None:
    assert not says_automatic("Read this: CPL submission")
    assert not says_automatic("Please read: CPL submission")


def test_a_report_that_returns_nothing_is_on_the_letter_that_it_answers() -> None:
    status = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; robin@ashdown.example\nAction: failed\n"
    raw = (
        f"Subject: Undeliverable: Re: CPL\nIn-Reply-To: <{OURS}@cpl.example>\n"
        f"Content-Type: multipart/report; boundary=B\n\n--B\nContent-Type: message/delivery-status\n\n{status}\n--B--\n"
    )
    report = read_report(parsed(raw.encode()))
    assert report is not None
    assert report.named == (OURS,)
