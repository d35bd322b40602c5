"""A check mailbox for tests: a folder, what answers it, and what stays of it in the store."""

from __future__ import annotations

import dataclasses
import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event

import msgspec
from sqlalchemy import func, select

from intake.config import AuthenticationConfig, CheckConfig, Config, FolderMailboxConfig
from intake.mailbox.base import Letter, Mailbox
from intake.mailbox.folder import CheckFolderMailbox
from intake.pipeline.checks.check_mail import answer_checks
from intake.pipeline.services import Services
from intake.store import events

SERVER = "mx.example.test"


class Sent:
    """A postman who keeps what he is given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.trouble: Exception | None = None

    def send(self, letter: Letter) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.letters.append(letter)

    def close(self) -> None:
        """Nothing is open."""

    @property
    def read(self) -> list[EmailMessage]:
        return [email.message_from_bytes(letter.content, policy=default) for letter in self.letters]


def stamped(raw: bytes, result: str = "pass", domain: str = "ashdown.example") -> bytes:
    """As our own server passes it on."""
    return f"Authentication-Results: {SERVER}; dmarc={result} header.from={domain}\r\n".encode() + raw


class Desk:
    """A check mailbox that is a folder, and all that belongs to it."""

    def __init__(self, services: Services, folder: Path) -> None:
        self.folder = folder / "checks"
        self.folder.mkdir()
        self.services = services
        self.postman = Sent()
        self.mailbox: Mailbox = CheckFolderMailbox("checks", self.folder)
        self.set()

    def set(self, **keys: object) -> None:
        config: Config = msgspec.structs.replace(
            self.services.config,
            mailbox=(*self.services.config.mailbox[:1], FolderMailboxConfig(name="checks", path="c", purpose="check")),
            authentication=AuthenticationConfig(trusted_servers=(SERVER,)),
            check=msgspec.convert({"address": "check@example.test", **keys}, CheckConfig),
        )
        self.services = dataclasses.replace(self.services, config=config)

    def post(self, *raws: bytes) -> None:
        before = len(list(self.folder.iterdir()))
        for number, raw in enumerate(raws, start=before):
            (self.folder / f"{number:04}.eml").write_bytes(raw)

    def run(self) -> list[EmailMessage]:
        already = len(self.postman.letters)
        answer_checks(self.services, self.mailbox, self.postman, Event())
        return self.postman.read[already:]

    @property
    def left(self) -> int:
        return len(list(self.folder.iterdir()))

    def events(self) -> list[tuple[str, dict[str, object]]]:
        with self.services.store.reading() as tx:
            return [(each.name, dict(each.detail)) for each in events.chain(tx)]

    def count(self, table: object) -> int:
        with self.services.store.reading() as tx:
            return tx.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]  # a table
