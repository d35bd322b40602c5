"""Takes a CMS signature out of the text that it may be written as; light, for it is asked of every file.

PEM (RFC 7468) under whatever label programs give it, base64 without any, and S/MIME's own headers before base64, as
``openssl cms -sign`` writes them: with either line ends, a byte order mark, or UTF-16.
"""

from __future__ import annotations

import binascii
import re

SEQUENCE = b"\x30"
"""How DER and BER of any CMS begin."""
MIN_BASE64 = 64
"""Characters; no signature is shorter."""
_LABEL = rb"(?:PKCS7|PKCS #7 SIGNED DATA|CMS)"
_BLOCK = re.compile(rb"-----BEGIN (" + _LABEL + rb")-----([A-Za-z0-9+/=\s]*)-----END \1-----")
_BEGIN = re.compile(rb"-----BEGIN " + _LABEL + rb"-----")
_PEM_HEAD = 512
"""Bytes in which PEM must begin; programs write a few lines above it. What has more is a text of its own."""
_HEADERS = re.compile(rb"(?i)\A(?:(?:mime-version|content-[a-z-]+):[^\n]*\n(?:[ \t][^\n]*\n)*){1,8}\r?\n")
"""Those of a part; what has a sender or a subject is a mail, which is taken apart elsewhere."""
_OF_CMS = re.compile(rb"(?im)^content-type:[ \t]*application/(?:x-)?pkcs7-(?:mime|signature)\b")
_BASE64 = re.compile(rb"\A\s*(?:[A-Za-z0-9+/]\s*){64}")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def binary_of(content: bytes) -> bytes | None:
    """Give the DER or BER that a file holds, itself or as text; None where it holds none, or more than one.

    What it decodes to is not looked at; a file that begins as DER does comes back as it is.
    """
    if content.startswith(SEQUENCE):
        return content
    text = _plain(content)
    if _BEGIN.search(text[:_PEM_HEAD]):
        blocks = _BLOCK.findall(text)
        return _decoded(blocks[0][1]) if len(blocks) == 1 == len(_BEGIN.findall(text)) else None
    headers = _HEADERS.match(text)
    if headers is not None and _OF_CMS.search(headers[0]):
        text = text[headers.end() :]
    return _decoded(text) if _BASE64.match(text) else None


def head_of(content: bytes) -> bytes:
    """Give the first bytes of the same; empty where it holds none. Text that is no signature costs next to nothing."""
    if content.startswith(SEQUENCE):
        return content[:MIN_BASE64]
    text = _plain(content[: 4 * _PEM_HEAD])
    begin = _BEGIN.search(text[:_PEM_HEAD])
    headers = None if begin else _HEADERS.match(text)
    start = begin.end() if begin else headers.end() if headers and _OF_CMS.search(headers[0]) else 0
    match = _BASE64.match(text[start:])
    return b"" if match is None else _decoded(match[0]) or b""


def is_labelled(content: bytes) -> bool:
    """Tell whether PEM calls what it holds a CMS signature, whatever that is."""
    return _BEGIN.search(_plain(content[: 2 * _PEM_HEAD])[:_PEM_HEAD]) is not None


def _plain(content: bytes) -> bytes:
    """Text without its byte order mark, as ASCII."""
    for mark, coding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(coding, "replace").encode("ascii", "replace")
    return content


def _decoded(text: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(b"".join(text.split()), strict_mode=True)
    except binascii.Error:
        return None
