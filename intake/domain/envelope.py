"""Reads a message's headers within bounds; never raises.

A header is a claim. Nothing here proves who sent a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MissingHeaderBodySeparatorDefect
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from intake import faults
from intake.domain.addresses import domain_of, first_address
from intake.domain.header_text import on_one_line, readable
from intake.domain.lead import in_octets, without_lead
from intake.domain.marker import MARKER

MOST_BYTES = 256 * 1024
"""Of the header section; what comes behind is not read here."""
MOST_HEADERS = 2_000
LONGEST_SUBJECT = 1_000
LONGEST_VALUE = 1_000
LONGEST_STAMP = 4_000
MOST_REFERENCES = 100
MOST_STAMPS = 20
MOST_KEYS = 5
MOST_KEPT = 200

_FAMILIAR = {
    "cc", "content-type", "date", "from", "in-reply-to", "message-id", "mime-version", "received", "references",
    "reply-to", "return-path", "sender", "subject", "to",
}  # fmt: skip
_KEPT = {
    "auto-submitted", "content-type", "precedence", "return-path", "sender", "x-cpl-intake", "x-failed-recipients",
    "x-forefront-antispam-report", "x-loop", "x-mail-autoreply", "x-ms-exchange-organization-scl", "x-spam-flag",
    "x-spam-status",
}  # fmt: skip
_KEPT_PREFIXES = ("list-", "x-auto")
_BY = re.compile(r"\bby\s+([A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)")
_KEY_NAME = re.compile(r"(?=.{1,250}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\._domainkey(?:\.[a-z0-9-]{1,63})+")
_LINES = re.MULTILINE | re.IGNORECASE
_OUR_MARK = b"\n" + MARKER.encode() + b":"
"""All our letters carry it, at the head of a line; this is behind the message's own headers."""
_TYPE = b"\ncontent-type:"
_TELLING = re.compile(rb":(?:(?<=" + _TYPE + rb")|(?<=" + re.escape(_OUR_MARK) + rb"))", re.IGNORECASE)
"""Looks back from colons, for the search leaps from one to the next, and what is attached encoded has none."""
_REPORT_INSIDE = re.compile(rb"^content-type:\s*(?:multipart/report|message/delivery-status)\b", _LINES)
_BLANK = re.compile(rb"\r?\n\r?\n")
_MESSAGE = re.compile(rb"^content-type:\s*(?:\([^()\n]*\)\s*)?message\s*/", _LINES)
_CODED = re.compile(rb"^content-transfer-encoding:[^\n]*(?:base64|quoted-printable)", _LINES)
_CALENDAR = re.compile(rb"^content-type:\s*(?:text/calendar|application/ics)\b", _LINES)
_MORE_THAN_CALENDAR = re.compile(
    rb"^content-type:(?!\s*(?:text/|multipart/|application/ics\b))|name\*?\d*\*?=(?![^\r\n;]{0,200}\.ics\b)",
    _LINES,
)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n|\r\r")
_PLAIN_HEADER = re.compile(r"[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
"""One that no parser could read otherwise, with its folding."""
_PLAIN_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\r\n\x80-\xff]*\r?\n(?:[ \t][^\r\n\x80-\xff]*\r?\n)*)+\r?\n")
"""Nothing but such, and the empty line behind them."""
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")
_BARE_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}\Z")


@dataclass(frozen=True, slots=True)
class AuthenticationResult:
    """An Authentication-Results header (RFC 8601), by whomever: anybody can write one."""

    text: str
    """Its value, on one line."""
    received_by: str
    """The host that the next Received header below names as the receiver, lower case; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers that intake acts upon, decoded."""

    parsed: bool = False
    """False where there is no familiar header at all: an empty file, a file that is no message."""
    subject: str = ""
    """Decoded, on one line."""
    from_header: str = ""
    """The whole From header as a person reads it."""
    sender: str | None = None
    """The first From mailbox, if a letter can be sent to it."""
    reply_to: str | None = None
    """The first Reply-To mailbox, likewise."""
    message_id: str | None = None
    """With its angle brackets; links threads, never tells messages apart."""
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    received: datetime | None = None
    """The date of the topmost Received header, with its zone; as absurd as the header makes it."""
    headers: tuple[tuple[str, str], ...] = ()
    """In order: (lower-case name, value on one line) of those headers that tell automatic mail, and spam."""
    authentication_results: tuple[AuthenticationResult, ...] = ()
    """What mail servers say of the sender, the latest first."""
    dkim_keys: tuple[str, ...] = ()
    """Names of the keys that the DKIM signatures were made with, as the domain name system knows them; unverified."""
    several_senders: bool = False
    """It has more than one From header, and mail programs differ in which of them they show."""
    broken: bool = False
    """Something among the headers is none, so that those behind it were not read."""
    reports_inside: bool = False
    """A part of it says that it is a mail system's report."""
    letters_inside: bool = False
    """It may bring one of our letters back, within what is looked through."""
    meeting: bool = False
    """It is an invitation to a meeting or the answer to one (iTIP, RFC 5546), and carries nothing else."""

    @property
    def reply_address(self) -> str | None:
        """Give the address for answers: the sender's, or its Reply-To within the same domain."""
        if self.sender and self.reply_to and domain_of(self.reply_to) == domain_of(self.sender):
            return self.reply_to
        return self.sender

    def first(self, name: str) -> str | None:
        """Give the first value of a kept header (lower-case name); None where it is absent."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[str]:
        """List every value of a kept header (lower-case name), the topmost first."""
        return (value for header, value in self.headers if header == name)


def read_envelope(raw: bytes) -> Envelope:
    """Read a message's headers; never raises, and takes no more than the first `MOST_BYTES`."""
    try:
        whole = in_octets(raw)
        headers, broken = _headers(whole)
        return _envelope(headers, _look_inside(whole), broken=broken)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; the message is archived and shown all the same
        faults.is_ours(error, libraries=("email",))
        return Envelope()


@dataclass(frozen=True, slots=True)
class _Inside:
    """What the parts of a message say of it, as `Envelope` has it."""

    reports: bool
    letters: bool
    meeting: bool


def _look_inside(raw: bytes) -> _Inside:
    """Look through the first `MOST_BYTES`, once."""
    head = raw[:MOST_BYTES]
    ends = [match.end() for match in _TELLING.finditer(head)]
    places = (0, *(end - len(_TYPE) + 1 for end in ends))
    return _Inside(
        reports=any(_REPORT_INSIDE.match(head, place) for place in places),
        letters=any(head.endswith(_OUR_MARK, 0, end) for end in ends) or _has_coded_message(head, places),
        meeting=len(raw) <= MOST_BYTES and _is_meeting(head, places),
    )


def _has_coded_message(head: bytes, places: Iterable[int]) -> bool:
    """A message that is attached encoded may be a letter of ours; what it is, is known when it has been read."""
    return any(_MESSAGE.match(head, place) for place in places) and any(
        _CODED.search(block) is not None for block in _BLANK.split(head) if _MESSAGE.search(block) is not None
    )


def _is_meeting(head: bytes, places: Iterable[int]) -> bool:
    """Only where the whole can be looked through: what may carry a document is never passed over."""
    return any(_CALENDAR.match(head, place) for place in places) and _MORE_THAN_CALENDAR.search(head) is None


def _headers(raw: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Split raw headers into (name, value) pairs; tell whether other lines stand among them.

    Values keep their folding, and undecodable bytes as surrogates.
    """
    head = without_lead(raw[:MOST_BYTES])
    end = _END_OF_HEADERS.search(head)
    if end and _PLAIN_HEADERS.fullmatch(head, 0, end.end()):
        return _plain_headers(head[: end.end()].decode("ascii"))[:MOST_HEADERS], False
    parsed = BytesHeaderParser(policy=compat32).parsebytes(head[: end.end()] if end else head)
    broken = any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in parsed.defects)
    if end and head.startswith(b"\r\r\n", end.end() - 2):  # a converter's line end, which reads as the headers' end
        broken = True
    return [(name.lower(), value) for name, value in parsed.raw_items()][:MOST_HEADERS], broken


def _plain_headers(head: str) -> list[tuple[str, str]]:
    """Split headers that nothing is wrong with, as the standard library's parser does after many times the work."""
    lines = ([f"{line}\n" for line in match[0].split("\n")[:-1]] for match in _PLAIN_HEADER.finditer(head))
    return [(name.lower(), value) for name, value in map(compat32.header_source_parse, lines)]


def _envelope(headers: list[tuple[str, str]], inside: _Inside, *, broken: bool) -> Envelope:
    first: dict[str, str] = {}
    for name, value in headers:
        first.setdefault(name, value)
    if not _FAMILIAR & first.keys():
        return Envelope(letters_inside=inside.letters)
    from_raw = first.get("from", "")
    return Envelope(
        parsed=True,
        subject=_shortened(readable(first.get("subject", "")), LONGEST_SUBJECT),
        from_header=_shortened(readable(from_raw), LONGEST_VALUE),
        sender=first_address(from_raw),
        reply_to=first_address(first.get("reply-to", "")),
        message_id=_own_id(first.get("message-id", "")),
        in_reply_to=_own_id(first.get("in-reply-to", "")),
        references=_bounded(_ids(first.get("references", ""))),
        received=_received(first.get("received", "")),
        headers=tuple(_telling(headers))[:MOST_KEPT],
        authentication_results=tuple(_stamps(headers))[:MOST_STAMPS],
        dkim_keys=tuple(dict.fromkeys(_dkim_keys(headers)))[:MOST_KEYS],
        several_senders=sum(name == "from" for name, _ in headers) > 1,
        broken=broken,
        reports_inside=inside.reports,
        letters_inside=inside.letters,
        meeting=inside.meeting,
    )


def _telling(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name in _KEPT or name.startswith(_KEPT_PREFIXES):
            yield name, on_one_line(value[:LONGEST_VALUE])


def _stamps(headers: list[tuple[str, str]]) -> Iterator[AuthenticationResult]:
    """Pair each Authentication-Results header with the Received header below it, which names its writer."""
    waiting: list[str] = []
    for name, value in headers:
        if name == "authentication-results" and len(waiting) < MOST_STAMPS:
            waiting.append(on_one_line(value[:LONGEST_STAMP]))
        elif name == "received" and waiting:
            by = _BY.search(value[:LONGEST_STAMP])
            yield from (AuthenticationResult(text, by[1].lower() if by else "") for text in waiting)
            waiting.clear()
    yield from (AuthenticationResult(text, "") for text in waiting)


def _dkim_keys(headers: list[tuple[str, str]]) -> Iterator[str]:
    for name, value in headers:
        if name != "dkim-signature":
            continue
        tags = dict(tag.split("=", 1) for tag in "".join(value[:LONGEST_STAMP].split()).split(";") if "=" in tag)
        key = f"{tags.get('s', '')}._domainkey.{tags.get('d', '')}".lower()
        if _KEY_NAME.fullmatch(key):
            yield key


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _ids(value: str) -> list[str]:
    return _ID.findall(value)


def _bounded(references: list[str]) -> tuple[str, ...]:
    """Shorten References to the thread's start and end where it is too long."""
    half = MOST_REFERENCES // 2
    return tuple(references if len(references) <= MOST_REFERENCES else references[:half] + references[-half:])


def _own_id(value: str) -> str | None:
    """Give the first Message-ID, with angle brackets added where they are missing."""
    ids = _ids(value)
    if ids:
        return ids[0]
    bare = value.strip()
    return f"<{bare}>" if _BARE_ID.match(bare) else None


_PLACE_UNSAID = re.compile(r"-0000\b")
"""Of a date: in UTC, without a word on where the clock stood (RFC 5322, 3.3)."""


def _received(value: str) -> datetime | None:
    _, semicolon, date = value.rpartition(";")
    if not semicolon:
        return None
    try:
        moment = parsedate_to_datetime(date.strip()[:100])
        if moment.tzinfo is None:
            if not _PLACE_UNSAID.search(date):  # a zone by a name that no RFC knows, as BST: an hour off, or six
                return None
            moment = moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)  # the first and last days of the calendar cannot be moved between zones
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; neither makes a date
        faults.is_ours(error, (ValueError, OverflowError), ("email",))
        return None
    return moment
