"""IDLE, marks, TLS and large messages at real IMAP servers."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path
from threading import Event

import pytest
from peers.certificates import trusting
from peers.dovecot import Dovecot
from peers.imap_servers import Server
from peers.places import ImapPlace

import intake.mailbox.imap_bodies
import intake.mailbox.imap_idle
from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.connection import verifying
from intake.mailbox.imap_marks import Mark

FOREVER = 600.0
"""Longer than any test may take."""
BOUND = 60.0
"""Far less than for ever, far more than a busy machine needs."""


def message(number: int) -> bytes:
    return f"Subject: CPL submission {number}\r\n\r\nbody\r\n".encode()


def later(seconds: float, work: object) -> None:
    assert callable(work)
    threading.Timer(seconds, work).start()


def test_mail_that_arrives_ends_the_wait(imap: ImapPlace) -> None:
    mailbox = imap.mailbox()
    mailbox.scan()
    _ = imap.client
    later(0.2, lambda: imap.put(message(1)))
    started = time.monotonic()
    mailbox.wait(FOREVER, Event())
    assert time.monotonic() - started < BOUND
    assert len(mailbox.scan().sightings) == 1


def test_mail_that_was_announced_meanwhile_ends_the_wait(imap: ImapPlace) -> None:
    imap.put(message(1))
    mailbox = imap.mailbox()
    listing = mailbox.scan()
    imap.put(message(2))
    assert [fetched.raw for fetched in mailbox.fetch(list(listing.sightings))] == [message(1)]  # told of with these
    started = time.monotonic()
    mailbox.wait(FOREVER, Event())
    assert time.monotonic() - started < BOUND
    assert len(mailbox.scan(listing.cursor).sightings) == 1


def test_a_stop_ends_the_wait(imap: ImapPlace) -> None:
    mailbox, stopping = imap.mailbox(), Event()
    mailbox.scan()
    later(0.2, stopping.set)
    started = time.monotonic()
    mailbox.wait(FOREVER, stopping)
    assert time.monotonic() - started < BOUND


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_server_that_is_gone_or_frozen_ends_the_wait_and_the_next_look_works(
    dovecot_server: Dovecot, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr(intake.mailbox.imap_idle, "_DONE_SECONDS", 0.3)
    monkeypatch.setattr("intake.mailbox.imap._AFTER_TROUBLE_SECONDS", 0.1)
    monkeypatch.setattr("intake.mailbox.imap._GOODBYE_SECONDS", 0.1)
    user = f"idle{number.value}@example.test"
    dovecot_server.deliver(user, [message(1)])
    mailbox = ImapPlace(dovecot_server, user=user).mailbox()
    first = mailbox.scan()
    later(0.3, lambda: dovecot_server.signal_sessions(number))
    started = time.monotonic()
    mailbox.wait(1.0 if number == signal.SIGSTOP else FOREVER, Event())
    assert time.monotonic() - started < BOUND
    dovecot_server.signal_sessions(signal.SIGCONT)
    assert mailbox.scan(first.cursor).sightings == []
    mailbox.close()


def test_a_keyword_marks_what_is_taken_in(dovecot_server: Dovecot) -> None:
    place = ImapPlace(dovecot_server, user="keyword@example.test")
    for number in range(3):
        place.put(message(number))
    mailbox = place.mailbox(marks=Mark("keyword", "$Taken"))
    sightings = mailbox.scan().sightings
    for _ in range(2):
        mailbox.settle(sightings[:2])
    place.client.select_folder("INBOX", readonly=True)
    assert place.client.search(["KEYWORD", "$Taken"]) == [1, 2]
    assert place.client.search(["SEEN"]) == []
    assert mailbox.scan().sightings == sightings
    place.close()


def test_a_server_that_keeps_no_keywords_is_told_of_once_and_read_all_the_same(
    pymap_server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ImapPlace(pymap_server, folder="unmarked")
    place.client.create_folder("unmarked")
    place.put(message(1))
    mailbox = place.mailbox(marks=Mark("keyword", "$Taken"))
    sightings = mailbox.scan().sightings
    for _ in range(3):
        mailbox.settle(sightings)
    assert mailbox.scan().sightings == sightings
    assert capsys.readouterr().out.count("keeps no keyword") == 1
    place.close()


def test_what_is_taken_in_moves_to_a_folder_that_is_made(imap: ImapPlace) -> None:
    for number in range(3):
        imap.put(message(number))
    target = f"taken-{imap.folder}"
    mailbox = imap.mailbox(marks=Mark("move", target))
    sightings = mailbox.scan().sightings
    for _ in range(2):
        mailbox.settle(sightings[:2])
    assert mailbox.scan().sightings == sightings[2:]
    moved = imap.mailbox(folder=target)
    assert [fetched.raw for fetched in moved.fetch(moved.scan().sightings)] == [message(0), message(1)]


def test_marking_at_a_server_that_hung_up_is_no_trouble(dovecot_server: Dovecot) -> None:
    place = ImapPlace(dovecot_server, user="hung-up@example.test")
    place.put(message(1))
    mailbox = place.mailbox(marks=Mark("keyword", "$Taken"))
    sightings = mailbox.scan().sightings
    dovecot_server.signal_sessions(signal.SIGKILL)
    for _ in range(2):
        mailbox.settle(sightings)
    assert mailbox.scan().sightings == sightings
    mailbox.close()


@pytest.mark.parametrize("size", [999, 1000, 1001, 2000, 2500])
def test_a_large_message_comes_in_pieces(imap: ImapPlace, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_BYTES", 1000)
    raw = b"Subject: CPL\r\n\r\n".ljust(size - 2, b"x") + b"\r\n"
    for content in (message(1), raw, message(2)):
        imap.put(content)
    mailbox = imap.mailbox()
    assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)] == [message(1), raw, message(2)]


def test_starttls_encrypts_what_began_in_the_clear(dovecot_server: Dovecot) -> None:
    assert dovecot_server.authority
    place = ImapPlace(dovecot_server, user="starttls@example.test")
    place.put(message(1))
    mailbox = place.mailbox(host="localhost", tls="starttls", context=trusting(dovecot_server.authority))
    assert len(mailbox.scan().sightings) == 1
    mailbox.close()
    with pytest.raises(UnreachableError, match=r"(?i)certificate"):
        place.mailbox(host="localhost", tls="starttls").scan()
    place.close()


def test_an_authority_of_one_s_own_is_a_file(dovecot_server: Dovecot, tmp_path: Path) -> None:
    assert verifying(dovecot_server.authority).cert_store_stats()["x509"] == 1
    (tmp_path / "empty.pem").write_text("nothing")
    for missing in ("empty.pem", "nowhere.pem"):
        with pytest.raises(ConfigurationError, match="tls_ca"):
            verifying(tmp_path / missing)
