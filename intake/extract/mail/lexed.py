"""Lexes the structured headers of a message's parts (RFC 2045, RFC 5322 3.2), which the library compares as they stand.

A comment, a blank or quotes behind an encoding are allowed, and leave the library with the encoded text.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Callable
from email.message import Message

from intake.domain.bounce import without_comments

_ENCODING, _TYPE = "content-transfer-encoding", "content-type"
_COMMENT_OUTSIDE = re.compile(r'("(?:[^"\\]+|\\.|\\\Z)*(?:"|\Z))|\([^()]{0,500}\)', re.DOTALL)
"""A quoted string, or a comment outside of one; a string that is not closed reaches to the end, or it would be sought
for at each of its quotes."""
_PARTED = re.compile(r"\s/|/\s")
ENCODED = frozenset({"base64", "quoted-printable"})
_IDENTITY = frozenset({"", "7bit", "8bit", "binary"})


_NO_MESSAGES = frozenset(
    f"message/{kind}"
    for kind in (
        "delivery-status", "global-delivery-status", "disposition-notification", "global-disposition-notification",
        "feedback-report", "global-headers", "tracking-status", "partial", "external-body", "http", "s-http", "sip",
        "sipfrag", "imdn+xml", "cpim",
    )
)  # fmt: skip


def is_message(kind: str) -> bool:
    """Tell whether a part of this type is a message itself, under a name of old or of a maker's own too."""
    return kind.startswith("message/") and kind not in _NO_MESSAGES


class LexedMessage(Message):
    """A message whose type and encoding are lexed as it is read, so that its parts are found."""

    def set_raw(self, name: str, value: str) -> None:
        """Take a header as the parser reads it."""
        plain = {_ENCODING: _token, _TYPE: _type}.get(name.lower())
        super().set_raw(name, plain(value) if plain is not None else value)

    def put_back(self, whole: Callable[[str], str]) -> None:
        """Put back into every text of it, and of its parts, what was taken out of the message before it was parsed."""
        parts: list[LexedMessage] = [self]
        while parts:
            part = parts.pop()
            told = vars(part)
            for name in ("_payload", "preamble", "epilogue"):  # as the library keeps them; asked for, they are decoded
                if isinstance(told[name], str):
                    told[name] = whole(told[name])
            parts += told["_payload"] if isinstance(told["_payload"], list) else []

    def get_content_maintype(self) -> str:
        """Give the first half of the type, by which the parser tells what has parts within it.

        A message that is encoded has none before it is decoded; RFC 2046 (5.2.1) forbids it, and it is written all the
        same.
        """
        kind = super().get_content_maintype()
        return "application" if kind == "message" and encoding_of(self) not in _IDENTITY else kind


def encoding_of(part: Message) -> str:
    """Give the encoding that a part states, in lower case; empty where it states none."""
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
    if "(" not in value and not _PARTED.search(value.partition(";")[0]):
        return value
    plain = _COMMENT_OUTSIDE.sub(lambda match: match[1] or " ", value)
    head, _, rest = plain.partition(";")
    return "".join(head.split()) + (f"; {rest.strip()}" if rest.strip() else "")
