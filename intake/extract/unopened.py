"""Says what a file is that is not opened: an archive of another kind than zip, a link to what lies elsewhere."""

from __future__ import annotations

import re

from intake.extract import unreadable as says
from intake.extract.media import PRINTED

REFUSED = {
    "odf": says.OPEN,
    "doc": says.WORD_OLD,
    "tnef": says.OUTLOOK,
    "pgp": says.PGP,
    "packed": says.PGP_PACKED,
    "xmldsig": says.XML_SIGNATURE,
    "empty": says.EMPTY,
}
"""By kind of file: why none of the kind is opened."""
_ARCHIVES: tuple[tuple[str, int, bytes], ...] = (
    ("7-Zip", 0, b"7z\xbc\xaf\x27\x1c"),
    ("RAR", 0, b"Rar!\x1a\x07"),
    ("gzip", 0, b"\x1f\x8b\x08"),
    ("bzip2", 0, b"BZh"),
    ("xz", 0, b"\xfd7zXZ\x00"),
    ("Zstandard", 0, b"\x28\xb5\x2f\xfd"),
    ("tar", 257, b"ustar"),
    ("cabinet", 0, b"MSCF\0\0\0\0"),
    ("LZH", 2, b"-lh"),
    ("ARJ", 0, b"\x60\xea"),
    ("disk image", 32769, b"CD001"),
)
"""What people call a kind, where its mark stands, and the mark."""
_SHORTCUT = b"L\0\0\0\x01\x14\x02\0"
"""How a shortcut of Windows begins ([MS-SHLLINK] 2.1)."""
_LINK = re.compile(
    r"\s*(?:\[InternetShortcut\]|\[Desktop Entry\](?=[^\[]*\bURL\s*=)"
    r"|(?:<\?xml\b[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?<plist\b[^>]*>\s*<dict>\s*<key>URL</key>"
    r"|\{(?=[^{}]*\"doc_id\"\s*:)(?=[^{}]*\"(?:url|email)\"\s*:)[^{}]*\}\s*\Z)",
    re.IGNORECASE,
)
"""The text of an internet shortcut, of a desktop's or Apple's, and of a document that lies at Google."""
_LONGEST = 4096
"""Characters of a link; a longer text says more than that."""


def why_unopened(name: str, content: bytes) -> str:
    """Give the sentence on a file of no kind that is read."""
    kind = next((kind for kind, start, mark in _ARCHIVES if content.startswith(mark, start)), None)
    if kind is not None:
        return says.ARCHIVE_UNOPENED.format(kind=kind)
    if content.startswith(_SHORTCUT):
        return says.LINK
    if content.startswith(PRINTED):
        return says.PRINT
    return says.MESSAGE_OUTLOOK if name.lower().endswith(".msg") else says.UNKNOWN


def refuse_links(text: str) -> None:
    """Leave a text file that is nothing but the place of a document elsewhere to a person.

    Raises:
        UnreadableError: it is one.
    """
    if len(text) <= _LONGEST and _LINK.match(text):
        raise says.UnreadableError(says.LINK)
