"""Header text as people read it: unfolded, decoded, on one line, never an exception."""

from __future__ import annotations

import re
import unicodedata
from email.header import decode_header

from intake import faults

MOST_CHARACTERS = 4_096  # of one header; more is nobody's subject, and the decoder takes quadratic time
_FALLBACKS = ("utf-8", "cp1252")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # they make text read as something else
_SPACES = re.compile(r"\s+")


def readable(value: str) -> str:
    """Decode a raw header value onto one line: encoded words, raw 8-bit, folding, controls.

    `value` may carry undecodable bytes as surrogates (as the standard library's header parser leaves them).
    """
    value = _with_its_bytes(value[:MOST_CHARACTERS])
    return on_one_line(_decoded(value) if "=?" in value else value)


def on_one_line(text: str) -> str:
    """Strip control characters, line ends, direction marks and lone surrogates from a text; fold its spaces."""
    if text.isprintable():
        return _SPACES.sub(" ", text).strip()
    kept = (_harmless(character) for character in _DIRECTION.sub("", text))
    return _SPACES.sub(" ", "".join(kept)).strip()


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else character


def _with_its_bytes(value: str) -> str:
    """Raw 8-bit text, which is UTF-8 nowadays and was Latin before."""
    if value.isascii():
        return value
    return _text(value.encode("utf-8", "surrogateescape"), "utf-8")


def _decoded(value: str) -> str:
    try:
        # A word's own text may hold anything; a literal line break between words is folding.
        return "".join(_piece(piece, charset) for piece, charset in decode_header(_SPACES.sub(" ", value)))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the raw text still stands
        faults.is_ours(error, (ValueError,), ("email",))
        return value


def _piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # decode_header() hands back the text between two words in this encoding, which no mail ever uses.
    return piece.decode("raw-unicode-escape") if charset is None else _text(piece, charset)


def _text(data: bytes, charset: str) -> str:
    for name in (charset, *_FALLBACKS):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("ascii", "replace")
