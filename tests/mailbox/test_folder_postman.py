"""Letters as files."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from intake.errors import UnreachableError
from intake.mailbox.base import Letter
from intake.mailbox.folder import FolderMailbox
from intake.mailbox.folder_postman import FolderPostman

LETTER = Letter("<ack.0123456789abcdef@list.example>", "jane@maker.example", b"Subject: Re: CPL\r\n\r\nx\r\n")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_letter_is_a_file_named_for_its_message_id(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "sent"
    FolderPostman(folder).send(LETTER)
    assert names(folder) == ["ack.0123456789abcdef.eml"]
    assert (folder / "ack.0123456789abcdef.eml").read_bytes() == LETTER.content


def test_the_same_letter_again_is_the_same_file(tmp_path: Path) -> None:
    postman = FolderPostman(tmp_path)
    for _ in range(2):
        postman.send(LETTER)
    postman.close()
    assert names(tmp_path) == ["ack.0123456789abcdef.eml"]


def test_what_a_crash_left_half_written_is_never_a_letter_and_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".ack.0123456789abcdef.eml.part").write_bytes(b"Subj")
    assert FolderMailbox("m", tmp_path).scan().sightings == []
    FolderPostman(tmp_path).send(LETTER)
    assert names(tmp_path) == ["ack.0123456789abcdef.eml"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(b"a file in the way")
    with pytest.raises(UnreachableError, match="cannot be written") as caught:
        FolderPostman(tmp_path / "sent").send(LETTER)
    assert "outgoing.path" in caught.value.hint


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("intake.files.os.fsync", full)
    with pytest.raises(UnreachableError, match="No space"):
        FolderPostman(tmp_path).send(LETTER)
    assert names(tmp_path) == []


@pytest.mark.parametrize("message_id", ["<../x@y>", "<a/b@y>", "<.hidden@y>", "ack@y", "<@y>", ""])
def test_a_message_id_that_is_not_ours_names_no_file(tmp_path: Path, message_id: str) -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        FolderPostman(tmp_path).send(Letter(message_id, "jane@maker.example", b""))
    assert names(tmp_path) == []


def test_a_folder_without_room_does_not_answer_and_nothing_of_the_trial_stays(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # files may be made, and nothing be written
    try:
        with pytest.raises(UnreachableError, match="no letter can be written into") as caught:
            FolderPostman(tmp_path).answer()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "room" in caught.value.hint
    assert list(tmp_path.iterdir()) == []
