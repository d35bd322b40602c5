"""A reader of hostile bytes reaches no network and starts no program; without a fork it is bounded likewise."""

from __future__ import annotations

import platform

import pytest

from intake.sandbox import ChildDiedError, Limits, Sandbox, early, offline


@pytest.fixture
def _without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS."""
    monkeypatch.setattr(early, "CAN_FORK", False)


@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="no filter is known for this machine")
def test_the_child_reaches_no_network_and_starts_no_program() -> None:
    assert offline.can_shut()
    with Sandbox("sandbox_jobs:reach_out", Limits()) as box:
        assert list(box.run(None, b"")) == ["socket: PermissionError", "program: PermissionError"]


@pytest.mark.usefixtures("_without_fork")
def test_without_a_fork_an_interpreter_does_the_same_job() -> None:
    with Sandbox("sandbox_jobs:run", Limits()) as box:
        assert list(box.run({"do": "count", "to": 3}, b"some bytes")) == [0, 1, 2, "some bytes"]
        assert list(box.run({"do": "size"}, b"x" * 3_000_000)) == [3_000_000]


@pytest.mark.usefixtures("_without_fork")
@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("spin", "took too long"),
        ("sleep", "took too long"),
        ("allocate", "needed more than 200 MB"),
        ("abort", "crashed"),
        ("recurse", "crashed"),
        ("raise", "crashed"),
    ],
)
def test_without_a_fork_the_limits_hold_and_what_came_before_is_given(what: str, why: str) -> None:
    seen = []
    with Sandbox("sandbox_jobs:run", Limits(seconds=20, memory_mb=200)) as box:
        lines = box.run({"do": what}, b"")
        seen.append(next(lines))
        with pytest.raises(ChildDiedError, match=why):
            seen += list(lines)
    assert seen == ["begun"]


@pytest.mark.usefixtures("_without_fork")
def test_the_memory_of_whoever_starts_it_is_none_of_its_own() -> None:
    ballast = b"x" * (300 << 20)
    with Sandbox("sandbox_jobs:run", Limits(memory_mb=200)) as box:
        assert list(box.run({"do": "count", "to": 1}, b"")) == [0, ""]
    assert ballast
