"""A real Dovecot, which can be killed, frozen, restarted and made to number its mail anew."""

from __future__ import annotations

import base64
import grp
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from peers.certificates import self_signed
from peers.imap_servers import Server
from peers.peers import end, free_port, wait_until_it_answers

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
NO_DOVECOT = "no Dovecot 2.3 is installed (Debian 12: apt-get install dovecot-imapd)"
SECOND_PASSWORD = "gehe\N{LATIN SMALL LETTER I WITH DIAERESIS}m"
"""Dovecot takes this one too."""
TOKEN_KEY = b"thirty-two bytes that two peers share"
"""With it our identity provider signs access tokens (JWT, HS256), and Dovecot checks them by itself."""
ISSUER = "https://login.example.test"


def has_dovecot() -> bool:
    """Whether there is a Dovecot whose configuration we can write; 2.4 has changed its language."""
    if DOVECOT is None:
        return False
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True, check=True)
    return version.stdout.startswith("2.3.")


def _owner() -> pwd.struct_passwd:
    """The plain user who runs the tests, or nobody where that is root, whom Dovecot refuses."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


@dataclass(frozen=True)
class Dovecot(Server):
    """Every user exists, with either password or a token."""

    folder: Path = Path()
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Begin, or begin again with the mail that is there."""
        assert DOVECOT, NO_DOVECOT
        owner = _owner()
        drop = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        command = [DOVECOT, "-F", "-c", str(self.folder / "dovecot.conf")]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **drop)  # type: ignore[call-overload]  # who to become, where there is somebody else
        self.running.append(process)
        wait_until_it_answers(self.port, process, self.folder / "dovecot.log")

    def stop(self) -> None:
        """End, taking every connection along."""
        self.signal_sessions(signal.SIGKILL)  # a frozen one would never hear that it is over
        while self.running:
            end(self.running.pop())

    def signal_sessions(self, number: signal.Signals) -> int:
        """Send a signal to the process behind every open mailbox; gives how many there were."""
        sessions = list(self._sessions())
        for session in sessions:
            with suppress(ProcessLookupError):
                os.kill(session, number)
        return len(sessions)

    def _sessions(self) -> Iterator[int]:
        masters = {str(process.pid) for process in self.running}
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                name, _, rest = status.read_text().partition("(")[2].rpartition(")")
                if name == "imap" and rest.split()[1] in masters:
                    yield int(status.parent.name)

    def maildir(self, user: str) -> Path:
        """Where a user's mail lies."""
        return self.folder / "mail" / user

    def deliver(self, user: str, messages: Iterable[bytes], arrived_at: datetime | None = None) -> None:
        """Put many messages in, faster than any protocol would, and arrived when one likes: APPEND takes no future."""
        box, owner = self.maildir(user), _owner()
        for part in (box, box / "cur", box / "new", box / "tmp"):
            part.mkdir(exist_ok=True)
            os.chown(part, owner.pw_uid, owner.pw_gid)
        begun = sum(1 for part in ("cur", "new") for _ in (box / part).iterdir())
        for number, raw in enumerate(messages, start=begun):
            file = box / "tmp" / f"{1_700_000_000 + number}.M{number}P1.host"
            file.write_bytes(raw)
            os.chown(file, owner.pw_uid, owner.pw_gid)
            if arrived_at is not None:
                os.utime(file, (arrived_at.timestamp(), arrived_at.timestamp()))
            file.rename(box / "new" / file.name)

    def number_anew(self, user: str) -> None:
        """Forget every UID, as a server does whose index was lost.

        Dovecot's UIDVALIDITY is the second in which it was given: within the same second it would be the old one.
        """
        self.signal_sessions(signal.SIGKILL)
        validity = int(
            (self.maildir(user) / "dovecot-uidlist").read_text("utf-8").split(maxsplit=2)[1].removeprefix("V")
        )
        while time.time() < validity + 1:
            time.sleep(0.05)
        for index in self.maildir(user).glob("dovecot*"):
            index.unlink()


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot with an empty store of its own."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    authority = folder / "certificate.pem"
    server = Dovecot("dovecot", free_port(), tls_port=free_port(), authority=authority, folder=folder)
    try:
        self_signed(authority, folder / "key.pem")
        for part in ("run", "state", "mail", "keys/default/HS256"):
            (folder / part).mkdir(parents=True)
        group = grp.getgrgid(owner.pw_gid).gr_name
        values = {"folder": folder, "server": server, "second": SECOND_PASSWORD, "owner": owner, "group": group}
        (folder / "dovecot.conf").write_text(_CONFIG.format(**values))
        (folder / "oauth2.conf").write_text(_OAUTH.format(folder=folder, issuer=ISSUER))
        (folder / "keys/default/HS256/default").write_bytes(base64.b64encode(TOKEN_KEY))
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


_OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = email
username_format = %u
issuers = {issuer}
"""

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
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
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
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
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
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
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
