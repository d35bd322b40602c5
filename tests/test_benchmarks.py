"""How benchmarks are run: each of them, to its end, whatever comes of another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from benchmarks import __main__ as bench
from benchmarks.supervising import Ended, supervised
from daemons import wait_for

FOLDER = Path(bench.__file__).parent


def has_ended(pid: int) -> bool:
    """Whether a process has gone, or is dead and nobody has asked for it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def run(program: str, most: float = 60) -> Ended:
    return supervised([sys.executable, "-c", program], os.environ, most)


def test_every_benchmark_is_run() -> None:
    there = {file.stem for file in FOLDER.glob("*.py") if "\ndef figures(" in file.read_text()}
    assert there == set(bench.EVERY)
    assert set(bench.A_MILLION) < there


def test_what_fails_is_told_and_the_others_are_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(bench, "EVERY", ("mail", "idle"))
    asked: list[tuple[str, str, bool]] = []

    def ended(name: str, stores: str, *, million: bool) -> Ended:
        asked.append((name, stores, million))
        return Ended(3 if name == "mail" else 0, 1.0, 2.0)

    monkeypatch.setattr(bench, "_run", ended)
    assert bench.main(["--stores", str(tmp_path), "--only", "mail", "idle"]) == 1
    assert asked == [("mail", str(tmp_path), False), ("idle", str(tmp_path), False)]
    printed = capsys.readouterr().out
    assert "FAILED after 1 s, 2 s of processor time: exit code 3" in printed
    assert printed.endswith("Failed: mail\n")
    assert bench.main(["--stores", str(tmp_path), "--only", "idle"]) == 0


def test_a_command_is_waited_for_and_its_time_told() -> None:
    ended = run("import time; t = time.process_time()\nwhile time.process_time() < t + 0.2: pass")
    assert ended.well
    assert ended.processor > 0.2
    assert str(run("raise SystemExit(7)")).endswith("exit code 7")


def test_what_takes_too_long_is_ended_with_all_that_it_has_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    ended = run(
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(pids)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)",
        most=5,
    )
    assert ended.code is None
    assert "it took too long" in str(ended)
    child = int(pids.read_text())
    wait_for(lambda: has_ended(child))  # it is told to end at once, and does when its turn on a core comes
