"""Three short days; ``python -m steady`` lets a week pass."""

from __future__ import annotations

import pytest
from peers.dovecot import NO_DOVECOT, has_dovecot
from peers.peers import require
from steady.pace import HastyEvent
from steady.week import Plan, live

MOST_MEGABYTES = 12
"""Days so short are still warming up."""


def test_days_of_traffic_leave_the_daemon_as_it_was() -> None:
    require(has_dovecot(), NO_DOVECOT)
    week = live(Plan(days=3, day_seconds=5, mail=(7, 5), hostile_first=0, measured_seconds=0.5))
    assert [fault for fault in week.faults if "late" not in fault] == []  # a deadline is a few seconds away here
    assert week.messages == 21
    assert week.grown.own < MOST_MEGABYTES * 1e6
    assert week.grown.threads <= 2
    assert week.grown.descriptors <= 6
    assert {"poll steady", "work 0", "letters", "revocation", "heartbeat"} <= week.turns.keys()


@pytest.mark.parametrize(
    ("asked", "set_before", "heard"), [(36_000.0, False, False), (0.0, False, False), (60, True, True)]
)
def test_a_hasty_wait_ends_sooner_and_hears_as_any(asked: float, set_before: bool, heard: bool) -> None:
    event = HastyEvent(1_000_000)
    if set_before:
        event.set()
    assert event.wait(asked) is heard
    assert sum(event.waits.values()) == 1
