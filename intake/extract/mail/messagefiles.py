"""Tells which parts of a message are messages themselves, by type or as files."""

from __future__ import annotations

import re
from email.message import Message
from itertools import pairwise

from intake.domain.lead import without_lead
from intake.extract.mail import msgfile
from intake.extract.mail.carried import Part
from intake.extract.mail.lexed import is_message
from intake.extract.mail.report import children
from intake.extract.media import media_of

_MAIL_ENDINGS = frozenset({"eml", "msg", "mht", "mhtml", "mail", "mbox", "mbx"})
_ENDING = re.compile(r"[A-Za-z][A-Za-z0-9]{1,4}")
"""Of a file's name; what is longer, or begins with a digit, is a piece of a subject."""
_PARTING = re.compile(
    rb"^From [^ \r\n]{1,300} +[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]?\d \d\d:\d\d[^\r\n]{0,100}\r?\n(?=[!-9;-~]+:)",
    re.MULTILINE,
)
"""The line before each message of a mailbox file (RFC 4155), which has a moment, and a header behind it."""

_CARRIES_A_FILE = re.compile(rb"^Content-Disposition:[ \t]*attachment\b", re.IGNORECASE | re.MULTILINE)


def messages_in(content: bytes) -> list[bytes]:
    """Give the messages of a file: one, or all that lie in a mailbox file."""
    whole = without_lead(content)
    begins = [match.end() for match in _PARTING.finditer(whole)] if whole.startswith(b"From ") else []
    return [whole[start:stop] for start, stop in pairwise([*begins, len(whole)])] or [whole]


def is_a_message(part: Part) -> bool:
    """Tell whether a part is a message, by its type or as a file."""
    return is_message(part.media_type) or is_message_file(part)


def is_message_file(part: Part) -> bool:
    """Tell whether a part is a message sent as a file; mail programs name it by its subject, with an ending or without.

    A text file is what it says that it is, however it begins; but a message with files in it is one under any name, as
    gateways stop mails that are attached and people rename them.
    """
    stem, dot, ending = part.name.rpartition(".")
    named = not (dot and stem) or ending.lower() in _MAIL_ENDINGS or not _ENDING.fullmatch(ending)
    sure = named or msgfile.is_one(part.content) or _CARRIES_A_FILE.search(part.content) is not None
    return sure and media_of(part.content).kind == "message"


def has_no_headers(message: Message) -> bool:
    """Tell whether an attached message was read as text alone, as where something stands before its headers."""
    inner = children(message)
    return len(inner) == 1 and not inner[0].keys() and bool(inner[0].get_payload())
