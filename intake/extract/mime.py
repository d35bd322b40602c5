"""Takes a message apart: its attachments, the first lines of its text, and what it reports if it is a report.

The stdlib's `compat32` parser gives structure and bytes; its newer policies parse headers eagerly and can be made
to raise. The tree is walked with a stack and with bounds, so that no message can exhaust it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import errors, message_from_bytes, policy
from email.message import Message

from intake.domain.bounce import Bounce
from intake.extract.filenames import stated_name
from intake.extract.gather import BADLY_ENCODED, ORDINARY, TOO_MANY, Gathering, MimeLimits, Part, inside
from intake.extract.media import media_of
from intake.extract.opening import Opening
from intake.extract.report import children, read_report
from intake.extract.unpack import uuencoded

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
TOO_DEEP = "The message's parts are nested deeper than this service follows; the innermost were not read."
UNPARSABLE = "The message could not be taken apart, so a person must look at it."
LONG_HEADER = "A part of the message has a header too long to be read, so its name is not known."
ELSEWHERE = "The message only points to a file that lies elsewhere; nothing is fetched from there."
FRAGMENT = "The message is one piece of several that a mail program cut it into, so attachments are missing."
_ABSENT = {"message/external-body": ELSEWHERE, "message/partial": FRAGMENT}


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message carries."""

    parts: tuple[Part, ...] = ()
    troubles: tuple[str, ...] = ()
    """What of the message as a whole may be missing or damaged, a sentence each."""
    opening: str = ""
    """The first lines of its own text, above whatever it quotes."""
    report: Bounce | None = None
    """What it reports about a letter of ours."""


def attachments(raw: bytes, limits: MimeLimits = ORDINARY) -> Mail:
    """Take a message apart, messages attached to it included.

    An attachment is whatever has a file name, is said to be an attachment, or is no text;
    the plain and HTML bodies are none. Nothing in the message makes this raise.

    Args:
        raw: the message as received.
        limits: how far it is taken apart.
    """
    try:
        message = _parsed(raw, limits)
        return _Walk(limits).over(message) if message is not None else Mail(troubles=(TOO_MANY,))
    except Exception:  # noqa: BLE001  # RecursionError of deep nesting, and whatever else strangers provoke
        return Mail(troubles=(UNPARSABLE,))


def loose(files: Sequence[tuple[str, bytes]], limits: MimeLimits = ORDINARY) -> Mail:
    """The same of files that came without a message; their names are kept."""
    gathering = Gathering(limits)
    for name, content in files:
        gathering.add(Part(name, "", content))
    return Mail(tuple(gathering.parts), gathering.troubles)


def _parsed(raw: bytes, limits: MimeLimits) -> Message | None:
    """The message's tree; None where it is made of so many parts that parsing alone would cost too much."""
    return None if _parts_declared(raw) > 2 * limits.parts else message_from_bytes(raw, policy=policy.compat32)


def _parts_declared(raw: bytes) -> int:
    """How often the boundaries that the message declares stand in it; the parser takes 70 µs for each."""
    boundaries: set[bytes] = set()
    lower, at = raw.lower(), -1  # a plain search is many times faster than a pattern over the whole message
    while len(boundaries) < _MAX_BOUNDARIES and (at := lower.find(b"boundary", at + 1)) >= 0:
        if match := _BOUNDARY.match(raw, at):
            boundaries.add(match[1])
    return sum(raw.count(b"\n--" + boundary) for boundary in boundaries)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands in the tree."""

    depth: int = 0
    prefix: str = ""
    """Of its name: the messages that it lies in."""

    def below(self, prefix: str | None = None) -> _Place:
        return _Place(self.depth + 1, self.prefix if prefix is None else prefix)


class _Walk:
    """One way through a message's tree."""

    def __init__(self, limits: MimeLimits) -> None:
        self._limits = limits
        self._gathered = Gathering(limits)
        self._opening = Opening()
        self._stack: list[tuple[Message, _Place]] = []

    def over(self, message: Message) -> Mail:
        self._stack = [(message, _Place())]
        visited = 0
        while self._stack:
            part, place = self._stack.pop()
            visited += 1
            if visited > self._limits.parts:
                self._gathered.say(TOO_MANY)
                break
            if place.depth > self._limits.depth:
                self._gathered.say(TOO_DEEP)
                continue
            self._visit(part, place)
        gathered = self._gathered
        return Mail(tuple(gathered.parts), gathered.troubles, self._opening.lines(), read_report(message))

    def _visit(self, part: Message, place: _Place) -> None:
        for trouble in _troubles(part):
            self._gathered.say(trouble)
        media_type = part.get_content_type()
        if media_type in _ABSENT:
            self._gathered.say(_ABSENT[media_type])
        elif media_type in _MESSAGES and part.is_multipart():
            self._open_message(part, place, media_type)
        elif part.is_multipart():
            self._later(children(part), place.below())
        else:
            self._leaf(part, place, media_type)

    def _later(self, parts: list[Message], place: _Place) -> None:
        self._stack.extend((child, place) for child in reversed(parts))

    def _open_message(self, part: Message, place: _Place, media_type: str) -> None:
        """An attached message is a document, and so are its attachments; one within it lies in its bytes already."""
        name, _ = self._header(part)
        called = self._gathered.name(place.prefix, name, media_type)
        if not place.prefix:
            self._gathered.add(Part(called, media_type, _written_again(part)))
        self._later(children(part), place.below(inside("", called)))

    def _leaf(self, part: Message, place: _Place, media_type: str) -> None:
        name, disposition = self._header(part)
        if name or disposition == "attachment" or not media_type.startswith("text/"):
            self._keep(part, place, media_type, name, disposition)
        elif media_type in _BODIES:
            self._opening.offer(part, inner=bool(place.prefix))
            for member in uuencoded(_content(part)) if media_type == "text/plain" else ():
                called = self._gathered.name(place.prefix, member.path, "")
                self._gathered.add(Part(called, "", member.content, trouble=member.trouble))

    def _keep(self, part: Message, place: _Place, media_type: str, name: str, disposition: str | None) -> None:
        content = _content(part)
        called = self._gathered.name(place.prefix, name, media_type)
        notes = (BADLY_ENCODED,) if any(isinstance(defect, _ENCODING) for defect in part.defects) else ()
        picture = media_type.startswith("image/") and disposition != "attachment"
        inline = picture and (disposition == "inline" or "content-id" in part)
        self._gathered.add(Part(called, media_type, content, inline, notes))
        if name.lower().endswith(".eml") and media_of(content).kind == "message":
            self._open_file(content, place.below(inside("", called)))

    def _open_file(self, content: bytes, place: _Place) -> None:
        """A message that came as a mere file."""
        try:
            message = _parsed(content, self._limits)
        except Exception:  # noqa: BLE001  # the outer message can still be read
            message = None
        if message is None:
            self._gathered.say(UNPARSABLE)
        else:
            self._stack.append((message, place))

    def _header(self, part: Message) -> tuple[str, str | None]:
        """The file name and the disposition that the part states."""
        if sum(len(name) + len(str(value)) for name, value in part.raw_items()) > self._limits.header_octets:
            self._gathered.say(LONG_HEADER)
            return "", None
        return stated_name(part), part.get_content_disposition()


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _written_again(part: Message) -> bytes:
    """An attached message's bytes; empty where they cannot be given (the archive keeps the whole mail as received)."""
    try:
        return b"".join(child.as_bytes() for child in children(part))
    except Exception:  # noqa: BLE001  # the generator meets what the parser let pass
        return b""


def _troubles(part: Message) -> Iterator[str]:
    for defect in part.defects:
        if isinstance(defect, errors.CloseBoundaryNotFoundDefect):
            yield CUT_SHORT
        elif isinstance(defect, _PARTING):
            yield NOT_PARTED
