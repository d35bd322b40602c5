"""What lies at a make-believe Exchange, whichever protocol asks for it."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import make_msgid
from threading import RLock

ARRIVED = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
WELL_KNOWN = ("msgfolderroot", "inbox", "sentitems", "deleteditems", "archive", "drafts", "junkemail")
DISPLAY = {"inbox": "Inbox", "sentitems": "Sent Items", "deleteditems": "Deleted Items", "junkemail": "Junk Email"}


def written(user: str, subject: str, text: str, recipients: Sequence[str]) -> bytes:
    """A letter that was given field by field, as Exchange writes it."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = user, ", ".join(recipients), subject
    message["Message-ID"] = make_msgid(domain=user.partition("@")[2])
    message.set_content(text)
    return bytes(message)


def heading(raw: bytes, name: str) -> str:
    """A header of a message; empty where it has none."""
    return str(BytesHeaderParser(policy=SMTP).parsebytes(raw).get(name, ""))


@dataclass
class MailFolder:
    id: str
    name: str
    parent: str


@dataclass
class Item:
    immutable_id: str
    """Stays when the item is moved."""
    id: str
    """Changes then."""
    folder: str
    raw: bytes
    arrived: datetime


@dataclass(frozen=True)
class Change:
    folder: str
    immutable_id: str
    id: str
    """As it was in that folder."""
    here: bool


@dataclass
class Exchange:
    """One mailbox: folders, items, and all that ever happened to them in order."""

    user: str = "secas@example.test"
    folders: dict[str, MailFolder] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    comes_back: bool = False
    """Every letter that is sent arrives in the inbox, too."""
    lock: RLock = field(default_factory=RLock)
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        for name in WELL_KNOWN:
            self.folders[name] = MailFolder(name, DISPLAY.get(name, name.capitalize()), "msgfolderroot")

    def add_folder(self, name: str, parent: str = "msgfolderroot") -> str:
        folder = MailFolder(self._id("F", "="), name, parent)
        self.folders[folder.id] = folder
        return folder.id

    def put(self, raw: bytes, folder: str = "inbox", arrived: datetime | None = None) -> Item:
        with self.lock:
            moment = arrived or ARRIVED + timedelta(minutes=len(self.items))
            item = Item(self._id("I", "=="), self._id("D", "="), folder, raw, moment)
            self.items[item.immutable_id] = item
            self._note(item, here=True)
            return item

    def send(self, raw: bytes) -> None:
        """Take a letter: it is kept among the sent items, and comes back where that is asked for."""
        with self.lock:
            self.sent.append(raw)
            self.put(raw, "sentitems")
            if self.comes_back:
                self.put(raw, "inbox")

    def move(self, immutable_id: str, folder: str) -> None:
        with self.lock:
            item = self.items[immutable_id]
            self._note(item, here=False)
            item.folder, item.id = folder, self._id("D", "=")
            self._note(item, here=True)

    def touch(self, immutable_id: str) -> None:
        """Somebody reads it."""
        self._note(self.items[immutable_id], here=True)

    def remove(self, any_id: str) -> None:
        with self.lock:
            item = self.find(any_id)
            assert item is not None
            self._note(item, here=False)
            del self.items[item.immutable_id]

    def find(self, any_id: str) -> Item | None:
        with self.lock:
            return self.items.get(any_id) or next((item for item in self.items.values() if item.id == any_id), None)

    def within(self, folder: str) -> list[Item]:
        with self.lock:
            return [item for item in self.items.values() if item.folder == folder]

    def _note(self, item: Item, *, here: bool) -> None:
        self.changes.append(Change(item.folder, item.immutable_id, item.id, here))

    def _id(self, kind: str, ending: str) -> str:
        number = next(self.numbers)
        return base64.urlsafe_b64encode(f"{kind}~?~{number:028d}".encode()).decode().rstrip("=") + ending
