"""What a mail system reports about one of our letters.

A delivery status notification (RFC 3464), or what older systems write in its place.
A report is a claim like any mail. It counts only where it names a letter that we have sent; one that says merely that
somebody cannot be reached is put to the latest letter to them. Either brings a person, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SAID = 500
MOST_NAMED = 20
_LOCAL_PART = r"[a-z][a-z-]{0,30}\.[0-9a-f]{32}"
_OUR_ID = re.compile(rf"<({_LOCAL_PART})@([A-Za-z0-9.-]{{1,253}})>")
_OUR_TAG = re.compile(rf"(?<![\w.-])({_LOCAL_PART})(?=[@>\s]|\Z)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_DEEPEST = 5
_XTEXT = re.compile(r"\+([0-9A-F]{2})")


class Fate(StrEnum):
    """What became of a letter, in RFC 3464's words (section 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    """It is still being tried."""
    DELIVERED = "delivered"
    RELAYED = "relayed"
    """To a system that reports nothing."""
    EXPANDED = "expanded"
    """To a list of recipients."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about a letter."""

    fate: Fate
    named: tuple[str, ...]
    """What may be one of our Message-IDs, each without its domain, e.g. ``ack.0f…``; the surest first."""
    recipient: str = ""
    status: str = ""
    """E.g. ``5.1.1``."""
    said: str = ""
    """What the other mail server said, on one line."""

    @property
    def reason(self) -> str:
        """Describe the reason in one line for a person."""
        told = " ".join(part for part in (self.status, self.said) if part) or "no reason is given"
        return f"{self.recipient}: {told}" if self.recipient else told


def fate_of(actions: Iterable[str]) -> Fate | None:
    """Give the gravest action that a report states; None where it states no known one."""
    stated = {without_comments(action).casefold() for action in actions}
    return next((fate for fate in Fate if fate in stated), None)


def without_comments(value: str) -> str:
    """Strip the comments from a structured field's value; RFC 3464 allows them in every field (2.1.1)."""
    for _ in range(_DEEPEST):  # comments may lie within comments (RFC 5322, 3.2.2)
        value, changed = _COMMENT.subn(" ", value)
        if not changed:
            break
    return " ".join(value.split())


def our_ids_in(text: str) -> tuple[str, ...]:
    """List the local parts of all Message-IDs in the text that have the shape of ours."""
    return tuple(dict.fromkeys(match[1] for match in _OUR_ID.finditer(text)))[:MOST_NAMED]


def our_tags_in(text: str) -> tuple[str, ...]:
    """List our Message-IDs' local parts found in an envelope identifier (`ENVID`) or a bounce address."""
    plain = _XTEXT.sub(lambda match: chr(int(match[1], 16)), text)
    return tuple(dict.fromkeys(match[1].lower() for match in _OUR_TAG.finditer(plain)))[:MOST_NAMED]


def bounce_address(template: str, message_id: str) -> str:
    """Give a letter's envelope sender: the configured one, its `{id}` replaced by the Message-ID's local part.

    `<>` is the empty one, to which nothing ever comes back.
    """
    return "" if template == "<>" else template.replace("{id}", message_id.strip("<>").partition("@")[0])
