"""Mails to a check mailbox, all at once, and a daemon that is killed again and again while it answers them.

By hand: ``cd tests && python -m crash.checks --mails 200 --kills 10 --box dovecot``. Every mail must be answered once.
"""

# ruff: noqa: T201  # printing figures is what it is for

from __future__ import annotations

import argparse
import email
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers import mail
from peers.dovecot import Dovecot, dovecot
from programs import arguments, cpl_intake, environment

from intake.store import events
from intake.store.engine import Store

STAMP = b"Authentication-Results: mx.example.test; dmarc=pass header.from=ashdown.example\r\n"
USER = "check@example.test"
_SHORTEST, _LONGEST = 1.0, 4.0
"""Seconds that a daemon lives; it takes about one to begin."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What became of the mails."""

    kills: int
    answered: int
    """As the ledger says."""
    letters: int
    twice: int
    """Letters that bear another's Message-ID, or answer a mail that another has answered."""
    left: int
    """Mails that lie in the mailbox still."""
    ended: bool
    """The last life had nothing left to do."""

    def faults(self, mails: int) -> list[str]:
        """Say what must not be."""
        right = {"answered": mails, "letters": mails, "twice": 0, "left": 0, "ended": True}
        return [f"{name}: {getattr(self, name)}, not {wanted}" for name, wanted in right.items()
                if getattr(self, name) != wanted]  # fmt: skip


def configured(folder: Path, checks: str) -> Path:
    """Write a configuration whose check mailbox is the one described; gives it."""
    (folder / "mail").mkdir()
    (folder / "checks").mkdir()
    (folder / "secret").write_text("secret")
    config = folder / "config.toml"
    config.write_text(
        '[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n'
        f'[[mailbox]]\nname = "checks"\npurpose = "check"\n{checks}\n'
        '[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <secas@example.test>"\n'
        '[authentication]\ntrusted_servers = ["mx.example.test"]\n'
        "[check]\nper_sender_per_day = 1000\nanswers_per_hour = 1000\n"
    )
    return config


def at(server: Dovecot, folder: Path) -> str:
    """What the configuration says of the check mailbox at a Dovecot."""
    (folder / "password").write_text(server.password)
    return (
        f'kind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\ntls = false\nuser = "{USER}"\n'
        'password_file = "password"'
    )


def questions(mails: int) -> Iterator[bytes]:
    """Mails that ask for a check, each of other bytes."""
    for number in range(mails):
        yield STAMP + mail(f"Number {number}?", documents={"notes.txt": b"x" * (number + 1)})


def answered_while_killed(folder: Path, config: Path, kills: int, seed: int) -> Toll:
    """Let so many daemons die over the mails that lie there, and the last one end.

    Args:
        folder: of the configuration, with the mails in its mailbox.
        config: the configuration.
        kills: how many are killed.
        seed: of the moments at which they are.
    """
    draw, killed = random.Random(seed), 0
    for _ in range(kills):
        process = subprocess.Popen(
            arguments("run", "--config", config), stderr=subprocess.DEVNULL, env=environment(), cwd=folder
        )
        try:
            process.wait(draw.uniform(_SHORTEST, _LONGEST))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    done = cpl_intake("run", "--once", "--config", config)
    letters = [email.message_from_bytes(path.read_bytes()) for path in (folder / "sent").glob("check.*.eml")]
    identities = {(str(letter["Message-ID"]), str(letter["In-Reply-To"])) for letter in letters}
    return Toll(
        kills=killed,
        answered=happened(folder, "check_answered"),
        letters=len(letters),
        twice=2 * len(letters) - len({a for a, _ in identities}) - len({b for _, b in identities}),
        left=len(list((folder / "checks").iterdir())),
        ended=done.code == 0,
    )


def happened(folder: Path, name: str) -> int:
    """How often the ledger tells of this; its chain must be whole."""
    store = Store(f"sqlite:///{folder}/var/cpl-intake.db").open()
    with store.reading() as tx:
        every = [event.name for event in events.chain(tx)]
        assert events.first_fault(tx) is None
    store.close()
    return every.count(name)


def lie_in(server: Dovecot) -> int:
    """How many mails lie in the check mailbox there."""
    box = server.maildir(USER)
    return sum(len(list((box / part).iterdir())) for part in ("cur", "new"))


def main() -> int:
    """1 where a mail was not answered, or twice."""
    parser = argparse.ArgumentParser(prog="python -m crash.checks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mails", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--box", choices=("folder", "dovecot"), default="folder")
    wanted = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="checks-") as name:
        folder = Path(name)
        if wanted.box == "folder":
            config = configured(folder, 'kind = "folder"\npath = "checks"')
            for number, raw in enumerate(questions(wanted.mails)):
                (folder / "checks" / f"{number:04}.eml").write_bytes(raw)
            toll, lie = answered_while_killed(folder, config, wanted.kills, wanted.seed), 0
        else:
            with dovecot() as server:
                config = configured(folder, at(server, folder))
                server.deliver(USER, list(questions(wanted.mails)))
                toll = answered_while_killed(folder, config, wanted.kills, wanted.seed)
                lie = lie_in(server)
    faults = toll.faults(wanted.mails) + ([f"{lie} lie there still"] if lie else [])
    seconds = time.monotonic() - started
    print(
        f"{wanted.box}: {wanted.mails} mails at once, {toll.kills} kills, {toll.answered} answered in {seconds:.0f} s"
    )
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
