"""Tells which parts of a message are messages themselves, by type or as files."""

from __future__ import annotations

import re
from email.message import Message

from intake.extract.mail.carried import Part
from intake.extract.mail.lexed import is_message
from intake.extract.mail.report import children
from intake.extract.media import media_of

_MAIL_ENDINGS = frozenset({"eml", "msg", "mht", "mhtml", "mail"})
_ENDING = re.compile(r"[A-Za-z][A-Za-z0-9]{1,4}")
"""Of a file's name; what is longer, or begins with a digit, is a piece of a subject."""


def is_a_message(part: Part) -> bool:
    """Tell whether a part is a message, by its type or as a file."""
    return is_message(part.media_type) or is_message_file(part)


def is_message_file(part: Part) -> bool:
    """Tell whether a part is a message sent as a file; mail programs name it by its subject, with an ending or without.

    A text file is what it says that it is, however it begins.
    """
    stem, dot, ending = part.name.rpartition(".")
    named = not (dot and stem) or ending.lower() in _MAIL_ENDINGS or not _ENDING.fullmatch(ending)
    return named and media_of(part.content).kind == "message"


def has_no_headers(message: Message) -> bool:
    """Tell whether an attached message was read as text alone, as where something stands before its headers."""
    inner = children(message)
    return len(inner) == 1 and not inner[0].keys() and bool(inner[0].get_payload())
