"""A mailbox at an Exchange on one's own premises, read by the real exchangelib."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peers.ews_places import EwsPlace, EwsRunning, ews_place
from peers.faults import Fault

from intake.errors import ConfigurationError, ThrottledError, UnreachableError
from intake.mailbox.base import Fetched, Look, WithheldError
from intake.mailbox.ews import EwsMailbox


def message(number: int) -> bytes:
    return f"From: jane@maker.example\r\nSubject: CPL submission {number}\r\n\r\n8-bit: \xe4\r\n".encode("latin-1")


@pytest.fixture
def place(ews: EwsRunning) -> Iterator[EwsPlace]:
    with ews_place(ews) as opened:
        yield opened


def fill(place: EwsPlace, count: int) -> list[str]:
    """Immutable ids at the fake, by which it can be told what to do."""
    return [place.ews.exchange.put(message(number)).immutable_id for number in range(count)]


def raws(mailbox: EwsMailbox, look: Look | None = None) -> list[bytes]:
    return [each.raw for each in mailbox.fetch((look or mailbox.look()).sightings)]


def test_a_look_goes_through_all_changes_and_says_it_is_whole(place: EwsPlace) -> None:
    fill(place, 10)
    mailbox = place.mailbox()
    look = mailbox.look()
    assert (len(look.sightings), look.whole) == (10, True)
    assert place.ews.count("SyncFolderItems") == 4
    assert raws(mailbox, look) == [message(number) for number in range(10)]


def test_a_later_look_goes_on_where_the_last_one_ended(place: EwsPlace) -> None:
    fill(place, 5)
    first = place.mailbox().look()
    fill(place, 1)
    mailbox = place.mailbox()
    later = mailbox.look(first.cursor)
    assert (len(later.sightings), later.whole) == (1, False)
    assert mailbox.look(later.cursor).sightings == []


def test_a_message_that_somebody_reads_is_not_new(place: EwsPlace) -> None:
    (uid,) = fill(place, 1)
    mailbox = place.mailbox()
    cursor = mailbox.look().cursor
    place.ews.exchange.touch(uid)
    assert mailbox.look(cursor).sightings == []


def test_what_was_moved_out_and_back_is_found_under_its_new_id(place: EwsPlace) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.look().cursor
    (uid,) = fill(place, 1)
    before = place.ews.exchange.items[uid].id
    place.ews.exchange.move(uid, "archive")
    place.ews.exchange.move(uid, "inbox")
    look = mailbox.look(cursor)
    assert [sighting.uid for sighting in look.sightings] != [before]
    assert raws(mailbox, look) == [message(0)]


def test_an_ended_sync_state_leads_to_a_whole_look(place: EwsPlace) -> None:
    fill(place, 4)
    mailbox = place.mailbox()
    cursor = mailbox.look().cursor
    place.ews.expire()
    look = mailbox.look(cursor)
    assert (len(look.sightings), look.whole) == (4, True)
    assert mailbox.look(look.cursor).whole is False


def test_a_cursor_of_another_folder_is_of_no_use(place: EwsPlace) -> None:
    fill(place, 1)
    cursor = place.mailbox().look().cursor
    assert place.mailbox("Sent Items").look(cursor).whole is True


@pytest.mark.parametrize("folder", ["inbox", "Inbox", "Inbox/CPL/New entries", "inbox/cpl", "Teams & more"])
def test_a_folder_is_a_well_known_name_or_a_path(place: EwsPlace, folder: str) -> None:
    exchange = place.ews.exchange
    inner = exchange.add_folder("CPL", parent="inbox")
    for name in ("a", "b", "c"):
        exchange.add_folder(name, parent=inner)
    ids = {
        "inbox": "inbox",
        "Inbox": "inbox",
        "inbox/cpl": inner,
        "Inbox/CPL/New entries": exchange.add_folder("New entries", parent=inner),
        "Teams & more": exchange.add_folder("Teams & more"),
    }
    for known in set(ids.values()):
        exchange.put(known.encode(), known)
    assert raws(place.mailbox(folder)) == [ids[folder].encode()]


def test_a_folder_that_is_not_there_is_named_with_those_that_are(place: EwsPlace) -> None:
    place.ews.exchange.add_folder("CPL", parent="inbox")
    with pytest.raises(UnreachableError, match="no 'CPX' in it") as caught:
        place.mailbox("Inbox/CPX").look()
    assert "CPL" in caught.value.hint


def test_arrival_is_the_time_received_and_the_bytes_have_their_origin(place: EwsPlace) -> None:
    fill(place, 1)
    mailbox = place.mailbox()
    (one,) = mailbox.fetch(mailbox.look().sightings)
    assert one.arrived_at is not None
    assert one.arrived_at.isoformat() == "2026-11-20T17:30:00+00:00"
    assert one.obtained_from == "Exchange, EWS MimeContent"


@pytest.mark.parametrize("cut", [0, 300, 700])
def test_a_body_cut_short_is_never_taken_for_the_message(place: EwsPlace, cut: int) -> None:
    fill(place, 2)
    mailbox = place.mailbox()
    look = mailbox.look()
    place.ews.faults.append(Fault("GetItem", cut=cut))
    got: list[Fetched] = []
    with pytest.raises(WithheldError, match="1 of 2 messages") as caught:
        got.extend(mailbox.fetch(look.sightings))
    assert [each.raw for each in got] == [message(1)]
    assert list(caught.value.sightings) == [look.sightings[0]]
    assert raws(mailbox, look) == [message(0), message(1)]


@pytest.mark.parametrize("cut", [0, 500])
def test_a_list_cut_short_is_no_list(place: EwsPlace, cut: int) -> None:
    fill(place, 7)
    place.ews.faults.append(Fault("SyncFolderItems", cut=cut))
    mailbox = place.mailbox()
    with pytest.raises(UnreachableError):
        mailbox.look()
    assert len(mailbox.look().sightings) == 7


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
    look = mailbox.look()
    place.ews.faults.append(Fault(**vars(fault)))
    got: list[Fetched] = []
    with pytest.raises(WithheldError) as caught:
        got.extend(mailbox.fetch(look.sightings))
    assert [each.raw for each in got] == [message(1), message(2)]
    assert caught.value.hint


@pytest.mark.parametrize(("status", "asked"), [(502, 3), (503, 1)])
def test_a_server_that_has_gone_is_not_asked_for_every_message(place: EwsPlace, status: int, asked: int) -> None:
    fill(place, 9)
    mailbox = place.mailbox()
    look = mailbox.look()
    place.ews.faults.append(Fault("GetItem", status, body=b"", times=99))
    with pytest.raises(UnreachableError):
        raws(mailbox, look)
    assert place.ews.count("GetItem") == asked


def test_a_busy_server_says_for_how_long(place: EwsPlace) -> None:
    busy = Fault("SyncFolderItems", 500, "ErrorServerBusy", {"BackOffMilliseconds": "17000"})
    place.ews.faults.append(busy)
    with pytest.raises(ThrottledError) as caught:
        place.mailbox().look()
    assert caught.value.seconds == 17


def test_a_wrong_password_is_tried_once_and_says_what_to_check(place: EwsPlace) -> None:
    mailbox = place.mailbox(password="wrong horse")
    with pytest.raises(UnreachableError, match="mailbox m") as caught:
        mailbox.look()
    assert "password file" in caught.value.hint
    assert "wrong horse" not in str(caught.value)
    assert place.ews.asked == []


def test_what_has_failed_once_is_tried_anew(place: EwsPlace) -> None:
    fill(place, 1)
    mailbox = place.mailbox()
    place.ews.faults.append(Fault("ConvertId", 502, body=b"Bad Gateway"))
    with pytest.raises(UnreachableError):
        mailbox.look()
    assert raws(mailbox) == [message(0)]


def test_another_s_mailbox_that_may_not_be_read_says_so(place: EwsPlace) -> None:
    place.ews.faults.append(Fault("GetFolder", 200, "ErrorNonExistentMailbox", times=99))
    with pytest.raises(UnreachableError) as caught:
        place.mailbox().look()
    assert "address" in caught.value.hint


@pytest.mark.parametrize("endpoint", ["http://mail.example/EWS/Exchange.asmx", "mail.example", "ftp://127.0.0.1/x"])
def test_an_endpoint_is_https_or_this_machine(place: EwsPlace, endpoint: str) -> None:
    with pytest.raises(ConfigurationError, match="endpoint"):
        place.mailbox(endpoint=endpoint)


def test_an_endpoint_may_leave_out_the_usual_path(place: EwsPlace) -> None:
    fill(place, 1)
    assert raws(place.mailbox(endpoint=f"http://127.0.0.1:{place.port}")) == [message(0)]
