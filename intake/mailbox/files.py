"""Messages that are files: how one is identified, and how it is read whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Protocol

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.base import Fetched, WithheldError

READABLE_HINT = "Check that the folder is there and that we may read it and everything in it."

_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG})
_LOOK_EVERY = 0.02
"""Seconds; a look costs microseconds."""


class FileMailbox:
    """What mailboxes of files have in common: no connection, no marks, and a look is always whole."""

    marks = False

    def settle(self, taken: Sequence[Sighting]) -> None:
        """Do nothing: the folder is never changed."""

    def wait(self, seconds: float, stopping: Event) -> None:
        """Wait; a folder signals nothing."""
        stopping.wait(seconds)

    def close(self) -> None:
        """Do nothing: there is no connection."""


def watch(seconds: float, stopping: Event, folders: Sequence[Path], before: Sequence[int]) -> None:
    """Wait until a folder has changed, which is looked for often: whoever asks for a check waits for the answer.

    Args:
        seconds: at most.
        stopping: ends it.
        folders: that are watched.
        before: as `stamps` had it when they were last looked into.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until and stamps(folders) == before and not stopping.wait(_LOOK_EVERY):
        pass


def stamps(folders: Iterable[Path]) -> list[int]:
    """Tell when anything came into these folders, or left them; 0 for one that is not there."""
    times = []
    for folder in folders:
        try:
            times.append(folder.stat().st_mtime_ns)
        except OSError:
            times.append(0)
    return times


class Finder(Protocol):
    """Where the file of a uid lies now."""

    def __call__(self, uid: str, *, again: bool) -> Path | None:
        """The path, None where there is none; `again` after a file was not where it had been."""
        ...


def epoch_of(status: os.stat_result) -> str:
    """Give size and modification time, so that a rewritten file is another message."""
    return f"{status.st_size}-{status.st_mtime_ns}"


def regular(path: str | os.PathLike[str]) -> os.stat_result | None:
    """Give the status of a regular file; None where it has vanished, is something else, or is a link to nowhere."""
    try:
        status = os.stat(path)  # noqa: PTH116  # called a thousand times a poll
    except OSError as error:
        if error.errno in _NOWHERE:
            return None
        raise
    return status if stat.S_ISREG(status.st_mode) else None


def discard_files(name: str, dealt_with: Iterable[Sighting], find: Finder) -> None:
    """Delete the files of these sightings, unless they have been written anew since.

    Raises:
        UnreachableError: one cannot be deleted.
    """
    for sighting in dealt_with:
        path = find(sighting.uid, again=False) or find(sighting.uid, again=True)
        status = None if path is None else regular(path)
        if path is None or status is None or epoch_of(status) != sighting.epoch:
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = f"mailbox {name}: {sighting.uid} cannot be deleted: {error.strerror}"
            raise UnreachableError(
                message, "Mail to a check mailbox is deleted; let us write in its folder."
            ) from error


def fetch_files(name: str, wanted: Sequence[Sighting], find: Finder) -> Iterator[Fetched]:
    """Read the files of these sightings, one in memory at a time.

    One that cannot be read does not keep the others waiting: it is complained of at the end.

    Raises:
        WithheldError: some files are there but cannot be read.
    """
    trouble: list[OSError] = []
    withheld: list[Sighting] = []
    for sighting in wanted:
        try:
            fetched = _fetch(sighting, find)
        except OSError as error:
            trouble.append(error)
            withheld.append(sighting)
        else:
            if fetched is not None:
                yield fetched
    if trouble:
        message = f"mailbox {name}: {len(trouble)} of {len(wanted)} messages cannot be read, first: {trouble[0]}"
        raise WithheldError(message, READABLE_HINT, withheld) from trouble[0]


def _fetch(sighting: Sighting, find: Finder) -> Fetched | None:
    for again in (False, True):
        path = find(sighting.uid, again=again)
        try:
            return None if path is None else _read(sighting, path)
        except FileNotFoundError:
            continue  # renamed or taken away since it was found
    return None


def _read(sighting: Sighting, path: Path) -> Fetched | None:
    """Read the file's bytes; None while it is still being written: the next poll reads it."""
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if epoch_of(before) != sighting.epoch:
            return None
        raw = file.read()
        after = os.fstat(file.fileno())
    if epoch_of(after) != sighting.epoch or len(raw) != after.st_size:
        return None
    return Fetched(sighting, raw, arrived_at=None, file_time=_time(after))


def _time(status: os.stat_result) -> datetime | None:
    try:
        return datetime.fromtimestamp(status.st_mtime_ns / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        return None  # a clock that far off says nothing
