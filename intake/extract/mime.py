"""Takes a message's attachments out of its raw bytes.

The stdlib's `compat32` parser gives structure and bytes; its newer policies parse headers eagerly and can be made
to raise. The tree is walked with a stack and with bounds, so that no message can exhaust it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import errors, message_from_bytes, policy
from email.message import Message

from intake.extract.filenames import default_name, stated_name, unique

_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\s;]{1,70})", re.IGNORECASE)
_MAX_BOUNDARIES = 200
_MESSAGES = frozenset({"message/rfc822", "message/global"})
_BODIES = frozenset({"text/plain", "text/html"})
_PARTING = (errors.NoBoundaryInMultipartDefect, errors.StartBoundaryNotFoundDefect)
_ENCODING = (
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidBase64LengthDefect,
)

CUT_SHORT = "The message ends before its last part is closed, so an attachment may be cut short."
NOT_PARTED = "The message's parts are not marked off as they should be, so attachments may be missing."
TOO_MANY = "The message has more parts than this service takes apart; the rest was not read."
TOO_DEEP = "The message's parts are nested deeper than this service follows; the innermost were not read."
UNPARSABLE = "The message could not be taken apart, so a person must look at it."
OF_ONE = "The attachment "
BADLY_ENCODED = "It is not encoded as the message says, so it may be damaged."
LONG_HEADER = "A part of the message has a header too long to be read, so its name is not known."


@dataclass(frozen=True, slots=True)
class MimeLimits:
    """How far a message is taken apart."""

    parts: int = 1_000
    depth: int = 20
    header_octets: int = 64 * 1024
    """Of one part's header; a longer one is not searched for a file name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One attachment."""

    name: str
    """Unique in its message, and harmless as a file name."""
    media_type: str
    """As stated in the message, in lower case."""
    content: bytes
    inline: bool = False
    """A picture that the message shows in its own text."""
    notes: tuple[str, ...] = ()
    """What may be wrong with it, a sentence each."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message carries."""

    parts: tuple[Part, ...] = ()
    troubles: tuple[str, ...] = ()
    """What may be missing or damaged, a sentence each."""


def attachments(raw: bytes, limits: MimeLimits = MimeLimits()) -> Mail:
    """Take the attachments out of a message, those of messages attached to it included.

    An attachment is whatever has a file name, is said to be an attachment, or is no text;
    the plain and HTML bodies are none. Nothing in the message makes this raise.

    Args:
        raw: the message as received.
        limits: how far it is taken apart.
    """
    if _parts_declared(raw) > 2 * limits.parts:
        return Mail(troubles=(TOO_MANY,))
    try:
        return _Walk(limits).over(message_from_bytes(raw, policy=policy.compat32))
    except Exception:  # noqa: BLE001  # RecursionError of deep nesting, and whatever else strangers provoke
        return Mail(troubles=(UNPARSABLE,))


def _parts_declared(raw: bytes) -> int:
    """How often the boundaries that the message declares stand in it; the parser takes 70 µs for each."""
    boundaries: set[bytes] = set()
    lower, at = raw.lower(), -1  # a plain search is many times faster than a pattern over the whole message
    while len(boundaries) < _MAX_BOUNDARIES and (at := lower.find(b"boundary", at + 1)) >= 0:
        if match := _BOUNDARY.match(raw, at):
            boundaries.add(match[1])
    return sum(raw.count(b"\n--" + boundary) for boundary in boundaries)


class _Walk:
    """One way through a message's tree."""

    def __init__(self, limits: MimeLimits) -> None:
        self._limits = limits
        self._parts: list[Part] = []
        self._troubles: dict[str, None] = {}
        self._names: set[str] = set()

    def over(self, message: Message) -> Mail:
        stack = [(message, 0, False)]
        visited = 0
        while stack:
            part, depth, inner = stack.pop()
            visited += 1
            if visited > self._limits.parts:
                self._say(TOO_MANY)
                break
            if depth > self._limits.depth:
                self._say(TOO_DEEP)
                continue
            self._visit(part, inner=inner)
            inner = inner or part.get_content_type() in _MESSAGES
            stack.extend((child, depth + 1, inner) for child in reversed(_children(part)))
        return Mail(tuple(self._parts), tuple(self._troubles))

    def _say(self, trouble: str) -> None:
        self._troubles.setdefault(trouble)

    def _visit(self, part: Message, *, inner: bool) -> None:
        for trouble in _troubles(part):
            self._say(trouble)
        media_type = part.get_content_type()
        if part.is_multipart() and (inner or media_type not in _MESSAGES):
            # A message inside an attached message is kept within the outer one's bytes; its attachments come later.
            return
        name, disposition = self._header(part)
        if name or disposition == "attachment" or not (media_type in _BODIES or media_type.startswith("text/")):
            self._keep(part, name, media_type, disposition)

    def _keep(self, part: Message, name: str, media_type: str, disposition: str | None) -> None:
        content = _content(part)
        called = unique(name or default_name(len(self._parts) + 1, media_type), self._names)
        notes: tuple[str, ...] = ()
        if any(isinstance(defect, _ENCODING) for defect in part.defects):
            notes = (BADLY_ENCODED,)
            self._say(f"{OF_ONE}{called} is not encoded as the message says, so it may be damaged.")
        picture = media_type.startswith("image/") and disposition != "attachment"
        inline = picture and (disposition == "inline" or "content-id" in part)
        self._parts.append(Part(called, media_type, content, inline, notes))

    def _header(self, part: Message) -> tuple[str, str | None]:
        """The file name and the disposition that the part states."""
        if sum(len(name) + len(str(value)) for name, value in part.raw_items()) > self._limits.header_octets:
            self._say(LONG_HEADER)
            return "", None
        return stated_name(part), part.get_content_disposition()


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _content(part: Message) -> bytes:
    if part.is_multipart():
        return _written_again(part)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _written_again(part: Message) -> bytes:
    """An attached message's bytes; empty where they cannot be given (the archive keeps the whole mail as received)."""
    try:
        return b"".join(child.as_bytes() for child in _children(part))
    except Exception:  # noqa: BLE001  # the generator meets what the parser let pass
        return b""


def _troubles(part: Message) -> Iterator[str]:
    for defect in part.defects:
        if isinstance(defect, errors.CloseBoundaryNotFoundDefect):
            yield CUT_SHORT
        elif isinstance(defect, _PARTING):
            yield NOT_PARTED
