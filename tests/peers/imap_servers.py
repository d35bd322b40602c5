"""A real IMAP server that can little, as Exchange: pymap. Dovecot, which can much, has a file of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imapclient import IMAPClient
from peers.peers import end, free_port, wait_until_it_answers

PASSWORD = "secret"


@dataclass(frozen=True)
class Server:
    """Where a running server answers; at Dovecot every user exists, at pymap only this one."""

    name: str
    port: int
    user: str = "shared@example.test"
    password: str = PASSWORD
    tls_port: int = 0
    """Where it speaks TLS from the first byte, for `localhost` by the certificate of `authority`."""
    authority: Path | None = None

    @contextmanager
    def session(self, user: str = "") -> Iterator[Any]:
        """A client of our own, to put mail in and to look at what the code under test has done."""
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20) as client:
            client.login(user or self.user, self.password)
            yield client


@contextmanager
def pymap() -> Iterator[Server]:
    """A pymap that keeps its mail in memory.

    It keeps no reference to the task of a connection, and from Python 3.13 on asyncio keeps none for it either: the
    collector of garbage takes a session that waits for its client, and the client hears the line being closed.
    """
    server = Server("pymap", free_port())
    program = "import gc; gc.disable(); from pymap.main import main; main()"
    command = [sys.executable, "-c", program, "--host", "127.0.0.1"]
    command += ["--port", str(server.port), "--no-service", "admin", "--no-tls"]
    command += ["dict", "--demo-user", server.user, "--demo-password", server.password]
    with tempfile.TemporaryDirectory(prefix="pymap-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            wait_until_it_answers(server.port, process, log)
            yield server
        finally:
            end(process)
