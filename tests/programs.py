"""Runs the program as its user does: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BOUND_SECONDS = 120


@dataclass(frozen=True)
class Done:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # whatever was printed
        return json.loads(self.out)


def arguments(*words: str | Path) -> list[str]:
    """The program's command line, run by this interpreter."""
    return [sys.executable, "-c", "from intake.cli import main; main()", *map(str, words)]


def environment() -> dict[str, str]:
    """Without colour, and without what the test's own terminal would add."""
    kept = {key: value for key, value in os.environ.items() if key not in {"FORCE_COLOR", "COLUMNS"}}
    return {**kept, "NO_COLOR": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def cpl_intake(*words: str | Path, cwd: Path | None = None, given: str | None = None) -> Done:
    """Run a command to its end."""
    done = subprocess.run(
        arguments(*words),
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        timeout=BOUND_SECONDS,
        check=False,
        env=environment(),
    )
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def a_place(folder: Path, extra: str = "") -> Path:
    """A folder with a configuration, an empty mailbox folder and nothing else; gives the configuration's path."""
    (folder / "mail").mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text('[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n' + extra)
    return config
