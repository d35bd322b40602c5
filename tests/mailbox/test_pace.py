"""Staying below a limit."""

from __future__ import annotations

import time

import pytest

from intake.mailbox.pace import Pace


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that only sleeping moves."""
    waits: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: sum(waits))
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


def test_a_burst_goes_at_once_and_the_rest_in_step(slept: list[float]) -> None:
    pace = Pace(at_once=3, per_second=2)
    for _ in range(3):
        pace.wait()
    assert slept == []
    for _ in range(4):
        pace.wait()
    assert slept == pytest.approx([0.5] * 4)


def test_idle_time_gives_leave_back_but_never_more_than_a_burst(slept: list[float]) -> None:
    pace = Pace(at_once=3, per_second=2)
    for _ in range(3):
        pace.wait()
    slept.append(1000)
    for _ in range(4):
        pace.wait()
    assert slept[1:] == pytest.approx([0.5])
