"""The evidence folder: written once, by digest, whole or not at all."""

import hashlib
import os
import time
from pathlib import Path

import pytest
import structlog

from intake.archive.base import DamagedEvidenceError
from intake.archive.folder import FolderArchive
from intake.errors import UnreachableError

CONTENT = b"what was sent"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "evidence").open()


def test_evidence_lies_as_plain_read_only_bytes_under_its_digest(archive: FolderArchive, tmp_path: Path) -> None:
    assert archive.put(CONTENT) == DIGEST
    file = tmp_path / "evidence" / "sha256" / DIGEST[:2] / DIGEST
    assert file.read_bytes() == CONTENT
    assert file.stat().st_mode & 0o777 == 0o440
    assert list((tmp_path / "evidence" / "tmp").iterdir()) == []


def test_the_same_bytes_are_written_once(archive: FolderArchive) -> None:
    archive.put(CONTENT)
    before = archive.path(DIGEST).stat()
    archive.put(CONTENT)
    assert archive.path(DIGEST).stat() == before
    assert list(archive.digests()) == [DIGEST]


def test_changed_evidence_is_never_handed_out(archive: FolderArchive) -> None:
    archive.put(CONTENT)
    archive.path(DIGEST).chmod(0o600)
    archive.path(DIGEST).write_bytes(b"what was never sent")
    with pytest.raises(DamagedEvidenceError, match=DIGEST):
        archive.get(DIGEST)


@pytest.mark.parametrize("own_volume", [False, True])
@pytest.mark.parametrize("left", [b"", CONTENT[:5]])
def test_what_a_failing_disk_left_of_a_piece_is_made_whole_when_it_comes_again(
    tmp_path: Path, left: bytes, own_volume: bool
) -> None:
    folder = FolderArchive(tmp_path / "evidence").open()
    folder.put(CONTENT)
    folder.path(DIGEST).chmod(0o600)
    folder.path(DIGEST).write_bytes(left)
    with structlog.testing.capture_logs() as lines:
        FolderArchive(tmp_path / "evidence", own_volume=own_volume).put_all([CONTENT])
    assert folder.get(DIGEST) == CONTENT
    assert folder.path(DIGEST).stat().st_mode & 0o777 == 0o440
    assert [(line["event"], line["piece"], line["bytes"]) for line in lines] == [
        ("evidence_restored", DIGEST, len(left))
    ]


def test_a_folder_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnreachableError, match="cannot be used"):
        FolderArchive(tmp_path / "file" / "evidence").open()


def test_a_full_disk_leaves_nothing_half_written(archive: FolderArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnreachableError, match="No space left"):
        archive.put(CONTENT)
    assert not archive.path(DIGEST).exists()


def test_what_was_left_half_written_long_ago_is_cleared_away_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    FolderArchive(tmp_path).open()
    for name, age in (("old", 2 * 24 * 3600), ("new", 0)):
        (tmp_path / "tmp" / name).write_bytes(b"half")
        os.utime(tmp_path / "tmp" / name, (time.time() - age,) * 2)
    FolderArchive(tmp_path).open()
    assert [left.name for left in (tmp_path / "tmp").iterdir()] == ["new"]
