"""Takes the files out of an invitation that carries them within itself (RFC 5545, 3.8.1.1)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice

from intake.extract.mail.filenames import cleaned
from intake.extract.mail.unpack import MEMBER_DAMAGED, Member

TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_ENDINGS = (".ics", ".ical", ".vcs")
_FOLD = re.compile(rb"\r?\n[ \t]")
_ATTACHED = re.compile(
    rb"^ATTACH((?:;[^\r\n:\"]*(?:\"[^\r\n\"]*\")?)*):([A-Za-z0-9+/= \t]+)\r?$", re.MULTILINE | re.IGNORECASE
)
_BINARY = re.compile(rb";\s*VALUE\s*=\s*\"?BINARY|;\s*ENCODING\s*=\s*\"?BASE64", re.IGNORECASE)
_NAME = re.compile(rb";\s*(?:X-[A-Z-]*)?FILE-?NAME\s*=\s*(?:\"([^\"]*)\"|([^;:]*))", re.IGNORECASE)
_MOST = 50


def is_calendar(name: str, media_type: str) -> bool:
    """Tell whether a file is a calendar, by its type or its ending."""
    return media_type in TYPES or name.lower().endswith(_ENDINGS)


def files(content: bytes) -> Iterator[Member]:
    """Extract the files that lie in a calendar; what it only links to is none.

    Args:
        content: of the calendar, decoded.
    """
    if b"BASE64" not in content.upper():
        return
    for match in islice(_ATTACHED.finditer(_FOLD.sub(b"", content)), _MOST):
        if not _BINARY.search(match[1]):
            continue
        named = _NAME.search(match[1])
        stated = (named[1] or named[2]).decode("utf-8", "replace") if named else ""
        yield _decoded(cleaned(stated) or "calendar attachment.bin", match[2])


def _decoded(name: str, encoded: bytes) -> Member:
    try:
        return Member(name, base64.b64decode(b"".join(encoded.split()), validate=True))
    except binascii.Error:
        return Member(name, b"", MEMBER_DAMAGED)
