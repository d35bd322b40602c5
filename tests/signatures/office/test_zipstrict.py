"""A container is unpacked where every reader would see the same parts, and refused where two could differ."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from io import BytesIO, RawIOBase
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from openpyxl import Workbook

from intake.demo.forms import new_entry_form
from intake.signatures.office import zipstrict
from intake.signatures.refused import MalformedSignatureError

SHARED = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[4] / "shared/data")) / "signed"
PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>" * 50, "empty": b""}


class Pipe(RawIOBase):
    """Somewhere that cannot go back, so that headers are written before sizes are known."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        self.written += bytes(data)  # type: ignore[call-overload]  # zipfile writes bytes alone
        return len(data)  # type: ignore[arg-type]  # likewise


def packed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def piped() -> bytes:
    out = Pipe()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        for name, content in PARTS.items():
            container.writestr(name, content)
    return out.written


def with_zip64_headers() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        for name, content in PARTS.items():
            with container.open(name, "w", force_zip64=True) as part:
                part.write(content)
    return out.getvalue()


def with_growth_hint() -> bytes:
    """As Excel pads its parts so that they may grow in place."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        for name, content in PARTS.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            entry.extra = struct.pack("<HHHH", 0xA220, 24, 0xA028, 20) + bytes(20)
            container.writestr(entry, content)
    return out.getvalue()


def with_folders() -> bytes:
    return packed({"xl/": b"", **PARTS})


@pytest.mark.parametrize(
    "content",
    [packed(PARTS), packed(PARTS, ZIP_STORED), piped(), with_zip64_headers(), with_growth_hint(), with_folders()],
    ids=["zipfile", "stored", "data descriptors", "zip64 headers", "growth hints", "folders"],
)
def test_a_benign_writers_container_gives_its_parts(content: bytes) -> None:
    assert zipstrict.unpack(content) == PARTS


def test_openpyxl_and_our_own_forms_are_unpacked() -> None:
    out = BytesIO()
    Workbook().save(out)
    for content in (out.getvalue(), new_entry_form({})):
        with ZipFile(BytesIO(content)) as container:
            assert zipstrict.unpack(content) == {name: container.read(name) for name in container.namelist()}


@pytest.mark.skipif(not SHARED.exists(), reason="the signed samples are not beside this checkout (CPL_SHARED_DATA)")
def test_what_office_programs_signed_is_unpacked() -> None:
    samples = [path for path in SHARED.iterdir() if path.suffix in {".xlsx", ".docx", ".ods", ".odt"}]
    for sample in samples:
        with ZipFile(sample) as container:
            expected = {name: container.read(name) for name in container.namelist() if not name.endswith("/")}
        assert zipstrict.unpack(sample.read_bytes()) == expected


def swapped(old: bytes, new: bytes, count: int = 1) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, count)

    return change


def last_swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: new.join(content.rsplit(old, 1))


def at(place: int, octet: int, mark: bytes = b"PK\x01\x02") -> Callable[[bytes], bytes]:
    """One octet of the first record with this mark, changed."""

    def change(content: bytes) -> bytes:
        where = content.index(mark) + place
        return content[:where] + bytes([octet]) + content[where + 1 :]

    return change


def between_parts(content: bytes) -> bytes:
    """Something between the last part and the directory, with the directory's place put right."""
    start = content.index(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    moved = content[end : end + 16] + struct.pack("<L", start + 4) + content[end + 20 :]
    return content[:start] + b"gap!" + content[start:end] + moved


def twice(_: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as container:
        container.writestr("a", b"1")
        container.writestr("b", b"2")
    return out.getvalue().replace(b"b", b"a")


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "something before": lambda content: b"\xd0\xcf\x11\xe0" + content,
    "something behind": lambda content: content + b"trailing",
    "a comment": last_swapped(b"\x00\x00", b"\x01\x00X"),
    "something between parts": between_parts,
    "a name twice": twice,
    "names that differ in case": lambda _: packed({"a/B.xml": b"1", "a/b.xml": b"2"}),
    "names that differ in percent-encoding": lambda _: packed({"a/b.xml": b"1", "a/%62.xml": b"2"}),
    "a part inside another": lambda _: packed({"a": b"1", "a/b": b"2"}),
    "a folder that is a part": lambda _: packed({"a": b"1", "a/": b""}),
    "a folder that holds octets": lambda _: packed({"a/": b"1"}),
    "a way out": lambda _: packed({"../a": b"1"}),
    "an absolute name": lambda _: packed({"/a": b"1"}),
    "an encoded way out": lambda _: packed({"a%2f%2fb": b"1"}),
    "backslashes": lambda _: packed({"a\\b": b"1"}),
    "another local name": swapped(b"xl/workbook.xml", b"xl/workbooK.xml"),
    "another name in the directory": last_swapped(b"xl/workbook.xml", b"xl/workbooK.xml"),
    "another CRC in the directory": at(16, 0xEE),
    "another size in the directory": at(24, 0x03),
    "another packed size in the directory": at(20, 0x03),
    "another CRC before the part": at(14, 0xEE, b"PK\x03\x04"),
    "another method in the directory": at(10, 0),
    "an unknown method": lambda content: at(8, 12, b"PK\x03\x04")(at(10, 12)(content)),
    "a lock": lambda content: at(6, 1, b"PK\x03\x04")(at(8, 1)(content)),
    "too few entries": last_swapped(b"\x03\x00\x03\x00", b"\x02\x00\x02\x00"),
    "too many entries": last_swapped(b"\x03\x00\x03\x00", b"\x04\x00\x04\x00"),
    "nothing": lambda _: b"",
    "no parts": lambda _: packed({}),
    "its beginning only": lambda content: content[:100],
    "its end cut": lambda content: content[:-1],
    "too many parts": lambda _: packed({f"{number}": b"" for number in range(zipstrict.MAX_PARTS + 1)}),
    "a bomb": lambda _: packed({"a": bytes(zipstrict.MAX_TOTAL + 1)}),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_a_container_is_refused_for(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(MalformedSignatureError):
        zipstrict.unpack(change(packed(PARTS)))


def test_a_second_name_in_an_extra_field_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as container:
        entry = ZipInfo("xl/workbook.xml")
        other = b"\x01" + struct.pack("<L", zlib.crc32(b"xl/workbook.xml")) + b"xl/other.xml"
        entry.extra = struct.pack("<HH", 0x7075, len(other)) + other
        container.writestr(entry, b"1")
    with pytest.raises(MalformedSignatureError, match="second name"):
        zipstrict.unpack(out.getvalue())


def test_every_changed_octet_is_refused_or_changes_nothing_that_is_read() -> None:
    content = packed(PARTS)
    for where in range(len(content)):
        changed = content[:where] + bytes([content[where] ^ 0x20]) + content[where + 1 :]
        try:
            # what is left are times and versions, which nobody reads
            assert zipstrict.unpack(changed) == PARTS
        except MalformedSignatureError:
            continue
