"""Writes several files durably with two waits for the disk: their bytes first, then their names.

`syncfs` waits for all that a volume has still to write, whoever wrote it; so it is for a volume of our own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from intake.archive import volume

log = structlog.get_logger()

_HINT = "Look after the disk, and see with evidence verify what else it has lost."


@dataclass(frozen=True, slots=True)
class Written:
    """Pieces that lie under their temporary names and may be lost yet."""

    whole: int
    """A descriptor of the volume, opened before anything was written, as it tells of failures since then alone."""
    new: Sequence[tuple[Path, Path]]
    """Of each where it shall lie, and where it lies."""

    def keep(self) -> None:
        """Give them their names; afterwards all of them are there whole, and stay after a power cut. To be called once.

        Raises:
            OSError: the disk would not; what lies at its place by then is whole, and another try waits for it again.
        """
        try:
            if self.new:
                volume.sync_volume(self.whole)
            for target, temporary in self.new:
                os.rename(temporary, target)  # noqa: PTH104  # a path's own method takes four times as long, and there are many
            volume.sync_volume(self.whole)  # where nothing is new, too: whoever wrote it may not have come so far
        except BaseException:
            _discard(self.new)
            raise
        finally:
            os.close(self.whole)


def write(folder: Path, pieces: Sequence[tuple[Path, Path, bytes]], mode: int) -> Written:
    """Write the pieces that are not there yet, or not whole.

    Args:
        folder: on the volume that all of them lie on.
        pieces: of each where it shall lie, where it is written first, and its bytes.
        mode: the files' permissions.

    Raises:
        OSError: they cannot be written; nothing of them is left.
    """
    whole = os.open(folder, os.O_RDONLY)
    new: list[tuple[Path, Path]] = []
    try:
        for target, temporary, content in pieces:
            if not is_whole(target, len(content)):
                new.append((target, temporary))
                _write(temporary, content, mode)
    except BaseException:
        _discard(new)
        os.close(whole)
        raise
    return Written(whole, new)


def is_whole(target: Path, size: int) -> bool:
    """Tell whether a piece is there with all its bytes; a part of it, as a failing disk leaves, is as good as none."""
    try:
        there = os.stat(target).st_size  # noqa: PTH116  # likewise
    except FileNotFoundError:
        return False
    if there != size:
        log.warning("evidence_restored", piece=target.name, bytes=there, of=size, hint=_HINT)
    return there == size


def _discard(pieces: Sequence[tuple[Path, Path]]) -> None:
    for _, temporary in pieces:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(file: Path, content: bytes, mode: int) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        os.fchmod(opened, mode)  # whatever the process's mask takes away
        left = memoryview(content)
        while left:  # one call writes it all, unless it is very large
            left = left[os.write(opened, left) :]
    finally:
        os.close(opened)
