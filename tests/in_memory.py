"""Where tests keep their files: in memory, where the machine lends as much."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  # Linux's own file system in memory; what is made there has a name of its own
_ROOM = 4 << 30
"""Octets, several times what the suite keeps at once; a container's own memory file system has 64 MB."""


def keep_files_in_memory() -> None:
    """Have every temporary file of this process and of its children lie in memory, unless `TMPDIR` says where.

    A store, an archive and a letter each wait for the disk several times a message. A test ends processes, never the
    machine, so that it sees the same whatever its files lie on, and on a disk it waits longer than it works.
    """
    if "TMPDIR" in os.environ or not _lends(_MEMORY):
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)  # pytest has asked already where temporary files go


def _lends(place: Path) -> bool:
    if not os.access(place, os.W_OK):
        return False
    system = os.statvfs(place)
    return system.f_bavail * system.f_frsize >= _ROOM and not system.f_flag & os.ST_NOEXEC
