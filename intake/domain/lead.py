"""What stands before a message's headers that is none of them, and would be read as their end."""

from __future__ import annotations

import re

_LEAD = re.compile(rb"(?:\xef\xbb\xbf|\xe2\x80\x8b|\0|[ \t]{0,100}[\r\n])*(?:>From [^\r\n]{0,1000}\r?\n)?")
"""A byte order mark, a blank without width, zeros, empty lines, and the line that parts mails in a mailbox file."""


def without_lead(raw: bytes) -> bytes:
    """Strip what programs that keep mail as text, or hand it on, put before its headers."""
    lead = _LEAD.match(raw)
    return raw[lead.end() :] if lead else raw
