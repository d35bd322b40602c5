"""Who may import whom: the referee sees every trespass, and the rules need nothing but Python."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRESPASSES = {
    "intake/pipeline/ready.py": "import sqlalchemy",
    "intake/store/queue.py": "import starlette",
    "intake/pipeline/arrival/poll.py": "import httpx2",
    "intake/render/words.py": "import openpyxl",
    "rules/text.py": "import intake.errors",
    "intake/domain/kind.py": "import intake.store.queue",
    "intake/pipeline/list/listing.py": "import icalendar",
    "intake/pipeline/list/expiry.py": "import authlib",
    "intake/pipeline/case/notes.py": "import smtplib",
    "intake/pipeline/case/link.py": "import intake.pipeline.review.decide",
    "intake/newcomer.py": "NO_FLOOR = True",
}


@pytest.fixture(scope="module")
def referee(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the referee says of a copy in which every kind of trespass stands."""
    copy = tmp_path_factory.mktemp("floors")
    for room in ("intake", "rules"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for file, statement in TRESPASSES.items():
        with (copy / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{statement}\n")
    program = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([program, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    return ended.stdout


@pytest.mark.parametrize(
    "said",
    [
        "intake.pipeline.ready -> sqlalchemy",
        "intake.store.queue -> starlette",
        "intake.pipeline.arrival.poll -> httpx2",
        "intake.render.words -> openpyxl",
        "rules.text -> intake.errors",
        "intake.pipeline.list.listing -> icalendar",
        "intake.pipeline.list.expiry -> authlib",
        "intake.pipeline.case.notes -> smtplib",
        "intake.pipeline.case.link -> intake.pipeline.review.decide",
        "- intake.newcomer",
    ],
)
def test_the_referee_sees_a_trespass(referee: str, said: str) -> None:
    assert said in referee


def test_the_referee_keeps_no_contract_that_was_broken(referee: str) -> None:
    assert "0 kept" in referee


def imported(source: str) -> Iterator[str]:
    """The packages that a module imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_what_is_imported_is_found() -> None:
    source = "import a.b, c\nfrom d.e import f\nfrom . import g\ndef h():\n    import i\n"
    assert list(imported(source)) == ["a", "c", "d", "i"]


@pytest.mark.parametrize("file", sorted((ROOT / "rules").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_rules_need_nothing_but_the_standard_library(file: Path) -> None:
    assert set(imported(file.read_text("utf-8"))) <= {"rules"} | sys.stdlib_module_names
