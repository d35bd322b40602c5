"""SECURITY.md names tests; a test that is not there shows nothing."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / ".github/SECURITY.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
REQUIREMENT = re.compile(r"^\| (\d+\.\d+\.\d+) \| (met|partly|not met|not here) \| (.+) \|$", re.MULTILINE)


def test_every_test_that_it_names_is_there() -> None:
    named = NAMED.findall(TEXT)
    assert len(named) > 30
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in (ROOT / file).read_text("utf-8")]
    assert missing == []


def test_each_requirement_stands_once_and_what_is_met_names_what_shows_it() -> None:
    rows = REQUIREMENT.findall(TEXT)
    numbers = [number for number, _, _ in rows]
    assert len(numbers) > 50
    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []
    shown = re.compile(r"`tests/[\w/.]+(::\w+)?`|`\.github/SECURITY\.md`|this page")
    assert [number for number, verdict, why in rows if verdict == "met" and not shown.search(why)] == []
