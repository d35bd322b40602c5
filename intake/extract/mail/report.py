"""Finds in a message what a mail system reports about one of our letters (RFC 3464), or older systems' like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice

from intake import faults
from intake.domain.bounce import LONGEST_SAID, Bounce, Fate, fate_of, our_ids_in, our_tags_in, without_comments
from intake.domain.header_text import readable
from intake.domain.subject import says_automatic, says_unread
from intake.extract.mail.lexed import ENCODED, decoded, encoding_of, is_message

MOST_PARTS = 50
MOST_TEXT = 64 * 1024
_PLAIN_STATUS = "message/delivery-status"
_STATUS = frozenset({_PLAIN_STATUS, "message/global-delivery-status"})
_READING = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_UNREAD = {"deleted": Fate.FAILED, "failed": Fate.FAILED, "denied": Fate.FAILED, "displayed": Fate.DELIVERED}
"""What RFC 8098 (3.2.6), and RFC 2298 before it, says became of a letter that had arrived."""
_RETURNED = frozenset({"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"})
_RECIPIENT_HEADERS = ("to", "delivered-to", "x-original-to")
_FAILED = re.compile(
    r"undeliver|returned mail|delivery (?:has )?fail|failure notice|delivery status notification \(failure\)",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(r"[45]\.4\.7\b")
"""Delivery time expired (RFC 3463, 3.5)."""
_DESERTED = re.compile(
    r"[^.!?\n]*\b(?:(?:has|have) left (?:the |our |this )?(?:company|organi[sz]ation|business|firm)"
    r"|no longer (?:works?|working|with|employed|part of|in use|monitored|active|valid|read|exists?|available at)"
    r"|(?:is|are) not (?:being )?(?:monitored|read by anyone)|nobody reads this"
    r"|(?:mailbox|address|account) (?:is|was|has been) (?:closed|disabled|deactivated|discontinued|retired))"
    r"\b[^.!?\n]*",
    re.IGNORECASE,
)
"""What an automatic answer says where its address has no reader any more."""
_CODE = re.compile(r"(?<![\d.])[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3}\b|\D)|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}\b")
_MESSAGE_ID = re.compile(r"^message-id:[^\S\n]*\n?([^\n]{1,300})", re.IGNORECASE | re.MULTILINE)
_HEADERS = re.compile(r"\s*(?:[!-9;-~]{1,70}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n)*){3}")
"""How a message begins that was put into a file."""
_ANSWERED = ("in-reply-to", "references")
_TYPED_ADDRESS = re.compile(r"\A\s*[\w-]+\s*;\s*")


def read_report(message: Message) -> Bounce | None:
    """Parse a delivery report; None where the message is none, or names neither our letter nor its recipient.

    Args:
        message: parsed under `compat32`; nothing in it makes this raise.
    """
    try:
        parts = list(islice(_outside(message), MOST_PARTS))
        blocks = [block for part in parts if _type(part) in _STATUS for block in _blocks(part)]
        named = dict.fromkeys((*_returned_ids(parts), *_tags(message, blocks)))
        if blocks:
            return _standard(blocks, tuple(named) or _answered(message))
        return (
            _of_reading(parts, tuple(named))
            or _by_its_words(message, parts, tuple(named))
            or _of_a_deserted_address(message, parts)
        )
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours; it is automatic mail all the same
        faults.is_ours(error, libraries=("email",))
        return None


def has_report(message: Message) -> bool:
    """Tell whether a message is a mail system's report, or says in its subject that a letter came back."""
    outside = islice(_outside(message), MOST_PARTS)
    failed = message["x-failed-recipients"] is not None or _FAILED.search(readable(str(message["subject"] or "")))
    return bool(failed) or any(_type(part) in _STATUS | _READING for part in outside)


def _outside(message: Message) -> Iterator[Message]:
    """Walk the message and its parts in order, without the parts of a returned message."""
    stack = [message]
    while stack:
        part = stack.pop()
        yield part
        if not _is_returned(part) and _type(part) not in _STATUS:
            stack.extend(reversed(children(part)))


def _type(part: Message) -> str:
    return part.get_content_type()


def _is_returned(part: Message) -> bool:
    return _type(part) in _RETURNED or is_message(_type(part))


def _blocks(part: Message) -> list[Message]:
    """The report's groups of fields: the first is about the message, each other about a recipient.

    The library parts them in a plain report alone; an internationalised one (RFC 6533) may be encoded, too.
    """
    if part.get_content_type() == _PLAIN_STATUS and encoding_of(part) not in ENCODED:
        return [block for block in children(part)[:MOST_PARTS] if block.keys()]
    text = decoded(b"".join(child.as_bytes() for child in children(part)), encoding_of(part)) or _payload(part)
    groups = re.split(rb"\r?\n[ \t]*\r?\n", text[:MOST_TEXT].lstrip())[:MOST_PARTS]
    return [block for group in groups if (block := message_from_bytes(group)).keys()]


def _standard(blocks: list[Message], named: tuple[str, ...]) -> Bounce | None:
    recipients = [block for block in blocks if block["action"] is not None]
    fate = fate_of(_action(block) for block in recipients)
    if fate is None:
        return None
    about = next(block for block in recipients if fate_of([_action(block)]) is fate)
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


def _action(block: Message) -> str:
    """The action that a group states; OpenSMTPD calls a letter delayed that it has given up, and tries no more."""
    action = without_comments(str(block["action"]))
    given_up = _GIVEN_UP.match(_field(block, "status")) and block["will-retry-until"] is None
    return Fate.FAILED if action.casefold() == Fate.DELAYED and given_up else action


def _field(block: Message, name: str) -> str:
    """A field without its comments; what another server said is told to the letter."""
    value = readable(str(block[name] or ""))
    value = value if name == "diagnostic-code" else without_comments(value)
    return _TYPED_ADDRESS.sub("", value)[:LONGEST_SAID]


def _returned_ids(parts: list[Message]) -> Iterator[str]:
    """Find the Message-ID of the letter that the report returns, whole or by its headers, as a file of any type too."""
    for part in parts:
        for inner in children(part)[:1] if _is_returned(part) else ():
            yield from our_ids_in(str(inner["message-id"] or ""))
        if not part.is_multipart() and (_is_returned(part) or part.get_filename()):
            text = _text(part)
            headers = _MESSAGE_ID.findall(text) if _is_returned(part) or _HEADERS.match(text) else []
            yield from (our_id for header in headers[:1] for our_id in our_ids_in(header))


def _tags(message: Message, blocks: list[Message]) -> Iterator[str]:
    """Find our letter's id in the envelope identifier and in the address that the report came to."""
    for block in blocks:
        yield from our_tags_in(str(block["original-envelope-id"] or "")[:1_000])
    for header in _RECIPIENT_HEADERS:
        yield from our_tags_in(str(message[header] or "")[:1_000])


def _of_reading(parts: list[Message], named: tuple[str, ...]) -> Bounce | None:
    """What a mail program reports of a letter that had arrived (RFC 8098)."""
    for part in parts:
        for fields in children(part)[:1] if _type(part) in _READING else ():
            stated = without_comments(str(fields["disposition"] or "")).partition(";")[2]
            disposition = re.split(r"[/,\s]", stated.strip().casefold(), maxsplit=1)[0]
            ids = dict.fromkeys((*our_ids_in(str(fields["original-message-id"] or "")), *named))
            recipient = _field(fields, "original-recipient") or _field(fields, "final-recipient")
            fate = _UNREAD.get(disposition)
            if fate is not None and (ids or recipient):
                stated_text = "" if fate is Fate.DELIVERED else f"the recipient's mail program reports: {disposition}"
                return Bounce(fate, tuple(ids), recipient, said=stated_text)
    return None


def _by_its_words(message: Message, parts: list[Message], named: tuple[str, ...]) -> Bounce | None:
    """A report without the standard's fields counts as a failure where it says so, or brings one of our letters back.

    A list or a filter that refuses a letter may send it back without any mark; whoever answers a letter names it among
    those that the mail answers.
    """
    subject = readable(str(message["subject"] or ""))
    failed = message["x-failed-recipients"] is not None or _FAILED.search(subject)
    answered = _answered(message)
    back = tuple(our_id for our_id in named if our_id not in answered)
    if not failed and not back:
        return None
    texts = [_text(part) for part in parts if _type(part) in {"text/plain", "text/html"}]
    quoted = dict.fromkeys((*named, *(our_id for text in texts for our_id in our_ids_in(text)))) if failed else back
    recipient = readable(str(message["x-failed-recipients"] or ""))[:LONGEST_SAID]
    stated_text = next(filter(None, map(_reason, texts)), subject)[:LONGEST_SAID]
    return Bounce(Fate.FAILED, tuple(quoted), recipient, said=stated_text) if quoted or recipient else None


def _of_a_deserted_address(message: Message, parts: list[Message]) -> Bounce | None:
    """An automatic answer that says that nobody reads this address any more: the letter has reached no reader."""
    if not (says_automatic(readable(str(message["subject"] or ""))) or message["auto-submitted"] is not None):
        return None
    answered = _answered(message)
    texts = (_text(part) for part in parts if _type(part) in {"text/plain", "text/html"})
    why = next((" ".join(match[0].split()) for text in texts if (match := _DESERTED.search(text))), None)
    if why is None and says_unread(readable(str(message["subject"] or ""))):
        why = "the recipient's mail program reports: deleted"
    return None if why is None or not answered else Bounce(Fate.FAILED, answered, said=why[:LONGEST_SAID])


def _answered(message: Message) -> tuple[str, ...]:
    """Our letters that the message says it answers."""
    return our_ids_in(" ".join(str(message[header] or "")[:MOST_TEXT] for header in _ANSWERED))


def _reason(text: str) -> str:
    """The line of a plain notice that says why, by the mail server's own code (RFC 5321, 4.2)."""
    line = next((line for line in text.splitlines() if _CODE.search(line)), "")
    return " ".join(line.split())


def children(part: Message) -> list[Message]:
    """List the parts within a part."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    return _payload(part)[:MOST_TEXT].decode("utf-8", "replace")
