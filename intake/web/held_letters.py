"""What the queue says of letters that wait for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from intake.domain.version_letter import version_of
from intake.store.outbox import HeldGroup


@dataclass(frozen=True, slots=True)
class HeldLetters:
    """Letters that are let go together, or each on the page of what it is about."""

    reason: str
    count: int
    newest: int
    about: str = ""
    address: str = ""
    """Of the page where each is read and let go; empty where all are sent at once."""


def told(groups: Iterable[HeldGroup]) -> list[HeldLetters]:
    """Give what the queue tells: whatever no row of it, and no page of notices, brings before a person.

    One letter about a message is told by the message's row, and a notice about a certificate on its own page.
    """
    lines: list[HeldLetters] = []
    for group in groups:
        version = version_of(group.entry)
        if version:
            address = f"/list/versions/{quote(version, safe='')}#letters"
            lines.append(HeldLetters(group.reason, group.count, group.newest, group.entry or "", address))
        elif group.entry is None and group.count > 1:
            lines.append(HeldLetters(group.reason, group.count, group.newest))
    return lines
