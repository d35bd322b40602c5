"""Evidence in a folder: ``sha256/<first two>/<digest>``, plain bytes, read-only."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from intake.archive import together
from intake.archive.base import DamagedEvidenceError, MissingEvidenceError
from intake.errors import UnreachableError, reason
from intake.files import sync, write_durably

_LONG_AGO_SECONDS = 24 * 3600
_WRITERS = 8
_MODE = 0o440
_HINT = "Check that the folder exists, is writable and has room."


class FolderArchive:
    """Evidence on a local disk."""

    def __init__(self, folder: Path, *, own_volume: bool = False) -> None:
        """Remember the folder; `open` makes it.

        Args:
            folder: where.
            own_volume: nobody else writes to its volume, so that several pieces are made durable at once.
        """
        self._folder, self._own_volume = folder, own_volume

    @property
    def writers(self) -> int:
        """How many calls of `put_all` side by side are worth while; whoever waits for a whole volume waits alone."""
        return 1 if self._own_volume else _WRITERS

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
        return self._folder / f"sha256/{sha256[:2]}/{sha256}"

    def put(self, content: bytes) -> str:
        """Write a temporary file, fsync, rename, fsync the folder; bytes that are there whole stay as they are."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            if together.is_whole(target, len(content)):
                sync(target.parent)  # whoever has just written it may not have come so far
            else:
                write_durably(target, content, temporary=self._temporary(), mode=_MODE)
        except OSError as error:
            raise self._unreachable(error) from error
        return sha256

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        """Put one piece after the other or, on a volume of its own, all of them with two waits for the disk."""
        return self.begin(contents)() if self._own_volume else [self.put(content) for content in contents]

    def begin(self, contents: Sequence[bytes]) -> Callable[[], list[str]]:
        """Write them at once where a volume of its own is waited for afterwards; else leave all of it to the rest.

        A thread that writes beside another's work would have to ask for the interpreter again after every call.
        """
        if not self._own_volume:
            return partial(self.put_all, contents)
        digests = [hashlib.sha256(content).hexdigest() for content in contents]
        files = {self.path(sha256): content for sha256, content in zip(digests, contents, strict=True)}
        batch = self._temporary()
        pieces = [(file, batch.with_name(f"{batch.name}-{number}"), files[file]) for number, file in enumerate(files)]
        try:
            written = together.write(self._folder, pieces, _MODE)
        except OSError as error:
            raise self._unreachable(error) from error
        return partial(self._end, written, digests)

    def _end(self, written: together.Written, digests: list[str]) -> list[str]:
        try:
            written.keep()
        except OSError as error:
            raise self._unreachable(error) from error
        return digests

    def _temporary(self) -> Path:
        return self._folder / f"tmp/{uuid.uuid4().hex}"

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
        message = f"the evidence folder {self._folder} cannot be used: {reason(error, self._folder)}"
        return UnreachableError(message, _HINT)
