"""A mailbox at the make-believe Microsoft Graph."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar

from peers.asgi import served
from peers.exchange import Exchange
from peers.faults import Fault
from peers.graph_server import Graph, Tenant
from peers.peers import free_port

from intake.mailbox.base import Mailbox
from intake.mailbox.graph import CheckGraphMailbox, GraphMailbox
from intake.mailbox.graph_client import GraphClient
from intake.mailbox.graph_postman import GraphPostman


@dataclass
class HandTokens:
    """Tokens out of a hand; after the last one it goes on with that."""

    tokens: list[str] = field(default_factory=lambda: ["good token"])
    forgotten: int = 0

    def token(self) -> str:
        return self.tokens[0]

    def forget(self) -> None:
        self.forgotten += 1
        if len(self.tokens) > 1:
            del self.tokens[0]


@dataclass(frozen=True)
class GraphTenant:
    tenant: Tenant
    port: int


@dataclass
class GraphPlace:
    graph: Graph
    port: int
    opened: list[GraphClient] = field(default_factory=list)
    LISTS: ClassVar = "delta"
    BODIES: ClassVar = "$value"
    DELETES: ClassVar = "permanentDelete"

    @property
    def exchange(self) -> Exchange:
        return self.graph.exchange

    @property
    def faults(self) -> list[Fault]:
        return self.graph.faults

    def count(self, part: str) -> int:
        return self.graph.count(part)

    def expire(self) -> None:
        self.graph.expire()

    def client(self, *, port: int = 0, user: str = "", tokens: HandTokens | None = None) -> GraphClient:
        endpoint = f"http://127.0.0.1:{port or self.port}"
        user = user or self.exchange.user
        client = GraphClient("mailbox m", user=user, tokens=tokens or HandTokens(), endpoint=endpoint)
        self.opened.append(client)
        return client

    def mailbox(self, folder: str = "INBOX", *, client: GraphClient | None = None) -> GraphMailbox:
        return GraphMailbox("m", client or self.client(), folder=folder)

    def for_checks(self) -> CheckGraphMailbox:
        return CheckGraphMailbox("m", self.client())

    def postman(self) -> GraphPostman:
        return GraphPostman(self.client())

    def nowhere(self) -> Mailbox:
        return self.mailbox(client=self.client(port=free_port()))

    def put(self, raw: bytes) -> None:
        self.exchange.put(raw)

    def take_away(self, uid: str) -> None:
        self.exchange.remove(uid)

    def scan(self) -> object:
        return [vars(item).copy() for item in self.exchange.items.values()], len(self.exchange.changes)

    def close(self) -> None:
        for client in self.opened:
            client.close()


@contextmanager
def graph_tenant() -> Iterator[GraphTenant]:
    """A running server without mailboxes."""
    tenant = Tenant()
    with served(tenant) as port:
        yield GraphTenant(tenant, port)


@contextmanager
def graph_place(running: GraphTenant) -> Iterator[GraphPlace]:
    """An empty mailbox of its own at a running server."""
    graph = Graph(Exchange(f"{uuid.uuid4().hex}@example.test"))
    running.tenant.add(graph)
    place = GraphPlace(graph, running.port)
    try:
        yield place
    finally:
        place.close()
