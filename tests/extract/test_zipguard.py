"""A zip container's table of contents, of which each fault has its own sentence."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest

from intake.extract import zipguard
from intake.signatures.office.zipstrict import MAX_PARTS, MAX_TOTAL

MIB = 1 << 20
RATIO = zipguard.MAX_RATIO


def container(*names: str, comment: bytes = b"") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name in names:
            target.writestr(ZipInfo(name), b"x")  # whose time is always the same
        target.comment = comment
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (container("a.txt", "folder/b.txt"), None),
        (container(), None),
        (container("a.txt", comment=b"c" * 60_000), None),
        (b"PK\x03\x04 and no more", zipguard.DAMAGED),
        (container("a.txt")[:-9], zipguard.DAMAGED),
        (container("a.txt", "A.TXT"), zipguard.TWICE),
        (container("/etc/passwd"), zipguard.STRANGE_NAMES),
        (container("a/../../b"), zipguard.STRANGE_NAMES),
        (container("..\\b"), zipguard.STRANGE_NAMES),
        (container("C:a.txt"), zipguard.STRANGE_NAMES),
        (container("\\a.txt"), zipguard.STRANGE_NAMES),
        (container("a..b/c...txt"), None),
    ],
)
def test_a_container_that_must_not_be_opened_says_why(content: bytes, sentence: str | None) -> None:
    assert zipguard.trouble(content) == sentence


def member(name: str = "a", size: int = 1, packed: int = 1, flags: int = 0) -> ZipInfo:
    info = ZipInfo(name)
    info.file_size, info.compress_size, info.flag_bits = size, packed, flags
    return info


MEMBERS: dict[str, tuple[Sequence[ZipInfo], str | None]] = {
    "as many as may be": ([member(str(n)) for n in range(MAX_PARTS)], None),
    "one more": ([member(str(n)) for n in range(MAX_PARTS + 1)], zipguard.TOO_MANY),
    "as much as may be": ([member(size=MAX_TOTAL, packed=MAX_TOTAL)], None),
    "a byte more": ([member(size=MAX_TOTAL, packed=MAX_TOTAL), member("b")], zipguard.TOO_MUCH),
    "as dense as may be": ([member(size=RATIO * 8_000, packed=8_000)], None),
    "denser": ([member("b"), member(size=RATIO * 8_000 + 1, packed=8_000)], zipguard.TOO_DENSE),
    "dense and small": ([member(size=MIB, packed=1)], None),
    "of no packed size": ([member(size=MIB + 1, packed=0)], zipguard.TOO_DENSE),
    "locked": ([member("b"), member(flags=0x1)], zipguard.LOCKED),
    "with other flags": ([member(flags=0x808)], None),
}


@pytest.mark.parametrize("case", MEMBERS)
def test_members_are_bounded_before_anything_is_unpacked(case: str) -> None:
    members, sentence = MEMBERS[case]
    assert zipguard._of_members(list(members)) == sentence  # noqa: SLF001  # a container of fifty megabytes takes long


def end(size: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0, 0, size, 0, 0)


def end_64(size: int, record: Callable[[int], int] = lambda at: at) -> bytes:
    """A container of which only the large format's record says how long its directory is."""
    before = b"x" * 7
    large = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 0, 0, 0, 0, 0, 0, size, 1)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, record(len(before)), 1)
    return before + large + locator + end(5)


DIRECTORIES: dict[str, tuple[bytes, int]] = {
    "none": (b"", 0),
    "no end": (b"x" * 100, 0),
    "an end": (end(0x01020304), 0x01020304),
    "an end behind a member and before a comment": (b"x" * 50 + end(77) + b"comment", 77),
    "the last of two ends": (end(1) + end(2), 2),
    "an end cut short": (end(7)[:-1], 0),
    "an end as far up as may be": (end(7) + b"x" * (65_557 - 22), 7),
    "an end too far up": (end(7) + b"x" * (65_557 - 21), 0),
    "a large one": (end_64(0x0102030405060708), 0x0102030405060708),
    "a large one somewhere else": (end_64(9, lambda at: at + 1), 5),
}


@pytest.mark.parametrize("case", DIRECTORIES)
def test_the_size_of_the_directory_is_what_the_container_declares(case: str) -> None:
    content, size = DIRECTORIES[case]
    assert zipguard._directory_size(content) == size  # noqa: SLF001  # a directory of this size takes long to write


def test_a_directory_larger_than_any_office_file_s_is_not_read() -> None:
    assert zipguard.trouble(b"PK\x03\x04" + end(256 * 1024)) == zipguard.DAMAGED
    assert zipguard.trouble(b"PK\x03\x04" + end(256 * 1024 + 1)) == zipguard.TOO_MANY
