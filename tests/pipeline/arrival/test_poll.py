"""Polling: everything found is owed until it is received, whatever happens in between."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from helpers import HandClock, all_states, mail

from intake.domain.message import MessageKind, Sighting
from intake.domain.subject import classify
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched, Mailbox, MailboxListing, WithheldError
from intake.mailbox.folder import FolderMailbox
from intake.pipeline.arrival import poll as polling
from intake.pipeline.arrival.poll import Polled, poll
from intake.pipeline.arrival.scan import SWEEP_EVERY, scan
from intake.pipeline.services import Services
from intake.store import events, mailboxes, queue, sightings
from intake.store.sightings import SightingState


@dataclass
class Numbered:
    """A mailbox in memory that counts its messages, as IMAP does, and can be told to misbehave."""

    messages: dict[int, bytes] = field(default_factory=dict)
    epoch: str = "7"
    late: set[int] = field(default_factory=set)
    """There, and not visible yet."""
    withholds: set[int] = field(default_factory=set)
    breaks_at: int | None = None
    breaks_with: Exception = field(default_factory=lambda: UnreachableError("the connection is gone"))
    asked: list[str | None] = field(default_factory=list)
    """The cursors that looks went on from."""
    settled: list[Sighting] = field(default_factory=list)
    name: str = "post"
    marks: bool = True

    def scan(self, since: str | None = None) -> MailboxListing:
        self.asked.append(since)
        epoch, _, last = (since or ":0").partition(":")
        whole = epoch != self.epoch
        after = 0 if whole else int(last)
        uids = [uid for uid in sorted(self.messages) if uid > after and uid not in self.late]
        cursor = f"{self.epoch}:{max([after, *uids])}"
        return MailboxListing([Sighting("post", self.epoch, str(uid)) for uid in uids], whole, cursor, self.epoch)

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        there = [sighting for sighting in wanted if sighting.epoch == self.epoch and int(sighting.uid) in self.messages]
        for each in there:
            if int(each.uid) == self.breaks_at:
                raise self.breaks_with
            if int(each.uid) not in self.withholds:
                yield Fetched(each, self.messages[int(each.uid)], None)
        withheld = [sighting for sighting in there if int(sighting.uid) in self.withholds]
        if withheld:
            message = "would not give one"
            raise WithheldError(message, "look at it", withheld)

    def settle(self, taken: Sequence[Sighting]) -> None:
        self.settled += taken

    def wait(self, seconds: float, stopping: Event) -> None:
        stopping.wait(seconds)

    def close(self) -> None:
        pass


def messages(*numbers: int) -> dict[int, bytes]:
    return {number: mail(f"CPL submission {number}") for number in numbers}


def polled(services: Services, mailbox: Mailbox) -> Polled:
    done = poll(services, mailbox, Event())
    assert done is not None
    return done


def states(services: Services) -> dict[str, str]:
    with services.store.reading() as tx:
        return {uid: state.value for (_, uid), state in all_states(tx, "post").items()}


def names(services: Services) -> list[str]:
    with services.store.reading() as tx:
        return [event.name for event in events.chain(tx) if event.message is None]


def count(services: Services) -> int:
    with services.store.reading() as tx:
        return queue.count(tx)


def test_new_mail_is_asked_for_by_number_after_the_first_look(services: Services) -> None:
    mailbox = Numbered(messages(1, 2))
    assert polled(services, mailbox).received == 2
    mailbox.messages |= messages(3)
    assert polled(services, mailbox).received == 1
    assert polled(services, mailbox).received == 0
    assert mailbox.asked == [None, "7:2", "7:3"]
    assert count(services) == 3


def test_a_message_that_becomes_visible_late_is_found_by_the_next_sweep(services: Services, clock: HandClock) -> None:
    mailbox = Numbered(messages(1, 2, 3), late={2})
    assert polled(services, mailbox).received == 2
    mailbox.late.clear()
    assert polled(services, mailbox).received == 0
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    assert polled(services, mailbox).received == 1
    assert mailbox.asked == [None, "7:3", None]


def test_a_clock_that_was_put_back_keeps_nothing_from_being_found(services: Services, clock: HandClock) -> None:
    clock.forward(days=3650)
    mailbox = Numbered(messages(1, 2, 3), late={2})
    assert polled(services, mailbox).received == 2
    clock.forward(days=-3650)
    mailbox.late.clear()
    assert polled(services, mailbox).received == 1


def test_what_was_found_before_a_crash_is_fetched_after_it(services: Services) -> None:
    mailbox = Numbered(messages(1, 2, 3), breaks_at=2)
    with pytest.raises(UnreachableError):
        poll(services, mailbox, Event())
    assert states(services) == {"1": "received", "2": "seen", "3": "seen"}
    mailbox.breaks_at = None
    assert polled(services, mailbox).received == 2
    assert mailbox.asked == [None, "7:3"]


def test_a_message_gone_before_it_was_fetched_is_said_to_have_vanished(services: Services, clock: HandClock) -> None:
    mailbox = Numbered()
    polled(services, mailbox)
    mailbox.messages |= messages(1, 2)
    scan(services, mailbox)
    del mailbox.messages[1]
    assert polled(services, mailbox).received == 1
    polled(services, mailbox)
    assert mailbox.asked[-1] is None, "what was left out without a word is looked for at once"
    assert states(services) == {"1": "vanished", "2": "received"}
    assert names(services) == ["vanished"]
    with services.store.reading() as tx:
        assert sightings.waiting(tx, "post").vanished == 1
    mailbox.messages |= messages(1)
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    assert polled(services, mailbox).received == 1
    assert states(services) == {"1": "received", "2": "received"}
    assert names(services) == ["vanished", "reappeared"]


def test_a_message_taken_away_after_it_was_received_is_nobody_s_loss(services: Services, clock: HandClock) -> None:
    mailbox = Numbered(messages(1, 2))
    polled(services, mailbox)
    mailbox.messages.clear()
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    polled(services, mailbox)
    assert states(services) == {"1": "received", "2": "received"}
    assert names(services) == []


def test_a_mailbox_numbered_anew_is_read_again_and_nothing_in_it_is_new(services: Services) -> None:
    mailbox = Numbered(messages(1, 2, 3))
    mailbox.withholds.add(3)
    polled(services, mailbox)
    mailbox.epoch, mailbox.messages, mailbox.withholds = "8", messages(2, 1, 3, 4), set()
    assert polled(services, mailbox).received == 2
    assert count(services) == 4
    assert names(services) == ["mailbox_renumbered"]
    with services.store.reading() as tx:
        known = all_states(tx, "post")
        assert mailboxes.progress(tx, "post").epoch == "8"
    assert known["7", "3"] is SightingState.SUPERSEDED
    assert {state for (epoch, _), state in known.items() if epoch == "8"} == {SightingState.RECEIVED}


def test_a_withheld_message_keeps_no_other_waiting_and_is_asked_for_now_and_then(
    services: Services, clock: HandClock
) -> None:
    mailbox = Numbered(messages(1, 2, 3), withholds={2})
    first = polled(services, mailbox)
    assert (first.received, first.withheld) == (2, "would not give one")
    for _ in range(5):
        polled(services, mailbox)
    assert polled(services, mailbox).withheld == ""
    with services.store.reading() as tx:
        owed = sightings.waiting(tx, "post")
    assert (owed.seen, owed.withheld, owed.why) == (1, 1, "would not give one")
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    assert polled(services, mailbox).withheld
    mailbox.withholds.clear()
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    assert polled(services, mailbox).received == 1


def test_messages_are_received_in_batches_and_none_is_lost_between_them(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BATCH_MESSAGES", 3)
    monkeypatch.setattr(polling, "BATCH_BYTES", 900)
    mailbox = Numbered(messages(*range(1, 9)) | {9: mail(body="x" * 2000), 10: b""})
    assert polled(services, mailbox).received == 10
    assert count(services) == 10


@pytest.mark.parametrize("error", [UnreachableError("gone"), RuntimeError("a fault of ours")])
@pytest.mark.parametrize("breaks_at", [2, 3, 4, 5, 6, 7])
def test_what_came_before_a_fetch_broke_off_is_received(
    services: Services, monkeypatch: pytest.MonkeyPatch, error: Exception, breaks_at: int
) -> None:
    monkeypatch.setattr(polling, "BATCH_MESSAGES", 2)
    mailbox = Numbered(messages(*range(1, 8)), breaks_at=breaks_at, breaks_with=error)
    with pytest.raises(type(error)):
        polled(services, mailbox)
    assert count(services) == breaks_at - 1
    mailbox.breaks_at = None
    assert polled(services, mailbox).received == 8 - breaks_at


def test_a_batch_that_our_own_code_stumbles_over_is_received_one_by_one(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(subject: str) -> MessageKind:
        if subject.endswith("2"):
            message = "a fault of ours"
            raise RuntimeError(message)
        return classify(subject)

    monkeypatch.setattr("intake.domain.kind.classify", stumbles)
    assert polled(services, Numbered(messages(1, 2, 3))).received == 3
    with services.store.reading() as tx:
        kinds = [row.submission.kind for row in queue.rows(tx)]
    assert sorted(kinds) == ["submission", "submission", "unclear"]


def test_what_is_safe_is_marked_and_a_sweep_marks_what_was_missed(services: Services, clock: HandClock) -> None:
    mailbox = Numbered(messages(1, 2))
    polled(services, mailbox)
    assert [sighting.uid for sighting in mailbox.settled] == ["1", "2"]
    polled(services, mailbox)
    assert len(mailbox.settled) == 2
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    polled(services, mailbox)
    assert [sighting.uid for sighting in mailbox.settled] == ["1", "2", "1", "2"]


def test_a_stop_in_the_middle_leaves_the_rest_owed(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "BATCH_MESSAGES", 2)
    stopping = Event()
    mailbox = Numbered(messages(*range(1, 7)))
    monkeypatch.setattr(Numbered, "settle", lambda _self, _taken: None)
    stopping.set()
    poll(services, mailbox, stopping)
    assert sorted(states(services).values()) == ["received"] * 2 + ["seen"] * 4
    assert polled(services, mailbox).received == 4


def test_a_file_that_is_still_being_written_is_looked_for_again(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    file = folder / "1.eml"
    file.write_bytes(b"Subject: CPL sub")
    mailbox = FolderMailbox("post", folder)
    scan(services, mailbox)
    file.write_bytes(mail())
    os.utime(file, (1_800_000_000, 1_800_000_000))
    assert polled(services, mailbox).received == 1
    with services.store.reading() as tx:
        known = all_states(tx, "post")
    assert sorted(known.values()) == ["received", "superseded"]
    assert names(services) == []


def test_a_mailbox_that_a_peer_polls_is_left_alone(services: Services) -> None:
    with services.store.transaction() as tx:
        mailboxes.hold(tx, "post", "another", timedelta(minutes=1))
    assert poll(services, Numbered(messages(1)), Event()) is None
    assert states(services) == {}
