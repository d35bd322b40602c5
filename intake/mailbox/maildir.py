"""A Maildir: `new` and `cur` are read, nothing is moved between them, no flag is set."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from intake.domain.message import Sighting
from intake.errors import UnreachableError, reason
from intake.mailbox.base import Fetched, MailboxListing
from intake.mailbox.file_names import FileNames
from intake.mailbox.files import (
    READABLE_HINT,
    FileMailbox,
    discard_files,
    epoch_of,
    fetch_files,
    regular,
    stamps,
    watch,
)

_FLAGS = ":2,"


def is_maildir(path: Path) -> bool:
    """Tell whether a folder is a Maildir rather than a folder of .eml files.

    Mail lies in two of its folders alone; the third is mostly empty, and a copy may lack it.
    """
    return all((path / part).is_dir() for part in ("cur", "new"))


class MaildirMailbox(FileMailbox):
    """A message is its unique name, the part before the flags: a mail reader may rename it, it stays the same."""

    def __init__(self, name: str, path: Path) -> None:
        """Name the mailbox and its Maildir."""
        self.name = name
        self._path = path
        self._paths: dict[str, Path] = {}

    def scan(self, since: str | None = None) -> MailboxListing:  # noqa: ARG002  # delivery may put a file in with any time
        """List all messages.

        Raises:
            UnreachableError: the Maildir cannot be read.
        """
        self._list()
        keys: list[str] = []
        try:
            for uid, path in self._paths.items():
                status = regular(path) or (regular(moved) if (moved := self._find(uid, again=True)) else None)
                if status is not None:
                    keys.append(f"{uid}/{epoch_of(status)}")
        except OSError as error:
            raise self._unreadable(error) from error
        return MailboxListing(FileNames(self.name, keys), whole=True)

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """Read the messages' bytes, wherever their files have been moved meanwhile.

        Raises:
            WithheldError: some are there but cannot be read; the others have been given.
            UnreachableError: the folder cannot be read.
        """
        self._list()
        return fetch_files(self.name, wanted, self._find)

    def _list(self) -> None:
        try:
            self._paths = dict(self._listed())
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> UnreachableError:
        message = f"mailbox {self.name}: the Maildir {self._path} cannot be read: {reason(error, self._path)}"
        return UnreachableError(message, READABLE_HINT)

    def _listed(self) -> Iterator[tuple[str, Path]]:
        """List unique names and paths; `new` first, so that a message on its way to `cur` is not missed."""
        for part in ("new", "cur"):
            with os.scandir(self._path / part) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        name = os.fsencode(entry.name).decode("utf-8", "backslashreplace")
                        yield name.partition(_FLAGS)[0], Path(entry.path)

    def _find(self, uid: str, *, again: bool) -> Path | None:
        if again:
            self._list()
        return self._paths.get(uid)


class CheckMaildirMailbox(MaildirMailbox):
    """The same for checks: its mail is deleted, and what comes is seen at once."""

    _before: Sequence[int] = ()

    def scan(self, since: str | None = None) -> MailboxListing:
        """List the messages, and remember what the folder was like before.

        Raises:
            UnreachableError: it cannot be read.
        """
        self._before = stamps((self._path / "new", self._path / "cur"))
        return super().scan(since)

    def discard(self, dealt_with: Sequence[Sighting]) -> None:
        """Delete these messages.

        Raises:
            UnreachableError: one cannot be deleted.
        """
        discard_files(self.name, dealt_with, self._find)

    def wait(self, seconds: float, stopping: Event) -> None:
        """Wait until something comes."""
        watch(seconds, stopping, (self._path / "new", self._path / "cur"), self._before)
