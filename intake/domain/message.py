"""A message as received, and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a message lies in a mailbox: its identity there, which is not its content's."""

    mailbox: str
    epoch: str
    """IMAP: UIDVALIDITY. Folder: size and modification time, so that a rewritten file is read again. Has no slash."""
    uid: str
    """IMAP: UID. Folder: the path relative to the mailbox's folder."""

    @property
    def key(self) -> str:
        """The uid and the epoch as one text: of a hundred thousand, texts are compared in a third of the time."""
        return f"{self.uid}/{self.epoch}"

    @classmethod
    def of_key(cls, mailbox: str, key: str) -> Sighting:
        """Make a sighting of its key."""
        uid, _, epoch = key.rpartition("/")
        return cls(mailbox, epoch, uid)


class MessageKind(StrEnum):
    """What a message is taken to be, by its subject and what it carries."""

    SUBMISSION = "submission"
    UPDATE = "update"
    UNCLEAR = "unclear"
    """It speaks of the list, or carries a New Entry workbook, without saying which."""
    OTHER = "other"
