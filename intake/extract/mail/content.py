"""Gives the bytes that a part of a message carries."""

from __future__ import annotations

from email.message import Message

from intake import faults
from intake.extract.mail.lexed import ENCODED, decoded, encoding_of, is_message
from intake.extract.mail.report import children


def content_of(part: Message) -> bytes:
    """Give a part's bytes, decoded; of a message within a message, those it is written by again."""
    if part.is_multipart():
        encoding = encoding_of(part) if is_message(part.get_content_type()) else ""
        return decoded(_written_again(part), encoding) if encoding in ENCODED else _written_again(part)
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return content.replace(b"\r\r\n", b"\r\n") if is_message(part.get_content_type()) else content


def _written_again(part: Message) -> bytes:
    """An attached message's bytes; empty where they cannot be given (the archive keeps the whole mail as received)."""
    try:
        return b"".join(child.as_bytes() for child in children(part))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the parser lets pass what the generator cannot write
        faults.is_ours(error, libraries=("email",))
        return b""
