"""Sightings: known from the moment they are found, and never forgotten before they are received."""

from __future__ import annotations

from datetime import timedelta

import pytest
from helpers import FRIDAY, a_message, a_store_at, all_states
from store import old_stores

from intake.domain.message import Sighting
from intake.store import mailboxes, sightings, submissions
from intake.store.engine import Store
from intake.store.mailboxes import Progress
from intake.store.sightings import SightingState, Waiting


def seen(*uids: str, mailbox: str = "post") -> list[Sighting]:
    return [Sighting(mailbox, "7", uid) for uid in uids]


def test_what_was_found_is_owed_until_it_is_received(store: Store) -> None:
    sighting, two = seen("1", "2")
    with store.transaction() as tx:
        sightings.discover(tx, [sighting, two], FRIDAY)
        assert sightings.pending(tx, "post") == [sighting, two]
        number = submissions.record(tx, [a_message(1)])[0].id
        before = sightings.looked_up(tx, [sighting])
        assert sightings.receive(tx, {sighting: number}, before, FRIDAY) == [sighting]
        assert sightings.pending(tx, "post") == [two]
        assert sightings.of_message(tx, number) == [sighting]
        assert sightings.pending(tx, "another") == []


@pytest.mark.parametrize("strangers", [0, 3_000], ids=["alone", "among many of the same names"])
def test_what_was_not_received_is_told_of_many_as_of_each(store: Store, strangers: int) -> None:
    uids = [f"{number % 7}/{number:04}.eml" for number in range(900)] + ["a", "a.b", "a/b", "ä", "a\nb", "~", "€"] * 70
    rows = [Sighting("post", f"{at % 5}-{at}", uid) for at, uid in enumerate(uids)]
    states = (None, *(SightingState.RECEIVED,) * 5, SightingState.SEEN, SightingState.VANISHED)
    mine = {row: states[at % len(states)] for at, row in enumerate(rows)}
    with store.transaction() as tx:
        sightings.discover(tx, [row for row, state in mine.items() if state], FRIDAY)
        for state in SightingState:
            sightings.change(tx, [row for row, its in mine.items() if its is state], state)
        others = [Sighting("another", row.epoch, row.uid) for row in rows]
        others += [Sighting("post", f"7-{at}", f"3/{at % 900:04}.eml") for at in range(strangers)]
        sightings.discover(tx, others, FRIDAY)
        sightings.change(tx, others, SightingState.RECEIVED)
        told = sightings.not_received(tx, "post", [row.key for row in rows])
        few = sightings.not_received(tx, "post", [row.key for row in rows[:9]])
    assert told == {row: state for row, state in mine.items() if state is not SightingState.RECEIVED}
    assert list(told) == [row for row in rows if row in told]
    assert few == {row: mine[row] for row in rows[:9] if row in told}


def test_receiving_the_same_sighting_twice_is_said_once(store: Store) -> None:
    (sighting,) = seen("1")
    with store.transaction() as tx:
        number = submissions.record(tx, [a_message(1)])[0].id
        told = [
            sightings.receive(tx, {sighting: number}, sightings.looked_up(tx, [sighting]), FRIDAY) for _ in range(2)
        ]
        assert told == [[sighting], []]


def test_what_failed_comes_last_and_may_be_left_for_later(store: Store) -> None:
    sighting, two, three = seen("1", "2", "3")
    with store.transaction() as tx:
        sightings.discover(tx, [sighting, two, three], FRIDAY)
        for _ in range(2):
            sightings.attempted(tx, [sighting], "will not come")
        sightings.attempted(tx, [two], "nor this")
        assert sightings.pending(tx, "post") == [three, two, sighting]
        assert sightings.pending(tx, "post", fewer_attempts_than=2) == [three, two]


def test_what_a_mailbox_owes_and_has_lost_is_counted(store: Store) -> None:
    actual = seen("1", "2", "3", "4")
    with store.transaction() as tx:
        sightings.discover(tx, actual, FRIDAY)
        sightings.change(tx, actual[:1], SightingState.VANISHED)
        sightings.change(tx, actual[1:2], SightingState.SUPERSEDED)
        sightings.attempted(tx, actual[2:3], "will not come")
        assert sightings.waiting(tx, "post") == Waiting(seen=2, withheld=1, vanished=1, why="will not come")
        assert sightings.waiting(tx, "another") == Waiting(seen=0, withheld=0, vanished=0, why=None)


@pytest.mark.parametrize("count", [0, 1, 399, 400, 401, 1500])
def test_however_many_are_asked_about(store: Store, count: int) -> None:
    actual = seen(*map(str, range(count)))
    with store.transaction() as tx:
        sightings.discover(tx, actual, FRIDAY)
        expected = dict.fromkeys((("7", row.uid) for row in actual), SightingState.SEEN)
        assert sightings.states_of(tx, [*actual, *seen("x", mailbox="post")]) == expected
        assert all_states(tx, "post") == expected


def test_how_far_a_mailbox_was_looked_through_is_kept(store: Store) -> None:
    made = Progress("7:12", "7", FRIDAY)
    with store.transaction() as tx:
        assert mailboxes.progress(tx, "post") == Progress(None, None, None)
        mailboxes.hold(tx, "post", "us", timedelta(minutes=2))
        mailboxes.looked(tx, "post", made)
        assert mailboxes.progress(tx, "post") == made
        mailboxes.sweep_next(tx, "post")
        assert mailboxes.progress(tx, "post") == Progress("7:12", "7", None)


def test_the_sightings_of_an_earlier_release_have_been_received(empty_store_url: str) -> None:
    url = empty_store_url
    old = a_store_at(url, "0002")
    with old.begin() as tx:
        old_stores.fill(tx, 1, released="0002")
    old.dispose()
    opened = Store(url).open()
    with opened.reading() as tx:
        assert sightings.pending(tx, "post") == []
        assert sightings.of_message(tx, 1) == [Sighting("post", "1", "1")]
    opened.close()
