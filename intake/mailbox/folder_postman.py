"""A postman who writes letters into a folder: for the demonstration, for tests, for sites without a mail server."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from intake.errors import UnreachableError, reason
from intake.files import write_durably
from intake.mailbox.base import Letter

_LOCAL_PART = re.compile(r"<(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,200})@[^<>]*>\Z")
_PROBE_BYTES = 1 << 14
"""As much as a letter may have."""


class FolderPostman:
    """Writes `<local part of the Message-ID>.eml`: the same letter is the same file, however often it is sent."""

    def __init__(self, path: Path) -> None:
        """Name the folder; it is made with the first letter."""
        self._path = path

    def send(self, letter: Letter) -> None:
        """Write the letter, durably and at once under its name.

        Raises:
            UnreachableError: the folder cannot be written.
        """
        target = self._path / f"{_file_name(letter.message_id)}.eml"
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            # the one name: what a crash left is written over
            write_durably(target, letter.content, temporary=target.with_name(f".{target.name}.part"))
        except OSError as error:
            message = f"the letter {target.name} cannot be written: {reason(error, target)}"
            raise UnreachableError(message, "Check that outgoing.path is writable and has room.") from error

    def answer(self) -> None:
        """See whether the folder can be written and has room.

        Raises:
            UnreachableError: it cannot.
        """
        probe = self._path / f".probe-{uuid.uuid4().hex}"
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            try:
                probe.write_bytes(bytes(_PROBE_BYTES))  # an empty file needs no room
            finally:
                probe.unlink(missing_ok=True)
        except OSError as error:
            message = f"no letter can be written into {self._path}: {error.strerror}"
            raise UnreachableError(message, "Check that outgoing.path is writable and has room.") from error

    def close(self) -> None:
        """Do nothing: there is no connection."""


def _file_name(message_id: str) -> str:
    match = _LOCAL_PART.match(message_id)
    if match is None:
        message = f"not one of our Message-IDs: {message_id!r}"
        raise ValueError(message)
    return match["name"]
