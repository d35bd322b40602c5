"""Cuts a MIME entity into its body parts as they stand, byte for byte (RFC 2046, 5.1.1).

A signature covers bytes, and the stdlib's parser keeps none. Headers and boundaries are found here as that parser
finds them, so that what is verified is what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(rb"From |[!-9;-~]*:|[\t ]")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)?")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_REST = re.compile(rb"(--)?[ \t]*(?:\r\n|\r|\n|\Z)")


def body_of(entity: bytes) -> bytes:
    """Give the entity's body."""
    at = 0
    while at < len(entity):
        if not _HEADER.match(entity, at):
            blank = _LINE_END.match(entity, at)
            return entity[blank.end() if blank else at :]
        line = _LINE.match(entity, at)
        at = line.end() if line else len(entity)
    return b""


def body_parts(entity: bytes, boundary: str) -> tuple[bytes, ...]:
    """Give the body parts of a multipart entity, each with its own headers.

    The line break before a boundary belongs to the boundary. A last part that is not closed reaches to the end.
    """
    body = body_of(entity)
    mark = b"--" + boundary.encode("ascii", "surrogateescape")
    parts: list[bytes] = []
    begin: int | None = None
    for start, stop, is_last in _boundaries(body, mark):
        if start == begin:  # a boundary right behind another counts as one with it, even the closing one
            begin = stop
            continue
        if begin is not None:
            parts.append(_without_last_line_end(body[begin:start]))
        if is_last:
            return tuple(parts)
        begin = stop
    if begin is not None:
        parts.append(_without_last_line_end(body[begin:]))
    return tuple(parts)


def _boundaries(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each boundary's line begins and ends, and whether it is the closing one."""
    at = -1
    while (at := body.find(mark, at + 1)) >= 0:  # a plain search is many times faster than a pattern over all lines
        rest = _REST.match(body, at + len(mark))
        if rest and (at == 0 or body[at - 1] in b"\r\n"):
            yield at, rest.end(), rest[1] is not None


def canonical(entity: bytes) -> bytes:
    """Canonicalise the entity: every line ends in CRLF (RFC 8551, 3.1.1)."""
    return entity.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _without_last_line_end(part: bytes) -> bytes:
    for end in (b"\r\n", b"\n", b"\r"):
        if part.endswith(end):
            return part[: -len(end)]
    return part
