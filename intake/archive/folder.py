"""Evidence in a folder: ``sha256/<first two>/<digest>``, plain bytes, read-only."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from intake.archive.base import DamagedEvidenceError, MissingEvidenceError
from intake.errors import UnreachableError
from intake.files import sync, write_durably

_LONG_AGO_SECONDS = 24 * 3600
_HINT = "Check that the folder exists, is writable and has room."


class FolderArchive:
    """Evidence on a local disk."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; `open` makes it."""
        self._folder = folder

    def open(self) -> FolderArchive:
        """Make the folder, and clear away what a process left half written that was killed long ago.

        Raises:
            UnreachableError: it cannot be made.
        """
        try:
            (self._folder / "tmp").mkdir(parents=True, exist_ok=True)
            self._make_folders()
            self._clear(time.time() - _LONG_AGO_SECONDS)
        except OSError as error:
            raise self._unreachable(error) from error
        return self

    def _make_folders(self) -> None:
        """Make all 256 subfolders at once, so that no message waits for its own."""
        kept = self._folder / "sha256"
        for folder in (kept, *(kept / f"{number:02x}" for number in range(256))):
            folder.mkdir(exist_ok=True)
        sync(kept)
        sync(self._folder)

    def _clear(self, before: float) -> None:
        for left in (self._folder / "tmp").iterdir():
            with suppress(FileNotFoundError):  # a peer clears, too
                if left.stat().st_mtime < before:
                    left.unlink()

    def path(self, sha256: str) -> Path:
        """Give the place of the bytes of this digest."""
        return self._folder / "sha256" / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Write a temporary file, fsync, rename, fsync the folder; bytes that are there already stay as they are."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            if not target.exists():
                temporary = self._folder / "tmp" / uuid.uuid4().hex
                write_durably(target, content, temporary=temporary, mode=0o440)
        except OSError as error:
            raise self._unreachable(error) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """Read the bytes and check them against the digest."""
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            message = f"the evidence {sha256} is missing"
            raise MissingEvidenceError(message) from error
        except OSError as error:
            raise self._unreachable(error) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            message = f"the evidence {sha256} has changed"
            raise DamagedEvidenceError(message)
        return content

    def remove(self, sha256: str) -> datetime | None:
        """Unlink the file and sync its folder."""
        file = self.path(sha256)
        try:
            file.unlink(missing_ok=True)
            sync(file.parent)
        except OSError as error:
            raise self._unreachable(error) from error
        return None

    def digests(self) -> Iterator[str]:
        """List the names of all files kept, in order."""
        for folder in sorted((self._folder / "sha256").glob("??")):
            yield from sorted(entry.name for entry in os.scandir(folder))

    def _unreachable(self, error: OSError) -> UnreachableError:
        return UnreachableError(f"the evidence folder {self._folder} cannot be used: {error}", _HINT)
