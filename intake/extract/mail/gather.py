"""Gathers a message's documents, unpacking wrappers, within limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.extract.mail import unpack, wrappers
from intake.extract.mail.carried import MimeLimits, Part
from intake.extract.mail.filenames import unique
from intake.extract.media import media_of

TOO_MANY = "The message has more parts than this service takes apart; the rest was not read."
TOO_MUCH = "The attachments are larger together than this service unpacks; the rest was not read."
MESSAGE_WITHIN = "It is a message within an archive, which is not opened; please attach its documents themselves."
BADLY_ENCODED = "It is not encoded as the message says, so it may be damaged."


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
        if wrappers.is_apple_double(part.content):
            continue
        within = unpack.members(part.name, part.content)
        if within is None:
            yield part
            continue
        taken: set[str] = set()
        for member in within:
            if not wrappers.is_apple_double(member.content):
                name = unique(member.path, taken, f"{part.name}/")
                trouble = member.trouble or (MESSAGE_WITHIN if media_of(member.content).kind == "message" else None)
                yield Part(name, "", member.content, notes=part.notes, trouble=trouble)
