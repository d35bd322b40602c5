"""A mailbox at an Exchange on one's own premises, read by the real exchangelib."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from peers.asgi import served
from peers.certificates import self_signed, trusting
from peers.ews_places import EwsPlace, EwsRunning, ews_place
from peers.ews_server import PASSWORD, Ews
from peers.faults import Fault
from peers.ntlm import NtlmGate

from intake.errors import ConfigurationError, ThrottledError, UnreachableError
from intake.mailbox.base import Fetched, MailboxListing, WithheldError
from intake.mailbox.ews import EwsMailbox
from intake.mailbox.ews_account import EwsAccount


def message(number: int) -> bytes:
    return f"From: jane@maker.example\r\nSubject: CPL submission {number}\r\n\r\n8-bit: \xe4\r\n".encode("latin-1")


@pytest.fixture
def place(ews: EwsRunning) -> Iterator[EwsPlace]:
    with ews_place(ews) as opened:
        yield opened


def fill(place: EwsPlace, count: int) -> list[str]:
    """Immutable ids at the fake, by which it can be told what to do."""
    return [place.ews.exchange.put(message(number)).immutable_id for number in range(count)]


def raws(mailbox: EwsMailbox, look: MailboxListing | None = None) -> list[bytes]:
    return [fetched.raw for fetched in mailbox.fetch((look or mailbox.scan()).sightings)]


def test_a_message_that_somebody_reads_is_not_new(place: EwsPlace) -> None:
    (uid,) = fill(place, 1)
    mailbox = place.mailbox()
    cursor = mailbox.scan().cursor
    place.ews.exchange.touch(uid)
    assert mailbox.scan(cursor).sightings == []


def test_what_was_moved_out_and_back_is_found_under_its_new_id(place: EwsPlace) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.scan().cursor
    (uid,) = fill(place, 1)
    before = place.ews.exchange.items[uid].id
    place.ews.exchange.move(uid, "archive")
    place.ews.exchange.move(uid, "inbox")
    look = mailbox.scan(cursor)
    assert [sighting.uid for sighting in look.sightings] != [before]
    assert raws(mailbox, look) == [message(0)]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("GetItem", 200, "ErrorMimeContentConversionFailed"),
        Fault("GetItem", 200, "ErrorNoSuchWordAtAll"),
        Fault("GetItem", 500, "ErrorInternalServerError"),
        Fault("GetItem", 200, body=b"<html>Sign in</html>"),
        Fault("GetItem", 502, body=b"Bad Gateway"),
        Fault("GetItem", 302, headers={"Location": "https://elsewhere.example/"}, body=b""),
    ],
    ids=lambda fault: f"{fault.status} {fault.code}",
)
def test_one_message_that_cannot_be_had_does_not_keep_the_others_waiting(place: EwsPlace, fault: Fault) -> None:
    fill(place, 3)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.ews.faults.append(Fault(**vars(fault)))
    got: list[Fetched] = []
    with pytest.raises(WithheldError) as caught:
        got.extend(mailbox.fetch(look.sightings))
    assert [fetched.raw for fetched in got] == [message(1), message(2)]
    assert caught.value.hint


@pytest.mark.parametrize(("status", "asked"), [(502, 3), (503, 1)])
def test_a_server_that_has_gone_is_not_asked_for_every_message(place: EwsPlace, status: int, asked: int) -> None:
    fill(place, 9)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.ews.faults.append(Fault("GetItem", status, body=b"", times=99))
    with pytest.raises(UnreachableError):
        raws(mailbox, look)
    assert place.ews.count("GetItem") == asked


def test_a_busy_server_says_for_how_long(place: EwsPlace) -> None:
    busy = Fault("SyncFolderItems", 500, "ErrorServerBusy", {"BackOffMilliseconds": "17000"})
    place.ews.faults.append(busy)
    with pytest.raises(ThrottledError) as caught:
        place.mailbox().scan()
    assert caught.value.seconds == 17


def test_a_wrong_password_is_tried_once_and_says_what_to_check(place: EwsPlace) -> None:
    mailbox = place.mailbox(password="wrong horse")
    with pytest.raises(UnreachableError, match="mailbox m") as caught:
        mailbox.scan()
    assert "password file" in caught.value.hint
    assert "wrong horse" not in f"{caught.value} {EwsAccount('m', 'https://x', 'a@x', 'u', 'wrong horse')}"
    assert place.ews.asked == []


def test_ntlm_signs_in_with_domain_and_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "users").write_text(f"EXAMPLE:svc:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "users"))
    ews = Ews(ntlm=NtlmGate())
    ews.exchange.put(message(0))
    with served(ews) as port:
        ews_account = EwsAccount("m", f"http://127.0.0.1:{port}", ews.exchange.user, "EXAMPLE\\svc", PASSWORD)
        mailbox = EwsMailbox(ews_account)
        assert raws(mailbox) == [message(0)]
        mailbox.close()
        with pytest.raises(UnreachableError) as caught:
            EwsMailbox(replace(ews_account, password="wrong")).scan()
        assert "password file" in caught.value.hint
        assert ews.ntlm is not None
        assert ews.ntlm.refused == 1  # a second try would be one nearer to a locked account


def test_what_has_failed_once_is_tried_anew(place: EwsPlace) -> None:
    fill(place, 1)
    mailbox = place.mailbox()
    place.ews.faults.append(Fault("ConvertId", 502, body=b"Bad Gateway"))
    with pytest.raises(UnreachableError):
        mailbox.scan()
    assert raws(mailbox) == [message(0)]


def test_another_s_mailbox_that_may_not_be_read_says_so(place: EwsPlace) -> None:
    place.ews.faults.append(Fault("GetFolder", 200, "ErrorNonExistentMailbox", times=99))
    with pytest.raises(UnreachableError) as caught:
        place.mailbox().scan()
    assert "address" in caught.value.hint


@pytest.mark.parametrize("endpoint", ["http://mail.example/EWS/Exchange.asmx", "mail.example", "ftp://127.0.0.1/x"])
def test_an_endpoint_is_https_or_this_machine(place: EwsPlace, endpoint: str) -> None:
    with pytest.raises(ConfigurationError, match="endpoint"):
        place.mailbox(endpoint=endpoint)


def test_tls_is_verified(tmp_path: Path) -> None:
    self_signed(tmp_path / "certificate", tmp_path / "key")
    ews = Ews()
    with served(ews, tmp_path / "certificate", tmp_path / "key") as port:
        ews_account = EwsAccount("m", f"https://localhost:{port}", ews.exchange.user, ews.user, PASSWORD, "basic")
        mailbox = EwsMailbox(replace(ews_account, context=trusting(tmp_path / "certificate")))
        assert mailbox.scan().sightings == []
        mailbox.close()
        with pytest.raises(UnreachableError, match="CERTIFICATE_VERIFY_FAILED") as caught:
            EwsMailbox(ews_account).scan()
        assert "certificate" in caught.value.hint


def test_an_endpoint_may_leave_out_the_usual_path(place: EwsPlace) -> None:
    fill(place, 1)
    assert raws(place.mailbox(endpoint=f"http://127.0.0.1:{place.port}")) == [message(0)]
