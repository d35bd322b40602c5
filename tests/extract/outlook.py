"""Messages as Outlook saves them (.msg), written by a library that nobody here wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from aspose.email_foss.msg import MapiMessage

_METHOD = re.compile(rb"(\x03\x00\x05\x37.{4})\x01\x00\x00\x00", re.DOTALL)
"""PidTagAttachMethod, a number, where it is 1: by value."""
_HTML, _RICH_TEXT, _BINARY = 0x1013, 0x1009, 0x0102


def saved(
    files: Mapping[str, bytes] | None = None,
    messages: Mapping[str, Any] | None = None,
    *,
    subject: str = "CPL submission",
    text: str = "Please find the forms.",
    page: str = "",
    rich: bytes = b"",
    unicode: bool = True,
) -> Any:  # noqa: ANN401  # an untyped library's
    """A message with these files, and with these messages attached."""
    message = MapiMessage.create(subject, text, unicode_strings=unicode)
    if page:
        message.set_property(_HTML, _BINARY, page.encode("cp1252"))
    if rich:
        message.set_property(_RICH_TEXT, _BINARY, rich)
    for name, content in (files or {}).items():
        message.add_attachment(name, content)
    for name, inner in (messages or {}).items():
        message.add_embedded_message_attachment(inner, filename=name)
    return message


def bytes_of(message: Any, *, method: int = 1) -> bytes:  # noqa: ANN401  # likewise
    """Write it as Outlook does; `method` is said of how its files are attached, which the library knows one way of."""
    written = bytes(message.to_bytes())
    return _METHOD.sub(lambda row: row[1] + method.to_bytes(4, "little"), written)
