"""Lines of a terminal's width."""

from __future__ import annotations

from intake.cli.terminal import folded

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
