"""Unpacks a zip container that can be read in one way only.

Zip readers disagree: some go by the directory at the end, some by the headers before each part, some take the first
of two parts with one name and some the last. A signature is worth something only where all of them see the same
bytes, so whatever they could disagree on is refused. (PKWARE APPNOTE 6.3.10; ISO/IEC 29500-2, annex B.)
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from intake.signatures.refused import refuse

MAX_TOTAL = 50 * 1024 * 1024
"""Bytes of all parts unpacked."""
MAX_PARTS = 500

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR, _UTF_8 = 0x0008, 0x0800
_FLAGS = 0x0006 | _DESCRIPTOR | _UTF_8
"""How deflate was tuned, a data descriptor, names in UTF-8; no encryption, patches or masks."""
_ZIP_64 = 0x0001
_NOT_EXTRAS = frozenset({0x0017, 0x7075, 0x9901})
"""Encryption, and the second name that only some readers go by."""
_UNSTATED = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Member:
    """One part as the directory at the end describes it."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int


def unpack(content: bytes) -> dict[str, bytes]:
    """Give the container's parts: name to bytes, in the order in which they stand. Folders are left out.

    Raises:
        RefusedError: two readers could see different parts in it, it is damaged, or far too large.
    """
    try:
        return _unpack(content)
    except struct.error:
        refuse("The file's zip container is cut short.")


def _unpack(content: bytes) -> dict[str, bytes]:
    _expect(content.startswith(b"PK\x03\x04"), "does not begin with its first part")
    members, directory = _directory(content)
    _expect(len(members) <= MAX_PARTS, f"holds more than {MAX_PARTS} parts")
    _expect(sum(member.size for member in members) <= MAX_TOTAL, "unpacks to more than 50 MB")
    names = [_name(member) for member in members]
    _expect_unlike(names)
    members_in_place = sorted(members, key=lambda member: member.start)
    _expect(members_in_place[0].start == 0, "has something before its first part")
    ends = [member.start for member in members_in_place[1:]] + [directory]
    contents_by_start = {
        member.start: _content(content, member, end) for member, end in zip(members_in_place, ends, strict=True)
    }
    parts = {name: contents_by_start[member.start] for name, member in zip(names, members, strict=True)}
    _expect(all(not part for name, part in parts.items() if name.endswith("/")), "has a folder that holds bytes")
    return {name: part for name, part in parts.items() if not name.endswith("/")}


def _directory(content: bytes) -> tuple[list[_Member], int]:
    """The members, and where the directory begins."""
    end = len(content) - _END.size
    _expect(end > 0, "is cut short")
    mark, disk, first_disk, here, count, size, start, comment = _END.unpack_from(content, end)
    _expect(mark == b"PK\x05\x06" and comment == 0, "does not end with its directory")
    _expect(disk == first_disk == 0 and here == count > 0, "is split or empty")
    _expect(start + size == end, "has something around its directory")
    at, members = start, []
    while at < end:
        member, at = _entry(content, at)
        members.append(member)
        _expect(len(members) <= count, "has a directory that miscounts")
    _expect(at == end and len(members) == count, "has a directory that miscounts")
    return members, start


def _entry(content: bytes, at: int) -> tuple[_Member, int]:
    """One entry of the directory, and where the next one begins."""
    (mark, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, disk, _, _, start) = (
        _CENTRAL.unpack_from(content, at)
    )
    _expect(mark == b"PK\x01\x02" and comment == 0 and disk == 0, "has a damaged directory")
    _expect(not flags & ~_FLAGS and method in {_STORED, _DEFLATED}, "is packed or locked in an unusual way")
    at += _CENTRAL.size
    raw_name = content[at : at + name]
    at += name
    packed, size = _sizes(packed, size, content[at : at + extra])
    return _Member(raw_name, flags, method, crc, packed, size, start), at + extra


def _sizes(packed: int, size: int, extra: bytes) -> tuple[int, int]:
    """Packed and unpacked size as a header states them, in itself or in its ZIP64 field."""
    field = None
    for kind, body in _extras(extra):
        _expect(kind not in _NOT_EXTRAS, "gives its parts a second name or locks them")
        if kind == _ZIP_64:
            _expect(field is None, "states a size twice")
            field = body
    if field is None:
        return packed, size
    stated = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
    size = next(stated, -1) if size == _UNSTATED else size
    packed = next(stated, -1) if packed == _UNSTATED else packed
    return packed, size


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        _expect(at + 4 + size <= len(extra), "has a damaged header")
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size


def _name(member: _Member) -> str:
    """The part's name; only such as every reader reads alike."""
    try:
        name = member.raw_name.decode("utf-8" if member.flags & _UTF_8 else "ascii")
    except UnicodeDecodeError:
        refuse("The file's zip container has a part whose name cannot be read in one way.")
    segments = name.removesuffix("/").split("/")
    odd = any(segment in {"", ".", ".."} for segment in segments) or any(mark in name for mark in "\\:?#")
    _expect(not odd and name.isprintable(), "has a part with an unusual name")
    return name


def _expect_unlike(names: list[str]) -> None:
    """Refuse names that some reader takes for one, and a part that is also the folder of another."""
    keys = [unquote(name).casefold() for name in names]
    _expect(len({key.removesuffix("/") for key in keys}) == len(keys), "holds two parts of one name")
    _expect(all("//" not in key and not key.startswith("/") for key in keys), "has a part with an unusual name")
    files = {key for key in keys if not key.endswith("/")}
    # Only neighbours in this order can be a folder and its content: "/" is made to sort before everything else.
    ordered = sorted(key.replace("/", "\0") for key in files)
    _expect(
        all(not after.startswith(before + "\0") for before, after in pairwise(ordered)), "has a part inside another"
    )


def _content(content: bytes, member: _Member, end: int) -> bytes:
    """The part's bytes; its own header and everything up to `end` must say what the directory says."""
    mark, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack_from(content, member.start)
    at = member.start + _LOCAL.size
    same = (mark, flags, method) == (b"PK\x03\x04", member.flags, member.method)
    _expect(same and content[at : at + name] == member.raw_name, "contradicts its directory")
    begin = at + name + extra
    stated = (crc, *_sizes(packed, size, content[at + name : begin]))
    sizes = (member.crc, member.packed, member.size)
    later = bool(flags & _DESCRIPTOR)
    # Only deflate tells its own end, so only its sizes may be left to the record behind it.
    unstated = later and method == _DEFLATED and all(map(_unsaid, stated, sizes))
    _expect(stated == sizes or unstated, "contradicts its directory")
    stop = begin + member.packed
    _expect(stop <= end, "has parts that overlap")
    _expect(content[stop:end] in (_descriptors(sizes) if later else (b"",)), "has something between its parts")
    return _unpacked(content[begin:stop], member)


def _unsaid(number: int, sizes: int) -> bool:
    return number in {0, sizes}


def _descriptors(sizes: tuple[int, int, int]) -> tuple[bytes, ...]:
    """Every form that the record behind a part may have (APPNOTE 4.3.9)."""
    bodies = (struct.pack("<LLL", *sizes), struct.pack("<LQQ", *sizes))
    return tuple(mark + body for body in bodies for mark in (b"PK\x07\x08", b""))


def _unpacked(packed: bytes, member: _Member) -> bytes:
    if member.method == _STORED:
        part = packed
    else:
        reader = zlib.decompressobj(-15)
        try:
            part = reader.decompress(packed, member.size + 1)
        except zlib.error:
            refuse("The file's zip container holds a damaged part.")
        ended = reader.eof and not reader.unused_data and not reader.unconsumed_tail
        _expect(ended, "holds a part that is longer or shorter than stated")
    _expect(len(part) == member.size, "holds a part that is longer or shorter than stated")
    _expect(zlib.crc32(part) == member.crc, "holds a damaged part")
    return part


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if not condition:
        refuse(f"The file's zip container {otherwise}; please save and sign it again.")
