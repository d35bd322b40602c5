"""Puts faults into ``rules/``, one at a time, and counts those that the tests of the rules notice.

``cd tests && python -m mutation`` takes a seeded sample, ``python -m mutation 1000`` a larger one and
``python -m mutation all`` every fault there is, which takes hours.
It works on a copy of the project, so that the checkout stays clean.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COPIED = ("rules", "intake", "tests", "templates", "config.example.toml", "pyproject.toml")
SEED = 3
SAMPLE = 120
"""Faults tried unless told otherwise: some minutes' work."""
LEAST = 90
"""Per cent that must be noticed."""
_UNNOTICED = {0, 33}
"""What mutmut records where the tests pass, and where no test even comes by."""


def main(wanted: str = str(SAMPLE)) -> int:
    """Try as many faults as wanted; 1 where too few are noticed."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        place = Path(folder)
        for name in COPIED:
            _copy(ROOT / name, place / name)
        _mutmut(place, ["none.of.them"])  # makes the faults and learns which test comes by which of them
        chosen = _sample(sorted(_recorded(place)), wanted)
        _mutmut(place, chosen)
        recorded = _recorded(place)
    return _report({name: recorded[name] for name in chosen}, len(recorded))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    else:
        shutil.copy(source, target)


def _mutmut(place: Path, names: Sequence[str]) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1), *names]
    done = subprocess.run(command, cwd=place, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    recorded = _recorded(place)
    if not recorded or any(name in recorded and recorded[name] is None for name in names):
        sys.exit(f"mutmut tried no faults, or not all of them:\n{done.stdout[-2000:]}")


def _recorded(place: Path) -> dict[str, int | None]:
    """How the tests ended, by the fault's name; None where they were not run."""
    actual: dict[str, int | None] = {}
    for file in place.glob("mutants/rules/**/*.meta"):
        actual |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return actual


def _sample(names: list[str], wanted: str) -> list[str]:
    return names if wanted == "all" else random.Random(SEED).sample(names, min(int(wanted), len(names)))


def _report(ended: Mapping[str, int | None], whole: int) -> int:
    unnoticed = sorted(name for name, code in ended.items() if code in _UNNOTICED)
    share = 100 * (1 - len(unnoticed) / max(1, len(ended)))
    print(*unnoticed, sep="\n")
    print(f"{len(ended)} of {whole} faults tried, {len(ended) - len(unnoticed)} noticed: {share:.1f} %")
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
