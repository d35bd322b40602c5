"""The first lines of a mail's own text, above whatever it quotes: where a sender names what the mail is about."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import Message

MOST_BYTES = 64 * 1024
"""Of the mail; its text comes before its attachments."""
MOST_PARTS = 20
LINES = 10
LONGEST = 1_000

_TAG = re.compile(r"<(style|script)\b.{0,20000}?</\1>|<[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_QUOTATION = re.compile(r"\s*(>|-{2,}\s*(original|forwarded) message|_{10,}|from: |on .{5,100} wrote:)", re.IGNORECASE)


def opening(raw: bytes) -> str:
    """Read the lines; empty where there are none that can be read cheaply. Never raises."""
    head = raw[:MOST_BYTES]
    if head.lower().count(b"multipart/") > MOST_PARTS or head.lower().count(b"message/") > MOST_PARTS:
        return ""
    try:
        parts = [
            part for part in message_from_bytes(head, policy=policy.compat32).walk() if part.get_filename() is None
        ]
        found = next((_text(part) for kind in ("text/plain", "text/html") for part in parts if _is(part, kind)), "")
    except Exception:  # noqa: BLE001  # a mail that breaks the reader quotes nothing
        return ""
    return _first_lines(found)


def _is(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    octets = payload if isinstance(payload, bytes) else b""
    try:
        text = octets.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = octets.decode("utf-8", "replace")
    return _TAG.sub(" ", text.replace("<br", "\n<br")) if _is(part, "text/html") else text


def _first_lines(text: str) -> str:
    kept: list[str] = []
    for line in text.splitlines():
        if _QUOTATION.match(line[:200]) or len(kept) == LINES:
            break
        if line.strip():
            kept.append(line.strip())
    return "\n".join(kept)[:LONGEST]
