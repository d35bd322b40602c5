"""A look at a large mailbox: what is known and as it was takes no room."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from threading import Event

from helpers import HandClock, all_states

from intake.domain.message import Sighting
from intake.mailbox.base import Fetched, MailboxListing
from intake.pipeline.arrival.scan import SWEEP_EVERY, scan
from intake.pipeline.services import Services
from intake.store import sightings
from intake.store.sightings import SightingState

FEW, MANY = 8_000, 40_000


class Crowded:
    """A mailbox that always has the same listing at hand, so that a look costs nothing but the comparison."""

    name = "post"

    def __init__(self, listed: Sequence[Sighting], *, epoch: str | None, marks: bool = False) -> None:
        self.listing, self.marks = MailboxListing(listed, whole=True, epoch=epoch), marks

    def scan(self, since: str | None = None) -> MailboxListing:
        assert since is None
        return self.listing

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        raise AssertionError(wanted)

    def settle(self, taken: Sequence[Sighting]) -> None:
        raise AssertionError(taken)

    def wait(self, seconds: float, stopping: Event) -> None:
        raise AssertionError(seconds, stopping)

    def close(self) -> None:
        """Nothing is open."""


def listed(count: int, epoch: str = "7") -> list[Sighting]:
    return [Sighting("post", epoch, str(number)) for number in range(count)]


def know(services: Services, rows: Sequence[Sighting], state: SightingState = SightingState.RECEIVED) -> None:
    with services.store.transaction() as tx:
        sightings.discover(tx, rows, services.clock.now())
        sightings.change(tx, rows, state)


def peak(services: Services, mailbox: Crowded) -> int:
    scan(services, mailbox)
    tracemalloc.start()
    try:
        found = scan(services, mailbox)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert (found.new, found.received) == (0, ())


def test_a_look_takes_no_more_room_the_more_is_known(services: Services, clock: HandClock) -> None:
    rows = listed(MANY)
    know(services, rows)
    few, many = Crowded(rows[:FEW], epoch="7"), Crowded(rows, epoch="7")
    small = peak(services, few)
    clock.forward(seconds=SWEEP_EVERY.total_seconds())
    assert peak(services, many) < 1.3 * small


def test_all_that_differs_is_found_in_whichever_piece_it_lies(services: Services) -> None:
    rows = listed(9_000)
    know(services, rows[:8_000])
    know(services, (owed := listed(2, "6")), SightingState.SEEN)
    know(services, rows[8_000:8_003], SightingState.VANISHED)
    know(services, rows[8_003:8_005], SightingState.SEEN)
    found = scan(services, Crowded(rows, epoch="7", marks=True))
    assert (found.new, found.received, found.first) == (9_000 - 8_005, tuple(rows[:8_000]), False)
    with services.store.reading() as tx:
        states = all_states(tx, "post")
    assert {states["7", row.uid] for row in rows[8_000:]} == {SightingState.SEEN}
    assert {states["6", row.uid] for row in owed} == {SightingState.SUPERSEDED}


def test_a_file_written_anew_is_looked_for_under_its_new_name(services: Services) -> None:
    know(services, listed(2, "old"), SightingState.SEEN)
    found = scan(services, Crowded(listed(1, "new"), epoch=None))
    assert (found.new, found.first) == (1, False)
    with services.store.reading() as tx:
        states = all_states(tx, "post")
    assert states == {
        ("old", "0"): SightingState.SUPERSEDED,
        ("old", "1"): SightingState.VANISHED,
        ("new", "0"): SightingState.SEEN,
    }
