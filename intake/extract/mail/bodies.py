"""Tells which text parts of a message are its own words, and which are files, by their media types.

Mail programs show more than `text/plain` and `text/html`, and what they show a person may have meant; what they do not
show as the message's words is a file, whether it has a name or not. So no text passes unseen.
"""

from __future__ import annotations

from email.message import Message

from intake.extract.mail.content import content_of
from intake.extract.mail.unpack import Member, uuencoded

_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
_PAGES = frozenset({"text/html", "text/x-html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"})
"""With tags in them: HTML and what mail programs send beside it, and RFC 1896."""
_FILES = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\xd0\xcf\x11\xe0",
    b"\x78\x9f\x3e\x22",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
)
"""How files begin that no text does."""
_MACHINES = frozenset({"text/calendar", "text/rfc822-headers"})
"""What mail systems put beside the words: a meeting's times, a returned message's headers. Others read those."""


def is_body(kind: str) -> bool:
    """Tell whether a part of this type without a name is what the message says."""
    return kind in _PLAIN or kind in _PAGES


def is_page(kind: str) -> bool:
    """Tell whether a body of this type has tags in it."""
    return kind in _PAGES


def is_no_file(kind: str) -> bool:
    """Tell whether a part of this type without a name is no file that was attached."""
    return is_body(kind) or kind in _MACHINES


def is_mistyped(part: Message) -> bool:
    """Tell whether a part is a file, though it has no name and its type says that it is a text."""
    return is_a_file(content_of(part))


def is_a_file(content: bytes) -> bool:
    """Tell whether these bytes begin as a file does that is neither a text nor a message."""
    return content.startswith(_FILES)


def files_within(body: Message) -> list[Member]:
    """Take uuencoded files out of a plain text, which says from then on what is left of it."""
    if body.get_content_type() != "text/plain":
        return []
    files, left = uuencoded(content_of(body))
    if files:
        del body["content-transfer-encoding"]
        body.set_payload(left.decode("ascii", "surrogateescape"))
    return files
