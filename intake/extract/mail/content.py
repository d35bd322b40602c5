"""Gives the bytes that a part of a message carries."""

from __future__ import annotations

from email.message import Message

from intake import faults
from intake.extract.mail.lexed import ENCODED, decoded, encoding_of
from intake.extract.mail.report import children

MESSAGES = frozenset({"message/rfc822", "message/global"})
"""Types of a part that is a message itself."""


def content_of(part: Message) -> bytes:
    """Give a part's bytes, decoded; of a message within a message, those it is written by again."""
    if part.is_multipart():
        encoding = encoding_of(part) if part.get_content_type() in MESSAGES else ""
        return decoded(_written_again(part), encoding) if encoding in ENCODED else _written_again(part)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _written_again(part: Message) -> bytes:
    """An attached message's bytes; empty where they cannot be given (the archive keeps the whole mail as received)."""
    try:
        return b"".join(child.as_bytes() for child in children(part))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the parser lets pass what the generator cannot write
        faults.is_ours(error, libraries=("email",))
        return b""
