"""What a message or some loose files carry, and how far they are taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.bounce import Bounce
from intake.signatures.verified import Verified

LONGEST_TEXT = 20_000
"""Characters of the text that is kept for reading; the whole can be downloaded."""


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


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message carries."""

    parts: tuple[Part, ...] = ()
    troubles: tuple[str, ...] = ()
    """What of the message as a whole may be missing or damaged, a sentence each."""
    signatures: tuple[Verified, ...] = ()
    """The mail's own; those of messages attached to it stand with these."""
    opening: str = ""
    """The first lines of its own text, above whatever it quotes."""
    text: str = ""
    """The same text whole, as far as it is kept for reading."""
    report: Bounce | None = None
    """What it reports about a letter of ours."""
