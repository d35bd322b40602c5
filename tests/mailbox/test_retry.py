"""Short patience."""

from __future__ import annotations

from threading import Event

import pytest

from intake.errors import PermanentFailureError, ThrottledError, UnreachableError
from intake.mailbox.retry import Patience, patiently

QUICK = Patience(attempts=4, first_wait=0.001, longest_wait=0.001)


class World:
    """Fails so many times, then answers."""

    def __init__(self, failures: int, error: Exception | None = None) -> None:
        self.failures, self.error, self.asked = failures, error or UnreachableError("gone"), 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.failures:
            raise self.error
        return "here"


@pytest.mark.parametrize("failures", [0, 1, 3])
def test_it_is_tried_until_the_world_answers(failures: int) -> None:
    world, heard = World(failures), []
    result = patiently(world, Event(), QUICK, lambda error, attempt: heard.append((str(error), attempt)))
    assert result == "here"
    assert world.asked == failures + 1
    assert heard == [("gone", attempt) for attempt in range(1, failures + 1)]


def test_the_last_failure_is_told_when_patience_ends() -> None:
    world = World(100)
    with pytest.raises(UnreachableError, match="gone"):
        patiently(world, Event(), QUICK)
    assert world.asked == QUICK.attempts


def test_time_ends_patience_as_well() -> None:
    world = World(100)
    with pytest.raises(UnreachableError):
        patiently(world, Event(), Patience(attempts=100, seconds=0))
    assert world.asked == 1


@pytest.mark.parametrize("error", [PermanentFailureError("no"), ValueError("our mistake")])
def test_what_another_try_will_not_mend_is_told_at_once(error: Exception) -> None:
    world = World(1, error)
    with pytest.raises(type(error)):
        patiently(world, Event(), QUICK)
    assert world.asked == 1


def test_a_shutdown_ends_the_wait_and_nothing_is_tried_after_it() -> None:
    world, shutdown = World(100), Event()
    with pytest.raises(UnreachableError):
        patiently(world, shutdown, Patience(first_wait=600, longest_wait=600), lambda _error, _attempt: shutdown.set())
    assert world.asked == 1


def test_after_a_shutdown_work_is_still_done_once() -> None:
    world, shutdown = World(100), Event()
    shutdown.set()
    with pytest.raises(UnreachableError):
        patiently(world, shutdown, Patience(first_wait=600, longest_wait=600))
    assert world.asked == 1


def test_the_wait_that_is_asked_for_is_kept() -> None:
    world, shutdown = World(1, ThrottledError("busy", seconds=600)), Event()
    with pytest.raises(ThrottledError):  # woken from a wait that would otherwise have been ten minutes
        patiently(world, shutdown, Patience(first_wait=0, longest_wait=600), lambda _error, _attempt: shutdown.set())
    assert world.asked == 1
    assert patiently(World(1, ThrottledError("busy", seconds=0.001)), Event(), QUICK) == "here"


def test_a_longer_wait_than_patience_knows_is_left_to_the_caller() -> None:
    world, heard = World(1, ThrottledError("busy", seconds=600)), []
    with pytest.raises(ThrottledError):
        patiently(world, Event(), QUICK, lambda error, _attempt: heard.append(error))
    assert (world.asked, heard) == (1, [])
