"""A mailbox at the make-believe Exchange on one's own premises."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from peers.asgi import served
from peers.ews_server import PASSWORD, Ews, ExchangeServer
from peers.exchange import Exchange
from peers.faults import Fault
from peers.peers import free_port

from intake.mailbox.ews import CheckEwsMailbox, EwsMailbox
from intake.mailbox.ews_account import EwsAccount

AnyEwsMailbox = TypeVar("AnyEwsMailbox", bound=EwsMailbox)


@dataclass(frozen=True)
class EwsRunning:
    server: ExchangeServer
    port: int


@dataclass
class EwsPlace:
    ews: Ews
    port: int
    opened: list[EwsMailbox] = field(default_factory=list)
    LISTS: ClassVar = "SyncFolderItems"
    BODIES: ClassVar = "GetItem"
    DELETES: ClassVar = "DeleteItem"

    @property
    def exchange(self) -> Exchange:
        return self.ews.exchange

    @property
    def faults(self) -> list[Fault]:
        return self.ews.faults

    def count(self, operation: str) -> int:
        return self.ews.count(operation)

    def expire(self) -> None:
        self.ews.expire()

    def mailbox(self, folder: str = "INBOX", **other: Any) -> EwsMailbox:  # noqa: ANN401  # arguments of the account
        return self._opened(EwsMailbox(self._account(**other), folder))

    def for_checks(self) -> CheckEwsMailbox:
        return self._opened(CheckEwsMailbox(self._account()))

    def _account(self, **other: Any) -> EwsAccount:  # noqa: ANN401  # likewise
        known = {
            "endpoint": f"http://127.0.0.1:{self.port}/EWS/Exchange.asmx",
            "address": self.exchange.user,
            "user": self.ews.user,
            "password": PASSWORD,
            "auth": "basic",
        }
        return EwsAccount("m", **(known | other))

    def _opened(self, mailbox: AnyEwsMailbox) -> AnyEwsMailbox:
        self.opened.append(mailbox)
        return mailbox

    def nowhere(self) -> EwsMailbox:
        return self.mailbox(endpoint=f"http://127.0.0.1:{free_port()}/EWS/Exchange.asmx")

    def put(self, raw: bytes) -> None:
        self.exchange.put(raw)

    def take_away(self, uid: str) -> None:
        self.exchange.remove(uid.replace("+", "-").replace("/", "_"))

    def scan(self) -> object:
        return [vars(item).copy() for item in self.exchange.items.values()], len(self.exchange.changes)

    def close(self) -> None:
        for mailbox in self.opened:
            mailbox.close()


@contextmanager
def ews_server() -> Iterator[EwsRunning]:
    """A running server without mailboxes."""
    server = ExchangeServer()
    with served(server) as port:
        yield EwsRunning(server, port)


@contextmanager
def ews_place(running: EwsRunning) -> Iterator[EwsPlace]:
    """An empty mailbox of its own at a running server."""
    unique = uuid.uuid4().hex
    ews = Ews(Exchange(f"{unique}@example.test"), user=f"EXAMPLE\\{unique}")
    running.server.mailboxes[ews.exchange.user] = ews
    place = EwsPlace(ews, running.port)
    try:
        yield place
    finally:
        place.close()
