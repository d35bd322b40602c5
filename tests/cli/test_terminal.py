"""Lines of a terminal's width."""

from __future__ import annotations

import pytest

from intake.cli.terminal import folded, say_all

TEXT = "the folder holds no anchor, so that no signature can be trusted and each needs a person"


def test_a_terminal_gets_lines_of_its_width_that_go_in_behind_the_first() -> None:
    lines = folded(TEXT, 40, first="to do  ", indent=7).split("\n")
    assert len(lines) > 2
    assert max(map(len, lines)) <= 40
    assert all(line.startswith(" " * 7) for line in lines[1:])
    assert " ".join(line.removeprefix("to do").strip() for line in lines) == TEXT


def test_a_program_gets_one_line_and_a_long_word_stays_whole() -> None:
    assert folded(TEXT, None, first="ok     ", indent=7) == f"ok     {TEXT}"
    assert folded("secas.example/cpl+" + "A" * 60, 40) == "secas.example/cpl+" + "A" * 60


def test_lines_keep_how_far_they_go_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("intake.cli.terminal.width", lambda: 40)
    say_all([TEXT, f"  {TEXT}"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 2, 2, 4, 4]
    monkeypatch.setattr("intake.cli.terminal.width", lambda: None)
    say_all([TEXT, f"  {TEXT}"])
    assert capsys.readouterr().out == f"{TEXT}\n  {TEXT}\n"
