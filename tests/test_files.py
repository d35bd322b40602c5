"""A file is there whole or not at all, and nothing half written stays behind."""

from __future__ import annotations

import ast
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intake.files import rename_durably, sync, write_durably

ROOT = Path(__file__).parents[1]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("content", [b"", b"a", b"x" * (1 << 20)])
@pytest.mark.parametrize("before", [None, b"what was there"])
def test_a_file_holds_what_was_written(tmp_path: Path, content: bytes, before: bytes | None) -> None:
    target = tmp_path / "file"
    if before is not None:
        target.write_bytes(before)
    write_durably(target, content)
    assert target.read_bytes() == content
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("temporary", [None, "part"])
@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_failure_changes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: str | None, fails: str
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "file"
    target.write_bytes(b"before")
    monkeypatch.setattr(os if fails == "fsync" else Path, fails, full)
    with pytest.raises(OSError, match="No space"):
        write_durably(target, b"after", temporary=tmp_path / temporary if temporary else None)
    assert target.read_bytes() == b"before"
    assert names(tmp_path) == ["file"]


def test_what_a_crash_left_under_the_temporary_name_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"half of what")
    write_durably(tmp_path / "file", b"whole", temporary=tmp_path / "part")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"file": b"whole"}


def test_a_link_under_the_temporary_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"another's")
    (tmp_path / "part").symlink_to(tmp_path / "other")
    write_durably(tmp_path / "file", b"ours", temporary=tmp_path / "part")
    assert (tmp_path / "other").read_bytes() == b"another's"
    assert not (tmp_path / "file").is_symlink()


def test_a_mode_is_the_file_s(tmp_path: Path) -> None:
    write_durably(tmp_path / "file", b"", mode=0o440)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o440


def test_writers_that_meet_leave_one_whole_file(tmp_path: Path) -> None:
    contents = [bytes([number]) * 100_000 for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write_durably(tmp_path / "file", content), contents))
    assert (tmp_path / "file").read_bytes() in contents
    assert names(tmp_path) == ["file"]


def test_first_the_bytes_are_durable_then_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []

    def fsync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append(f"{kind}, {'there' if (tmp_path / 'file').exists() else 'not there'}")

    monkeypatch.setattr(os, "fsync", fsync)
    write_durably(tmp_path / "file", b"content")
    assert synced == ["file, not there", "folder, there"]
    synced.clear()
    (tmp_path / "part").write_bytes(b"")
    rename_durably(tmp_path / "part", tmp_path / "file")
    assert synced == ["folder, there"]


def test_what_is_not_there_cannot_be_made_durable(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync(tmp_path / "nothing")


def test_fsync_is_called_in_one_file_alone() -> None:
    callers = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "intake").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "fsync"
    }
    assert callers == {"intake/files.py"}
