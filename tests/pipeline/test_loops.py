"""No letter answers a letter for ever, even where robots say nothing of themselves."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from threading import Event

import msgspec
import pytest
from helpers import HandClock, a_submission, fetched, mail
from pipeline.case.test_thread import work_off
from pipeline.outgoing.test_deliver import Postman

from intake.config import AcknowledgementConfig, AuthenticationConfig, Config, FolderOutgoingConfig
from intake.domain.letter import text_of
from intake.domain.submission import State
from intake.pipeline.arrival.receive import receive
from intake.pipeline.outgoing import letters
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.services import Services
from intake.store import outbox, queue, submissions
from intake.store.outbox import LetterState, QueuedLetter


def configured(services: Services, **sections: object) -> Services:
    config: Config = msgspec.structs.replace(services.config, **sections)
    return dataclasses.replace(services, config=config)


def the_letter(services: Services, number: int) -> QueuedLetter | None:
    with services.store.reading() as tx:
        return next(iter(outbox.of_message(tx, number)), None)


def answer(services: Services, number: int, header: str = "In-Reply-To") -> bytes:
    """What a robot sends that strips everything and keeps the thread alone."""
    before = the_letter(services, number)
    assert before is not None
    return mail("Re: CPL submission", body=f"Turn {number}.\n", headers={header: before.message_id})


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_robot_that_answers_every_acknowledgement_is_stopped(services: Services, header: str) -> None:
    receive(services, fetched(mail(), "1"))
    for number in range(1, 4):
        receive(services, fetched(answer(services, number, header), str(number + 1)))
    states = [letter.state if (letter := the_letter(services, number)) else None for number in range(1, 5)]
    assert states == [LetterState.QUEUED] * 3 + [LetterState.HELD]
    last = the_letter(services, 4)
    assert last is not None
    assert "as robots do" in (last.hold_reason or "")


@pytest.mark.parametrize("trouble", ["missing", "damaged"])
def test_an_answer_is_taken_in_though_what_it_answers_is_lost(services: Services, tmp_path: Path, trouble: str) -> None:
    receive(services, fetched(mail(), "1"))
    with services.store.reading() as tx:
        sha256 = submissions.get(tx, 1).raw_sha256
    kept = tmp_path / "evidence" / "sha256" / sha256[:2] / sha256
    kept.unlink()
    if trouble == "damaged":
        kept.write_bytes(b"something else")
    assert receive(services, fetched(answer(services, 1), "2"))
    assert receive(services, fetched(mail(body="another"), "3"))
    letter = the_letter(services, 2)
    assert letter is not None
    assert letter.state is LetterState.QUEUED


def test_our_own_letter_is_known_by_the_store_though_every_mark_is_gone(services: Services) -> None:
    receive(services, fetched(mail()))
    sent = the_letter(services, 1)
    assert sent is not None
    moved = configured(services, outgoing=FolderOutgoingConfig(sender="CPL <cpl@elsewhere.example>"))
    stripped = mail("Re: CPL submission", sender="relay@ashdown.example", body="stripped\n").replace(
        b"Message-ID: <", b"Message-ID: " + sent.message_id.encode() + b"\r\nX-Was: <"
    )
    receive(moved, fetched(stripped, "2"))
    with services.store.reading() as tx:
        assert submissions.get(tx, 2).automatic == "it is one of our own letters"
    assert the_letter(services, 2) is None


@pytest.mark.parametrize("alias", ["cpl@example.test", "CPL@Example.test"])
def test_an_alias_is_ourselves(services: Services, alias: str) -> None:
    ours = configured(services, outgoing=FolderOutgoingConfig(aliases=(alias,)))
    receive(ours, fetched(mail(sender="The List <cpl@example.test>")))
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).automatic == "it comes from our own address"
    assert the_letter(services, 1) is None


def test_dmarc_fail_of_a_trusted_server_holds_the_letter(services: Services) -> None:
    ours = configured(services, authentication=AuthenticationConfig(trusted_servers=("mx.example.test",)))
    for number, server in enumerate(("mx.example.test", "mx.evil.example"), 1):
        stamp = {"Authentication-Results": f"{server}; dmarc=fail header.from=ashdown.example"}
        receive(ours, fetched(mail(body=server, headers=stamp), str(number)))
    letter, sent = the_letter(services, 1), the_letter(services, 2)
    assert letter is not None
    assert sent is not None
    assert (letter.state, sent.state) == (LetterState.HELD, LetterState.QUEUED)


def test_letters_held_by_the_breaker_are_released_all_at_once_up_to_what_was_seen(
    services: Services, clock: HandClock
) -> None:
    strict = configured(services, acknowledgement=AcknowledgementConfig(breaker_per_hour=1))
    for number in range(4):
        receive(strict, fetched(mail(sender=f"{number}@ashdown.example"), str(number)))
    with services.store.reading() as tx:
        (group,) = outbox.held_groups(tx)
    assert group.count == 3
    receive(strict, fetched(mail(sender="late@ashdown.example"), "late"))
    assert letters.send_all_held(strict, group.reason, group.newest, "ada") == 3
    states = [letter.state if (letter := the_letter(services, number)) else None for number in range(1, 6)]
    assert states == [LetterState.QUEUED] * 4 + [LetterState.HELD]
    clock.forward(hours=2)
    receive(strict, fetched(mail(sender="next@ashdown.example"), "next"))
    after = the_letter(services, 6)
    assert after is not None
    assert after.state is LetterState.QUEUED


TICKETS = "Ashdown Approvals <approvals@ashdown.example>"


def a_turn(letter: QueuedLetter, turn: int, how: str) -> bytes:
    """What another company's ticket system answers, as a new ticket of its own."""
    subject = {"reference": f"[#{turn}] CPL submission CPL-000001"}.get(how, f"[#{turn}] CPL submission received")
    headers = {"References": letter.message_id} if how == "references" else {}
    quoted = "".join(f"> {line}\n" for line in text_of(letter.content).splitlines())
    body = f"Your request is logged as {turn}.\n\n{quoted if how == 'quotation' else ''}"
    return mail(subject, sender=TICKETS, body=body, headers=headers)


@pytest.mark.parametrize("how", ["references", "reference", "quotation", "nothing"])
@pytest.mark.parametrize("begins_with", ["a form", "a ticket"])
def test_a_ticket_system_gets_three_letters_at_most(
    services: Services, clock: HandClock, how: str, begins_with: str
) -> None:
    first = a_submission() if begins_with == "a form" else mail("CPL submission", body="A ticket.\n")
    receive(services, fetched(first.replace(b"Robin Hale <robin@", b"Approvals <approvals@"), "0"))
    sent = []
    for turn in range(1, 9):
        work_off(services)
        postman = Postman()
        deliver(services, postman, Event())
        sent += postman.taken
        with services.store.reading() as tx:
            answered = [outbox.of_message_id(tx, letter.message_id) for letter in postman.taken]
        for letter in answered:
            assert letter is not None
            receive(services, fetched(a_turn(letter, turn, how), str(turn)))
        clock.forward(hours=1, minutes=1)
    assert 1 <= len(sent) <= 3
    with services.store.reading() as tx:
        assert queue.rows(tx, where=queue.WAITING), "a person sees it"


def test_whoever_sends_a_certificate_a_mail_is_no_robot(services: Services) -> None:
    for number in range(6):
        paper = {"certificate.txt": f"Certificate {number}".encode()}
        receive(services, fetched(mail(body=f"{number}", documents=paper), str(number)))
        work_off(services)
    postman = Postman()
    deliver(services, postman, Event())
    assert len(postman.taken) == 6


def test_mail_without_documents_from_another_address_is_no_robot_s(services: Services) -> None:
    for number in range(6):
        receive(services, fetched(mail(body=f"{number}", sender=f"{number}@ashdown.example"), str(number)))
        work_off(services)
    postman = Postman()
    deliver(services, postman, Event())
    assert len(postman.taken) == 6


MEETING = (
    b"From: Robin Hale <robin@ashdown.example>\r\nSubject: %b\r\nMessage-ID: <m@ashdown.example>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nJoin us.\r\n'
    b"--b\r\nContent-Type: text/calendar; method=%b\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n%b--b--\r\n"
)
FORM = (
    b'--b\r\nContent-Type: application/octet-stream; name="CPL New Entry.xlsx"\r\nContent-Transfer-Encoding: base64\r\n'
    b"Content-Disposition: attachment\r\n\r\nUEsDBA==\r\n"
)


@pytest.mark.parametrize("method", [b"REQUEST", b"REPLY", b"CANCEL", b"COUNTER"])
def test_a_meeting_is_no_submission(services: Services, method: bytes) -> None:
    receive(services, fetched(MEETING % (b"CPL submission", method, b"")))
    assert the_letter(services, 1) is None
    work_off(services)
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).state is State.FILED


def test_a_meeting_that_brings_a_form_is_a_submission(services: Services) -> None:
    receive(services, fetched(MEETING % (b"CPL submission", b"REQUEST", FORM)))
    assert the_letter(services, 1) is not None
    work_off(services)
    with services.store.reading() as tx:
        assert submissions.get(tx, 1).state is State.IN_REVIEW


def test_a_meeting_about_a_case_is_seen_there(services: Services) -> None:
    receive(services, fetched(a_submission(), "1"))
    work_off(services)
    receive(services, fetched(MEETING % (b"Invitation: CPL-000001", b"REQUEST", b""), "2"))
    work_off(services)
    with services.store.reading() as tx:
        assert submissions.get(tx, 2).thread == 1
