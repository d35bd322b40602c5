"""What a person reads of a failed call: the system's words, no number, no path twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.errors import UnreachableError, reason, sentence
from intake.mailbox.folder import FolderMailbox


def test_a_path_that_was_named_already_is_not_named_again(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / "gone").read_bytes()
    assert reason(raised.value, tmp_path / "gone") == "No such file or directory"
    assert reason(raised.value) == f"No such file or directory: {tmp_path / 'gone'}"


@pytest.mark.parametrize("error", [ValueError("no day"), OSError("no name for it")])
def test_other_errors_speak_for_themselves(error: Exception) -> None:
    assert reason(error, "form.xlsx") == str(error)


def test_a_mailbox_that_is_gone_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match=r"cannot be read: No such file or directory$"):
        FolderMailbox("post", tmp_path / "gone").scan()


def test_a_sentence_begins_with_a_capital_and_keeps_every_other_letter() -> None:
    assert sentence(UnreachableError("the store in /Var/CPL is away: FATAL")) == "The store in /Var/CPL is away: FATAL."
    assert sentence(UnreachableError("")) == "."
