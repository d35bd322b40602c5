"""The sandbox: whatever a job does to its process, the caller gets a sentence."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from intake.sandbox import ChildDiedError, Limits, Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox("sandbox_jobs:run", Limits(seconds=3, memory_mb=300)) as opened:
        yield opened


def test_what_a_job_emits_arrives_line_by_line(box: Sandbox) -> None:
    assert list(box.run({"do": "count", "to": 3}, b"abc")) == [0, 1, 2, "abc"]


def test_a_large_payload_arrives_whole(box: Sandbox) -> None:
    assert list(box.run({"do": "size"}, b"x" * 60_000_000)) == [60_000_000]


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ({"do": "spin"}, "took too long"),
        ({"do": "sleep"}, "took too long"),
        ({"do": "allocate"}, "more than 300 MB"),
        ({"do": "abort"}, "crashed"),
        ({"do": "raise"}, "crashed"),
        ({"do": "recurse"}, "crashed"),
    ],
)
def test_a_child_that_dies_is_told_in_a_sentence(box: Sandbox, request_: dict[str, Any], says: str) -> None:
    lines = box.run(request_, b"")
    assert next(lines) == "begun"
    with pytest.raises(ChildDiedError, match=says):
        list(lines)


def test_a_child_cannot_write_files(box: Sandbox, tmp_path: Any) -> None:  # noqa: ANN401  # pytest's path
    target = tmp_path / "written"
    with pytest.raises(ChildDiedError):
        list(box.run({"do": "write", "path": str(target)}, b""))
    assert not target.exists() or target.stat().st_size == 0


def test_runs_do_not_wait_for_one_another(box: Sandbox) -> None:
    slow = box.run({"do": "sleep"}, b"")
    assert next(slow) == "begun"
    assert list(box.run({"do": "size"}, b"ab")) == [2]


def test_a_zygote_that_was_killed_is_replaced(box: Sandbox) -> None:
    zygote = box._zygote  # noqa: SLF001  # the test kills what nobody else may touch
    assert isinstance(zygote, subprocess.Popen)
    zygote.kill()
    zygote.wait()
    assert list(box.run({"do": "size"}, b"ab")) == [2]


def test_closing_ends_the_zygote() -> None:
    opened = Sandbox("sandbox_jobs:run", Limits()).start()
    list(opened.run({"do": "size"}, b""))
    zygote = opened._zygote  # noqa: SLF001  # to see that it has ended
    opened.close()
    assert zygote is not None
    assert zygote.poll() is not None


def test_a_zygote_that_serves_long_gets_ready_once_and_before_its_first_child() -> None:
    with Sandbox("sandbox_jobs:run", Limits(), preload=("json",)) as box:
        told = [next(box.run({"do": "warmth"}, b"")) for _ in range(2)]
    (zygote,), first, parent = told[0]
    assert zygote == parent != first
    assert told[1][0] == [zygote]


def test_a_zygote_for_one_reading_does_not_get_ready(box: Sandbox) -> None:
    assert next(box.run({"do": "warmth"}, b""))[0] == []
