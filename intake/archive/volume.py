"""Waits for a whole volume, and tells whether an evidence folder lies on one of its own, which that is for."""

from __future__ import annotations

import errno
import os
import platform
import re
from pathlib import Path

from intake.errors import ConfigurationError

_SINCE = (5, 8)
"""The Linux whose `syncfs` tells that something could not be written; an earlier one keeps that to itself."""
_HINT = "Mount a volume there that nothing else writes to, or leave own_volume out of [evidence]."


def refuse_unless_own(folder: Path) -> None:
    """Refuse a folder on the system's own volume, and a system that cannot wait for a volume or keeps failures back.

    Raises:
        ConfigurationError: why `own_volume` cannot be had.
    """
    if platform.system() != "Linux" or _release() < _SINCE:
        message = f"[evidence] own_volume needs Linux {_SINCE[0]}.{_SINCE[1]} or later; this is {platform.platform()}"
        raise ConfigurationError(message, _HINT)
    if folder.stat().st_dev == Path(os.sep).stat().st_dev:
        message = f"[evidence] own_volume is set, but {folder} lies on the system's own volume"
        raise ConfigurationError(message, _HINT)


def sync_volume(descriptor: int) -> None:
    """Make durable all that the volume of an open file has still to write; what failed since it was opened is told.

    Raises:
        OSError: the disk would not, or this system has no such call.
    """
    import ctypes  # noqa: PLC0415  # few have a volume to wait for

    system = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if system is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if system(descriptor):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _release() -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", platform.release())[:2])
