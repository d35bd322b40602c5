"""A submission that is sent again: linked to the one before it, with what has changed."""

from __future__ import annotations

from functools import cache
from threading import Event

import pytest
from helpers import FRIDAY, fetched, mail

from intake.demo import products
from intake.demo.samples import submission
from intake.domain.difference import Change, FieldChange
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import Case, case
from intake.pipeline.review.decide import retry
from intake.pipeline.services import Services
from intake.store import events, submissions

FIRMWARE = "Device_Model.firmware_version"
ROBIN, OTHER = "Robin Hale <robin@ashdown.example>", "Kim Reed <kim@elsewhere.example>"


@cache
def documents(firmware: str, *, without: str = "") -> dict[str, bytes]:
    values = products.faultless_form(products.SINGLE, on=FRIDAY.date()) | {FIRMWARE: firmware}
    sent = {**submission(values), **products.certificates({**values, FIRMWARE: "01:02:05:01"})}
    return {name: content for name, content in sent.items() if name != without}


def taken_in(services: Services, raw: bytes) -> Case:
    """Receive a message and do all there is to do with it."""
    receive(services, fetched(raw, uid=str(hash(raw))))
    held = work.claim_one(services)
    assert held is not None
    work.work_on(services, held, Event())
    return case(services, held.id)


@pytest.fixture
def earlier(services: Services) -> Case:
    """A submission that was not ready: firmware in lower case, one certificate missing."""
    sent = documents("01:02:05:0a", without="CPA certificate.pdf")
    return taken_in(services, mail(documents=sent, headers={"X-Serial": "1"}))


def again(subject: str = "CPL submission", *, sender: str = ROBIN, body: str = "As asked.\n", **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return mail(subject, sender=sender, body=body, documents=documents("01:02:05:01"), headers=named)


def test_an_answer_to_our_letter_is_linked_with_what_has_changed(services: Services, earlier: Case) -> None:
    later = taken_in(services, again("Re: CPL submission", In_Reply_To=earlier.letters[0].message_id))
    assert later.previous is not None
    assert later.previous.reference == "CPL-000001"
    assert later.difference is not None
    (entry,) = later.difference.entries
    assert entry.fields == (FieldChange(FIRMWARE, "01:02:05:0a", "01:02:05:01"),)
    changes = [(change.change, change.name) for change in later.difference.documents]
    assert changes == [(Change.CHANGED, "CPL New Entry.xlsx"), (Change.ADDED, "CPA certificate.pdf")]
    assert {"format.shape", "completeness.cpa_certificate"} <= {told.rule for told in entry.gone}
    assert (entry.appeared, entry.remaining) == ((), ())
    assert (entry.old_outcome, entry.new_outcome) == ("return", "ready")


def test_the_earlier_one_shows_that_it_was_sent_again(services: Services, earlier: Case) -> None:
    taken_in(services, again(In_Reply_To=earlier.letters[0].message_id))
    assert [each.reference for each in case(services, 1).later] == ["CPL-000002"]


@pytest.mark.parametrize(
    ("raw", "linked"),
    [
        (again("Re: CPL submission [CPL-000001]"), True),
        (again("CPL submission", body="Our reference: cpl-000001.\nRegards\n"), True),
        (again("CPL submission", body="\n" * 30 + "This mends CPL-000001\n"), True),
        (again("CPL submission", body="line\n" * 12 + "CPL-000001\n"), False),
        (again("CPL submission", body="New.\n\n> Reference CPL-000001\n"), False),
        (again("Re: CPL submission CPL-000001", sender=OTHER), False),
        (again("Re: CPL submission CPL-000077"), False),
        (again("Re: CPL submission CPL-000002"), False),
        (again("Re: CPL submission xCPL-0000010"), False),
        (again("CPL submission"), False),
    ],
)
def test_the_same_sender_s_reference_links(services: Services, earlier: Case, raw: bytes, linked: bool) -> None:
    assert earlier.previous is None
    assert (taken_in(services, raw).previous is not None) is linked


@pytest.mark.parametrize(
    ("subject", "sender", "linked"),
    [("CPL submission", ROBIN, True), ("CPL submission", OTHER, False), ("CPL submission 2", ROBIN, False)],
)
def test_a_mail_that_came_two_ways_is_linked_with_itself(
    services: Services, subject: str, sender: str, *, linked: bool
) -> None:
    """Each way writes lines of its own, so the bytes differ; some programs give one Message-ID to all they send."""
    sent = mail(documents=documents("01:02:05:01"))
    first = taken_in(services, b"Delivered-To: cpl@example.test\r\n" + sent)
    same = next(line for line in sent.splitlines() if line.startswith(b"Message-ID")).decode()
    other = mail(subject, sender=sender, documents=documents("01:02:05:01"))
    own = next(line for line in other.splitlines() if line.startswith(b"Message-ID")).decode()
    later = taken_in(services, b"Delivered-To: list@example.test\r\n" + other.replace(own.encode(), same.encode()))
    assert (later.previous and later.previous.id) == (first.submission.id if linked else None)


def test_a_thread_links_to_the_last_one_before(services: Services, earlier: Case) -> None:
    second = taken_in(services, again(In_Reply_To=earlier.letters[0].message_id))
    references = f"{earlier.letters[0].message_id} {second.letters[0].message_id}"
    third = taken_in(services, again(body="Once more.\n", References=references))
    assert third.previous is not None
    assert third.previous.id == 2


def test_an_answer_without_documents_is_no_submission_sent_again(services: Services, earlier: Case) -> None:
    answer = mail("Re: CPL submission", body="Thanks!\n", headers={"In-Reply-To": earlier.letters[0].message_id})
    actual = taken_in(services, answer)
    assert actual.previous is None
    assert actual.begins is not None
    assert actual.begins.id == 1


def test_a_link_is_recorded_once_however_often_the_message_is_read(services: Services, earlier: Case) -> None:
    taken_in(services, again(In_Reply_To=earlier.letters[0].message_id))
    with services.store.transaction() as tx:
        held = submissions.get(tx, 2)
        submissions.note(tx, held, state=State.QUARANTINED)
    retry(services, 2, "Ada")
    read_again = work.claim_one(services)
    assert read_again is not None
    work.work_on(services, read_again, Event())
    with services.store.reading() as tx:
        told = [event.name for number in (1, 2) for event in events.of_message(tx, number)]
    assert (told.count("linked"), told.count("resubmitted")) == (1, 1)


def test_damaged_earlier_evidence_does_not_hide_the_later_submission(services: Services, earlier: Case) -> None:
    later = taken_in(services, again(In_Reply_To=earlier.letters[0].message_id))
    file = services.archive.path(earlier.submission.dossier_sha256 or "")  # type: ignore[attr-defined]  # a folder here
    file.unlink()
    actual = case(services, later.submission.id)
    assert actual.previous is not None
    assert actual.difference is None


@pytest.mark.parametrize(
    ("subject", "body", "sender", "seen"),
    [
        ("Password", "Ashdown-2026\n", ROBIN, True),
        ("Wrong one", "I attached the wrong workbook to my mail of today.\n", ROBIN, True),
        ("Password", "Ashdown-2026\n", OTHER, False),
        ("Lunch on Friday", "Shall we go at noon?\n", ROBIN, False),
    ],
)
def test_what_a_submitter_writes_of_what_lies_here_is_seen(
    services: Services, earlier: Case, subject: str, body: str, sender: str, *, seen: bool
) -> None:
    later = taken_in(services, mail(subject, sender=sender, body=body))
    assert earlier.submission.state is State.IN_REVIEW
    expected = (State.IN_REVIEW, "unclear") if seen else (State.FILED, "other")
    assert (later.submission.state, later.submission.kind) == expected
