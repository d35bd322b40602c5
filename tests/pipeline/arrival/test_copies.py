"""A mail that comes two ways is one submission, acknowledged once, with both places on record."""

from __future__ import annotations

import hashlib
from threading import Thread

import pytest
from helpers import a_submission, mail

from intake.archive.base import MissingEvidenceError
from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched
from intake.pipeline.arrival.receive import receive, receive_all
from intake.pipeline.evidence.verify import verify
from intake.pipeline.services import Services
from intake.store import events, outbox, queue, sightings

DATE = b"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
SENT = DATE + a_submission()
WAYS = {name: f"Delivered-To: {name}@example.test\r\n".encode() + SENT for name in ("cpl", "list", "office")}


def came(raw: bytes, mailbox: str, uid: str = "1") -> Fetched:
    return Fetched(Sighting(mailbox, "1", uid), raw, arrived_at=None)


def told(services: Services) -> tuple[int, int, list[str], list[str]]:
    """How many messages, how many letters, where the first was seen, and the names of its events."""
    with services.store.reading() as tx:
        rows = queue.rows(tx)
        letters = [letter for row in rows for letter in outbox.of_message(tx, row.submission.id)]
        places = [sighting.mailbox for sighting in sightings.of_message(tx, 1)]
        return len(rows), len(letters), places, [event.name for event in events.of_message(tx, 1)]


def test_to_two_addresses_it_is_one_submission_with_one_letter(services: Services) -> None:
    assert receive(services, came(WAYS["cpl"], "cpl"))
    assert not receive(services, came(WAYS["list"], "list"))
    again = ["obtained_again", "sighted_again"]
    assert told(services) == (1, 1, ["cpl", "list"], ["received", "acknowledgement_queued", *again])
    for raw in WAYS["cpl"], WAYS["list"]:
        assert services.archive.get(hashlib.sha256(raw).hexdigest()) == raw
    assert verify(services).intact


def test_what_lies_in_one_mailbox_with_other_bytes_is_each_a_message(services: Services) -> None:
    batch = [came(raw, "cpl", uid=name) for name, raw in WAYS.items()]
    assert sum(received.new for received in receive_all(services, [batch])) == 3
    assert told(services)[:3] == (3, 3, ["cpl"])
    assert not receive(services, came(WAYS["office"], "list"))
    assert not receive(services, came(b"Delivered-To: yet another\r\n" + SENT, "list", uid="2"))
    assert told(services)[:2] == (3, 3)
    assert verify(services).intact


def test_from_two_mailboxes_at_once_it_is_one_as_well(services: Services) -> None:
    for serial in range(5):
        sent = DATE + a_submission(serial=serial)
        ways = [came(f"Delivered-To: {name}\r\n".encode() + sent, name, uid=str(serial)) for name in ("a", "b", "c")]
        threads = [Thread(target=receive, args=(services, way)) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert told(services)[:2] == (5, 5)


@pytest.mark.parametrize(
    "other",
    [
        SENT.replace(b"Serial 1.", b"Serial 2."),
        SENT.replace(b"10:00:00", b"10:00:01"),
        SENT.replace(b"Subject: CPL submission", b"Subject: CPL submission 2"),
        SENT.replace(b"robin@ashdown.example>\r\nTo", b"kim@ashdown.example>\r\nTo"),
        b"Resent-From: kim@ashdown.example\r\n" + SENT,
        a_submission(),
    ],
)
def test_one_message_id_on_two_mails_keeps_both(services: Services, other: bytes) -> None:
    assert receive(services, came(WAYS["cpl"], "cpl"))
    assert receive(services, came(other, "list"))
    assert told(services)[:2] == (2, 2)


def test_a_machine_with_one_message_id_for_all_that_it_sends_loses_nothing(services: Services) -> None:
    fixed = b"Message-ID: <always@ashdown.example>\r\n"
    for number in range(30):
        raw = DATE + mail(f"CPL submission {number}", body=f"{number}\n")
        own = next(line for line in raw.splitlines(keepends=True) if line.startswith(b"Message-ID"))
        assert receive(services, came(raw.replace(own, fixed), "cpl", uid=str(number)))
    assert told(services)[:2] == (30, 30)


def test_without_the_first_one_s_bytes_nothing_is_taken_for_a_copy(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(services, came(WAYS["cpl"], "cpl"))
    missing = MissingEvidenceError("it is not there")
    monkeypatch.setattr(services.archive, "get", lambda _sha256: (_ for _ in ()).throw(missing))
    assert receive(services, came(WAYS["list"], "list"))


def test_an_archive_that_does_not_answer_is_asked_again(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(services, came(WAYS["cpl"], "cpl"))
    away = UnreachableError("the archive is away")
    with monkeypatch.context() as patched:
        patched.setattr(services.archive, "get", lambda _sha256: (_ for _ in ()).throw(away))
        with pytest.raises(UnreachableError, match="away"):
            receive(services, came(WAYS["list"], "list"))
    assert told(services)[:3] == (1, 1, ["cpl"])
    assert not receive(services, came(WAYS["list"], "list"))
    assert told(services)[:3] == (1, 1, ["cpl", "list"])
