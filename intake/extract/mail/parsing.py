"""Parses a message into its tree, with headers lexed as RFC 2045 allows them, and says what is wrong with a part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import errors
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import compat32

from intake.extract.mail.lexed import LexedMessage, encoding_of

_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\s;]{1,70})", re.IGNORECASE)
_MAX_BOUNDARIES = 200
_BITE = 1 << 16
_LINE = rb"[A-Za-z0-9+/]{40,200}(?=\r?\n)"
_ALIKE = re.compile(rb"(?<=\n)" + _LINE + rb"(?:\r?\n" + _LINE + rb"){8,}")
"""Lines of which none can be a header, a boundary or empty: the library need look at one for all of them.

No possessive repetition: where its last round fails, Python 3.11.2 keeps what that round has read, here a line's end.
"""
_MARK = b"\x7f"
"""Stands around the number of lines that were taken out; a message that has it is parsed as it is."""
_TAKEN_OUT = re.compile(r"\x7f(\d+)\x7f")
_PARTING = (errors.NoBoundaryInMultipartDefect, errors.StartBoundaryNotFoundDefect)
_KNOWN = frozenset(
    {"", "7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue"}
)

CUT_SHORT = "The message ends before its last part is closed, so an attachment may be cut short."
NOT_PARTED = "The message's parts are not marked off as they should be, so attachments may be missing."
UNKNOWN_CODING = "A part of the message is encoded in a way that this service does not know, so it was not read."
SEVERAL = "This is a mailbox file with several messages, of which only the first was read; please give each by itself."
NO_MESSAGE = "A message attached to it could not be read as one, so its attachments may be missing."


def parsed(raw: bytes) -> Message:
    """Parse the message in pieces; given whole, the library would use four bytes a character."""
    runs: list[str] = []
    short = raw if _MARK in raw else _ALIKE.sub(lambda run: _taken_out(runs, run[0]), raw)
    parser = BytesFeedParser(LexedMessage, policy=compat32)
    for start in range(0, len(short), _BITE):
        parser.feed(short[start : start + _BITE])
    message = parser.close()
    if runs and isinstance(message, LexedMessage):
        message.put_back(lambda text: _TAKEN_OUT.sub(lambda number: runs[int(number[1])], text))
    return message


def _taken_out(runs: list[str], lines: bytes) -> bytes:
    """Keep lines, and give what stands for them until the message has been parsed."""
    runs.append(lines.decode("ascii"))
    return _MARK + str(len(runs) - 1).encode() + _MARK


def parts_declared(raw: bytes) -> int:
    """Count the declared boundaries in the message; the parser takes 70 µs for each."""
    boundaries: set[bytes] = set()
    lower, at = raw.lower(), -1  # a plain search is many times faster than a pattern over the whole message
    while len(boundaries) < _MAX_BOUNDARIES and (at := lower.find(b"boundary", at + 1)) >= 0:
        if match := _BOUNDARY.match(raw, at):
            boundaries.add(match[1])
    return sum(raw.count(b"\n--" + boundary) for boundary in boundaries)


def troubles_of(part: Message) -> Iterator[str]:
    """Say what is wrong with how a part is written, a sentence each."""
    if not part.is_multipart() and encoding_of(part) not in _KNOWN:
        yield UNKNOWN_CODING
    for defect in part.defects:
        if isinstance(defect, errors.CloseBoundaryNotFoundDefect):
            yield CUT_SHORT
        elif isinstance(defect, _PARTING):
            yield NOT_PARTED
