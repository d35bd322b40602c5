"""Knows what mail programs wrap files in by how it begins; `unpack` takes the files out."""

from __future__ import annotations

_ZIP, _TNEF, _APPLE_DOUBLE = b"PK", b"\x78\x9f\x3e\x22", b"\x00\x05\x16\x07"
_OFFICE = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".docx", ".odt")


def is_archive(name: str, content: bytes) -> bool:
    """Tell whether this may be a zip archive of files, and no document that is kept as one."""
    return content.startswith(_ZIP) and not name.lower().endswith(_OFFICE)


def is_package_of_outlook(content: bytes) -> bool:
    """Tell whether this is a package in Outlook's own format, called winmail.dat."""
    return content.startswith(_TNEF)


def is_apple_double(content: bytes) -> bool:
    """Tell whether this is what a Macintosh sends beside a file: its icon and window, under the file's own name."""
    return content.startswith(_APPLE_DOUBLE)
