"""What is true of every mailbox, whatever stands behind it."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from peers.places import Place

from intake.errors import UnreachableError


def message(number: int, body: bytes = b"") -> bytes:
    head = f"From: jane@maker.example\r\nSubject: CPL submission {number}\r\nMessage-ID: <{number}@x>\r\n\r\n"
    return head.encode() + (body or b"Dear all,\r\n\r\n8-bit: \xe4\xff\r\n")


def test_everything_is_sighted_in_order_of_arrival_and_fetched_byte_for_byte(place: Place) -> None:
    sent = [message(number) for number in range(5)]
    for raw in sent:
        place.put(raw)
    mailbox = place.mailbox()
    sightings = mailbox.scan().sightings
    assert [sighting.mailbox for sighting in sightings] == ["m"] * 5
    fetched = list(mailbox.fetch(sightings))
    assert [each.sighting for each in fetched] == sightings
    assert [each.raw for each in fetched] == sent


def test_an_empty_mailbox_has_no_sightings(place: Place) -> None:
    mailbox = place.mailbox()
    assert mailbox.scan().sightings == []
    assert list(mailbox.fetch([])) == []


def test_a_message_keeps_its_identity_from_poll_to_poll(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    first = mailbox.scan().sightings
    place.put(message(2))
    second = mailbox.scan().sightings
    assert second[:1] == first
    assert len(set(second)) == 2
    assert place.mailbox().scan().sightings == second


def test_the_same_bytes_twice_are_two_sightings(place: Place) -> None:
    for _ in range(2):
        place.put(message(1))
    assert len(set(place.mailbox().scan().sightings)) == 2


def test_every_message_has_a_time_with_its_zone(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    (fetched,) = mailbox.fetch(mailbox.scan().sightings)
    moment = fetched.arrived_at or fetched.file_time
    assert moment is not None
    assert moment.isoformat(timespec="minutes") == "2026-11-20T17:30+00:00"


def test_only_what_is_wanted_is_fetched(place: Place) -> None:
    for number in range(4):
        place.put(message(number))
    mailbox = place.mailbox()
    sightings = mailbox.scan().sightings
    assert [fetched.raw for fetched in mailbox.fetch(sightings[1:3])] == [message(1), message(2)]


def test_a_message_that_has_vanished_is_left_out_and_the_others_come(place: Place) -> None:
    for number in range(4):
        place.put(message(number))
    mailbox = place.mailbox()
    sightings = mailbox.scan().sightings
    place.take_away(sightings[1].uid)
    assert [fetched.raw for fetched in mailbox.fetch(sightings)] == [message(0), message(2), message(3)]
    assert mailbox.scan().sightings == [sightings[0], *sightings[2:]]


def test_when_all_have_vanished_nothing_comes(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    sightings = mailbox.scan().sightings
    place.take_away(sightings[0].uid)
    assert list(mailbox.fetch(sightings)) == []


def test_a_sighting_of_another_epoch_has_vanished(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    (sighting,) = mailbox.scan().sightings
    assert list(mailbox.fetch([replace(sighting, epoch="another")])) == []


def test_a_look_says_what_it_is_and_goes_on_where_another_ended(place: Place) -> None:
    place.put(message(1))
    first = place.mailbox().scan()
    assert first.whole
    assert len(first.sightings) == 1
    place.put(message(2))
    mailbox = place.mailbox()
    second = mailbox.scan(first.cursor)
    assert set(second.sightings) >= set(mailbox.scan().sightings) - set(first.sightings)
    assert not second.whole or set(second.sightings) >= set(first.sightings)
    assert len(set(first.sightings) | set(second.sightings)) == 2


def test_a_look_that_finds_nothing_new_keeps_its_place(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    first = mailbox.scan()
    again = mailbox.scan(first.cursor)
    assert set(again.sightings) <= set(first.sightings)
    place.put(message(2))
    third = mailbox.scan(again.cursor)
    assert len(set(third.sightings) - set(first.sightings)) == 1


@pytest.mark.parametrize("cursor", ["", "nonsense", "1:2:x", "0:99999", "https://elsewhere.example/delta?token=1"])
def test_a_cursor_of_no_use_gives_a_whole_look(place: Place, cursor: str) -> None:
    place.put(message(1))
    look = place.mailbox().scan(cursor)
    assert look.whole
    assert len(look.sightings) == 1


def test_the_epoch_of_a_look_is_that_of_all_its_sightings(place: Place) -> None:
    for number in range(3):
        place.put(message(number))
    look = place.mailbox().scan()
    assert look.epoch is None or {sighting.epoch for sighting in look.sightings} == {look.epoch}


def test_settling_is_harmless_and_may_be_told_twice(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    sightings = mailbox.scan().sightings
    for _ in range(2):
        mailbox.settle(sightings)
    mailbox.settle([replace(sightings[0], epoch="another")])
    assert mailbox.scan().sightings == sightings
    place.nowhere().settle(sightings)


def test_waiting_ends_with_the_time_or_with_a_stop(place: Place) -> None:
    mailbox, stopping = place.mailbox(), Event()
    mailbox.wait(0.01, stopping)
    mailbox.scan()
    mailbox.wait(0.01, stopping)
    assert mailbox.scan().whole
    stopping.set()
    mailbox.wait(3600, stopping)
    mailbox.close()
    mailbox.wait(3600, stopping)


def test_polling_changes_nothing(place: Place) -> None:
    for number in range(3):
        place.put(message(number))
    before = place.scan()
    mailbox = place.mailbox()
    list(mailbox.fetch(mailbox.scan().sightings))
    mailbox.close()
    assert place.scan() == before


def test_a_large_message_comes_whole(place: Place) -> None:
    raw = message(1, (b"0123456789abcdef" * 4 + b"\r\n") * 40_000)
    place.put(raw)
    place.put(message(2))
    mailbox = place.mailbox()
    assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)] == [raw, message(2)]


def test_a_closed_mailbox_can_be_polled_again(place: Place) -> None:
    place.put(message(1))
    mailbox = place.mailbox()
    mailbox.close()
    sightings = mailbox.scan().sightings
    for _ in range(2):
        mailbox.close()
    assert [fetched.raw for fetched in mailbox.fetch(sightings)] == [message(1)]


def test_a_mailbox_that_is_not_there_says_what_to_do(place: Place) -> None:
    mailbox = place.nowhere()
    with pytest.raises(UnreachableError, match="mailbox m") as caught:
        mailbox.scan()
    assert caught.value.hint
    mailbox.close()
