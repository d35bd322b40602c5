"""Gathers a message's documents, unpacking wrappers, within limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.extract.mail import unpack
from intake.extract.mail.filenames import unique
from intake.extract.media import media_of
from intake.signatures.verified import Verified

TOO_MANY = "The message has more parts than this service takes apart; the rest was not read."
TOO_MUCH = "The attachments are larger together than this service unpacks; the rest was not read."
MESSAGE_WITHIN = "It is a message within an archive, which is not opened; please attach its documents themselves."
BADLY_ENCODED = "It is not encoded as the message says, so it may be damaged."


@dataclass(frozen=True, slots=True)
class MimeLimits:
    """How far a message is taken apart."""

    parts: int = 1_000
    depth: int = 20
    header_bytes: int = 64 * 1024
    """Of one part's header; a longer one is not searched for a file name."""
    attachment_bytes: int = 100 * 1024 * 1024
    """Of all attachments, unpacked."""


ORDINARY = MimeLimits()


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a message."""

    name: str
    """Unique in its message, and harmless; what came in an archive or a message has that one's name before a slash."""
    media_type: str
    """As stated in the message, in lower case."""
    content: bytes
    inline: bool = False
    """A picture that the message shows in its own text."""
    notes: tuple[str, ...] = ()
    """What may be wrong with it, a sentence each."""
    signatures: tuple[Verified, ...] | None = None
    """Those it carries for other parts, or of an attached message; None: its own bytes are to be asked."""
    trouble: str | None = None
    """Why its content could not be had."""
    words: str | None = None
    """Of a message that was opened: its subject and its own text, whole; None where these could not all be had."""


def gathered(parts: Iterable[Part], limits: MimeLimits) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """List the documents with wrappers unpacked, and a sentence for each thing that may be missing.

    Args:
        parts: as they came; names are unique.
        limits: how many there may be, and how much.
    """
    kept: list[Part] = []
    total_bytes = 0
    for part in _unwrapped(parts):
        total_bytes += len(part.content)
        if len(kept) >= limits.parts:
            return tuple(kept), (TOO_MANY,)
        if total_bytes > limits.attachment_bytes:
            return tuple(kept), (TOO_MUCH,)
        kept.append(part)
    return tuple(kept), ()


def _unwrapped(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if unpack.is_apple_double(part.content):
            continue
        within = unpack.members(part.name, part.content)
        if within is None:
            yield part
            continue
        taken: set[str] = set()
        for member in within:
            if not unpack.is_apple_double(member.content):
                name = unique(member.path, taken, f"{part.name}/")
                trouble = member.trouble or (MESSAGE_WITHIN if media_of(member.content).kind == "message" else None)
                yield Part(name, "", member.content, notes=part.notes, trouble=trouble)
