"""Receiving: archived first, one commit, one submission for a message seen twice, the right letters."""

import dataclasses
import hashlib
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from helpers import FRIDAY, a_submission, fetched, mail

from intake.config import AcknowledgementConfig
from intake.domain.message import Sighting
from intake.domain.submission import State
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched
from intake.pipeline.arrival import archive
from intake.pipeline.arrival.receive import receive, receive_all
from intake.pipeline.outgoing.letters import send_held_letter
from intake.pipeline.services import Services
from intake.store import events, outbox, queue, sightings
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow
from intake.store.tally import Tally
from intake.store.vitals import vitals


def rows(services: Services) -> list[QueueRow]:
    with services.store.reading() as tx:
        return queue.rows(tx)


def test_a_submission_is_archived_recorded_and_acknowledged_in_one_go(services: Services) -> None:
    raw = a_submission()
    assert receive(services, fetched(raw))
    (row,) = rows(services)
    digest = hashlib.sha256(raw).hexdigest()
    assert services.archive.get(digest) == raw
    assert row.submission.raw_sha256 == digest
    assert row.submission.reference == "CPL-000001"
    assert row.submission.state is State.RECEIVED
    assert row.submission.kind == "submission"
    assert row.letter_state is LetterState.QUEUED
    assert row.submission.acknowledge_due == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    with services.store.reading() as tx:
        assert [event.name for event in events.of_message(tx, 1)] == ["received", "acknowledgement_queued"]


def test_the_letter_answers_the_message_and_says_it_is_automatic(services: Services) -> None:
    receive(services, fetched(a_submission(subject="CPL submission: ünïcode")))
    with services.store.reading() as tx:
        (letter,) = outbox.of_message(tx, 1)
    text = letter.content.decode()
    assert letter.recipient == "robin@ashdown.example"
    assert letter.message_id.startswith("<ack.")
    for header in (
        "Auto-Submitted: auto-replied",
        "In-Reply-To: <",
        "References: <",
        f"Message-ID: {letter.message_id}",
    ):
        assert header in text
    assert "CPL-000001" in text


def test_the_message_id_depends_on_the_bytes_and_our_domain_alone(services: Services) -> None:
    raw = a_submission()
    receive(services, fetched(raw))
    expected = hashlib.sha256(f"ack{hashlib.sha256(raw).hexdigest()}".encode()).hexdigest()[:32]
    with services.store.reading() as tx:
        assert outbox.of_message(tx, 1)[0].message_id == f"<ack.{expected}@example.test>"


def test_the_same_bytes_seen_twice_are_one_submission_with_one_letter(services: Services) -> None:
    raw = a_submission()
    assert receive(services, fetched(raw, "1"))
    assert not receive(services, fetched(raw, "2"))
    (row,) = rows(services)
    with services.store.reading() as tx:
        assert len(sightings.of_message(tx, 1)) == 2
        assert len(outbox.of_message(tx, 1)) == 1
        assert events.of_message(tx, 1)[-1].name == "sighted_again"
    assert row.submission.version == 1


def test_a_message_that_a_mail_server_writes_anew_is_the_same_for_all_that(services: Services) -> None:
    """Two replicas fetched it, the lease of one having ended; Exchange gave each other bytes."""
    raw = a_submission()
    assert receive(services, fetched(raw, "1"))
    other = b"X-Written: again\r\n" + raw
    assert not receive(services, fetched(other, "1"))
    assert len(rows(services)) == 1
    with services.store.reading() as tx:
        assert len(outbox.of_message(tx, 1)) == 1
        last = events.of_message(tx, 1)[-1]
    assert (last.name, last.detail["raw_sha256"]) == ("obtained_again", hashlib.sha256(other).hexdigest())


def test_one_message_id_on_two_messages_loses_neither(services: Services) -> None:
    for body in ("first", "second"):
        raw = mail(body=body).replace(b"Message-ID: <", b"Message-ID: <same")
        receive(services, fetched(raw, body))
    assert len(rows(services)) == 2


@pytest.mark.parametrize(
    ("raw", "kind", "letter"),
    [
        (mail("CPL submission"), "submission", LetterState.QUEUED),
        (mail("Update to CPL entry: hash"), "update", LetterState.QUEUED),
        (mail("Central Products List"), "unclear", None),
        (mail("Lunch on Friday", body="At one?\n"), "other", None),
        (mail("CPL submission", headers={"Auto-Submitted": "auto-generated"}), "submission", None),
        (mail("CPL submission", headers={"List-Id": "<a.example>"}), "submission", None),
        (mail("CPL submission", sender="SECAS <secas@example.test>"), "submission", None),
        (mail("CPL submission", headers={"X-Auto-Response-Suppress": "All"}), "submission", LetterState.HELD),
        (mail("CPL submission", sender="no address at all"), "submission", LetterState.HELD),
    ],
)
def test_who_is_written_to(services: Services, raw: bytes, kind: str, letter: LetterState | None) -> None:
    receive(services, fetched(raw))
    (row,) = rows(services)
    assert (row.submission.kind, row.letter_state) == (kind, letter)


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 50, b"no header at all"])
def test_what_cannot_be_parsed_at_all_is_kept_for_a_person(services: Services, raw: bytes) -> None:
    receive(services, fetched(raw))
    (row,) = rows(services)
    assert services.archive.get(row.submission.raw_sha256) == raw
    assert row.submission.kind == "unclear"


HEADERS = b"From: Robin Hale <robin@ashdown.example>\r\n%bSubject: CPL submission\r\n\r\nhello\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        HEADERS % b"this is no header at all\r\n",
        HEADERS % b">From robin Fri Nov 20 12:00:00 2026\r\n",
        (HEADERS % b"").replace(b"\r\n", b"\r\r\n"),
    ],
)
def test_a_subject_behind_what_is_no_header_is_not_passed_over(services: Services, raw: bytes) -> None:
    receive(services, fetched(raw))
    (row,) = rows(services)
    assert row.submission.kind == "unclear"
    assert row.submission.sender == "Robin Hale <robin@ashdown.example>"


@pytest.mark.parametrize(
    "sender",
    [
        b"From: robin@ashdown.example\r\nFrom: eve@elsewhere.example",
        b"From: <robin@ashdown.example> <eve@elsewhere.example>",
        b"From: <eve%elsewhere.example@ashdown.example>",
        b"From: <elsewhere.example!eve@ashdown.example>",
    ],
)
def test_a_letter_of_which_it_is_not_certain_whom_it_reaches_is_held(services: Services, sender: bytes) -> None:
    receive(services, fetched((HEADERS % b"").replace(b"From: Robin Hale <robin@ashdown.example>", sender)))
    assert rows(services)[0].letter_state is LetterState.HELD


def test_a_letter_goes_to_a_reply_address_of_the_same_domain_only(services: Services) -> None:
    for number, reply_to in enumerate(("desk@ashdown.example", "desk@elsewhere.example")):
        receive(services, fetched(mail(body=str(number), headers={"Reply-To": reply_to}), str(number)))
    addresses = [row.submission.reply_address for row in rows(services)]
    assert addresses == ["desk@ashdown.example", "robin@ashdown.example"]


EARLIER = FRIDAY - timedelta(days=3)
RECEIVED = {"Received": "from a by b; Tue, 17 Nov 2026 12:00:00 +0000"}
IMPOSSIBLE = {"Received": "from a by b; Tue, 17 Nov 2099 12:00:00 +0000"}


@pytest.mark.parametrize(
    ("headers", "arrived_at", "file_time", "expected"),
    [
        (RECEIVED, FRIDAY, None, FRIDAY),
        (RECEIVED, None, FRIDAY, EARLIER),
        ({}, None, EARLIER, EARLIER),
        (IMPOSSIBLE, None, EARLIER, EARLIER),
        ({}, None, None, FRIDAY),
    ],
)
def test_when_a_message_was_received(
    services: Services,
    headers: dict[str, str],
    arrived_at: datetime | None,
    file_time: datetime | None,
    expected: datetime,
) -> None:
    message = fetched(mail(headers=headers), arrived_at=arrived_at)
    receive(services, type(message)(message.sighting, message.raw, arrived_at, file_time))
    (row,) = rows(services)
    assert row.submission.received_at == expected


FAR = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""What Exchange says of a message that never arrived: a draft, an import."""


@pytest.mark.parametrize(("ahead", "told"), [(timedelta(days=20), True), (timedelta(hours=23), False)])
def test_an_arrival_that_has_not_come_yet_is_believed_and_told(
    services: Services, ahead: timedelta, *, told: bool
) -> None:
    receive(services, fetched(a_submission(), arrived_at=FRIDAY + ahead))
    (row,) = rows(services)
    assert row.submission.received_at == FRIDAY + ahead
    with services.store.reading() as tx:
        names = [event.name for event in events.of_message(tx, 1)]
    assert ("arrival_ahead" in names) is told


@pytest.mark.parametrize("arrived_at", [FAR, NEVER, datetime(1969, 12, 31, tzinfo=UTC)])
def test_an_arrival_that_no_calendar_knows_keeps_no_message_out(services: Services, arrived_at: datetime) -> None:
    for number, moment in enumerate((arrived_at, FRIDAY)):
        assert receive(services, fetched(mail(body=str(number)), str(number), arrived_at=moment))
    assert [row.submission.received_at for row in rows(services)] == [FRIDAY, FRIDAY]


@pytest.mark.parametrize("file_time", [FAR, NEVER, FRIDAY + timedelta(days=400)])
def test_a_file_s_time_that_cannot_be_is_no_arrival(services: Services, file_time: datetime) -> None:
    receive(services, dataclasses.replace(fetched(mail(), arrived_at=None), file_time=file_time))
    assert rows(services)[0].submission.received_at == FRIDAY


class Large(Fetched):
    """One that can be watched."""


def test_no_more_than_one_large_message_is_kept_in_memory_at_a_time(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGE_BYTES", 100)
    alive: list[weakref.ref[Large]] = []
    most = 0

    def arriving() -> Iterator[list[Fetched]]:
        nonlocal most
        for number in range(4):
            most = max(most, sum(each() is not None for each in alive))
            large = Large(Sighting("post", "1", str(number)), mail(body=str(number)), FRIDAY)
            alive.append(weakref.ref(large))
            batch: list[Fetched] = [large]
            del large
            yield batch
            del batch

    assert sum(received.new for received in receive_all(services, arriving())) == 4
    assert most == 0, "one is let go before the next is fetched"


def with_acknowledgement(services: Services, config: AcknowledgementConfig) -> Services:
    return dataclasses.replace(services, config=msgspec.structs.replace(services.config, acknowledgement=config))


def test_beyond_the_budget_letters_are_held_for_a_person(services: Services) -> None:
    strict = with_acknowledgement(services, AcknowledgementConfig(per_sender_per_day=2))
    for number in range(3):
        receive(strict, fetched(mail(body=str(number)), str(number)))
    receive(strict, fetched(mail(sender="another@ashdown.example"), "4"))
    states = [row.letter_state for row in rows(strict)]
    assert states == [LetterState.QUEUED, LetterState.QUEUED, LetterState.HELD, LetterState.QUEUED]


def test_the_breaker_holds_everybody_s_letters(services: Services) -> None:
    strict = with_acknowledgement(services, AcknowledgementConfig(breaker_per_hour=1))
    for number in range(2):
        receive(strict, fetched(mail(sender=f"{number}@ashdown.example"), str(number)))
    assert [row.letter_state for row in rows(strict)] == [LetterState.QUEUED, LetterState.HELD]


def test_old_mail_is_taken_in_and_its_answer_withheld_until_a_person_sends_it(services: Services) -> None:
    strict = with_acknowledgement(services, AcknowledgementConfig(answer_from=FRIDAY.date(), breaker_per_hour=1))
    receive(strict, fetched(mail(), arrived_at=EARLIER))
    receive(strict, fetched(mail(body="new"), "2"))
    assert [row.letter_state for row in rows(strict)] == [LetterState.WITHHELD, LetterState.QUEUED]
    with services.store.reading() as tx:
        (letter,) = outbox.of_message(tx, 1)
        assert vitals(tx, Tally(), FRIDAY).oldest_unacknowledged == FRIDAY, "what is withheld is not owed"
        assert [event.name for event in events.of_message(tx, 1)][-1] == "acknowledgement_withheld"
    assert "2026-11-20" in (letter.hold_reason or "")
    send_held_letter(strict, letter.id, "ada")
    assert rows(strict)[0].letter_state is LetterState.QUEUED


def test_nothing_is_recorded_of_what_could_not_be_archived(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_content: bytes) -> str:
        message = "no room"
        raise UnreachableError(message)

    monkeypatch.setattr(type(services.archive), "put", lambda _self, content: full(content))
    with pytest.raises(UnreachableError):
        receive(services, fetched(a_submission()))
    assert rows(services) == []


def breaks(*_: object) -> object:
    message = "a fault of ours"
    raise RuntimeError(message)


def test_a_letter_that_cannot_be_written_is_held_and_the_message_is_in(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.pipeline.arrival.acknowledge.compose", breaks)
    receive(services, fetched(a_submission()))
    (row,) = rows(services)
    assert row.letter_state is LetterState.HELD
    assert "a fault of ours" in (row.hold_reason or "")


def test_a_message_that_our_own_code_stumbles_over_is_in_all_the_same(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.domain.kind.classify", breaks)
    receive(services, fetched(a_submission()))
    (row,) = rows(services)
    assert (row.submission.kind, row.submission.state) == ("unclear", State.RECEIVED)
