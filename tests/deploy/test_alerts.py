"""The alerts: understood by Prometheus, tried on series, explained in the runbook."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from deploy.places import DEPLOY, RULES, RUNBOOK, metrics_exported, metrics_named
from peers.peers import require

TRIALS = Path(__file__).with_name("alerts.test.yml")
ALERTS = re.findall(r"^ +- alert: (\w+)$", RULES.read_text(), re.MULTILINE)


@pytest.fixture
def promtool() -> str:
    actual = shutil.which("promtool")
    require(actual, "promtool, of Debian's package prometheus")
    assert actual is not None
    return actual


def test_prometheus_understands_the_rules(promtool: str) -> None:
    done = subprocess.run([promtool, "check", "rules", str(RULES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(ALERTS)} rules found" in done.stdout


def test_every_alert_fires_where_it_must_and_nowhere_else(promtool: str) -> None:
    done = subprocess.run([promtool, "test", "rules", str(TRIALS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_prometheus_understands_the_scrape_configuration(promtool: str, tmp_path: Path) -> None:
    for file in ("prometheus.yml", "cpl-intake.rules.yml"):
        shutil.copy(DEPLOY / "prometheus" / file, tmp_path / file)
    command = [promtool, "check", "config", str(tmp_path / "prometheus.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("alert", ALERTS)
def test_every_alert_has_been_tried_and_has_its_paragraph_in_the_runbook(alert: str) -> None:
    tried = TRIALS.read_text()
    assert re.search(rf"alertname: {alert}\n +exp_alerts:\n", tried), f"no trial in which {alert} fires"
    assert f"**{alert}**" in RUNBOOK


def test_the_runbook_explains_no_alert_that_there_is_not() -> None:
    assert set(re.findall(r"\*\*(CplIntake\w+)\*\*", RUNBOOK)) == set(ALERTS)


def test_every_metric_of_an_alert_is_one_that_we_export(tmp_path: Path) -> None:
    named = metrics_named(RULES.read_text()) | metrics_named(RUNBOOK) | metrics_named(TRIALS.read_text())
    assert named
    assert named <= metrics_exported(tmp_path)
