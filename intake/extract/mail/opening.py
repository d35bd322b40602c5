"""A mail's own text as people read it, and its first lines above whatever it quotes.

The first lines are where a sender names what the mail is about. Everything is bounded, for anybody may have written it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from html import unescape
from itertools import islice, takewhile

from intake import faults

MOST_CHARACTERS = 64 * 1024
"""Of the text that is looked at, as it is encoded; a longer mail's is cut there."""
LINES = 10
LONGEST = 1_000
LONGEST_TEXT = 20_000
"""Characters of the text that is kept for reading; the whole can be downloaded."""
_CUT = "\n[…]"

_TAG = re.compile(r"<(style|script)\b.{0,20000}?</\1>|<[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b", re.IGNORECASE)
_UNREADABLE = re.compile("[\0-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, and marks of direction, which make a text read as something else."""
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
_QUOTATION = re.compile(r"\s*(>|-{2,}\s*(original|forwarded) message|_{10,}|from: |on .{5,100} wrote:)", re.IGNORECASE)


class Opening:
    """Chooses the body to read: the mail's own before an attached one's, plain before HTML."""

    def __init__(self) -> None:
        """Start with no body."""
        self._bodies: dict[tuple[bool, bool], Message] = {}

    def offer(self, body: Message, *, inner: bool) -> None:
        """Offer a plain or HTML body, in the mail's order; `inner` marks an attached message's."""
        self._bodies.setdefault((inner, body.get_content_type() == "text/html"), body)

    def lines(self) -> str:
        """Give the first lines; empty where none can be read cheaply. Never raises."""
        return _first_lines(self._whole())

    def own(self) -> str:
        """The whole text above whatever it quotes. Never raises."""
        return "\n".join(_own_lines(self._whole()))

    def text(self) -> str:
        """The whole, as far as it is kept; empty where there is none that can be read cheaply. Never raises."""
        text = _BLANK_LINES.sub("\n\n", self._whole()).strip()
        return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + _CUT

    def _whole(self) -> str:
        if not self._bodies:
            return ""
        place = min(self._bodies)
        try:
            return text_of(self._bodies[place], html=place[1])
        except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the mail can still be downloaded
            faults.is_ours(error, libraries=("email",))
            return ""


def text_of(body: Message, *, html: bool) -> str:
    """A body's text as it is shown, cut where it is longer than is looked at."""
    encoded = body.get_payload()
    if isinstance(encoded, str) and len(encoded) > MOST_CHARACTERS:
        body.set_payload(encoded[:MOST_CHARACTERS])
    payload = body.get_payload(decode=True)
    body_bytes = payload if isinstance(payload, bytes) else b""
    try:
        text = body_bytes.decode(body.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = body_bytes.decode("utf-8", "replace")
    shown = unescape(_TAG.sub(" ", _BREAK.sub(r"\n\g<0>", text))) if html else text
    return _UNREADABLE.sub("", shown.replace("\r\n", "\n").replace("\r", "\n"))


def _first_lines(text: str) -> str:
    return "\n".join(islice(filter(None, map(str.strip, _own_lines(text))), LINES))[:LONGEST]


def _own_lines(text: str) -> Iterator[str]:
    return takewhile(lambda line: not _QUOTATION.match(line[:200]), text.splitlines())
