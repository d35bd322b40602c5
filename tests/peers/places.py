"""Mailboxes of every kind, each with the means to put mail in behind the back of the code under test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from peers.imap_servers import Server
from peers.peers import free_port

from intake.mailbox.base import Mailbox
from intake.mailbox.folder import FolderMailbox
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_marks import NO_MARK
from intake.mailbox.imap_session import Account
from intake.mailbox.maildir import MaildirMailbox

ARRIVED = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


class Place(Protocol):
    """Where mail lies."""

    def mailbox(self) -> Mailbox: ...
    def nowhere(self) -> Mailbox:
        """A mailbox of the same kind where there is none."""
        ...

    def put(self, raw: bytes) -> None: ...
    def take_away(self, uid: str) -> None: ...
    def scan(self) -> object:
        """All that a poll must leave as it is."""
        ...


@dataclass
class FolderPlace:
    path: Path
    count: int = 0

    def mailbox(self) -> Mailbox:
        return FolderMailbox("m", self.path)

    def nowhere(self) -> Mailbox:
        return FolderMailbox("m", self.path / "nowhere")

    def put(self, raw: bytes) -> None:
        folder = self.path / f"week {self.count % 2}"
        folder.mkdir(exist_ok=True)
        write(folder / f"{1000 - self.count}.eml", raw, self.count)
        self.count += 1

    def take_away(self, uid: str) -> None:
        (self.path / uid).unlink()

    def scan(self) -> object:
        return files_of(self.path)


@dataclass
class MaildirPlace:
    path: Path
    count: int = 0

    def __post_init__(self) -> None:
        for part in ("new", "cur", "tmp"):
            (self.path / part).mkdir()

    def mailbox(self) -> Mailbox:
        return MaildirMailbox("m", self.path)

    def nowhere(self) -> Mailbox:
        return MaildirMailbox("m", self.path / "nowhere")

    def put(self, raw: bytes) -> None:
        name = f"{1000 - self.count}.M1P2.host"
        write(self.path / ("cur" if self.count % 2 else "new") / (name + ":2,S" * (self.count % 2)), raw, self.count)
        self.count += 1

    def take_away(self, uid: str) -> None:
        next(self.path.glob(f"*/{uid}*")).unlink()

    def scan(self) -> object:
        return files_of(self.path)


@dataclass
class ImapPlace:
    server: Server
    folder: str = "INBOX"
    user: str = ""
    opened: list[Mailbox] = field(default_factory=list)
    kept: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def client(self) -> Any:  # noqa: ANN401  # an untyped library
        """Our own eyes and hands at the server."""
        return self.kept.enter_context(self.server.session(self.user))

    def close(self) -> None:
        for mailbox in self.opened:
            mailbox.close()
        self.kept.close()

    def mailbox(self, port: int = 0, **other: Any) -> ImapMailbox:  # noqa: ANN401  # arguments of the mailbox
        arguments: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": port or self.server.port,
            "tls": False,
            "user": self.user or self.server.user,
            "password": self.server.password,
        }
        folder, marks = other.pop("folder", self.folder), other.pop("marks", NO_MARK)
        mailbox = ImapMailbox(Account("m", **(arguments | other)), folder, marks)
        self.opened.append(mailbox)
        return mailbox

    def nowhere(self) -> Mailbox:
        return self.mailbox(port=free_port())

    def put(self, raw: bytes) -> None:
        self.client.append(self.folder, raw, msg_time=ARRIVED)

    def take_away(self, uid: str) -> None:
        self.client.select_folder(self.folder)
        self.client.delete_messages([int(uid)])
        self.client.expunge()
        self.client.close_folder()

    def scan(self) -> object:
        self.client.select_folder(self.folder, readonly=True)
        uids = self.client.search(["ALL"])
        flags = self.client.fetch(uids, ["FLAGS"]) if uids else {}
        return {uid: set(flags[uid][b"FLAGS"]) - {b"\\Recent"} for uid in uids}


def write(path: Path, raw: bytes, minute: int) -> None:
    path.write_bytes(raw)
    moment = ARRIVED.timestamp() + 60 * minute
    os.utime(path, (moment, moment))


def files_of(path: Path) -> object:
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in path.rglob("*") if file.is_file()}


@contextmanager
def imap_place(server: Server) -> Iterator[ImapPlace]:
    """An empty folder of its own at a running server."""
    unique = uuid.uuid4().hex
    place = (
        ImapPlace(server, folder=unique) if server.name == "pymap" else ImapPlace(server, user=f"{unique}@example.test")
    )
    try:
        if place.folder != "INBOX":
            place.client.create_folder(place.folder)
        yield place
    finally:
        place.close()
