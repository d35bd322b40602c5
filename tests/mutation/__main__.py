"""Puts faults into a part of the code, one at a time, and counts those that the part's own tests notice.

``cd tests && python -m mutation`` takes a seeded sample of ``rules/``, ``python -m mutation 1000`` a larger one and
``python -m mutation all`` every fault there is, which takes hours; ``python -m mutation 60 domain`` and ``… extract``
look at ``intake/domain`` and ``intake/extract``.
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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COPIED = ("rules", "intake", "tests", "templates", "deploy", "README.md", "config.example.toml", "pyproject.toml")
SEED = 3
SAMPLE = 120
"""Faults tried unless told otherwise: some minutes' work."""


@dataclass(frozen=True, slots=True)
class Part:
    """What faults are put into, and who must notice them."""

    source: str
    tests: tuple[str, ...]
    least: int
    """Per cent that must be noticed."""
    left_out: tuple[str, ...] = ()
    """Tests that try hundreds of inputs a fault, or start a copy of the code, which cannot run with faults in it."""

    @property
    def settings(self) -> str:
        """The part's table for mutmut; whatever lies beside its source is copied as it is."""
        beside = [
            name
            for name in ("rules", "intake", "templates", "deploy", "README.md", "config.example.toml")
            if name != self.source
        ]
        ignored = [f"--ignore={test}" for test in self.left_out]
        return (
            f"[tool.mutmut]\nsource_paths = {json.dumps([self.source])}\nalso_copy = {json.dumps(beside)}\n"
            f"pytest_add_cli_args_test_selection = {json.dumps(self.tests)}\n"
            f"pytest_add_cli_args = {json.dumps(ignored)}\n"
        )


PARTS = {
    "rules": Part("rules", ("tests/rules",), 90, ("tests/rules/test_properties.py", "tests/rules/test_fields.py")),
    "domain": Part("intake/domain", ("tests/domain",), 85),
    "extract": Part(
        "intake/extract",
        ("tests/extract", "tests/signatures/cms", "tests/signatures/test_signed_submissions.py"),
        85,
        ("tests/extract/test_stress.py",),
    ),
}
_UNNOTICED = {0, 33}
"""What mutmut records where the tests pass, and where no test even comes by."""


def main(wanted: str = str(SAMPLE), name: str = "rules") -> int:
    """Try as many faults of a part as wanted; 1 where too few are noticed."""
    part = PARTS[name]
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        place = Path(folder)
        for copied in COPIED:
            _copy(ROOT / copied, place / copied)
        project = place / "pyproject.toml"
        project.write_text(f"{project.read_text('utf-8')}\n{part.settings}", "utf-8")
        _mutmut(place, ["none.of.them"])  # makes the faults and learns which test comes by which of them
        chosen = _sample(sorted(_recorded(place)), wanted)
        _mutmut(place, chosen)
        recorded = _recorded(place)
    return _report({fault: recorded[fault] for fault in chosen}, len(recorded), part.least)


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
    for file in place.glob("mutants/**/*.meta"):
        actual |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return actual


def _sample(names: list[str], wanted: str) -> list[str]:
    return names if wanted == "all" else random.Random(SEED).sample(names, min(int(wanted), len(names)))


def _report(ended: Mapping[str, int | None], whole: int, least: int) -> int:
    unnoticed = sorted(name for name, code in ended.items() if code in _UNNOTICED)
    share = 100 * (1 - len(unnoticed) / max(1, len(ended)))
    print(*unnoticed, sep="\n")
    print(f"{len(ended)} of {whole} faults tried, {len(ended) - len(unnoticed)} noticed: {share:.1f} %")
    return int(share < least)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
