"""Legacy wrapping, and containers that two readers open differently: one file, two documents."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from signatures.signer import packed, unpacked
from signatures.workbooks import SHEET

_CENTRAL, _END = b"PK\x01\x02", b"PK\x05\x06"
Bend = Callable[[bytes], bytes]


def _other(parts: dict[str, bytes]) -> bytes:
    """The sheet as the attacker wants it."""
    return parts[SHEET].replace(b"01:02:05:06", b"66:66:66:66")


def _appended(content: bytes, *entries: tuple[str, bytes]) -> bytes:
    """The container with more entries, whose names may be there already."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, part in (*unpacked(content).items(), *entries):
            entry = ZipInfo("placeholder" if name in target.namelist() else name)
            entry.compress_type = ZIP_DEFLATED
            # Named at the last moment, for zipfile warns of doubles.
            entry.filename = name
            target.writestr(entry, part)
    return out.getvalue()


def _twice(content: bytes) -> bytes:
    return _renamed(_appended(content, ("xl/worksheets/sheetX.xml", _other(unpacked(content)))))


def _twice_first(content: bytes) -> bytes:
    parts = unpacked(content)
    return _renamed(packed({"xl/worksheets/sheetX.xml": _other(parts), **parts}))


def _renamed(content: bytes) -> bytes:
    return content.replace(b"xl/worksheets/sheetX.xml", SHEET.encode())


def _like(name: str) -> Bend:
    """A second sheet under a name that some reader takes for the first's."""
    return lambda content: _appended(content, (name, _other(unpacked(content))))


def _local_name(content: bytes) -> bytes:
    """One name before the part, another in the directory."""
    return content.replace(SHEET.encode(), b"xl/worksheets/sheet9.xml", 1)


def _hidden_entry(content: bytes) -> bytes:
    """A part that only readers see who go from part to part."""
    part = zlib.compress(_other(unpacked(content)))[2:-4]
    size, name = len(_other(unpacked(content))), SHEET.encode()
    head = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(part), size, len(name), 0)
    return _before_directory(content, head + name + part)


def _before_directory(content: bytes, octets: bytes) -> bytes:
    end = content.rindex(_END)
    start = struct.unpack_from("<L", content, end + 16)[0]
    moved = content[end : end + 16] + struct.pack("<L", start + len(octets)) + content[end + 20 :]
    return content[:start] + octets + content[start:end] + moved


def _prefixed(octets: bytes) -> Bend:
    """Something in front, with every place in the directory put right."""

    def bend(content: bytes) -> bytes:
        end = content.rindex(_END)
        start = struct.unpack_from("<L", content, end + 16)[0]
        directory, at = bytearray(content[start:end]), 0
        while at < len(directory):
            name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
            offset = struct.unpack_from("<L", directory, at + 42)[0]
            struct.pack_into("<L", directory, at + 42, offset + len(octets))
            at += 46 + name + extra + comment
        tail = content[end : end + 16] + struct.pack("<L", start + len(octets)) + content[end + 20 :]
        return octets + content[:start] + bytes(directory) + tail

    return bend


def _comment(content: bytes) -> bytes:
    octets = b"%PDF-1.7"
    return content[:-2] + struct.pack("<H", len(octets)) + octets


def _in_directory(place: int, octets: bytes) -> Bend:
    """Octets of the sheet's entry in the directory, changed."""

    def bend(content: bytes) -> bytes:
        at = content.rindex(SHEET.encode()) - 46
        assert content[at : at + 4] == _CENTRAL
        return content[: at + place] + octets + content[at + place + len(octets) :]

    return bend


def _second_name(content: bytes) -> bytes:
    """The Unicode path field gives a part a name that only some readers go by."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, part in unpacked(content).items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            if name == SHEET:
                other = struct.pack("<BL", 1, zlib.crc32(name.encode())) + b"xl/worksheets/sheet9.xml"
                entry.extra = struct.pack("<HH", 0x7075, len(other)) + other
            target.writestr(entry, part)
    return out.getvalue()


def _second_end(content: bytes) -> bytes:
    """Two records that end a directory: one for the signed document, one for another."""
    other = packed({**unpacked(content), SHEET: _other(unpacked(content))})
    return _prefixed(other)(content)


CONTAINERS: dict[str, Bend] = {
    "an old Excel file in front": _prefixed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    "a PDF in front": _prefixed(b"%PDF-1.7\n1 0 obj<<>>endobj\n"),
    "a web page in front": _prefixed(b"<html><body>Other</body></html>"),
    "another container in front": _second_end,
    "octets in front that the directory does not count": lambda content: b"MZ" + content,
    "octets behind": lambda content: content + b"%PDF-1.7",
    "another container behind": lambda content: content + packed({SHEET: _other(unpacked(content))}),
    "a comment": _comment,
    "octets between the parts and the directory": lambda content: _before_directory(content, b"hidden"),
    "a part that is not in the directory": _hidden_entry,
    "the sheet twice": _twice,
    "the sheet twice, the other one first": _twice_first,
    "the sheet in other letters": _like("xl/worksheets/Sheet1.xml"),
    "the sheet percent-encoded": _like("xl/worksheets/sheet%31.xml"),
    "the sheet with backslashes": _like("xl\\worksheets\\sheet1.xml"),
    "the sheet with a slash in front": _like("/xl/worksheets/sheet1.xml"),
    "the sheet by a way round": _like("xl/worksheets/../worksheets/sheet1.xml"),
    "the sheet with a dot behind": _like("xl/worksheets/sheet1.xml."),
    "the sheet in pieces": _like("xl/worksheets/sheet1.xml/[0].piece"),
    "content types in other letters": lambda content: _appended(content, ("[content_types].xml", b"<Types/>")),
    "another name before the part": _local_name,
    "a second name for the sheet": _second_name,
    "a lock in the directory": _in_directory(8, b"\1\0"),
    "another method in the directory": _in_directory(10, b"\0\0"),
    "another CRC in the directory": _in_directory(16, b"\0\0\0\0"),
    "another size in the directory": _in_directory(24, b"\1\0\0\0"),
    "another place in the directory": _in_directory(42, b"\0\0\0\0"),
}
