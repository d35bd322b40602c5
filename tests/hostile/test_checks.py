"""Bent mail as checks, by mail and on the page: nothing dies, nothing is kept; `test_check_tool.py` has the file."""

from __future__ import annotations

from pathlib import Path

from hostile.backscatter import drawn
from hostile.checks import by_mail, on_the_page
from hostile.mutations import mutation

SEED = 16
SAMPLE = 40


def test_by_mail_each_is_answered_at_most_once_and_none_is_kept(tmp_path: Path) -> None:
    answered, faults = by_mail(tmp_path, (mutation(SEED, number) for number in range(SAMPLE)), everybody=True)
    assert faults == []
    assert SAMPLE // 3 < answered <= SAMPLE


def test_backscatter_is_answered_by_nothing_and_not_kept(tmp_path: Path) -> None:
    assert by_mail(tmp_path, drawn(SEED, SAMPLE), everybody=False) == (0, [])


def test_on_the_page_each_has_a_report() -> None:
    assert list(on_the_page(mutation(SEED, number) for number in range(SAMPLE, SAMPLE + 20))) == []
