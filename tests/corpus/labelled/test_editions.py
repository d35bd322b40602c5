"""A new edition of the form, with a new field and a new choice, is met by the corpus without a line of code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EDITION = """
edition = "2031-05"
like = "2022-09"

[[field]]
group = "Radio"
attribute = "band"
presence = { smets1 = "empty", zigbee = "required", otherwise = "empty" }
choices = "radio_band"

[[field]]
group = "Radio"
attribute = "licence"
presence = "required"
octets = 12
printable = true
"""
CHOICES = '[choices]\nradio_band = [{ value = "Sub-GHz" }, { value = "2.4 GHz" }]\n'
JUDGED = """
from itertools import islice
from corpus.labelled.judge import judged
from corpus.labelled.parts import PARTS
from rules.finding import Outcome

cases = [case for part in PARTS.values() for case in part("2031-05")]
chosen = [case for number, case in enumerate(cases) if (case.place or "").startswith("Radio.") or number % 23 == 0]
wrong = [one for one in map(judged, chosen) if one.outcome is not one.expected]
new = {case.place for case in chosen if case.expected is not Outcome.READY} & {"Radio.band", "Radio.licence"}
valid = [case for case in chosen if case.expected is Outcome.READY]
print(len(cases), len(valid), sorted(new), *wrong, sep="\\n")
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the project with one edition more."""
    for name in ("rules", "intake", "tests", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    profiles = tmp_path / "rules" / "profiles"
    (profiles / "form-2031-05.toml").write_text(EDITION, "utf-8")
    reference = profiles / "reference.toml"
    text = reference.read_text("utf-8")
    assert "[choices]\n" in text
    reference.write_text(text.replace("[choices]\n", CHOICES), "utf-8")
    return tmp_path


def test_an_edition_that_is_only_a_profile_is_met_valid_and_faulty(place: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(place), str(place / "tests")))}
    command = [sys.executable, "-c", JUDGED]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    cases, valid, new, *wrong = done.stdout.splitlines()
    assert int(cases) > 100
    assert int(valid) > 3
    assert new == "['Radio.band', 'Radio.licence']"
    assert wrong == []
