"""A folder of .eml files, and of folders of them; nothing in it is ever changed."""

from __future__ import annotations

import os
import re
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

ENDING = ".eml"
_NOT_UTF8 = re.compile(r"\\udc([89a-f][0-9a-f])")


class FolderMailbox(FileMailbox):
    """Every .eml file below a folder is a message; names that begin with a dot are passed over."""

    def __init__(self, name: str, path: Path) -> None:
        """Name the mailbox and its folder, which need not be there yet."""
        self.name = name
        self._path = path

    def scan(self, since: str | None = None) -> MailboxListing:  # noqa: ARG002  # a folder has no order in which files come
        """List all files.

        Raises:
            UnreachableError: the folder, or one in it, cannot be read.
        """
        try:
            files = FileNames(self.name, self._walk(self._path))
        except OSError as error:
            message = f"mailbox {self.name}: the folder {self._path} cannot be read: {reason(error, self._path)}"
            raise UnreachableError(message, READABLE_HINT) from error
        return MailboxListing(files, whole=True)

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """Read the files' bytes; one still being written is left for the next poll.

        Raises:
            WithheldError: some are there but cannot be read; the others have been given.
        """
        return fetch_files(self.name, wanted, self._find)

    def _walk(self, folder: Path, prefix: str = "") -> Iterator[str]:
        """List the key of every message; `prefix` is this folder's path within the mailbox's."""
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):  # a link to a folder may lead round in a circle
                    yield from self._walk(Path(entry.path), f"{prefix}{name}/")
                elif name.endswith(ENDING) or name.lower().endswith(ENDING):
                    status = regular(entry.path)
                    if status is not None:
                        yield f"{_as_text(prefix + name)}/{epoch_of(status)}"

    def _find(self, uid: str, *, again: bool) -> Path | None:
        literal = self._path / uid
        if again or not regular(literal):
            undone = self._path / _NOT_UTF8.sub(lambda match: chr(0xDC00 + int(match[1], 16)), uid)
            return undone if regular(undone) else None
        return literal


class CheckFolderMailbox(FolderMailbox):
    """The same for checks: its mail is deleted, and what comes is seen at once."""

    _before: Sequence[int] = ()

    def scan(self, since: str | None = None) -> MailboxListing:
        """List the messages, and remember what the folder was like before.

        Raises:
            UnreachableError: it cannot be read.
        """
        self._before = stamps((self._path,))
        return super().scan(since)

    def discard(self, dealt_with: Sequence[Sighting]) -> None:
        """Delete these messages.

        Raises:
            UnreachableError: one cannot be deleted.
        """
        discard_files(self.name, dealt_with, self._find)

    def wait(self, seconds: float, stopping: Event) -> None:
        """Wait until something comes."""
        watch(seconds, stopping, (self._path,), self._before)


def _as_text(path: str) -> str:
    r"""Escape a file name for storage: bytes that are not UTF-8 become `\udcXX`."""
    return path if path.isascii() else path.encode("utf-8", "backslashreplace").decode()
