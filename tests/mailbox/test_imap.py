"""IMAP where it hurts: lost connections, wrong passwords, refused messages."""

from __future__ import annotations

import logging
import re
import socket
import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from peers.certificates import trusting
from peers.dovecot import SECOND_PASSWORD, Dovecot
from peers.imap_servers import Server
from peers.places import ImapPlace
from peers.proxy import Wire
from peers.scripted_imap import Script, scripted

import intake.mailbox.imap
import intake.mailbox.imap_bodies
import intake.mailbox.imap_session
from intake.domain.message import Sighting
from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.base import Fetched, WithheldError
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_answers import search
from intake.mailbox.imap_session import Account
from intake.mailbox.numbered import Numbered


def message(number: int, size: int = 100) -> bytes:
    return f"Subject: CPL submission {number}\r\n\r\n".encode() + (b"x" * 70 + b"\r\n") * (size // 72 + 1)


def everything(mailbox: ImapMailbox) -> list[bytes]:
    return [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)]


def test_a_connection_lost_in_the_middle_is_said_and_the_next_poll_works(imap: ImapPlace) -> None:
    sent = [message(number, 100_000) for number in range(5)]
    for raw in sent:
        imap.put(raw)
    with Wire(imap.server.port) as wire:
        mailbox = imap.mailbox(port=wire.port)
        sightings = mailbox.scan().sightings
        wire.cut_after(150_000)
        with pytest.raises(UnreachableError, match="mailbox m at"):
            list(mailbox.fetch(sightings))
        assert sorted(everything(mailbox)) == sent
        assert everything(mailbox) == sent


def test_what_came_before_the_connection_was_lost_is_kept(imap: ImapPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_BYTES", 200)
    sent = [message(number) for number in range(3)]
    for raw in sent:
        imap.put(raw)
    with Wire(imap.server.port) as wire:
        mailbox = imap.mailbox(port=wire.port)
        fetched = mailbox.fetch(mailbox.scan().sightings)
        assert next(fetched).raw == sent[0]
        wire.cut()
        with pytest.raises(UnreachableError):  # at most the batch that had been asked for ahead still comes
            list(fetched)


def test_a_connection_that_went_stale_between_two_polls_is_replaced(imap: ImapPlace) -> None:
    imap.put(message(1))
    with Wire(imap.server.port) as wire:
        mailbox = imap.mailbox(port=wire.port)
        first = mailbox.scan().sightings
        wire.cut()
        assert mailbox.scan().sightings == first


def test_one_connection_serves_many_polls(imap: ImapPlace) -> None:
    mailbox = imap.mailbox()
    mailbox.scan()
    port = mailbox._client.socket().getsockname()  # noqa: SLF001  # nothing else tells one connection from another
    imap.put(message(1))
    assert len(mailbox.scan().sightings) == 1
    assert mailbox._client.socket().getsockname() == port  # noqa: SLF001  # as above


@pytest.mark.parametrize("at_a_time", [1, 2, 3, 50])
def test_a_large_folder_is_listed_some_at_a_time(
    imap: ImapPlace, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    for number in range(5):
        imap.put(message(number))
    mailbox = imap.mailbox()
    whole = mailbox.scan()
    monkeypatch.setattr(intake.mailbox.imap, "_AT_A_TIME", at_a_time)
    asked: list[tuple[str, ...]] = []

    def noted(client: Any, *criteria: str) -> list[int]:  # noqa: ANN401  # an untyped library's
        asked.append(criteria)
        return search(client, *criteria)

    monkeypatch.setattr(intake.mailbox.imap, "search", noted)
    pieces = mailbox.scan()
    assert (list(pieces.sightings), pieces.cursor) == (list(whole.sightings), whole.cursor)
    assert len(pieces.sightings) == 5
    assert (("ALL",) in asked) is (at_a_time >= 5)


def test_a_listing_of_numbers_is_a_sequence_of_sightings() -> None:
    listing = Numbered("m", "7", [1, 5, 4_294_967_295])
    every = [Sighting("m", "7", uid) for uid in ("1", "5", "4294967295")]
    assert listing == every
    assert (len(listing), listing[-1], listing[1:], listing[9:]) == (3, every[2], every[1:], [])
    assert listing != every[:2]
    assert listing != 3
    assert every[1] in listing


def test_batches_are_bounded_by_bytes_and_lose_nothing(imap: ImapPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_BYTES", 1_000)
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_MESSAGES", 3)
    monkeypatch.setattr(intake.mailbox.imap_bodies, "SIZES_AT_A_TIME", 4)
    sent = [message(number, size) for number, size in enumerate([10, 10, 10, 10, 990, 20, 5_000, 10, 10])]
    for raw in sent:
        imap.put(raw)
    assert everything(imap.mailbox()) == sent


def test_the_next_batch_is_asked_for_while_one_is_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_BYTES", 20)
    monkeypatch.setattr(intake.mailbox.imap_bodies, "SIZES_AT_A_TIME", 3)
    with scripted(Script({uid: b"message %d" % uid for uid in range(1, 6)})) as script:
        mailbox = ImapMailbox(Account("m", "127.0.0.1", "u", script.port, tls=False, password="p"))
        fetched = mailbox.fetch(mailbox.scan().sightings)
        got = [next(fetched).raw]
        asked_by(script, ["1,2", "3"])
        got += [next(fetched).raw, next(fetched).raw]
        got += [body.raw for body in fetched]
        assert script.asked == ["1,2", "3", "4,5"]
        mailbox.close()
    assert got == [b"message %d" % uid for uid in range(1, 6)]


def asked_by(script: Script, wanted: list[str]) -> None:
    until = time.monotonic() + 5
    while script.asked != wanted and time.monotonic() < until:
        time.sleep(0.002)
    assert script.asked == wanted


def four_a_batch_each(imap: ImapPlace, monkeypatch: pytest.MonkeyPatch) -> tuple[list[bytes], ImapMailbox]:
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_BYTES", 200)
    sent = [message(number) for number in range(4)]
    for raw in sent:
        imap.put(raw)
    return sent, imap.mailbox()


def test_whoever_stops_in_the_middle_may_go_on_with_the_same_mailbox(
    imap: ImapPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, mailbox = four_a_batch_each(imap, monkeypatch)
    for _ in range(2):
        sightings = mailbox.scan().sightings
        fetched = mailbox.fetch(sightings)
        assert next(fetched).raw == sent[0]
        fetched.close()  # type: ignore[attr-defined]  # it is a generator
        mailbox.settle(sightings[:1])
    assert everything(mailbox) == sent
    mailbox.close()


def test_a_fetch_that_is_dropped_late_does_not_disturb_the_next(
    imap: ImapPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, mailbox = four_a_batch_each(imap, monkeypatch)
    dropped = mailbox.fetch(mailbox.scan().sightings)
    assert next(dropped).raw == sent[0]
    fetched = mailbox.fetch(mailbox.scan().sightings)
    assert next(fetched).raw == sent[0]
    dropped.close()  # type: ignore[attr-defined]  # it is a generator
    assert [body.raw for body in fetched] == sent[1:]
    mailbox.close()


@pytest.mark.parametrize("trouble", ["refuses", "omits", "dies_of"])
def test_a_batch_asked_for_ahead_that_does_not_come_takes_no_other_message_along(
    trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake.mailbox.imap_bodies, "BATCH_BYTES", 20)
    script = Script({uid: b"message %d" % uid for uid in range(1, 7)})
    getattr(script, trouble).add(4)
    with scripted(script):
        mailbox = ImapMailbox(Account("m", "127.0.0.1", "u", script.port, tls=False, password="p"))
        got: list[str] = []
        for _ in range(3):  # one that kills the server does so twice: with its batch, and alone
            with suppress(UnreachableError):
                left = [sighting for sighting in mailbox.scan().sightings if sighting.uid not in got]
                got.extend(fetched.sighting.uid for fetched in mailbox.fetch(left))
        mailbox.close()
    assert sorted(got) == ["1", "2", "3", "5", "6"]


def test_a_folder_made_anew_has_another_epoch(imap: ImapPlace) -> None:
    name = f"again-{imap.folder}"
    imap.client.create_folder(name)
    imap.client.append(name, message(1))
    mailbox = imap.mailbox(folder=name)
    old = mailbox.scan().sightings
    mailbox.close()
    imap.client.delete_folder(name)
    imap.client.create_folder(name)
    imap.client.append(name, message(3))
    new = mailbox.scan().sightings
    assert [sighting.epoch for sighting in new] != [sighting.epoch for sighting in old]
    assert list(mailbox.fetch(old)) == []
    assert [fetched.raw for fetched in mailbox.fetch(new)] == [message(3)]


def test_the_arrival_keeps_the_offset_that_the_server_gives() -> None:
    with scripted(Script({1: b"x"})) as script:
        (fetched,) = scripted_fetch(script)
        assert fetched.arrived_at == datetime(2026, 11, 20, 17, 30, tzinfo=timezone(timedelta(hours=1)))
        assert fetched.arrived_at.utcoffset() == timedelta(hours=1)


def test_a_wrong_password_is_said_without_telling_it(pymap_server: Server) -> None:
    mailbox = ImapPlace(pymap_server).mailbox(password="Tr0ub4dor")
    with pytest.raises(UnreachableError, match="did not let") as caught:
        mailbox.scan()
    assert "password file" in caught.value.hint
    assert "Tr0ub4dor" not in f"{caught.value} {caught.value.__cause__} {caught.value.hint}"


def test_a_missing_folder_is_said_with_those_that_are_there(imap: ImapPlace) -> None:
    mailbox = imap.mailbox(folder="Nowhere")
    with pytest.raises(UnreachableError, match="Nowhere") as caught:
        mailbox.scan()
    assert "INBOX" in caught.value.hint


def test_a_folder_may_have_any_name(imap: ImapPlace) -> None:
    name = f"Einträge & mehr {imap.folder}"
    imap.client.create_folder(name)
    imap.client.append(name, message(1))
    assert everything(imap.mailbox(folder=name)) == [message(1)]


def test_no_mail_and_no_password_lands_in_the_log(imap: ImapPlace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    imap.put(b"Subject: CPL\r\n\r\nvery confidential\r\n")
    caplog.clear()
    everything(imap.mailbox())
    assert "confidential" not in caplog.text
    assert imap.server.password not in caplog.text


def test_a_server_certificate_that_nobody_vouches_for_is_refused(dovecot_server: Dovecot) -> None:
    place = ImapPlace(dovecot_server)
    mailbox = place.mailbox(host="localhost", port=dovecot_server.tls_port, tls=True)
    with pytest.raises(UnreachableError, match=r"(?i)certificate") as caught:
        mailbox.scan()
    assert "authority" in caught.value.hint


def test_a_server_certificate_of_a_known_authority_is_accepted(dovecot_server: Dovecot) -> None:
    assert dovecot_server.authority
    context = trusting(dovecot_server.authority)
    place = ImapPlace(dovecot_server, user="tls@example.test")
    place.put(message(1))
    mailbox = place.mailbox(host="localhost", port=dovecot_server.tls_port, tls=True, context=context)
    assert everything(mailbox) == [message(1)]
    place.close()


def test_tls_to_a_port_that_speaks_none_is_said(pymap_server: Server) -> None:
    mailbox = ImapPlace(pymap_server).mailbox(tls=True)
    with pytest.raises(UnreachableError) as caught:
        mailbox.scan()
    assert "port" in caught.value.hint


@pytest.mark.parametrize("host", ["mail.example.test", "192.0.2.1", "localhost.example.test"])
def test_no_password_travels_unencrypted_to_another_machine(host: str) -> None:
    with pytest.raises(ConfigurationError, match="unencrypted"):
        ImapMailbox(Account("m", host, "u", password="p", tls=False))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST."])
def test_this_machine_may_do_without_tls(host: str) -> None:
    ImapMailbox(Account("m", host, "u", password="p", tls=False)).close()


def test_a_server_that_never_speaks_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.mailbox.imap_session, "CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailbox = ImapMailbox(Account("m", "127.0.0.1", "u", port=silent.getsockname()[1], password="p", tls=False))
        with pytest.raises(UnreachableError, match="timed out") as caught:
            mailbox.scan()
        assert "in time" in caught.value.hint


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* BYE busy\r\n", b"\xff\x00\r\n", b"\r\n"])
def test_a_server_that_talks_nonsense_is_unreachable(greeting: bytes) -> None:
    with scripted(Script({}, greeting=greeting)) as script, pytest.raises(UnreachableError):
        at(script).scan()


def at(script: Script) -> ImapMailbox:
    return ImapMailbox(Account("m", "127.0.0.1", "u", port=script.port, password="p", tls=False))


def scripted_fetch(script: Script, mailbox: ImapMailbox | None = None) -> list[Fetched]:
    mailbox = mailbox or at(script)
    fetched = list(mailbox.fetch(mailbox.scan().sightings))
    mailbox.close()
    return fetched


THREE = {1: b"one", 2: b"two", 3: b"three"}


@pytest.mark.parametrize("trouble", ["refuses", "omits"])
def test_a_message_that_is_not_given_is_complained_of_after_the_others_came(trouble: str) -> None:
    with scripted(Script(THREE, **{trouble: {2}})) as script:  # type: ignore[arg-type]  # one of two sets
        mailbox = at(script)
        fetched = mailbox.fetch(mailbox.scan().sightings)
        assert [next(fetched).raw, next(fetched).raw] == [b"one", b"three"]
        with pytest.raises(UnreachableError, match="would not give 1 messages, first: UID 2"):
            next(fetched)
        mailbox.close()


def test_nothing_is_not_taken_for_a_message_that_has_a_size() -> None:
    with scripted(Script(THREE | {2: b""})) as script:
        mailbox = at(script)
        got: list[bytes] = []
        with pytest.raises(WithheldError, match="first: UID 2"):
            got.extend(fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings))
        assert got == [b"one", b"three"]
        script.sizes[2] = 0
        assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)][-1] == b""
        mailbox.close()


@pytest.mark.parametrize(("stated", "most"), [(25, 0), (25, 4), (90, 0), (90, 4), (12, 0)])
def test_a_large_message_comes_whole_however_the_server_cuts_it_and_errs(
    monkeypatch: pytest.MonkeyPatch, stated: int, most: int
) -> None:
    monkeypatch.setattr("intake.mailbox.imap_bodies.BATCH_BYTES", 10)
    large = b"a message of 25 characters"[:25]
    with scripted(Script({1: large}, sizes={1: stated}, most=most)) as script:
        (fetched,) = scripted_fetch(script)
    assert fetched.raw == large


def test_a_message_that_kills_the_connection_keeps_no_other_waiting() -> None:
    with scripted(Script(THREE, dies_of={2})) as script:
        mailbox = at(script)
        with pytest.raises(UnreachableError):
            list(mailbox.fetch(mailbox.scan().sightings))
        got: list[bytes] = []
        for _ in range(2):  # alone now; a new one each poll comes before those that failed
            with pytest.raises(UnreachableError):
                got.extend(each.raw for each in mailbox.fetch(mailbox.scan().sightings))
        assert {b"one", b"three"} <= set(got)
        script.messages |= {4: b"four"}
        fetched = mailbox.fetch(mailbox.scan().sightings)
        assert next(fetched).raw == b"one"
        assert {next(fetched).raw, next(fetched).raw} == {b"three", b"four"}
        script.dies_of.clear()
        assert next(fetched).raw == b"two"
        mailbox.close()
    assert script.asked[0] == "1,2,3"
    assert not [asked for asked in script.asked[1:] if "2" in asked and re.search(r"\D", asked)]


def test_a_password_beyond_ascii_signs_in(dovecot_server: Dovecot) -> None:
    place = ImapPlace(dovecot_server, user="beyond@example.test")
    place.put(message(1))
    mailbox = place.mailbox(password=SECOND_PASSWORD)
    assert everything(mailbox) == [message(1)]
    place.close()
