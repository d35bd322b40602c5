"""What stands before a message's headers that is none of them, and would be read as their end."""

from __future__ import annotations

import re

_LEAD = re.compile(rb"(?:\xef\xbb\xbf|\xe2\x80\x8b|\0|[ \t]{0,100}[\r\n])*(?:>From [^\r\n]{0,1000}\r?\n)?")
"""A byte order mark, a blank without width, zeros, empty lines, and the line that parts mails in a mailbox file."""


_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def without_lead(raw: bytes) -> bytes:
    """Strip what programs that keep mail as text, or hand it on, put before its headers."""
    whole = in_octets(raw)
    lead = _LEAD.match(whole)
    return whole[lead.end() :] if lead else whole


def in_octets(raw: bytes) -> bytes:
    """Give a mail that an editor saved in UTF-16 as it was before; as it is where any letter of it is not ASCII.

    Which octets such a letter was written as, nobody knows.
    """
    if not raw.startswith(_UTF16):
        return raw
    try:
        return raw[: len(raw) // 2 * 2].decode("utf-16").encode("ascii")
    except UnicodeError:
        return raw
