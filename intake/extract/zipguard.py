"""Looks at a zip container's table of contents before anything in it is unpacked."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from intake.signatures.office.zipstrict import MAX_PARTS, MAX_TOTAL

MAX_RATIO = 250
"""Unpacked to packed, for members above a megabyte; deflate itself can reach about 1,000."""

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_MAX_COMMENT = 65_557
_MAX_DIRECTORY = 256 * 1024
_RATIO_FLOOR = 1024 * 1024
_ENCRYPTED = 0x1

DAMAGED = "The file is damaged or cut short; please save it again and attach the new file."
TOO_MANY = f"The file is made of more than {MAX_PARTS} parts, so it is not opened; please save it again."
TOO_MUCH = "The file unpacks to more than 50 MB, so it is not opened; please save a smaller one."
TOO_DENSE = "The file unpacks to many times its size, as no office program writes it, so it is not opened."
STRANGE_NAMES = "The file holds parts with names that lead outside of it, so it is not opened."
TWICE = "The file holds two parts of one name, so what it says depends on the reader; please save it again."
LOCKED = "The file holds parts that are protected with a password; please attach a copy that opens without one."


def trouble(content: bytes) -> str | None:
    """Say in a sentence why the container must not be opened, or None where it may be."""
    if _directory_size(content) > _MAX_DIRECTORY:
        return TOO_MANY
    try:
        with ZipFile(BytesIO(content)) as container:
            members = container.infolist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error, OSError, EOFError, IndexError):
        return DAMAGED
    return _of_members(members)


def _of_members(members: list[ZipInfo]) -> str | None:
    checks = (
        (TOO_MANY, len(members) > MAX_PARTS),
        (TOO_MUCH, sum(member.file_size for member in members) > MAX_TOTAL),
        (TOO_DENSE, any(map(_dense, members))),
        (STRANGE_NAMES, any(map(_strange, members))),
        (TWICE, len({member.filename.casefold() for member in members}) < len(members)),
        (LOCKED, any(member.flag_bits & _ENCRYPTED for member in members)),
    )
    return next((sentence for sentence, bad in checks if bad), None)


def _dense(member: ZipInfo) -> bool:
    return member.file_size > _RATIO_FLOOR and member.file_size > MAX_RATIO * member.compress_size


def _strange(member: ZipInfo) -> bool:
    name = member.orig_filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name


def _directory_size(content: bytes) -> int:
    """Give the declared size of the central directory in bytes; 0 where there is none (the zip reader reports it)."""
    at = content.rfind(_END, max(0, len(content) - _MAX_COMMENT))
    if at < 0 or len(content) < at + 22:
        return 0
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    if content[at - 20 : at - 16] == _LOCATOR_64:
        record = int.from_bytes(content[at - 12 : at - 4], "little")
        if content[record : record + 4] == _END_64:
            size = int.from_bytes(content[record + 40 : record + 48], "little")
    return size
