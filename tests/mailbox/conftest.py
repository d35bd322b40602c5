"""The mailboxes that every test here may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from peers.dovecot import NO_DOVECOT, Dovecot, dovecot, has_dovecot
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


@pytest.fixture(params=["pymap", "dovecot"])
def imap(request: pytest.FixtureRequest) -> Iterator[ImapPlace]:
    server: Server = request.getfixturevalue(f"{request.param}_server")
    with imap_place(server) as place:
        yield place


@pytest.fixture(params=["folder", "maildir", "pymap", "dovecot"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param in PLACES:
        yield PLACES[request.param](tmp_path)
        return
    server: Server = request.getfixturevalue(f"{request.param}_server")
    with imap_place(server) as imap:
        yield imap
