"""A thousand messages from a Dovecot that is killed, frozen, restarted, numbered anew, or wants another token."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from threading import Event

import pytest
from helpers import all_states, mail
from peers.dovecot import NO_DOVECOT, Dovecot, dovecot, has_dovecot
from peers.identity import CLIENT, TENANT, Identity, identity_provider
from peers.peers import require

import intake.mailbox.imap
import intake.mailbox.imap_session
from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_session import Account
from intake.mailbox.oauth import Registration, Tokens
from intake.pipeline.arrival.poll import poll
from intake.pipeline.services import Services
from intake.store import events, mailboxes, outbox, queue

COUNT = 1000


@cache
def messages() -> list[bytes]:
    return [mail(f"{'Lunch' if number % 5 else 'CPL submission'} {number}") for number in range(COUNT)]


class Disturbed(ImapMailbox):
    """A mailbox to which something happens while it is being read."""

    happens: Callable[[], object]
    after: int
    """So many messages."""

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        for fetched in super().fetch(wanted):
            self.after -= 1
            if self.after == 0:
                self.happens()
            yield fetched


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    require(has_dovecot(), NO_DOVECOT)
    with dovecot() as running:
        yield running


@pytest.fixture
def user(server: Dovecot, request: pytest.FixtureRequest) -> str:
    name = f"{abs(hash(request.node.name))}@example.test"
    server.deliver(name, messages())
    return name


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.mailbox.imap_session, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(intake.mailbox.imap, "_GOODBYE_SECONDS", 0.2)


def disturbed(server: Dovecot, user: str, happens: Callable[[], object], tokens: Tokens | None = None) -> Disturbed:
    mailbox = Disturbed(
        Account("post", "127.0.0.1", user, server.port, tls=False, password=server.password, tokens=tokens)
    )
    mailbox.happens, mailbox.after = happens, COUNT * 2 // 5
    return mailbox


def troubles(services: Services, mailbox: Disturbed) -> list[str]:
    """Poll until a poll brings nothing; gives what went wrong on the way."""
    said: list[str] = []
    for _ in range(8):
        try:
            done = poll(services, mailbox, Event())
        except UnreachableError as error:
            said.append(str(error))
            mailbox.close()
            continue
        assert done is not None
        if not done.taken:
            break
    mailbox.close()
    return said


def queue_count(services: Services) -> int:
    with services.store.reading() as tx:
        return queue.count(tx)


def assert_nothing_is_lost_or_doubled(services: Services) -> None:
    digests = sorted(hashlib.sha256(raw).hexdigest() for raw in messages())
    with services.store.reading() as tx:
        rows = queue.rows(tx)
        assert sorted(row.submission.raw_sha256 for row in rows) == digests
        letters = [letter for row in rows for letter in outbox.of_message(tx, row.submission.id)]
        assert len(letters) == len({letter.message_id for letter in letters}) == COUNT // 5
        assert {state.value for (_, _), state in all_states(tx, "post").items()} == {"received"}
        assert [event.name for event in events.chain(tx)].count("received") == COUNT
        assert mailboxes.last_polls(tx)["post"][1] is None
    assert sorted(services.archive.digests()) == digests


def test_its_process_is_killed(services: Services, server: Dovecot, user: str) -> None:
    mailbox = disturbed(server, user, lambda: server.signal_sessions(signal.SIGKILL))
    assert len(troubles(services, mailbox)) == 1
    assert_nothing_is_lost_or_doubled(services)


def test_it_freezes(services: Services, server: Dovecot, user: str) -> None:
    mailbox = disturbed(server, user, lambda: server.signal_sessions(signal.SIGSTOP))
    assert troubles(services, mailbox) == [f"mailbox post at 127.0.0.1:{server.port} cannot be read: timed out"]
    server.signal_sessions(signal.SIGCONT)
    assert_nothing_is_lost_or_doubled(services)


def test_it_is_restarted(services: Services, server: Dovecot, user: str) -> None:
    def restart() -> None:
        server.stop()
        server.start()

    assert len(troubles(services, disturbed(server, user, restart))) == 1
    assert_nothing_is_lost_or_doubled(services)


def test_it_numbers_its_mail_anew(services: Services, server: Dovecot, user: str) -> None:
    mailbox = disturbed(server, user, lambda: server.number_anew(user))
    assert len(troubles(services, mailbox)) == 1
    with services.store.reading() as tx:
        names = [event.name for event in events.chain(tx)]
        states = [state.value for state in all_states(tx, "post").values()]
    assert names.count("mailbox_renumbered") == 1
    assert names.count("received") == COUNT == queue_count(services)
    assert names.count("received") + names.count("sighted_again") == states.count("received")
    assert states.count("superseded") == len(states) - states.count("received") > 0
    assert "vanished" not in names


def test_its_token_expires(services: Services, server: Dovecot, user: str, tmp_path: Path) -> None:
    with identity_provider(tmp_path) as identity:

        def expire() -> None:
            identity.lifetime = -30
            tokens.forget()
            server.signal_sessions(signal.SIGKILL)

        identity.mailbox = user
        tokens = Tokens("mailbox post", registration(identity))
        mailbox = disturbed(server, user, expire, tokens)
        said = []
        for _ in range(2):
            with pytest.raises(UnreachableError) as caught:
                poll(services, mailbox, Event())
            said.append(str(caught.value))
        assert "did not let" in said[1]
        identity.lifetime = 3600
        assert troubles(services, mailbox) == []
    assert_nothing_is_lost_or_doubled(services)


def registration(identity: Identity) -> Registration:
    return Registration(TENANT, CLIENT, identity.secret, authority=identity.url, authorities=identity.authority)
