"""Letters that carry files: the same letter with its text first and the files behind it (RFC 2046)."""

from __future__ import annotations

from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from hashlib import sha256

_MEDIA: Mapping[str, tuple[str, str]] = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
    ".p7s": ("application", "pkcs7-signature"),
    ".csv": ("text", "csv"),
    ".txt": ("text", "plain"),
}


def with_files(letter: bytes, files: Mapping[str, bytes]) -> bytes:
    """Add files to a letter that `intake.domain.letter.compose` wrote; the same letter and files give the same bytes.

    Args:
        letter: the letter, with its text alone.
        files: their bytes by name, in the order in which they are to stand; each is carried to the byte.
    """
    if not files:
        return letter
    message = BytesParser(policy=policy.SMTP).parsebytes(letter)
    assert isinstance(message, EmailMessage)  # noqa: S101  # so the policy makes it
    message.make_mixed()
    for name, content in files.items():
        suffix = f".{name.rpartition('.')[2]}".lower()
        main, sub = _MEDIA.get(suffix, ("application", "octet-stream"))
        message.add_attachment(content, maintype=main, subtype=sub, filename=name, cte="base64")
    message.set_boundary("=_" + sha256(message["Message-ID"].encode()).hexdigest()[:40])
    return message.as_bytes()
