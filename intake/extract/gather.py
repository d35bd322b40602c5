"""Collects the documents of a message, unpacks what they came wrapped in, names them, and counts what they cost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from intake.extract import unpack
from intake.extract.filenames import default_name, unique

LONGEST_PREFIX = 300

TOO_MANY = "The message has more parts than this service takes apart; the rest was not read."
TOO_MUCH = "The attachments are larger together than this service unpacks; the rest was not read."
BADLY_ENCODED = "It is not encoded as the message says, so it may be damaged."


@dataclass(frozen=True, slots=True)
class MimeLimits:
    """How far a message is taken apart."""

    parts: int = 1_000
    depth: int = 20
    header_octets: int = 64 * 1024
    """Of one part's header; a longer one is not searched for a file name."""
    attachment_octets: int = 100 * 1024 * 1024
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
    trouble: str | None = None
    """Why its content could not be had."""


class Gathering:
    """The documents found so far."""

    def __init__(self, limits: MimeLimits) -> None:
        """Start with none."""
        self.limits = limits
        self.parts: list[Part] = []
        self._troubles: dict[str, None] = {}
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._octets = 0

    @property
    def troubles(self) -> tuple[str, ...]:
        """What may be missing, a sentence each, each once."""
        return tuple(self._troubles)

    def say(self, trouble: str) -> None:
        """Note what may be missing."""
        self._troubles.setdefault(trouble)

    def name(self, prefix: str, stated: str, media_type: str) -> str:
        """A name that is unique: the stated one, or one by number and type."""
        return prefix + unique(stated or default_name(len(self.parts) + 1, media_type), self._names[prefix])

    def add(self, part: Part) -> None:
        """Take a document, or the files within it where it only wraps them."""
        if unpack.is_apple_double(part.content):
            return
        full = self._octets > self.limits.attachment_octets
        within = None if full else unpack.members(part.name, part.content)
        if within is None:
            self._take(part)
            return
        prefix = inside("", part.name)
        for member in within:
            if not unpack.is_apple_double(member.content):
                name = self.name(prefix, member.path, "")
                self._take(Part(name, "", member.content, notes=part.notes, trouble=member.trouble))

    def _take(self, part: Part) -> None:
        self._octets += len(part.content)
        if len(self.parts) >= self.limits.parts:
            self.say(TOO_MANY)
        elif self._octets > self.limits.attachment_octets:
            self.say(TOO_MUCH)
        else:
            self.parts.append(part)


def inside(prefix: str, name: str) -> str:
    """What stands before the names of the files within a file."""
    return f"{prefix}{name}/" if len(prefix) + len(name) < LONGEST_PREFIX else prefix
