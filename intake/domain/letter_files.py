"""Letters that carry files: the same letter with its text first and the files behind it (RFC 2046)."""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from hashlib import sha256

_MEDIA: Mapping[str, tuple[str, str]] = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
    ".p7s": ("application", "pkcs7-signature"),
    ".csv": ("text", "csv"),
    ".txt": ("text", "plain"),
    ".html": ("text", "html"),
}
_TEXT = b"\r\nContent-Type:"
"""Begins the text of a letter; at the head of a line, where nothing that a header quotes can stand."""
_VERSION = b"MIME-Version: 1.0\r\n"
_IDENTITY = re.compile(rb"^Message-ID: (.*?)\r$", re.MULTILINE)


def with_files(letter: bytes, files: Mapping[str, bytes]) -> bytes:
    """Add files to a letter that `intake.domain.letter.compose` wrote; the same letter and files give the same bytes.

    Args:
        letter: the letter, with its text alone.
        files: their bytes by name, in the order in which they are to stand; each is carried to the byte.
    """
    if not files:
        return letter
    head, mark, text = letter.partition(_TEXT)
    identity = _IDENTITY.search(head)
    boundary = b"=_" + sha256(identity[1] if identity else b"").hexdigest()[:40].encode()
    parts = [(mark + text).removeprefix(b"\r\n").replace(_VERSION, b"", 1)]
    parts += [_file(name, content) for name, content in files.items()]
    whole = b"\r\n" + _VERSION + b'Content-Type: multipart/mixed;\r\n boundary="' + boundary + b'"\r\n\r\n'
    edge = b"--" + boundary
    return b"".join((head, whole, *(edge + b"\r\n" + part + b"\r\n" for part in parts), edge + b"--\r\n"))


def _file(name: str, content: bytes) -> bytes:
    """Write a file as a part; the library words its headers, for a name may be in any letters (RFC 2231)."""
    main, sub = _MEDIA.get(f".{name.rpartition('.')[2]}".lower(), ("application", "octet-stream"))
    part = EmailMessage(policy=policy.SMTP)
    read_as = {"charset": "utf-8"} if sub == "html" else {}
    part.set_content(b"", main, sub, disposition="attachment", filename=name, cte="base64", params=read_as)
    return part.as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + encodebytes(content).replace(b"\n", b"\r\n")
