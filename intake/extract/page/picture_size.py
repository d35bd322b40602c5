"""Tells from a picture's head how many pixels it has, without opening it."""

from __future__ import annotations

import struct

_MOST_PIXELS = 90_000
"""A page of print with so few, some 250 by 350, cannot be read by anybody."""
_LOGO_SHAPE = 1.8
"""Width over height; pages are 1.42 at most."""
_MOST_OF_A_LOGO = 1_000_000
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG's frame (ITU T.81, table B.1)."""


def is_a_logo(name: str, content: bytes) -> bool:
    """Tell whether a picture is too small for a page of print, or calls itself a logo and is as wide as one."""
    size = size_of(content)
    if size is None:
        return False
    width, height = size
    if width * height <= _MOST_PIXELS:
        return True
    return "logo" in name.lower() and width >= _LOGO_SHAPE * height and width * height <= _MOST_OF_A_LOGO


def size_of(content: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels of a PNG, GIF or JPEG; None for all else."""
    size: tuple[int, int] | None = None
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR" and len(content) >= 24:  # noqa: PLR2004  # where the sizes end
        size = struct.unpack(">II", content[16:24])
    elif content.startswith(b"GIF8") and len(content) >= 10:  # noqa: PLR2004  # the same
        size = struct.unpack("<HH", content[6:10])
    elif content.startswith(b"\xff\xd8"):
        size = _of_jpeg(content)
    return size if size is not None and all(size) else None


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004  # every marker begins so
        if content[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
