"""What a mail's attachment is called: decoded, harmless, and unique in its message."""

from __future__ import annotations

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any

from intake.domain.header_text import readable

MAX_NAME = 150
_MAX_VALUE = 8_192
"""Characters of a header that are looked at; the stdlib's reader of parameters slows down with the square of them."""
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
    "application/ms-tnef": ".dat",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/tiff": ".tiff",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
}


def stated_name(part: Message) -> str:
    """Give the part's stated file name, cleaned; empty where it has no usable one.

    `filename*` (RFC 2231) goes before `filename`, both before the content type's `name`; some programs name a file in
    its description alone.
    """
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        name = cleaned(_parameter(part, header, parameter))
        if name:
            return name.removeprefix('"') if name.count('"') == 1 else name  # begun as a string, and never ended
    described = cleaned(readable(str(part.get("content-description", ""))[:_MAX_VALUE]))
    return described if described.lower().endswith(tuple(_ENDINGS.values())) else ""


def default_name(number: int, media_type: str) -> str:
    """Make a name for a part without one, e.g. ``attachment-1.pdf``."""
    return f"attachment-{number}{_ENDINGS.get(media_type, '.bin')}"


def cleaned(name: str) -> str:
    """Clean a file name: last path component, no control or invisible characters, bounded length."""
    plain = unicodedata.normalize("NFC", name[:_MAX_VALUE])
    visible = "".join(" " if char in "\t\r\n" else char for char in plain if _harmless(char))
    last = " ".join(re.split(r"[/\\]", visible)[-1].split()).strip(". ")
    if len(last) <= MAX_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > MAX_NAME // 10:
        return last[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"


def unique(name: str, taken: set[str], prefix: str = "") -> str:
    """Take the name behind the prefix, with a number where another has it: ``form (2).xlsx``."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    candidate, number = f"{prefix}{name}", 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{prefix}{stem} ({number}){dot}{ending}"
    taken.add(candidate.casefold())
    return candidate


def _harmless(char: str) -> bool:
    """Remove format characters too: a right-to-left override makes `xslx.exe` look like `exe.xlsx`."""
    return char in "\t\r\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _parameter(part: Message, header: str, parameter: str) -> str:
    raw = next((str(value) for name, value in part.raw_items() if name.lower() == header), "")
    helper = Message()
    helper[header] = _FOLD.sub(" ", _eight_bit(raw[:_MAX_VALUE]))
    try:
        stated: list[tuple[str, Any]] = helper.get_params([], header)
        values = [value for name, value in stated if name.lower() == parameter]
        starred = next((value for value in values if isinstance(value, tuple)), None)
        if starred is not None:
            return collapse_rfc2231_value(starred)
        return _encoded_words(values[0]) if values else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _eight_bit(raw: str) -> str:
    """Decode bytes above 127, which the parser kept as lone surrogates, as UTF-8 or else Windows-1252."""
    raw_bytes = raw.encode("utf-8", "surrogateescape")
    try:
        return raw_bytes.decode("utf-8")
    except UnicodeDecodeError:
        return raw_bytes.decode("cp1252", "replace")


def _encoded_words(text: str) -> str:
    """Decode encoded words (RFC 2047), which mail programs wrongly put into quoted names."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError, LookupError):
        return text
    return "".join(_decoded(piece, charset) for piece, charset in pieces)


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii", "replace")
    except LookupError:
        return piece.decode("latin-1")
