"""Several pieces at once on a volume of its own: bytes durable before names, names before anybody is told."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from intake import bootstrap
from intake.archive import together, volume
from intake.archive.folder import FolderArchive
from intake.config import from_table
from intake.errors import ConfigurationError, UnreachableError

CONTENTS = [b"a dossier", b"a report", b"a letter", b"a dossier"]
DIGESTS = [hashlib.sha256(content).hexdigest() for content in CONTENTS]


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "evidence", own_volume=True).open()


def temporaries(archive: FolderArchive) -> list[bytes]:
    return sorted(file.read_bytes() for file in (archive.path("00").parents[2] / "tmp").iterdir())


def test_they_lie_as_if_put_one_by_one(archive: FolderArchive) -> None:
    assert archive.put_all(CONTENTS) == DIGESTS
    assert [archive.get(sha256) for sha256 in DIGESTS] == CONTENTS
    assert archive.path(DIGESTS[0]).stat().st_mode & 0o777 == 0o440
    assert list(archive.digests()) == sorted(set(DIGESTS))
    assert temporaries(archive) == []
    assert archive.put_all([]) == []


def test_the_disk_is_waited_for_twice_before_their_names_and_behind_them(
    archive: FolderArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary, seen = volume.sync_volume, []

    def watched(descriptor: int) -> None:
        ordinary(descriptor)
        seen.append((temporaries(archive), list(archive.digests())))

    monkeypatch.setattr(volume, "sync_volume", watched)
    monkeypatch.setattr(os, "fsync", None)  # no piece is waited for by itself
    archive.put_all(CONTENTS)
    assert seen == [(sorted(set(CONTENTS)), []), ([], sorted(set(DIGESTS)))]
    archive.put_all(CONTENTS)
    assert len(seen) == 3  # whoever wrote them first may still be waiting


@pytest.mark.parametrize("at", [1, 2])
def test_a_disk_that_fails_leaves_nothing_half_written_and_says_so(
    archive: FolderArchive, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    times = iter(range(1, 10))

    def fails(_descriptor: int) -> None:
        if next(times) == at:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(volume, "sync_volume", fails)
    with pytest.raises(UnreachableError, match="Input/output error"):
        archive.put_all(CONTENTS)
    assert temporaries(archive) == []
    assert all(archive.get(sha256) for sha256 in archive.digests())
    assert archive.put_all(CONTENTS) == DIGESTS


def test_a_failure_of_the_call_itself_is_an_error() -> None:
    with pytest.raises(OSError, match="Bad file descriptor"):
        volume.sync_volume(-1)


@pytest.mark.parametrize(
    ("release", "says"), [((6, 1), "lies on the system's own volume"), ((5, 7), "needs Linux 5.8 or later")]
)
def test_it_is_refused_where_others_write_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: tuple[int, int], says: str
) -> None:
    config = from_table({"evidence": {"kind": "folder", "own_volume": True}}, tmp_path / "config.toml")
    monkeypatch.setattr(volume, "_release", lambda: release)
    ordinary = Path.stat
    monkeypatch.setattr(Path, "stat", lambda self, **more: ordinary(tmp_path if str(self) == os.sep else self, **more))
    with pytest.raises(ConfigurationError, match=says) as caught:
        bootstrap.archive(config)
    assert "own_volume" in caught.value.hint


def test_what_needs_the_processor_is_done_at_once_and_the_rest_waits_for_the_disk(archive: FolderArchive) -> None:
    rest = archive.begin(CONTENTS)
    assert (temporaries(archive), list(archive.digests())) == (sorted(set(CONTENTS)), [])
    assert rest() == DIGESTS
    assert (temporaries(archive), list(archive.digests())) == ([], sorted(set(DIGESTS)))


def test_what_cannot_be_begun_leaves_nothing(archive: FolderArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = together._write  # noqa: SLF001  # the seam
    before = len(list(Path("/proc/self/fd").iterdir()))

    def full(file: Path, content: bytes, mode: int) -> None:
        ordinary(file, content, mode)
        if content == CONTENTS[1]:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(together, "_write", full)
    with pytest.raises(UnreachableError, match="No space left on device"):
        archive.begin(CONTENTS)
    assert temporaries(archive) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_piece_by_piece_everything_waits(tmp_path: Path) -> None:
    archive = FolderArchive(tmp_path / "evidence").open()
    rest = archive.begin(CONTENTS)
    assert list(archive.digests()) == []
    assert rest() == DIGESTS
    assert list(archive.digests()) == sorted(set(DIGESTS))
