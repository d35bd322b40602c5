"""The units: as closed as they claim, and alike in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from deploy.places import DEPLOY, RUNBOOK, UNITS
from peers.peers import require

from intake.cli.program import COMMANDS

MOST_EXPOSED = 1.5
HARDENING = "# hardening"


@pytest.fixture
def analyze() -> str:
    actual = shutil.which("systemd-analyze")
    require(actual, "systemd-analyze, of Debian's package systemd")
    assert actual is not None
    return actual


def test_the_units_are_those_of_the_runbook() -> None:
    names = {unit.name for unit in UNITS} | {timer.name for timer in (DEPLOY / "systemd").glob("*.timer")}
    assert names >= {"cpl-intake.service", "cpl-intake-web.service", "cpl-intake-backup.service"}
    for name in names - {"cpl-intake-backup.service", "cpl-intake-verify.service"}:  # their timers start these
        assert name.removesuffix(".service") in RUNBOOK


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_its_exposure_is_bounded(analyze: str, unit: Path) -> None:
    threshold = f"--threshold={MOST_EXPOSED * 10:.0f}"
    judged = subprocess.run(
        [analyze, "security", "--offline=true", threshold, str(unit)], capture_output=True, text=True, check=False
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_every_line(analyze: str, unit: Path, tmp_path: Path) -> None:
    program = tmp_path / "cpl-intake"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/cpl-intake/bin/cpl-intake", str(program)))
    verified = subprocess.run(
        [analyze, "verify", "--man=no", "--recursive-errors=no", str(copy)],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    complaints = [line for line in verified.stderr.splitlines() if unit.name in line]
    assert complaints == [], verified.stderr


@pytest.mark.parametrize("timer", sorted((DEPLOY / "systemd").glob("*.timer")), ids=lambda timer: timer.name)
def test_every_timer_has_its_service_and_a_time_that_comes(analyze: str, timer: Path) -> None:
    assert timer.with_suffix(".service") in UNITS
    when = options(timer)["OnCalendar"]
    assert subprocess.run([analyze, "calendar", *when], capture_output=True, check=False).returncode == 0


def test_the_hardening_is_the_same_in_every_unit() -> None:
    blocks = {unit.read_text().partition(HARDENING)[2].partition("\n\n")[0].strip() for unit in UNITS}
    assert len(blocks) == 1


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_it_runs_a_command_that_there_is(unit: Path) -> None:
    for line in options(unit)["ExecStart"]:
        assert line.split()[1] in COMMANDS


def test_only_the_daemon_may_reach_beyond_this_machine() -> None:
    reaching = {unit.name for unit in UNITS if "IPAddressDeny" not in options(unit)}
    assert reaching == {"cpl-intake.service"}


def test_the_watchdog_waits_longer_than_the_daemon_feeds_it() -> None:
    daemon = options(DEPLOY / "systemd" / "cpl-intake.service")
    assert daemon["Type"] == ["notify"]
    assert int(daemon["WatchdogSec"][0]) >= 30


def options(unit: Path) -> dict[str, list[str]]:
    """A unit's settings, each with all its values."""
    actual: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            actual.setdefault(name, []).append(value)
    return actual
