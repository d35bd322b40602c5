"""Lines set letter by letter."""

from __future__ import annotations

import pytest

from intake.extract.page.spaced import is_letter_spaced


@pytest.mark.parametrize("line", ["0 1 : 0 2 : 0 5 : 0 1", "2 _ 0 A", "F i r m w a r e Ve r s i o n", "A : 5 D"])
def test_a_line_of_letters_is_told(line: str) -> None:
    assert is_letter_spaced(line)


@pytest.mark.parametrize("line", ["01:02:05:01", "02 0A", "Model A 1", "30 August 2023", "1 2", "Single Element", ""])
def test_words_and_codes_are_none(line: str) -> None:
    assert not is_letter_spaced(line)
