"""The daemon over a mailbox at Dovecot: mail is put in, connections break, and it is looked at from outside."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from peers.dovecot import Dovecot
from peers.peers import end, free_port
from peers.proxy import Wire
from processes import Footprint, footprint
from programs import environment
from steady.pace import Pace
from steady.traffic import Posted

from intake.domain.letter import message_id

DOMAIN = "example.test"
USER = f"secas@{DOMAIN}"
_BOUND_SECONDS = 300
_LOOK_SECONDS = 0.2
_SCRAPE_SECONDS = 0.4
_PROBES = ("metrics", "healthz", "readyz")
_OWED = (
    "SELECT (SELECT count(*) FROM message WHERE state IN ('received', 'extracted')), "
    "(SELECT count(*) FROM outbox WHERE state = 'queued'), (SELECT count(*) FROM message)"
)


@dataclass
class Place:
    """A folder with a configuration, a server, and the process."""

    folder: Path
    server: Dovecot
    wire: Wire
    """Between the daemon and the server."""
    lists: str
    """Where revocation lists are served: ``host:port``."""
    pace: Pace
    posted: list[Posted] = field(default_factory=list)
    metrics_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    turns: dict[str, int] = field(default_factory=dict)
    """How often each of the daemon's loops waited, and so had its turn; known once it has ended."""

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    @contextmanager
    def open(self) -> Iterator[Place]:
        """Start the daemon; ended by the signal that ends it in service."""
        self.server.deliver(USER, [])
        (self.folder / "secret").write_text(self.server.password)
        config = self.folder / "config.toml"
        config.write_text(
            f'[[mailbox]]\nname = "steady"\nkind = "imap"\nhost = "127.0.0.1"\nport = {self.wire.port}\ntls = false\n'
            f'user = "{USER}"\npassword_file = "secret"\n'
            f'[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <{USER}>"\n'
            f'[trust]\nreach = ["{self.lists}"]\n[metrics]\nport = {self.metrics_port}\n[log]\nformat = "json"\n'
        )
        moment = [self.pace.start.isoformat(), repr(self.pace.begun), repr(self.pace.factor)]
        command = [sys.executable, "-m", "steady.hasty", str(config), *moment]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, env=environment())
        try:
            yield self
        finally:
            end(self.process)
        with suppress(OSError):
            self.turns = json.loads((self.folder / "turns.json").read_text())

    def post(self, item: Posted, at: datetime) -> None:
        """Put a message into the mailbox, arrived at the simulated moment; known from now on as the server gives it."""
        self.server.deliver(USER, [item.raw], at)
        with self.server.session(USER) as client:
            client.select_folder("INBOX", readonly=True)
            uid = max(client.search(["ALL"]))
            raw = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        sha256 = hashlib.sha256(raw).hexdigest()
        self.posted.append(replace(item, raw=raw, letter=message_id("ack", sha256, DOMAIN)))

    def break_connection(self, octets: int) -> None:
        """Break the connection when the server has answered so many octets more; at once for 0."""
        if octets:
            self.wire.cut_after(octets)
        else:
            self.wire.cut()

    def restart_server(self) -> None:
        """As for maintenance: each session ends what it does. A killed one's lock would last for minutes, real ones."""
        while self.server.running:
            end(self.server.running.pop())
        self.server.start()

    def wait_until(self, moment: datetime) -> None:
        """Until it is so late; watched meanwhile as Prometheus and a load balancer would."""
        while (seconds := self.pace.until(moment)) > 0:
            self._probe()
            time.sleep(min(seconds, _SCRAPE_SECONDS))

    def _probe(self) -> None:
        for page in _PROBES:
            with suppress(urllib.error.URLError, OSError):  # not up yet; whether it lives is seen elsewhere
                urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/{page}", timeout=10).read()

    def settled(self) -> bool:
        """Wait until all that was posted is received, read, judged and answered; False where that is not to be."""
        assert self.process is not None
        over = time.monotonic() + _BOUND_SECONDS
        wanted = len({item.raw for item in self.posted})
        while time.monotonic() < over and self.process.poll() is None:
            with suppress(sqlite3.Error), closing(sqlite3.connect(self.folder / "var" / "cpl-intake.db")) as store:
                if store.execute(_OWED).fetchone() == (0, 0, wanted):
                    return True
            time.sleep(_LOOK_SECONDS)
        return False

    def footprint(self, seconds: float) -> Footprint:
        """What the daemon takes, with its children, over some seconds."""
        assert self.process is not None
        return footprint(self.process.pid, seconds)
