"""Takes the files out of what mail programs wrap them in: zip archives, Outlook's winmail.dat, uuencoded text.

One level only: what lies in an archive within an archive is left where it is.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from intake import faults
from intake.extract.mail import tnef
from intake.extract.mail.filenames import cleaned
from intake.extract.mail.wrappers import is_archive, is_package_of_outlook
from intake.extract.media import media_of
from intake.extract.unreadable import FAULT

_FURNITURE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_UU_BEGIN = re.compile(rb"begin [0-7]{3,4} ([^\r\n]{1,200})")
_UU_LINE = re.compile(rb"M[ -`]{60}")
"""A full one, which no sentence is."""
_MOST_UU = 20

MEMBER_DAMAGED = "It could not be unpacked from its archive, so it is missing; please attach the file itself."


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of a wrapping."""

    path: str
    """Harmless, with slashes between folders."""
    content: bytes
    trouble: str | None = None
    """Why its content could not be had."""


def members(name: str, content: bytes) -> list[Member] | None:
    """List the wrapped files, possibly none; None where the file is not a wrapper.

    An archive that must not be opened (locked, damaged, a bomb) is taken as it is, and its reader says why.
    """
    if is_archive(name, content):
        return _of_zip(content)
    if is_package_of_outlook(content):
        return _of_package(content)
    return None


def uuencoded(text: bytes) -> tuple[list[Member], bytes]:
    """Extract uuencoded files from plain text, and give what is left of it; one that never ends is damaged."""
    if b"begin " not in text:
        return [], text
    files: list[Member] = []
    left: list[bytes] = []
    name, lines, block = "", list[bytes](), list[bytes]()
    for line in text.splitlines(keepends=True):
        plain = line.rstrip(b"\r\n")
        begin = _UU_BEGIN.fullmatch(plain) if len(files) < _MOST_UU else None
        if begin:
            left += block
            name, lines, block = cleaned(begin[1].decode("utf-8", "replace")) or "uuencoded.bin", [], [line]
        elif name and plain.strip() == b"end":
            files.append(_decoded(name, lines))
            name, block = "", []
        elif name:
            lines += [plain] if plain.strip() else []
            block.append(line)
        else:
            left.append(line)
    if name and any(map(_UU_LINE.fullmatch, lines)):
        return [*files, Member(name, b"", MEMBER_DAMAGED)], b"".join(left)
    return files, b"".join([*left, *block])


def _decoded(name: str, lines: list[bytes]) -> Member:
    try:
        return Member(name, b"".join(map(binascii.a2b_uu, lines)))
    except binascii.Error:
        return Member(name, b"", MEMBER_DAMAGED)


def _of_zip(content: bytes) -> list[Member] | None:
    media = media_of(content)
    if media.kind != "zip" or media.trouble is not None or not media.parts:
        return None
    with ZipFile(BytesIO(content)) as archive:
        return [_member(archive, info) for info in archive.infolist() if not _furniture(info)]


def _furniture(info: ZipInfo) -> bool:
    """Tell whether a member is a folder or an operating system's own file."""
    path = info.filename.replace("\\", "/").casefold().split("/")
    return info.is_dir() or "__macosx" in path or path[-1] in _FURNITURE


def _member(archive: ZipFile, info: ZipInfo) -> Member:
    path = _path(info.filename)
    try:
        return Member(path, archive.read(info))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        ours = faults.is_ours(error, libraries=("zipfile",))
        return Member(path, b"", FAULT if ours else MEMBER_DAMAGED)


def _path(name: str) -> str:
    return "/".join(filter(None, map(cleaned, re.split(r"[/\\]", name)))) or "unnamed"


def _of_package(content: bytes) -> list[Member] | None:
    """List the files of Outlook's package, messages aside; empty where it holds formatting only."""
    package = tnef.opened(content)
    return None if package is None else [Member(name, file) for name, file in package.files]
