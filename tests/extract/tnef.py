"""Builds Outlook's package of attachments (MS-OXTNEF), as far as its reader needs it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SIGNATURE = 0x223E9F78
_ATTACHMENT, _MESSAGE = 2, 1
_RENDERING, _TITLE, _DATA, _VERSION = 0x00069002, 0x00018010, 0x0006800F, 0x00089006


def winmail(files: Mapping[str, bytes]) -> bytes:
    """A ``winmail.dat`` with these files."""
    out = struct.pack("<IH", _SIGNATURE, 1) + _attribute(_MESSAGE, _VERSION, struct.pack("<I", 0x10000))
    for name, content in files.items():
        out += _attribute(_ATTACHMENT, _RENDERING, b"\x01\0" + b"\xff" * 4 + b"\0" * 8)
        out += _attribute(_ATTACHMENT, _TITLE, name.encode() + b"\0")
        out += _attribute(_ATTACHMENT, _DATA, content)
    return out


def _attribute(level: int, name: int, content: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)
