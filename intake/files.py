"""Files that are there whole or not at all, and are still there after the power has failed."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path


def write_durably(target: Path, content: bytes, *, temporary: Path | None = None, mode: int | None = None) -> None:
    """Write a file in one step: temporary file, fsync, rename, fsync of the folder.

    Args:
        target: the file; one that is there already is replaced.
        content: its bytes.
        temporary: where it is written first, on the same disk; what lies there is written over. None: a name of its own
            beside the target, that begins with a dot and ends in ``.part``, so that any number of writers may meet.
        mode: the file's permissions; None: as the process's umask has them.

    Raises:
        OSError: it cannot be written; then the target has not changed.
    """
    part = temporary or _part_of(target)
    if temporary is not None:
        temporary.unlink(missing_ok=True)
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync(target.parent)


def write_new_secret(target: Path, content: bytes) -> None:
    """Write a file that nobody else may read, durably, where none is yet.

    Raises:
        FileExistsError: there is one.
        OSError: it cannot be written.
    """
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync(target.parent)


def write_atomically(target: Path, content: bytes, *, mode: int) -> None:
    """Write a file that is there whole or not at all, and may be gone after the power has failed.

    Args:
        target: the file; one that is there already is replaced.
        content: its bytes.
        mode: the file's permissions.

    Raises:
        OSError: it cannot be written; then the target has not changed.
    """
    part = _part_of(target)
    try:
        with part.open("xb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _part_of(target: Path) -> Path:
    """A name of its own beside the target, so that any number of writers may meet."""
    return target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")


def rename_durably(part: Path, target: Path) -> None:
    """Give a file that is durable already its name, durably.

    Raises:
        OSError: it cannot be renamed.
    """
    part.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Make durable what a file holds, or the names in a folder.

    Raises:
        OSError: the disk would not.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
