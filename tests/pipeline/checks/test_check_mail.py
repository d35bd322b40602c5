"""A check by mail: answered once to whom it certainly comes from, never to a machine, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from helpers import HandClock, a_submission, mail
from pipeline.check_desk import Desk, stamped
from sqlalchemy import select

from intake.domain.envelope import Envelope
from intake.errors import UnreachableError
from intake.pipeline.checks import check_letters, check_mail
from intake.pipeline.checks.check import Checked
from intake.pipeline.services import Services
from intake.store import checks
from intake.store.checks import CheckLetter
from intake.store.schema import check_letter, fact, message, outbox, sighting, summary
from intake.store.schema import check_mail as rows

FIRST = "This was a check: nothing has been submitted."


@pytest.fixture
def desk(services: Services, tmp_path: Path) -> Desk:
    return Desk(services, tmp_path)


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_check_is_answered_with_the_report_and_a_page(desk: Desk) -> None:
    desk.post(stamped(a_submission()))
    (letter,) = desk.run()
    text = text_of(letter)
    assert text.splitlines()[0].startswith(FIRST)
    assert "SECAS would find this submission ready for approval by a person." in text
    assert "Rulebook digest" in text
    (page,) = letter.iter_attachments()
    assert page.get_filename() == "check of a submission.html"
    assert page.get_content_type() == "text/html"
    assert "nothing was submitted" in page.get_content()
    assert letter["To"] == "robin@ashdown.example"
    assert letter["Reply-To"] == "check@example.test"
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["Subject"] == "Re: [check, not submitted] CPL submission"
    assert letter["In-Reply-To"]


def test_words_that_are_put_to_the_check_are_not_judged_and_those_of_a_submission_are(desk: Desk) -> None:
    asked, submitted = "Is this right?", "CPL submission: please do not process this yet"
    desk.post(
        *(stamped(a_submission(serial=serial, subject=subject)) for serial, subject in enumerate((asked, submitted), 1))
    )
    asking, submitting = map(text_of, desk.run())
    assert "SECAS would find this submission ready" in asking
    assert "not judged" in asking
    assert "with a subject such as" in asking
    assert "completeness.mail_says" in submitting
    assert "not judged" not in submitting


def test_the_answer_says_what_to_do_next_before_the_report(desk: Desk) -> None:
    desk.post(stamped(a_submission()), stamped(mail("Would this do?")))
    ready, empty = (text_of(letter).partition("The whole report follows")[0] for letter in desk.run())
    assert "Nothing is to be put right. Send it as it is." in ready
    assert "Check what you would send to SECAS" in empty


def test_a_subject_that_has_the_mark_gets_no_second_one(desk: Desk) -> None:
    desk.post(stamped(a_submission(subject="Re: [check, not submitted] CPL submission")))
    (letter,) = desk.run()
    assert str(letter["Subject"]).count("[check, not submitted]") == 1


def test_nothing_of_it_stays_but_what_keeps_it_from_being_answered_again(desk: Desk, tmp_path: Path) -> None:
    raw = stamped(a_submission())
    desk.post(raw)
    desk.run()
    assert desk.left == 0
    assert [name for name, _ in desk.events()] == ["check_answered", "check_mail_deleted"]
    assert "robin" not in str(desk.events())
    assert [desk.count(table) for table in (message, outbox, sighting, summary, fact, check_letter)] == [0] * 6
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    with desk.services.store.reading() as tx:
        (row,) = tx.execute(select(rows)).all()
    assert "robin" not in str(row)
    assert "CPL" not in str(row)


def test_it_is_forgotten_after_a_week(desk: Desk, clock: HandClock) -> None:
    desk.post(stamped(a_submission()))
    desk.run()
    clock.forward(days=8)
    desk.run()
    assert desk.count(rows) == 0


def test_what_reads_like_a_submission_is_told_so_in_the_first_line(desk: Desk) -> None:
    desk.post(stamped(a_submission()), stamped(a_submission(serial=2, subject="Would this do?")))
    like, unlike = (text_of(letter).splitlines()[0] for letter in desk.run())
    assert like == f"{FIRST} Your mail reads like a submission; to submit it, send it to secas@example.test."
    assert unlike == FIRST


def test_what_reads_like_a_submission_is_passed_on_where_that_is_wanted(desk: Desk) -> None:
    desk.set(forward_to="ada@example.test")
    raw = stamped(a_submission())
    desk.post(raw, stamped(a_submission(serial=2, subject="Would this do?")))
    to = {str(letter["To"]): letter for letter in desk.run()}
    told = [text_of(letter) for letter in desk.postman.read if letter["To"] == "robin@ashdown.example"]
    assert ["a copy has been sent to a person" in text for text in told] == [True, False]
    (attached,) = to["ada@example.test"].iter_attachments()
    assert attached.get_payload(decode=True) == raw
    assert len(desk.postman.letters) == 3
    assert ("check_passed_on", {"mailbox": "checks"}) in desk.events()


def headers(**named: str) -> bytes:
    told = {name.replace("_", "-"): value for name, value in named.items()}
    return stamped(mail("Would this do?", headers=told))


UNANSWERED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no word of its sender": (lambda: mail("Would this do?"), "nothing proves"),
    "DMARC fails": (lambda: stamped(mail("Would this do?"), "fail"), "something about its headers"),
    "DMARC is none": (lambda: stamped(mail("Would this do?"), "none"), "nothing proves"),
    "DMARC of another domain": (lambda: stamped(mail("Would this do?"), domain="evil.example"), "nothing proves"),
    "a stranger's word": (
        lambda: b"Authentication-Results: mx.evil.example; dmarc=pass\r\n" + mail("Would this do?"),
        "nothing proves",
    ),
    "out of office": (lambda: headers(Auto_Submitted="auto-replied"), "automatic"),
    "a ticket system": (lambda: headers(X_Auto_Response_Suppress="All"), "something about its headers"),
    "a list": (lambda: headers(List_Id="<cpl.lists.example>"), "automatic"),
    "bulk": (lambda: headers(Precedence="bulk"), "automatic"),
    "a bounce": (lambda: b"Return-Path: <>\r\n" + stamped(mail("Undelivered")), "automatic"),
    "a robot's loop": (lambda: headers(X_Loop="robot"), "automatic"),
    "our own letter": (lambda: headers(X_CPL_Intake="check"), "automatic"),
    "our own address": (
        lambda: stamped(mail("Would this do?", sender="SECAS <secas@example.test>"), domain="example.test"),
        "automatic",
    ),
    "the check mailbox itself": (
        lambda: stamped(mail("Would this do?", sender="check@example.test"), domain="example.test"),
        "automatic",
    ),
    "a daemon": (
        lambda: stamped(mail("Failure", sender="MAILER-DAEMON@ashdown.example")),
        "automatic",
    ),
    "nobody reads it": (
        lambda: stamped(mail("Hello", sender="no-reply@ashdown.example")),
        "automatic",
    ),
    "spam": (lambda: headers(X_Spam_Flag="YES"), "something about its headers"),
    "two senders": (
        lambda: b"From: other@ashdown.example\r\n" + stamped(mail("Would this do?")),
        "something about its headers",
    ),
    "no sender": (lambda: stamped(b"Subject: Hello\r\n\r\nHello\r\n"), "something about its headers"),
    "no mail at all": (lambda: b"\0" * 100, "something about its headers"),
    "an answer elsewhere": (lambda: headers(Reply_To="victim@victim.example"), ""),
}


@pytest.mark.parametrize("what", UNANSWERED)
def test_backscatter_is_answered_by_nothing(desk: Desk, what: str) -> None:
    make, why = UNANSWERED[what]
    desk.post(make())
    sent = desk.run()
    if not why:  # the answer goes to the proven sender, never to where it points
        assert [str(letter["To"]) for letter in sent] == ["robin@ashdown.example"]
        return
    assert sent == []
    ((name, detail), *rest) = desk.events()
    assert (name, detail["mails"]) == ("check_not_answered", 1)
    assert why in str(detail["why"])
    assert [each for each, _ in rest] == ["check_mail_deleted"]
    assert desk.left == 0


def test_a_domain_on_the_list_is_answered_without_a_word_of_dmarc(desk: Desk) -> None:
    desk.set(answer_domains=["Ashdown.example"])
    desk.post(mail("Would this do?"))
    assert len(desk.run()) == 1


def test_a_domain_on_the_list_is_not_answered_where_dmarc_fails(desk: Desk) -> None:
    desk.set(answer_domains=["ashdown.example"])
    desk.post(stamped(mail("Would this do?"), "fail"))
    assert desk.run() == []


def test_what_reads_like_a_submission_and_had_no_answer_is_left_where_it_lies(desk: Desk) -> None:
    desk.post(a_submission())
    assert desk.run() == []
    assert desk.left == 1
    with desk.services.store.reading() as tx:
        assert [(each.why, each.count) for each in checks.left(tx)] == [
            ("nothing proves that it comes from its sender", 1)
        ]
    desk.set(answer_domains=["ashdown.example"])
    assert desk.run() == []  # it has been dealt with


def test_the_budgets_hold(desk: Desk, clock: HandClock) -> None:
    desk.set(per_sender_per_day=3, answers_per_hour=5)
    one = [stamped(a_submission(serial=number, subject="Would this do?")) for number in range(5)]
    others = [
        stamped(mail(f"Mine {number}?", sender=f"a@maker{number}.example"), domain=f"maker{number}.example")
        for number in range(4)
    ]
    desk.post(*one, *others)
    to = [str(letter["To"]) for letter in desk.run()]
    assert to == ["robin@ashdown.example"] * 3 + ["a@maker0.example", "a@maker1.example"]
    told = {str(detail["why"]): detail["mails"] for name, detail in desk.events() if name == "check_not_answered"}
    assert list(told.values()) == [2, 2]
    clock.forward(days=1, hours=1)
    desk.post(stamped(a_submission(serial=9, subject="And now?")))
    assert len(desk.run()) == 1


def test_a_robot_without_documents_is_stopped(desk: Desk) -> None:
    desk.post(*(stamped(mail("Re: your mail", body=f"Turn {number}")) for number in range(6)))
    assert len(desk.run()) == check_mail.MOST_WITHOUT_DOCUMENTS
    desk.post(stamped(a_submission()))
    assert len(desk.run()) == 1  # a person with documents is not the robot


def test_the_same_bytes_are_answered_once(desk: Desk) -> None:
    raw = stamped(a_submission())
    desk.post(raw, raw)
    assert len(desk.run()) == 1
    desk.post(raw)
    assert desk.run() == []
    assert desk.left == 0


def test_it_stays_as_long_as_it_is_to_be_kept(desk: Desk, clock: HandClock) -> None:
    desk.set(keep_days=2)
    desk.post(stamped(a_submission()))
    (letter,) = desk.run()
    assert "within 2 days" in text_of(letter)
    assert desk.left == 1
    clock.forward(days=2, hours=1)
    assert desk.run() == []
    assert desk.left == 0


def test_a_file_that_has_been_written_anew_is_another_mail(desk: Desk) -> None:
    desk.set(keep_days=1)
    desk.post(stamped(a_submission()))
    desk.run()
    (desk.folder / "0000.eml").write_bytes(stamped(a_submission(serial=2)))
    assert len(desk.run()) == 1


def test_an_answer_waits_for_a_postman_who_does_not_answer_and_its_mail_with_it(desk: Desk, clock: HandClock) -> None:
    desk.postman.trouble = UnreachableError("closed")
    desk.post(stamped(a_submission()))
    desk.run()
    assert desk.left == 1
    desk.postman.trouble = None
    clock.forward(minutes=2)
    assert len(desk.run()) == 1
    assert desk.left == 0


class _KilledError(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("place", ["checked", "recorded", "sent", "forgotten", "deleted"])
def test_killed_anywhere_it_is_answered_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    desk.post(*(stamped(a_submission(serial=number)) for number in range(3)))
    targets = {
        "checked": (check_mail, "_record"),
        "recorded": (check_mail, "_send"),
        "sent": (checks, "sent"),
        "forgotten": (check_mail, "_delete"),
        "deleted": (checks, "deleted"),
    }

    def killed(*_: object, **__: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patched:
        patched.setattr(*targets[place], killed)
        with pytest.raises(_KilledError):
            desk.run()
    desk.run()
    answered = [letter.message_id for letter in desk.postman.letters]
    assert len(set(answered)) == 3
    assert len(answered) <= 4  # one may have been handed over twice, under its one Message-ID
    assert desk.left == 0
    assert [name for name, _ in desk.events()].count("check_answered") == 3


def test_what_our_own_program_stumbles_over_costs_one_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check_letters.answer
    met: list[int] = []

    def stumbling(services: Services, envelope: Envelope, raw_sha256: str, checked: Checked) -> CheckLetter:
        met.append(1)
        if len(met) == 1:
            raise RuntimeError
        return whole(services, envelope, raw_sha256, checked)

    monkeypatch.setattr(check_letters, "answer", stumbling)
    desk.post(stamped(a_submission(subject="One?")), stamped(a_submission(serial=2, subject="Two?")))
    assert len(desk.run()) == 1


def test_two_hundred_at_once(desk: Desk) -> None:
    desk.set(per_sender_per_day=1000, answers_per_hour=1000)
    desk.post(*(stamped(mail(f"Number {number}?", documents={"a.txt": b"x" * number})) for number in range(1, 201)))
    desk.run()
    identities = [letter.message_id for letter in desk.postman.letters]
    assert len(identities) == len(set(identities)) == 200
    assert desk.left == 0
