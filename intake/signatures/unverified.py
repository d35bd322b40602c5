"""Recognises what signs in a way that is not verified here, or comes along with signatures; light, as every file asks.

OpenPGP (RFC 9580) in text or binary, XML signatures in files of their own, and X.509 certificates. None of them is a
document that a person would read, and none is taken for encrypted, foreign or unknown.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from enum import Enum

from intake.signatures.refused import NO_SIGNING_CERTIFICATE_FOUND
from intake.signatures.verified import Verified, broken


class Unverified(Enum):
    """What such a file is."""

    SIGNATURE = "an OpenPGP signature beside what it signs"
    CLEAR = "text that is signed with OpenPGP and can be read"
    PACKED = "an OpenPGP message that is not encrypted: signed or packed around its content"
    ENCRYPTED = "an OpenPGP message that is encrypted"
    KEY = "keys of OpenPGP"
    XML = "an XML signature in a file of its own"
    CERTIFICATE = "X.509 certificates"


SENTENCES = {
    Unverified.SIGNATURE: "This is an OpenPGP signature, which is not verified here; please sign with X.509.",
    Unverified.CLEAR: "The text is signed with OpenPGP, which is not verified here; please sign with X.509.",
    Unverified.PACKED: "The file is signed or packed with OpenPGP, which is not verified here; please sign with X.509.",
    Unverified.XML: "This is an XML signature by itself, which is not verified here; please sign the workbook.",
}
"""Of those that are signatures."""
_HEAD = 1024
_LABEL = re.compile(rb"-----BEGIN PGP (SIGNED MESSAGE|MESSAGE|SIGNATURE|(?:PUBLIC|PRIVATE) KEY BLOCK)-----")
_ARMOUR = re.compile(rb"[ \t]*\r?\n(?:[!-9;-~]+: [^\n]*\n)*\s*([A-Za-z0-9+/\s]{16,}={0,2})")
_XML = re.compile(rb"\A\s*(?:<\?xml[^>]*\?>\s*)?<(?:[\w.-]+:)?(?:Signature|XAdESSignatures)[\s>]")
_DSIG = b"http://www.w3.org/2000/09/xmldsig#"
_PEM = b"-----BEGIN CERTIFICATE-----"
_DER = re.compile(rb"\A0\x82..0\x82..\xa0\x03\x02\x01\x02\x02", re.DOTALL)
"""The beginning of a certificate of version 3 (RFC 5280, 4.1)."""
_MARK = b"\xef\xbb\xbf"
_EDGE = re.compile(rb"-----(BEGIN|END) ((?:PGP )?[A-Z ]+)-----\s*\Z")
_INNER = re.compile(rb"(?:[A-Za-z0-9+/]*={0,4}|=[A-Za-z0-9+/]{4}|(?:Version|Comment|Hash|Charset|MessageID): .*)\s*\Z")

_SEIPD, _SIGNATURE, _ONE_PASS, _COMPRESSED, _LITERAL = 18, 2, 4, 8, 11
_ENCRYPTED = frozenset({1, 3, 9, _SEIPD, 20})
_KEYS = frozenset({5, 6})
_IN_KEYS = _KEYS | {7, 14, 13, 17, 12, _SIGNATURE}
_FIRST = {_SIGNATURE: b"\2\3\4\5\6", _ONE_PASS: b"\3\6", _COMPRESSED: b"\0\1\2\3", _LITERAL: b"btul1m"}
_FIRST |= {1: b"\2\3\6", 3: b"\4\5\6", _SEIPD: b"\1\2", 20: b"\1", 5: b"\2\3\4\5\6", 6: b"\2\3\4\5\6"}
"""What the body of a packet that may come first begins with, by its type: a version, an algorithm, a format."""
_MAX_PACKETS = 10_000
"""And pieces of one packet."""
_MAX_BLOCKS = 1024 * 1024
"""Bytes of keys, certificates and signatures in text."""
_LEAST = 32
"""Bytes of the smallest signature or key."""
_MIN_PIECE = 512
"""Bytes of the first piece (RFC 9580, 4.2.1.4)."""


def kind_of(content: bytes) -> Unverified | None:
    """Tell what of these a file is; None where it is none."""
    content = content.removeprefix(_MARK)
    if content[:1] >= b"\x80":
        return _of_packets(content)
    head = content[:_HEAD]
    if _DER.match(head) or head.lstrip().startswith(_PEM):
        return Unverified.CERTIFICATE if _is_nothing_else(content) else None
    if _XML.match(head) and _DSIG in content[: 4 * _HEAD]:
        return Unverified.XML
    label = _LABEL.search(head)
    return None if label is None else _of_armour(content, label)


def signature_of(content: bytes) -> tuple[Verified, ...]:
    """Give the signature that is not verified, as one whose signer is not known; empty where it is none."""
    kind = kind_of(content)
    sentence = SENTENCES.get(kind) if kind else None
    return (broken("cms", NO_SIGNING_CERTIFICATE_FOUND, sentence),) if sentence else ()


def _of_armour(content: bytes, label: re.Match[bytes]) -> Unverified | None:
    if label[1] == b"SIGNED MESSAGE":
        return Unverified.CLEAR
    if label[1] != b"MESSAGE":
        kind = Unverified.SIGNATURE if label[1] == b"SIGNATURE" else Unverified.KEY
        return kind if _is_nothing_else(content) else None
    body = _ARMOUR.match(content[label.end() : label.end() + 4 * _HEAD])
    text = b"".join(body[1].split()) if body else b""
    try:
        packets = binascii.a2b_base64(text[: len(text) // 4 * 4])
    except binascii.Error:
        packets = b""
    first = _first_of(packets)
    return Unverified.PACKED if first in {_SIGNATURE, _ONE_PASS, _COMPRESSED, _LITERAL} else Unverified.ENCRYPTED


def _is_nothing_else(content: bytes) -> bool:
    """Whether a file is one DER value, or blocks of base64 without a word before, between or behind them."""
    if len(content) > _MAX_BLOCKS:
        return False
    if content.startswith(b"0"):
        return len(content) == 4 + int.from_bytes(content[2:4])
    inside = b""
    for line in content.splitlines():
        edge = _EDGE.match(line)
        if edge is not None and (edge[1] == b"BEGIN") == (not inside):
            inside = b"" if inside == edge[2] else edge[2]
        elif edge is not None or not (_INNER.match(line) if inside else not line.strip()):
            return False
    return not inside


def _first_of(content: bytes) -> int | None:
    """The type of the first packet, where it is one that may come first."""
    kind, body = next(_packets(content, whole=False), (None, b""))
    return kind if kind is not None and body[:1] and body[:1] in _FIRST.get(kind, b"") else None


def _of_packets(content: bytes) -> Unverified | None:
    """What binary OpenPGP is; None where the content is not packets from its beginning to its end."""
    first = _first_of(content) if len(content) >= _LEAST else None
    kinds = [kind for kind, _ in _packets(content)] if first is not None else []
    if first is None or None in kinds:
        return None
    if first in _KEYS:
        return Unverified.KEY if set(kinds) <= _IN_KEYS else None
    if first in _ENCRYPTED:
        return Unverified.ENCRYPTED
    return Unverified.SIGNATURE if set(kinds) == {_SIGNATURE} else Unverified.PACKED


def _packets(content: bytes, *, whole: bool = True) -> Iterator[tuple[int | None, bytes]]:
    """Type and first bytes of each packet (RFC 9580, 4.2); None where one is cut short, if `whole` is asked for."""
    at = 0
    for _ in range(_MAX_PACKETS):
        if at >= len(content):
            return
        kind, begin, end = _packet(content, at)
        if kind is None or (whole and end > len(content)):
            yield None, b""
            return
        yield kind, content[begin : begin + 8]
        at = end
    yield None, b""


def _packet(content: bytes, at: int) -> tuple[int | None, int, int]:
    """A packet's type, and where its body begins and ends."""
    mark = content[at]
    if not mark & 0x80:
        return None, at, at
    if not mark & 0x40:
        octets = (1, 2, 4, 0)[mark & 3]
        begin = at + 1 + octets
        size = int.from_bytes(content[at + 1 : begin]) if octets else len(content) - begin
        return (mark >> 2) & 15, begin, begin + size
    begin, size, partial = _length(content, at + 1)
    first, end, pieces = begin, begin + size, 0
    if partial and size < _MIN_PIECE:
        return None, at, at
    while partial and end < len(content) and pieces < _MAX_PACKETS:
        begin, size, partial = _length(content, end)
        end, pieces = begin + size, pieces + 1
    return None if partial else mark & 63, first, end


def _length(content: bytes, at: int) -> tuple[int, int, bool]:
    """Where a body begins by its length of the new form, how long it is, and whether more of it follows."""
    octet = content[at] if at < len(content) else 0
    if octet < 192:  # noqa: PLR2004  # RFC 9580, 4.2.1.1
        return at + 1, octet, False
    if octet < 224:  # noqa: PLR2004  # the same, 4.2.1.2
        more = content[at + 1] if at + 1 < len(content) else 0
        return at + 2, ((octet - 192) << 8) + more + 192, False
    if octet == 255:  # noqa: PLR2004  # the same, 4.2.1.3
        return at + 5, int.from_bytes(content[at + 1 : at + 5]), False
    return at + 1, 1 << (octet & 0x1F), True
