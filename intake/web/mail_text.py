"""The plain text of a mail, for reading; bounded, because anybody may have written it."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

MOST_BYTES = 256 * 1024
"""Of the mail; what lies behind is not looked at here, the whole can be downloaded."""
MOST_PARTS = 20
"""A mail that nests more is not read here: reading would cost too much."""
LONGEST = 20_000
_CUT = "\n[…]"


def mail_text(content: bytes) -> str | None:
    """The first plain text in the mail; None where none can be found cheaply."""
    start = content[:MOST_BYTES]
    if start.lower().count(b"multipart/") > MOST_PARTS or start.lower().count(b"message/") > MOST_PARTS:
        return None
    try:
        message = BytesParser(policy=compat32).parsebytes(start)
        found = next((part for part in message.walk() if _is_text(part)), None)
        return _read(found) if found is not None else None
    except Exception:  # noqa: BLE001  # a mail that breaks the reader can still be downloaded
        return None


def _is_text(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and part.get_filename() is None


def _read(part: Message) -> str:
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    try:
        text = octets.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = octets.decode("utf-8", "replace")
    lines = text.replace("\r\n", "\n").strip("\n")
    return lines if len(lines) <= LONGEST else lines[:LONGEST] + _CUT
