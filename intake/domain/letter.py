"""Our letters as bytes: the same letter from the same facts, every header safe whatever the submitter wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import quoprimime
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import lru_cache
from hashlib import sha256
from quopri import decodestring
from typing import Protocol

from intake.domain.addresses import first_address
from intake.domain.header_text import on_one_line, readable
from intake.domain.marker import MARKER
from intake.domain.subject import without_reply_marks

LONGEST_SUBJECT = 200
MOST_REFERENCES = 20  # RFC 5322 sets no limit, gateways do
_LONGEST_HEADER_LINE = 76
_LONGEST_LINE = 900  # RFC 5322 stops at 998
_BREAKS_OUT = re.compile(r"[\r\n](?!\n? \S)|[\0\x7f]")  # CRLF and a space is folding
_NOT_FOR_READING = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")
_PLAIN_TEXT = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: {0}\r\nMIME-Version: 1.0\r\n'
_EDGE = re.compile(rb'^Content-Type: multipart/mixed;\r\n boundary="([^"]+)"', re.MULTILINE)
"""Of a letter that carries files."""
_KIND = re.compile(r"[a-z][a-z-]{0,30}\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a letter."""

    kind: str
    """`ack`, `return`, …: lower-case letters and hyphens."""
    message_id: str
    """As `message_id` gives it."""
    sender: str
    """Our From, with or without a display name."""
    recipient: str
    """One bare address, as `Envelope.reply_address` gives it."""
    date: datetime
    """With its zone."""
    automatic: bool
    """True for what no person wrote."""
    reply_to: str = ""
    """Our mailbox, if it is another than the sender."""
    subject: str = ""
    """Of a letter that answers no mail; else the mail's own is taken."""


class Answered(Protocol):
    """What a letter needs to know of the message that it answers."""

    @property
    def subject(self) -> str:
        """Decoded, on one line."""

    @property
    def message_id(self) -> str | None:
        """With its angle brackets; nothing where it has none."""

    @property
    def in_reply_to(self) -> str | None:
        """Likewise."""

    @property
    def references(self) -> tuple[str, ...]:
        """In order."""


def message_id(kind: str, about: str, our_domain: str) -> str:
    """Give the Message-ID of the letter of this kind about one thing: the same wherever it is written.

    `<kind.` + the first 32 hex digits of SHA-256 over the kind and `about` + `@our_domain>`. `about` is the digest of
    the raw message that is acknowledged, or whatever else tells this letter from every other of its kind.
    """
    _checked(kind)
    return f"<{kind}.{sha256(f'{kind}{about}'.encode()).hexdigest()[:32]}@{our_domain}>"


def compose(heading: Heading, answered: Answered | None, body: str) -> bytes:
    """Write the letter that answers a message, or none, as RFC 5322 bytes with CRLF.

    Raises:
        ValueError: the heading is not usable: our mistake, never the submitter's.
    """
    _checked(heading.kind)
    if first_address(heading.recipient) != heading.recipient:
        message = "a letter needs one plain address to go to"
        raise ValueError(message)
    return b"".join(_line(name, value) for name, value in _headers(heading, answered)) + _body(body)


def _line(name: str, value: str) -> bytes:
    """Format one header; refuse line breaks and control characters in it."""
    if not value.isprintable() and _BREAKS_OUT.search(value):
        message = f"the letter's {name} breaks out of its line"
        raise ValueError(message)
    return f"{name}: {value}\r\n".encode("ascii")


def _headers(heading: Heading, answered: Answered | None) -> list[tuple[str, str]]:
    headers = [
        ("From", _mailbox(heading.sender)),
        ("To", heading.recipient),
        ("Subject", _subject(heading.subject) if answered is None else _answering(answered.subject)),
        ("Date", format_datetime(heading.date)),
        ("Message-ID", heading.message_id),
        ("Reply-To", _mailbox(heading.reply_to or heading.sender)),
    ]
    if answered is not None and answered.message_id:
        headers += [("In-Reply-To", answered.message_id), ("References", _references(answered))]
    if heading.automatic:
        headers.append(("Auto-Submitted", "auto-generated" if answered is None else "auto-replied"))
    return [*headers, ("X-Auto-Response-Suppress", "All"), (MARKER, heading.kind)]


def _checked(kind: str) -> None:
    if not _KIND.match(kind):
        message = f"not a kind of letter: {kind!r}"
        raise ValueError(message)


@lru_cache
def _mailbox(text: str) -> str:
    address = first_address(text)
    if address is None:
        message = f"our own address is not usable: {text!r}"
        raise ValueError(message)
    name = readable(text.rpartition("<")[0]).strip('" ')
    return formataddr((name, address)) if name else address


def _answering(subject: str) -> str:
    plain = without_reply_marks(on_one_line(subject)) or "your message"
    return _subject(f"Re: {plain if len(plain) <= LONGEST_SUBJECT else plain[: LONGEST_SUBJECT - 1] + '…'}")


def _subject(text: str) -> str:
    if not text:
        message = "a letter that answers nothing needs a subject of its own"
        raise ValueError(message)
    # What reads like an encoded word is encoded once more, so that it arrives as it was written.
    plain = text.isascii() and "=?" not in text
    if plain and text.isprintable() and len("Subject: ") + len(text) <= _LONGEST_HEADER_LINE:
        return text  # as it would be all the same, after many times the work
    header = Header(text, "us-ascii" if plain else "utf-8", maxlinelen=_LONGEST_HEADER_LINE, header_name="Subject")
    return header.encode(linesep="\r\n")


def _references(answered: Answered) -> str:
    """Build the References header: the thread's start, its last letters, and the answered message."""
    thread = [reference for reference in answered.references or (answered.in_reply_to or "",) if reference]
    thread = [identity for identity in thread if identity != answered.message_id]
    if len(thread) >= MOST_REFERENCES:
        thread = thread[:1] + thread[-(MOST_REFERENCES - 2) :]
    return "\r\n ".join([*thread, answered.message_id or ""])


def _body(body: str) -> bytes:
    """Encode the body: as it is where every line is short ASCII, else quoted-printable."""
    lines = body.splitlines() or [""]
    if not (body.isascii() and all(map(str.isprintable, lines))):
        text = _NOT_FOR_READING.sub("", "\n".join(lines))
        lines = text.encode("utf-8", "replace").decode().split("\n")
    plain = all(line.isascii() and len(line) <= _LONGEST_LINE for line in lines)
    headers = _PLAIN_TEXT.format("7bit" if plain else "quoted-printable")
    if plain:
        return "\r\n".join([headers, *lines, ""]).encode("ascii")
    encoded = quoprimime.body_encode(_as_bytes_text("\n".join([*lines, ""])), eol="\r\n")
    return f"{headers}\r\n{encoded}".encode("ascii")


def text_of(letter: bytes) -> str:
    """Read the text of a letter of ours, with or without files; empty where there is none."""
    headers, _, body = letter.partition(b"\r\n\r\n")
    if (edge := _EDGE.search(headers)) is not None:
        first = body.partition(b"--" + edge[1] + b"\r\n")[2].partition(b"\r\n--" + edge[1])[0]
        return text_of(first)
    encoded = b"\r\nContent-Transfer-Encoding: quoted-printable" in headers
    octets = decodestring(body) if encoded else body
    return octets.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n")


def _as_bytes_text(text: str) -> str:
    """Give the text's UTF-8 bytes, one character each, as the encoder takes them."""
    return text.encode("utf-8").decode("latin-1")
