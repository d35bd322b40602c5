"""What people do in a mailbox that they share with us, at a real Dovecot: nothing is lost, doubled or untold."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from helpers import FRIDAY, HandClock, all_states, mail
from peers.dovecot import NO_DOVECOT, Dovecot, dovecot, has_dovecot
from peers.peers import require

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_marks import NO_MARK, Mark
from intake.mailbox.imap_session import Account
from intake.pipeline.arrival.poll import poll
from intake.pipeline.arrival.scan import SWEEP_EVERY, scan
from intake.pipeline.services import Services
from intake.store import events, outbox, queue

NAMES = ("CPL/Intake/2026", "Zähler & Größe", "日本語 フォルダ", 'a b"c', "&amp", "back\\slash", "x" * 180, "INBOX/Sub")


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    require(has_dovecot(), NO_DOVECOT)
    with dovecot() as running:
        yield running


class Shared:
    """A user's mail, with the hands of a person in it."""

    def __init__(self, server: Dovecot) -> None:
        self.server, self.user = server, f"{uuid.uuid4().hex}@example.test"

    def mailbox(self, folder: str = "INBOX", marks: Mark = NO_MARK) -> Disturbed:
        account = Account("post", "127.0.0.1", self.user, self.server.port, tls=False, password=self.server.password)
        return Disturbed(account, folder, marks)

    def put(self, *numbers: int, folder: str = "INBOX") -> None:
        with self.server.session(self.user) as client:
            for number in numbers:
                client.append(folder, mail(f"CPL submission {number}"), msg_time=FRIDAY)

    def in_folder(self, folder: str, deed: str, *arguments: object, of: slice = slice(None)) -> None:
        """Do something to some messages of a folder."""
        with self.server.session(self.user) as client:
            client.select_folder(folder)
            chosen = client.search(["ALL"])[of]
            getattr(client, deed)(chosen, *arguments)
            if deed == "delete_messages":
                client.expunge()

    def folder(self, deed: str, *arguments: str) -> Any:  # noqa: ANN401  # what the untyped library gives
        with self.server.session(self.user) as client:
            return getattr(client, deed)(*arguments)


class Disturbed(ImapMailbox):
    """A mailbox in which somebody does something behind the first message that is fetched."""

    deeds: tuple[Any, ...] = ()

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        for fetched in super().fetch(wanted):
            deeds, self.deeds = self.deeds, ()
            for deed in deeds:
                deed()
            yield fetched


@pytest.fixture
def shared(server: Dovecot) -> Shared:
    return Shared(server)


def polled(services: Services, clock: HandClock, mailbox: ImapMailbox) -> None:
    """Poll as often as it takes, with a whole look among them."""
    for wait in (timedelta(), timedelta(), SWEEP_EVERY, timedelta()):
        clock.at += wait
        with suppress(UnreachableError):
            poll(services, mailbox, Event())
    mailbox.close()


def told(services: Services) -> tuple[int, int, dict[str, int]]:
    """How many messages, how many acknowledgements, and what else was told so many times."""
    with services.store.reading() as tx:
        rows = queue.rows(tx)
        names = [event.name for event in events.chain(tx)]
        letters = {letter.message_id for row in rows for letter in outbox.of_message(tx, row.submission.id)}
        assert "seen" not in {state.value for state in all_states(tx, "post").values()}
    kinds = ("vanished", "reappeared", "sighted_again", "mailbox_renumbered")
    return len(rows), len(letters), {name: names.count(name) for name in kinds if name in names}


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_of_any_name_is_read_and_mail_moved_to_one(
    services: Services, clock: HandClock, shared: Shared, name: str
) -> None:
    shared.folder("create_folder", name)
    shared.put(1, 2, folder=name)
    polled(services, clock, shared.mailbox(name, Mark("move", "Done & Größe")))
    assert told(services) == (2, 2, {})
    assert shared.folder("select_folder", "Done & Größe")[b"EXISTS"] == 2


@pytest.mark.parametrize("deed", [("delete_messages",), ("move", "Elsewhere")], ids=["deleted", "moved"])
def test_what_goes_while_it_is_fetched_is_told(
    services: Services, clock: HandClock, shared: Shared, deed: tuple[str, ...]
) -> None:
    shared.folder("create_folder", "Elsewhere")
    shared.put(*range(30))
    mailbox = shared.mailbox()
    mailbox.deeds = (lambda: shared.in_folder("INBOX", *deed, of=slice(20, None)),)
    polled(services, clock, mailbox)
    messages, letters, others = told(services)
    assert messages == letters
    assert messages + others.get("vanished", 0) == 30


def test_what_was_moved_away_before_it_was_read_is_told_and_read_when_it_comes_back(
    services: Services, clock: HandClock, shared: Shared
) -> None:
    shared.folder("create_folder", "Elsewhere")
    shared.put(1)
    mailbox = shared.mailbox()
    scan(services, mailbox)
    shared.in_folder("INBOX", "move", "Elsewhere")
    polled(services, clock, mailbox)
    assert told(services) == (0, 0, {"vanished": 1})
    shared.in_folder("Elsewhere", "move", "INBOX")
    polled(services, clock, mailbox)
    assert told(services) == (1, 1, {"vanished": 1})


def test_copies_are_one_message(services: Services, clock: HandClock, shared: Shared) -> None:
    shared.put(1)
    for _ in range(2):
        shared.in_folder("INBOX", "copy", "INBOX")
    polled(services, clock, shared.mailbox())
    assert told(services) == (1, 1, {"sighted_again": 3})


def test_what_was_put_back_after_we_moved_it_is_not_new(services: Services, clock: HandClock, shared: Shared) -> None:
    shared.put(1, 2)
    mailbox = shared.mailbox(marks=Mark("move", "Done"))
    polled(services, clock, mailbox)
    shared.in_folder("Done", "move", "INBOX", of=slice(1))
    polled(services, clock, mailbox)
    assert told(services) == (2, 2, {"sighted_again": 1})
    assert shared.folder("select_folder", "INBOX")[b"EXISTS"] == 0


def test_a_folder_that_was_renamed_is_named_and_its_copies_in_a_new_one_are_not_new(
    services: Services, clock: HandClock, shared: Shared
) -> None:
    shared.folder("create_folder", "Intake")
    shared.put(1, folder="Intake")
    mailbox = shared.mailbox("Intake")
    polled(services, clock, mailbox)
    shared.folder("rename_folder", "Intake", "Old")
    with pytest.raises(UnreachableError) as caught:
        poll(services, mailbox, Event())
    assert "Old" in caught.value.hint
    shared.folder("create_folder", "Intake")
    shared.in_folder("Old", "copy", "Intake")
    shared.put(2, folder="Intake")
    polled(services, clock, mailbox)
    assert told(services) == (2, 2, {"sighted_again": 1, "mailbox_renumbered": 1})


@pytest.mark.parametrize("flag", [b"\\Seen", b"\\Deleted", b"\\Draft", b"$Junk"])
def test_whatever_a_person_has_marked_is_read(
    services: Services, clock: HandClock, shared: Shared, flag: bytes
) -> None:
    shared.put(1)
    shared.in_folder("INBOX", "add_flags", [flag])
    polled(services, clock, shared.mailbox())
    assert told(services) == (1, 1, {})
