"""What is true of a mailbox at Exchange, read by Graph as by EWS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import mail
from peers.ews_places import EwsPlace, ews_place
from peers.faults import Fault
from peers.graph_places import GraphPlace, graph_place
from pipeline.check_desk import Desk, stamped

from intake.errors import UnreachableError
from intake.mailbox.base import Discards, Mailbox, MailboxListing, WithheldError
from intake.pipeline.services import Services

Place = GraphPlace | EwsPlace


def message(number: int) -> bytes:
    return f"From: jane@maker.example\r\nSubject: CPL submission {number}\r\n\r\n8-bit: \xe4\r\n".encode("latin-1")


@pytest.fixture(params=["graph", "ews"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    running = request.getfixturevalue(request.param)
    with graph_place(running) if request.param == "graph" else ews_place(running) as opened:
        yield opened


def fill(place: Place, count: int) -> list[str]:
    """Messages by the ids that stay, by which the server can be told what to do."""
    return [place.exchange.put(message(number)).immutable_id for number in range(count)]


def raws(mailbox: Mailbox, look: MailboxListing | None = None) -> list[bytes]:
    return [fetched.raw for fetched in mailbox.fetch((look or mailbox.scan()).sightings)]


def test_a_look_goes_through_all_pages_and_says_it_is_whole(place: Place) -> None:
    fill(place, 10)
    mailbox = place.mailbox()
    look = mailbox.scan()
    assert (len(look.sightings), look.whole) == (10, True)
    assert place.count(place.LISTS) == 4
    assert raws(mailbox, look) == [message(number) for number in range(10)]


def test_a_later_look_goes_on_where_the_last_one_ended(place: Place) -> None:
    fill(place, 5)
    first = place.mailbox().scan()
    place.put(message(9))
    mailbox = place.mailbox()
    later = mailbox.scan(first.cursor)
    assert (later.whole, raws(mailbox, later)) == (False, [message(9)])
    assert mailbox.scan(later.cursor).sightings == []


def test_what_was_moved_out_and_back_between_two_looks_is_found(place: Place) -> None:
    mailbox = place.mailbox()
    cursor = mailbox.scan().cursor
    (uid,) = fill(place, 1)
    place.exchange.move(uid, "archive")
    place.exchange.move(uid, "inbox")
    assert raws(mailbox, mailbox.scan(cursor)) == [message(0)]
    assert raws(mailbox) == [message(0)]


def test_an_ended_place_in_the_list_leads_to_a_whole_look(place: Place) -> None:
    fill(place, 4)
    mailbox = place.mailbox()
    cursor = mailbox.scan().cursor
    place.expire()
    look = mailbox.scan(cursor)
    assert (len(look.sightings), look.whole) == (4, True)
    assert mailbox.scan(look.cursor).whole is False


def test_a_cursor_of_another_folder_is_of_no_use(place: Place) -> None:
    fill(place, 1)
    cursor = place.mailbox().scan().cursor
    other = place.exchange.add_folder("CPL")
    place.exchange.put(b"other", other)
    mailbox = place.mailbox("CPL")
    look = mailbox.scan(cursor)
    assert (look.whole, raws(mailbox, look)) == (True, [b"other"])


@pytest.mark.parametrize("path", ["inbox", "Inbox", "Inbox/CPL/New entries", "inbox/cpl", "Teams & more", "drafts/"])
def test_a_folder_is_a_well_known_name_or_a_path(place: Place, path: str) -> None:
    exchange = place.exchange
    inner = exchange.add_folder("CPL", parent="inbox")
    for name in ("a", "b", "c"):
        exchange.add_folder(name, parent=inner)
    ids = {
        "inbox": "inbox",
        "Inbox": "inbox",
        "drafts/": "drafts",
        "inbox/cpl": inner,
        "Inbox/CPL/New entries": exchange.add_folder("New entries", parent=inner),
        "Teams & more": exchange.add_folder("Teams & more"),
    }
    for known in set(ids.values()):
        exchange.put(known.encode(), known)
    assert raws(place.mailbox(path)) == [ids[path].encode()]


def test_a_folder_that_is_not_there_is_named_with_those_that_are(place: Place) -> None:
    place.exchange.add_folder("CPL", parent="inbox")
    with pytest.raises(UnreachableError, match="mailbox m: the folder Inbox/CPX is not there") as caught:
        place.mailbox("Inbox/CPX").scan()
    assert "CPL" in caught.value.hint


def test_arrival_is_the_time_received_even_where_the_look_was_another_s(place: Place) -> None:
    fill(place, 1)
    look = place.mailbox().scan()
    (fetched,) = place.mailbox().fetch(look.sightings)
    assert fetched.arrived_at is not None
    assert fetched.arrived_at.isoformat() == "2026-11-20T17:30:00+00:00"
    assert fetched.obtained_from in {"Microsoft Graph, $value", "Exchange, EWS MimeContent"}


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("cut", [0, 5, 60, 700])
def test_a_body_cut_short_is_never_taken_for_the_message(place: Place, cut: int, chunked: bool) -> None:
    fill(place, 3)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.faults.append(Fault(place.BODIES, cut=cut, chunked=chunked))
    got: list[bytes] = []
    with pytest.raises(WithheldError, match="1 of 3 messages") as caught:
        got.extend(fetched.raw for fetched in mailbox.fetch(look.sightings))
    assert len(got) == 2
    assert set(caught.value.sightings) <= set(look.sightings)
    assert {*got, *raws(mailbox, look)} == {message(0), message(1), message(2)}


@pytest.mark.parametrize("cut", [0, 40, 600])
def test_a_list_cut_short_is_no_list(place: Place, cut: int) -> None:
    fill(place, 7)
    place.faults.append(Fault(place.LISTS, cut=cut))
    mailbox = place.mailbox()
    with pytest.raises(UnreachableError, match="mailbox m"):
        mailbox.scan()
    assert len(mailbox.scan().sightings) == 7


@pytest.mark.parametrize("code", ["ErrorMimeContentConversionFailed", "ErrorInternalServerError", "NoSuchWordAtAll"])
def test_one_message_that_cannot_be_had_does_not_keep_the_others_waiting(place: Place, code: str) -> None:
    fill(place, 3)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.faults.append(Fault(place.BODIES, 500, code))
    got: list[bytes] = []
    with pytest.raises(WithheldError, match=code) as caught:
        got.extend(fetched.raw for fetched in mailbox.fetch(look.sightings))
    assert len(got) == 2
    assert caught.value.hint


def test_nothing_is_not_taken_for_the_message(place: Place) -> None:
    place.exchange.put(b"")
    fill(place, 1)
    got: list[bytes] = []
    mailbox = place.mailbox()
    with pytest.raises(WithheldError, match="without its content"):
        got.extend(fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings))
    assert got == [message(0)]


def test_a_proxy_s_page_is_not_taken_for_the_message(place: Place) -> None:
    fill(place, 2)
    mailbox = place.mailbox()
    look = mailbox.scan()
    page = {"Content-Type": "text/html; charset=utf-8"}
    place.faults.append(Fault(place.BODIES, 200, headers=page, body=b"<html>Please sign in</html>"))
    got: list[bytes] = []
    with pytest.raises(WithheldError, match="1 of 2 messages"):
        got.extend(fetched.raw for fetched in mailbox.fetch(look.sightings))
    assert len(got) == 1
    assert {*got, *raws(mailbox, look)} == {message(0), message(1)}


def test_what_is_discarded_is_gone_and_nothing_else(place: Place) -> None:
    fill(place, 5)
    mailbox = place.for_checks()
    assert isinstance(mailbox, Discards)
    sightings = mailbox.scan().sightings
    place.take_away(sightings[0].uid)
    elsewhere = replace(sightings[3], epoch="another")
    mailbox.discard([*sightings[:3], elsewhere])
    assert mailbox.scan().sightings == sightings[3:]
    mailbox.discard(sightings[:3])


def test_a_server_that_will_not_delete_says_so(place: Place) -> None:
    fill(place, 1)
    mailbox = place.for_checks()
    sightings = mailbox.scan().sightings
    place.faults.append(Fault(place.DELETES, 403, "ErrorAccessDenied", times=9))
    with pytest.raises(UnreachableError, match="ErrorAccessDenied"):
        mailbox.discard(sightings)
    assert mailbox.scan().sightings == sightings


def test_a_mailbox_that_submissions_come_to_deletes_nothing(place: Place) -> None:
    assert not isinstance(place.mailbox(), Discards)


def test_a_server_that_has_gone_is_not_asked_for_every_message(place: Place) -> None:
    fill(place, 9)
    mailbox = place.mailbox()
    look = mailbox.scan()
    place.faults.append(Fault(place.BODIES, 502, body=b"Bad Gateway", times=99))
    with pytest.raises(UnreachableError) as caught:
        raws(mailbox, look)
    assert not isinstance(caught.value, WithheldError)
    assert place.count(place.BODIES) < 9


def test_a_server_that_is_not_there_is_named_in_few_words(place: Place) -> None:
    with pytest.raises(UnreachableError, match=r"mailbox m: .*Connection refused$") as caught:
        place.nowhere().scan()
    assert len(str(caught.value)) < 100
    assert "endpoint" in caught.value.hint


@pytest.fixture
def desk(services: Services, tmp_path: Path, place: Place) -> Desk:
    desk = Desk(services, tmp_path)
    desk.mailbox = place.for_checks()
    return desk


def test_each_is_answered_once_and_deleted(desk: Desk, place: Place) -> None:
    for number in range(3):
        place.put(stamped(mail(f"Number {number}?", documents={"a.txt": b"x" * (number + 1)})))
    place.put(mail("Nobody has proven whose it is"))
    assert len(desk.run()) == 3
    assert place.exchange.within("inbox") == []
    assert desk.run() == []


def test_what_cannot_be_deleted_now_is_deleted_later_and_not_answered_again(desk: Desk, place: Place) -> None:
    place.put(stamped(mail("One?", documents={"a.txt": b"x"})))
    place.faults.append(Fault(place.DELETES, 503, "ServiceUnavailable"))
    with pytest.raises(UnreachableError):
        desk.run()
    assert desk.run() == []
    assert len(desk.postman.letters) == 1
    assert place.exchange.within("inbox") == []
