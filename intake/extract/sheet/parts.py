"""A container's parts, however it was opened; readers of workbooks know no other way to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Protocol
from zipfile import ZipFile

from intake.extract.media import Media


class MissingPartError(KeyError):
    """A container holds no part of this name, though it says so; a `KeyError`, as a `ZipFile` raises."""


class Parts(Protocol):
    """Protocol of a container; `ZipFile` satisfies it."""

    def namelist(self) -> list[str]:
        """List the names of its parts."""

    def read(self, name: str, /) -> bytes:
        """Read one part, unpacked."""

    def open(self, name: str, /) -> IO[bytes]:
        """Open one part for reading, unpacked on the fly."""


@dataclass(frozen=True, slots=True)
class HeldParts:
    """Parts held in memory: the bytes that a signature hashed, or changed ones."""

    held: Mapping[str, bytes]

    def namelist(self) -> list[str]:
        """List the names of its parts."""
        return list(self.held)

    def read(self, name: str) -> bytes:
        """Read one part.

        Raises:
            MissingPartError: there is none of this name.
        """
        try:
            return self.held[name]
        except KeyError as error:
            raise MissingPartError(name) from error

    def open(self, name: str, _mode: str = "r") -> IO[bytes]:
        """Open one part as a file."""
        return BytesIO(self.read(name))


class Names(list[str]):
    """Names of parts, which compare without case (ECMA-376 part 2, 6.2.2.3)."""

    def __contains__(self, name: object) -> bool:
        """Whether a part of this name is there, however it is spelt."""
        return isinstance(name, str) and any(part.casefold() == name.casefold() for part in self)


@dataclass(frozen=True, slots=True)
class AnyCase:
    """A package's parts, found by their names in any case; `zipguard` refuses two that differ in case alone."""

    parts: Parts

    def namelist(self) -> list[str]:
        """List the names of its parts."""
        return Names(self.parts.namelist())

    def read(self, name: str) -> bytes:
        """Read one part, unpacked."""
        return self.parts.read(self._spelt(name))

    def open(self, name: str, _mode: str = "r") -> IO[bytes]:
        """Open one part for reading, unpacked on the fly."""
        return self.parts.open(self._spelt(name))

    def _spelt(self, name: str) -> str:
        return next((part for part in self.parts.namelist() if part.casefold() == name.casefold()), name)


def parts_of(content: bytes, media: Media) -> Parts:
    """Open a container that `zipguard` let pass.

    One that carries signatures is unpacked once and by `zipstrict`, so that what is read is what its signatures are
    held against. Where `zipstrict` refuses it, no signature of it can pass, and it is read like any other.
    """
    container = ZipFile(BytesIO(content))
    if not media.signed:
        return container
    from intake.signatures.office.zipstrict import unpack  # noqa: PLC0415  # likewise
    from intake.signatures.refused import MalformedSignatureError  # noqa: PLC0415  # most workbooks carry no signature

    try:
        return HeldParts(unpack(content))
    except MalformedSignatureError:
        return container
