"""Cuts a MIME entity into its body parts as they stand, byte for byte (RFC 2046, 5.1.1).

A signature covers bytes, and the stdlib's parser keeps none. Headers and boundaries are found here as that parser
finds them, so that what is verified is what is read.
"""

from __future__ import annotations

import re

_HEADER = re.compile(rb"From |[!-9;-~]*:|[\t ]")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)?")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_BARE = re.compile(rb"(?<!\r)\n")


def body_of(entity: bytes) -> bytes:
    """What stands behind the entity's headers."""
    at = 0
    while at < len(entity):
        if not _HEADER.match(entity, at):
            blank = _LINE_END.match(entity, at)
            return entity[blank.end() if blank else at :]
        line = _LINE.match(entity, at)
        at = line.end() if line else len(entity)
    return b""


def body_parts(entity: bytes, boundary: str) -> tuple[bytes, ...]:
    """The body parts of a multipart entity, each with its own headers.

    The line break before a boundary belongs to the boundary. A last part that is not closed reaches to the end.
    """
    body = body_of(entity)
    mark = re.escape(boundary.encode("ascii", "surrogateescape"))
    line = re.compile(rb"(?:\A|(?<=[\r\n]))--" + mark + rb"(--)?[ \t]*(?:\r\n|\r|\n|\Z)")
    parts: list[bytes] = []
    begin: int | None = None
    for match in line.finditer(body):
        if begin is not None and match.start() > begin:
            parts.append(_without_last_line_end(body[begin : match.start()]))
        if match[1]:
            return tuple(parts)
        begin = match.end()
    if begin is not None and begin < len(body):
        parts.append(body[begin:])
    return tuple(parts)


def canonical(entity: bytes) -> bytes:
    """The entity as it travels, each of its lines ended by CRLF (RFC 8551, 3.1.1)."""
    return _BARE.sub(b"\r\n", entity)


def _without_last_line_end(part: bytes) -> bytes:
    for end in (b"\r\n", b"\n", b"\r"):
        if part.endswith(end):
            return part[: -len(end)]
    return part
