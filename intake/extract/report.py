"""Finds in a message what a mail system reports about one of our letters (RFC 3464), or older systems' like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from intake import faults
from intake.domain.bounce import LONGEST_SAID, Bounce, Fate, fate_of, our_ids_in, our_tags_in
from intake.domain.header_text import readable

MOST_PARTS = 50
MOST_TEXT = 64 * 1024
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"})
_RECIPIENT_HEADERS = ("to", "delivered-to", "x-original-to")
_FAILED = re.compile(
    r"undeliver|returned mail|delivery (?:has )?fail|failure notice|delivery status notification \(failure\)",
    re.IGNORECASE,
)
_TYPED_ADDRESS = re.compile(r"\A\s*[\w-]+\s*;\s*")


def read_report(message: Message) -> Bounce | None:
    """The report that this message is; None where it is none, or neither names a letter of ours nor whom it was for.

    Args:
        message: parsed under `compat32`; nothing in it makes this raise.
    """
    try:
        parts = list(islice(_outside(message), MOST_PARTS))
        blocks = [block for part in parts if _type(part) in _STATUS for block in _blocks(part)]
        named = dict.fromkeys((*_returned_ids(parts), *_tags(message, blocks)))
        if blocks:
            return _standard(blocks, tuple(named))
        return _by_its_words(message, parts, tuple(named))
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; it is automatic mail all the same
        faults.is_ours(error, libraries=("email",))
        return None


def _outside(message: Message) -> Iterator[Message]:
    """The message and its parts, in order; what lies within a returned message is that message's."""
    stack = [message]
    while stack:
        part = stack.pop()
        yield part
        if _type(part) not in _RETURNED | _STATUS:
            stack.extend(reversed(children(part)))


def _type(part: Message) -> str:
    return part.get_content_type()


def _blocks(part: Message) -> list[Message]:
    """The report's groups of fields: the first is about the message, each other about a recipient."""
    return [block for block in children(part)[:MOST_PARTS] if block.keys()]


def _standard(blocks: list[Message], named: tuple[str, ...]) -> Bounce | None:
    recipients = [block for block in blocks if block["action"] is not None]
    fate = fate_of(str(block["action"]) for block in recipients)
    if fate is None:
        return None
    about = next(block for block in recipients if fate_of([str(block["action"])]) is fate)
    recipient = _field(about, "original-recipient") or _field(about, "final-recipient")
    if not (named or recipient):
        return None
    return Bounce(
        fate,
        named,
        recipient=recipient,
        status=_field(about, "status").partition(" ")[0],
        said=_field(about, "diagnostic-code"),
    )


def _field(block: Message, name: str) -> str:
    return _TYPED_ADDRESS.sub("", readable(str(block[name] or "")))[:LONGEST_SAID]


def _returned_ids(parts: list[Message]) -> Iterator[str]:
    """The Message-ID of the letter that the report brings back, whole or its headers."""
    for part in parts:
        if _type(part) not in _RETURNED:
            continue
        for inner in children(part)[:1]:
            yield from our_ids_in(str(inner["message-id"] or ""))
        if not part.is_multipart():
            headers = re.findall(r"^message-id:[^\S\n]*\n?([^\n]{1,300})", _text(part), re.IGNORECASE | re.MULTILINE)
            yield from (each for header in headers[:1] for each in our_ids_in(header))


def _tags(message: Message, blocks: list[Message]) -> Iterator[str]:
    """Our names for the letter in the envelope identifier, and in the address that the report came to."""
    for block in blocks:
        yield from our_tags_in(str(block["original-envelope-id"] or "")[:1_000])
    for header in _RECIPIENT_HEADERS:
        yield from our_tags_in(str(message[header] or "")[:1_000])


def _by_its_words(message: Message, parts: list[Message], named: tuple[str, ...]) -> Bounce | None:
    """A report without the standard's fields counts as a failure where it says so and quotes our Message-ID."""
    failed = message["x-failed-recipients"] is not None or _FAILED.search(readable(str(message["subject"] or "")))
    if not failed:
        return None
    texts = (_text(part) for part in parts if _type(part) in {"text/plain", "text/html"})
    quoted = dict.fromkeys((*named, *(each for text in texts for each in our_ids_in(text))))
    recipient = readable(str(message["x-failed-recipients"] or ""))[:LONGEST_SAID]
    return Bounce(Fate.FAILED, tuple(quoted), recipient) if quoted or recipient else None


def children(part: Message) -> list[Message]:
    """The parts within a part."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload[:MOST_TEXT].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
