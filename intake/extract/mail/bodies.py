"""Tells which text parts of a message are its own words, and which are files, by their media types.

Mail programs show more than `text/plain` and `text/html`, and what they show a person may have meant; what they do not
show as the message's words is a file, whether it has a name or not. So no text passes unseen.
"""

from __future__ import annotations

_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
_PAGES = frozenset({"text/html", "text/x-html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"})
"""With tags in them: HTML and what mail programs send beside it, and RFC 1896."""
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
