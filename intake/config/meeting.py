"""Mailboxes that meet: what lies in both is taken in twice, or deleted by the one before the other has seen it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from intake.config.mailboxes import FolderMailboxConfig, MailboxConfig
from intake.config.outgoing import FolderOutgoingConfig

if TYPE_CHECKING:
    from intake.config.whole import Config


def meetings(config: Config) -> Iterator[str]:
    """Tell which mailboxes lie in the same place or one within the other, and which hold our own letters."""
    for mailbox, other in combinations(config.mailbox, 2):
        if _meet(config, mailbox, other):
            yield f"the mailboxes {mailbox.name!r} and {other.name!r} lie in the same place, or one within the other"
    if isinstance(config.outgoing, FolderOutgoingConfig):
        sent = config.path(config.outgoing.path)
        for mailbox in config.mailbox:
            if isinstance(mailbox, FolderMailboxConfig) and _within(sent, config.path(mailbox.path)):
                yield f"[outgoing] path lies within mailbox {mailbox.name!r}, which would take in our own letters"


def _meet(config: Config, mailbox: MailboxConfig, other: MailboxConfig) -> bool:
    if isinstance(mailbox, FolderMailboxConfig) and isinstance(other, FolderMailboxConfig):
        paths = config.path(mailbox.path), config.path(other.path)
        return _within(*paths) or _within(*reversed(paths))
    return type(mailbox) is type(other) and mailbox.place == other.place


def _within(inner: Path, outer: Path) -> bool:
    """Tell whether a folder is looked through with another; what lies under a name with a dot before it is not."""
    inner, outer = inner.resolve(), outer.resolve()
    return inner.is_relative_to(outer) and not any(part.startswith(".") for part in inner.relative_to(outer).parts)
