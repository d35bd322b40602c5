"""A sample of the mutations; ``python -m hostile`` puts thousands of them through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hostile.mutations import mutation
from hostile.trial import trial
from programs import environment

TESTS = Path(__file__).parents[1]
SEED = 20261121
SAMPLE = 60


def test_the_same_seed_gives_the_same_messages_in_another_process() -> None:
    command = [sys.executable, "-m", "hostile", "--seed", str(SEED), "--only", "7"]
    done = subprocess.run(command, cwd=TESTS, env=environment(), capture_output=True, check=True, timeout=60)
    assert done.stdout == mutation(SEED, 7)


def test_mutations_are_kept_and_end_where_a_person_sees_them(tmp_path: Path) -> None:
    outcome = trial(tmp_path / "place", {str(number): mutation(SEED, number) for number in range(SAMPLE)})
    assert outcome.faults == []
    assert outcome.messages == SAMPLE
