"""The mailboxes that every test here may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from peers.dovecot import NO_DOVECOT, Dovecot, dovecot, has_dovecot
from peers.ews_places import EwsRunning, ews_place, ews_server
from peers.graph_places import GraphTenant, graph_place, graph_tenant
from peers.imap_servers import Server, pymap
from peers.peers import require
from peers.places import FolderPlace, ImapPlace, MaildirPlace, Place, imap_place

PLACES: dict[str, Callable[[Path], Place]] = {"folder": FolderPlace, "maildir": MaildirPlace}


@pytest.fixture(scope="session")
def pymap_server() -> Iterator[Server]:
    with pymap() as server:
        yield server


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    require(has_dovecot(), NO_DOVECOT)
    with dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def graph() -> Iterator[GraphTenant]:
    with graph_tenant() as running:
        yield running


@pytest.fixture(scope="session")
def ews() -> Iterator[EwsRunning]:
    with ews_server() as running:
        yield running


@pytest.fixture(params=["pymap", "dovecot"])
def imap(request: pytest.FixtureRequest) -> Iterator[ImapPlace]:
    server: Server = request.getfixturevalue(f"{request.param}_server")
    with imap_place(server) as place:
        yield place


@pytest.fixture(params=["folder", "maildir", "pymap", "dovecot", "graph", "ews"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param in PLACES:
        yield PLACES[request.param](tmp_path)
        return
    if request.param == "graph":
        with graph_place(request.getfixturevalue("graph")) as at_graph:
            yield at_graph
        return
    if request.param == "ews":
        with ews_place(request.getfixturevalue("ews")) as at_exchange:
            yield at_exchange
        return
    server: Server = request.getfixturevalue(f"{request.param}_server")
    with imap_place(server) as imap:
        yield imap
