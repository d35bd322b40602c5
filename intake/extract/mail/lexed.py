"""Lexes the structured headers of a message's parts (RFC 2045, RFC 5322 3.2), which the library compares as they stand.

A comment, a blank or quotes behind an encoding are allowed, and leave the library with the encoded text.
"""

from __future__ import annotations

import binascii
import quopri
import re
from email.message import Message

from intake.domain.bounce import without_comments

_ENCODING, _TYPE = "content-transfer-encoding", "content-type"
_COMMENT_OUTSIDE = re.compile(r'("(?:[^"\\]|\\.)*")|\([^()]{0,500}\)')
ENCODED = frozenset({"base64", "quoted-printable"})


def lex(part: Message) -> None:
    """Write a part's encoding and type as the library reads them; what is written so already stays untouched."""
    for name, plain in ((_ENCODING, _token), (_TYPE, _type)):
        stated = part.get(name)
        if stated is not None and (lexed := plain(str(stated))) != str(stated):
            part.replace_header(name, lexed)


def encoding_of(part: Message) -> str:
    """The encoding that a part states, in lower case; empty where it states none."""
    return _token(str(part.get(_ENCODING) or "")).lower()


def decoded(content: bytes, encoding: str) -> bytes:
    """Decode a part's body; as it is where it is not encoded so after all."""
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    if encoding != "base64":
        return content
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        return content


def _token(value: str) -> str:
    plain = without_comments(value).strip().strip('"').strip()
    return re.split(r"[;\s]", plain, maxsplit=1)[0] if plain else value


def _type(value: str) -> str:
    """The type and its parameters without comments; quoted strings keep their parentheses."""
    if "(" not in value and not re.match(r"\s*[^;]*\s/|[^;]*/\s", value):
        return value
    plain = _COMMENT_OUTSIDE.sub(lambda match: match[1] or " ", value)
    head, _, rest = plain.partition(";")
    return "".join(head.split()) + (f"; {rest.strip()}" if rest.strip() else "")
