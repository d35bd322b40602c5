"""Builds Outlook's package of attachments (MS-OXTNEF), as far as its reader needs it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SIGNATURE = 0x223E9F78
_ATTACHMENT, _MESSAGE = 2, 1
_RENDERING, _TITLE, _DATA, _VERSION = 0x00069002, 0x00018010, 0x0006800F, 0x00089006
_PROPERTIES, _ATTACHED_PROPERTIES, _CODEPAGE = 0x00069003, 0x00069005, 0x00069007
_TEXT, _BINARY, _OBJECT = 0x001F, 0x0102, 0x000D
_SUBJECT, _BODY, _RICH_TEXT, _ATTACHED_OBJECT = 0x0037, 0x1000, 0x1009, 0x3701
_IID_MESSAGE = bytes.fromhex("0703020000000000C000000000000046")


def winmail(
    files: Mapping[str, bytes],
    messages: Mapping[str, bytes] | None = None,
    *,
    subject: str = "",
    text: str = "",
    rich: bytes = b"",
) -> bytes:
    """A ``winmail.dat`` with these files and messages, each of which is a package itself, and with its own words."""
    out = struct.pack("<IH", _SIGNATURE, 1) + _attribute(_MESSAGE, _VERSION, struct.pack("<I", 0x10000))
    out += _attribute(_MESSAGE, _CODEPAGE, struct.pack("<II", 1252, 0))
    stated = [(_SUBJECT, _TEXT, _wide(subject)), (_BODY, _TEXT, _wide(text)), (_RICH_TEXT, _BINARY, rich)]
    properties = [_property(*each) for each in stated if each[2].strip(b"\0")]
    out += _attribute(_MESSAGE, _PROPERTIES, struct.pack("<I", len(properties)) + b"".join(properties))
    for name, content in files.items():
        out += _begun(name) + _attribute(_ATTACHMENT, _DATA, content)
    for name, package in (messages or {}).items():
        held = struct.pack("<I", 1) + _property(_ATTACHED_OBJECT, _OBJECT, _IID_MESSAGE + package)
        out += _begun(name) + _attribute(_ATTACHMENT, _ATTACHED_PROPERTIES, held)
    return out


def _begun(name: str) -> bytes:
    rendering = _attribute(_ATTACHMENT, _RENDERING, b"\x01\0" + b"\xff" * 4 + b"\0" * 8)
    return rendering + _attribute(_ATTACHMENT, _TITLE, name.encode() + b"\0")


def _wide(text: str) -> bytes:
    return f"{text}\0".encode("utf-16-le")


def _property(name: int, kind: int, value: bytes) -> bytes:
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", kind, name, 1, len(value)) + padded


def _attribute(level: int, name: int, content: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)
