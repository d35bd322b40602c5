"""``check`` where standard output has few letters, as Windows gives it to a file or a pipe."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from programs import arguments, environment

AT = ("--at", "2026-11-20T12:00:00Z")


def printed(folder: Path, code_page: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    (folder / "Gerät Ωλ.txt").write_text("A note on the device.")
    told = environment() | {"PYTHONIOENCODING": code_page}
    command = arguments("check", folder, *words, *AT)
    return subprocess.run(command, capture_output=True, env=told, timeout=60, check=False)


@pytest.mark.parametrize("code_page", ["cp437", "cp1251", "cp932"])
def test_a_report_is_told_with_the_letters_that_there_are(tmp_path: Path, code_page: str) -> None:
    done = printed(tmp_path, code_page)
    assert (done.returncode, done.stderr) == (3, b"")
    assert ".txt" in done.stdout.decode(code_page)


def test_a_page_is_in_the_letters_that_it_says_it_is_in(tmp_path: Path) -> None:
    done = printed(tmp_path, "cp1252", "--format", "html")
    assert done.returncode == 3
    assert "Gerät Ωλ.txt" in done.stdout.decode("utf-8")
