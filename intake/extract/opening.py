"""The first lines of a mail's own text, above whatever it quotes: where a sender names what the mail is about."""

from __future__ import annotations

import re
from email.message import Message

from intake import faults

MOST_CHARACTERS = 64 * 1024
"""Of the text that is looked at, as it is encoded; a longer mail's is cut there."""
LINES = 10
LONGEST = 1_000

_TAG = re.compile(r"<(style|script)\b.{0,20000}?</\1>|<[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_QUOTATION = re.compile(r"\s*(>|-{2,}\s*(original|forwarded) message|_{10,}|from: |on .{5,100} wrote:)", re.IGNORECASE)


class Opening:
    """Picks the text to read among the bodies that a mail has: its own before an attached one's, plain before HTML."""

    def __init__(self) -> None:
        """Start with no body."""
        self._bodies: dict[tuple[bool, bool], Message] = {}

    def offer(self, body: Message, *, inner: bool) -> None:
        """A plain or HTML body, in the order of the mail; `inner` is one of an attached message."""
        self._bodies.setdefault((inner, body.get_content_type() == "text/html"), body)

    def lines(self) -> str:
        """The lines; empty where there are none that can be read cheaply. Never raises."""
        if not self._bodies:
            return ""
        place = min(self._bodies)
        try:
            return _first_lines(_text(self._bodies[place], html=place[1]))
        except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; a mail that cannot be read quotes nothing
            faults.is_ours(error, libraries=("email",))
            return ""


def _text(body: Message, *, html: bool) -> str:
    encoded = body.get_payload()
    if isinstance(encoded, str) and len(encoded) > MOST_CHARACTERS:
        body.set_payload(encoded[:MOST_CHARACTERS])
    payload = body.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    try:
        text = octets.decode(body.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = octets.decode("utf-8", "replace")
    return _TAG.sub(" ", text.replace("<br", "\n<br")) if html else text


def _first_lines(text: str) -> str:
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTATION.match(line[:200]) or len(kept) == LINES:
            break
        if line.strip():
            kept.append(line.strip())
    return "\n".join(kept)[:LONGEST]
