"""Two real IMAP servers: pymap, which can little, as Exchange, and Dovecot, which can much."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imapclient import IMAPClient
from peers.certificates import self_signed
from peers.peers import end, free_port, wait_until_it_answers

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
NO_DOVECOT = "no Dovecot 2.3 is installed (Debian 12: apt-get install dovecot-imapd)"
PASSWORD = "secret"
SECOND_PASSWORD = "gehe\N{LATIN SMALL LETTER I WITH DIAERESIS}m"
"""Dovecot takes this one too."""


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


def has_dovecot() -> bool:
    """Whether there is a Dovecot whose configuration we can write; 2.4 has changed its language."""
    if DOVECOT is None:
        return False
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True, check=True)
    return version.stdout.startswith("2.3.")


@contextmanager
def pymap() -> Iterator[Server]:
    """A pymap that keeps its mail in memory."""
    server = Server("pymap", free_port())
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1"]
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


@contextmanager
def dovecot() -> Iterator[Server]:
    """A Dovecot of the plain user who runs the tests, or of nobody where that is root, whom Dovecot refuses."""
    assert DOVECOT, NO_DOVECOT
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Server("dovecot", free_port(), tls_port=free_port(), authority=folder / "certificate.pem")
    try:
        self_signed(folder / "certificate.pem", folder / "key.pem")
        for part in ("run", "state", "mail"):
            (folder / part).mkdir()
        config = folder / "dovecot.conf"
        group = grp.getgrgid(owner.pw_gid).gr_name
        config.write_text(
            _CONFIG.format(folder=folder, server=server, second=SECOND_PASSWORD, owner=owner, group=group),
        )
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        drop = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)], stderr=subprocess.DEVNULL, **drop)  # type: ignore[call-overload]
        try:
            wait_until_it_answers(server.port, process, folder / "dovecot.log")
            yield server
        finally:
            end(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {owner.pw_name}
default_internal_group = {group}
default_login_user = {owner.pw_name}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_uid = {owner.pw_uid}
mail_gid = {owner.pw_gid}
mail_max_userip_connections = 100
imap_hibernate_timeout = 0
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = static
  args = password={server.password}
}}
passdb {{
  driver = static
  args = password={second}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={folder}/mail/%u
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
    ssl = yes
  }}
}}
"""
