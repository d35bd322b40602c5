"""What an archive is, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from intake.errors import IntakeError


class MissingEvidenceError(IntakeError):
    """The archive does not hold what the store says it holds."""

    hint = "Run: cpl-intake evidence verify"


class DamagedEvidenceError(IntakeError):
    """The archive's bytes are not those that were archived."""

    hint = "Restore the file from a backup, then run: cpl-intake evidence verify"


class Archive(Protocol):
    """Keeps evidence."""

    @property
    def writers(self) -> int:
        """How many calls of `put_all` side by side are worth while."""
        ...

    def put(self, content: bytes) -> str:
        """Store the bytes durably before returning; give their SHA-256 in lower-case hex.

        Raises:
            UnreachableError: they could not be written.
        """
        ...

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        """Store several pieces, all of them durably before returning; give their SHA-256 in the same order.

        Raises:
            UnreachableError: one of them could not be written; the others may be there.
        """
        ...

    def begin(self, contents: Sequence[bytes]) -> Callable[[], list[str]]:
        """Begin to store several pieces; gives what does the rest, in whatever thread, and returns as `put_all` does.

        So what needs the processor is done at once, and what waits for a disk or a server need not be waited for.

        Raises:
            UnreachableError: one of them could not be written; raised by the rest likewise.
        """
        ...

    def get(self, sha256: str) -> bytes:
        """Read the bytes of this digest and check them against it.

        Raises:
            MissingEvidenceError: they are not there.
            DamagedEvidenceError: they have changed.
            UnreachableError: they could not be read.
        """
        ...

    def remove(self, sha256: str) -> datetime | None:
        """Remove the bytes of this digest for good; it may run twice.

        Returns:
            None where they are gone; else the time before which the archive lets nobody remove them.

        Raises:
            UnreachableError: the archive did not answer.
        """
        ...

    def digests(self) -> Iterator[str]:
        """List every digest that is kept, in order."""
        ...
