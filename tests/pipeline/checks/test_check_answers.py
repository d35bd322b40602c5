"""What answers the answer to a check: a robot has nothing more, a person with better documents another."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from helpers import a_submission, mail
from pipeline.check_desk import Desk, stamped

from intake.pipeline.services import Services


@pytest.fixture
def desk(services: Services, tmp_path: Path) -> Desk:
    return Desk(services, tmp_path)


def answering(letter: EmailMessage, how: str) -> bytes:
    """What comes back to our answer, under its sender's DMARC."""
    theirs = {"In-Reply-To": str(letter["Message-ID"])}
    back = (
        b"Message-ID: "
        + str(letter["Message-ID"]).encode()
        + b"\r\nX-CPL-Intake: check\r\nSubject: Re: x\r\n\r\nIt says.\r\n"
    )
    return stamped(
        {
            "a ticket system in the thread": lambda: mail("Your request 4711", headers=theirs),
            "a ticket system that keeps the subject alone": lambda: mail(f"[4711] {letter['Subject']}"),
            "a list that refuses it": lambda: attached_back("Your post was refused", back),
        }[how]()
    )


def attached_back(subject: str, letter: bytes) -> bytes:
    head = mail(subject).partition(b"Content-Type")[0].partition(b"MIME-Version")[0]
    parts = b"--B\r\nContent-Type: text/plain\r\n\r\nNo.\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n" + letter
    return head + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n" + parts + b"\r\n--B--\r\n"


@pytest.mark.parametrize(
    "how", ["a ticket system in the thread", "a ticket system that keeps the subject alone", "a list that refuses it"]
)
def test_what_answers_our_answer_without_a_document_has_none(desk: Desk, how: str) -> None:
    desk.post(stamped(a_submission()))
    (letter,) = desk.run()
    desk.post(answering(letter, how))
    assert desk.run() == []
    assert desk.left == 0


def test_a_person_who_answers_with_better_documents_has_another(desk: Desk) -> None:
    desk.post(stamped(a_submission()))
    (letter,) = desk.run()
    again = a_submission(serial=2, subject=str(letter["Subject"]))
    desk.post(stamped(b"In-Reply-To: " + str(letter["Message-ID"]).encode() + b"\r\n" + again))
    assert len(desk.run()) == 1
