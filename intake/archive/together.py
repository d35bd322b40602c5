"""Writes several files durably with two waits for the disk: their bytes first, then their names.

`syncfs` waits for all that a volume has still to write, whoever wrote it; so it is for a volume of our own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from intake.archive import volume


def write(folder: Path, pieces: Sequence[tuple[Path, Path, bytes]], mode: int) -> None:
    """Write the pieces that are not there yet; afterwards all of them are there whole, and stay after a power cut.

    Args:
        folder: on the volume that all of them lie on.
        pieces: of each where it shall lie, where it is written first, and its bytes.
        mode: the files' permissions.

    Raises:
        OSError: they cannot be written; what lies at its place by then is whole, and another try waits for it again.
    """
    whole = os.open(folder, os.O_RDONLY)  # before anything is written, as it tells of failures since then alone
    new = [piece for piece in pieces if not piece[0].exists()]
    try:
        for _, temporary, content in new:
            _write(temporary, content, mode)
        if new:
            volume.sync_volume(whole)
        for target, temporary, _ in new:
            temporary.rename(target)
        volume.sync_volume(whole)  # where nothing is new, too: whoever wrote it may not have come so far
    except BaseException:
        for _, temporary, _ in new:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(whole)


def _write(file: Path, content: bytes, mode: int) -> None:
    with file.open("xb", buffering=0) as opened:
        os.fchmod(opened.fileno(), mode)
        left = memoryview(content)
        while left:  # one call writes it all, unless it is very large
            left = left[opened.write(left) :]
