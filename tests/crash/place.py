"""A place with mail in it, processes that die there, and what must be true of it whatever has happened."""

from __future__ import annotations

import email
import hashlib
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from crash.nursery import BROKEN
from helpers import a_submission, mail
from programs import environment
from sqlalchemy import select

from intake.archive.folder import FolderArchive
from intake.domain.letter import message_id
from intake.domain.submission import State
from intake.store import events, submissions
from intake.store.engine import Store, Transaction
from intake.store.schema import message, outbox, sighting

DOMAIN = "example.test"
KILLED = -9
_ONCE = ("received", "acknowledgement_queued", "extracted", "examined", "review_opened", "returned")
"""What may happen to one message once only."""


@dataclass
class Posted:
    """A message as it was put into the mailbox."""

    raw: bytes
    answered: bool
    """Whether an acknowledgement is due."""
    unaddressed: bool = False
    """It is to be answered, but nobody knows where to; its letter is held for a person."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


def a_mail(number: int, draw: random.Random) -> Posted:
    """One of the kinds of mail that go different ways."""
    kind = draw.choices(("submission", "form alone", "other", "automatic", "empty"), (6, 2, 2, 1, 1))[0]
    if kind == "submission":
        return Posted(a_submission(serial=number), answered=True)
    if kind == "form alone":  # acknowledged when the form has been found
        return Posted(a_submission(serial=number, subject="Documents as discussed"), answered=True)
    if kind == "automatic":
        return Posted(mail(f"CPL submission {number}", headers={"Auto-Submitted": "auto-replied"}), answered=False)
    if kind == "empty":
        return Posted(b"\0" * (number + 1), answered=False, unaddressed=True)
    return Posted(mail(f"Lunch {number}"), answered=False)


@dataclass
class Place:
    """A folder with a configuration, a mailbox and a store that may be elsewhere."""

    folder: Path
    url: str
    lease_seconds: int = 30
    own_volume: bool = False
    """Evidence is written as on a volume of its own, whole batches at once."""
    posted: list[Posted] = field(default_factory=list)
    _nursery: subprocess.Popen[str] | None = None

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def make(self) -> Place:
        """Write the configuration."""
        (self.folder / "mail").mkdir(parents=True)
        self.config.write_text(
            '[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n'
            f'[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <secas@{DOMAIN}>"\n'
            f"[evidence]\nown_volume = {str(self.own_volume).lower()}\n"
            f'[store]\nurl = "{self.url}"\nlease_seconds = {self.lease_seconds}\n'
            "[acknowledgement]\nper_sender_per_day = 1000000\nbreaker_per_hour = 1000000\n"
        )
        return self

    @contextmanager
    def open(self) -> Iterator[Place]:
        """Make it, and start the nursery."""
        self.make()
        command = [sys.executable, "-m", "crash.nursery", str(self.config)]
        pipe = subprocess.PIPE
        self._nursery = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environment()
        )
        with self._nursery:
            yield self
            assert self._nursery.stdin is not None
            self._nursery.stdin.close()

    def live(self, **wish: object) -> int:
        """Run a process to its end or its death; gives its exit code, or minus the signal that ended it."""
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(wish) + "\n")
        self._nursery.stdin.flush()
        status = json.loads(self._nursery.stdout.readline())["status"]
        assert isinstance(status, int)
        assert status != BROKEN
        return status

    def post(self, item: Posted) -> None:
        """Put a message into the mailbox."""
        number = len(self.posted)
        self.posted.append(item)
        (self.folder / "mail" / f"{number}.part").write_bytes(item.raw)
        (self.folder / "mail" / f"{number}.part").rename(self.folder / "mail" / f"{number}.eml")

    def store(self) -> Store:
        """The store, as this process sees it."""
        url = self.url if "://" in self.url and not self.url.startswith("sqlite") else ""
        return Store(url or f"sqlite:///{self.folder}/{self.url.removeprefix('sqlite:///')}").open()

    def waiting(self) -> list[int]:
        """The numbers of the submissions that a person may return."""
        store = self.store()
        with store.reading() as tx:
            query = select(message.c.id).where(message.c.state == State.IN_REVIEW, message.c.reply_address.is_not(None))
            numbers = list(tx.scalars(query.order_by(message.c.id)))
        store.close()
        return numbers


@dataclass
class Faults:
    """What went wrong; empty where nothing did."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    second_ids: list[str] = field(default_factory=list)
    """Letters that exist under two Message-IDs."""
    other: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.second_ids or self.other)

    def __str__(self) -> str:
        return (
            f"lost {len(self.lost)}, doubled {len(self.doubled)}, letters with a second Message-ID "
            f"{len(self.second_ids)}, other faults {len(self.other)}"
        )


def faults_of(place: Place) -> Faults:
    """Compare what was posted with what is kept, what has happened and what was sent."""
    faults = Faults()
    store = place.store()
    with store.reading() as tx:
        _messages(place, tx, faults)
        _happenings(tx, faults)
        _letters(place, tx, faults)
        fault = events.first_fault(tx)
        faults.other += [f"ledger: {fault}"] if fault else []
        named = submissions.evidence_named(tx)
    store.close()
    kept = FolderArchive(place.folder / "var" / "evidence").open()
    faults.lost += [
        f"evidence {sha256}" for _, sha256 in named if hashlib.sha256(kept.get(sha256)).hexdigest() != sha256
    ]
    return faults


def _messages(place: Place, tx: Transaction, faults: Faults) -> None:
    known = Counter(tx.scalars(select(message.c.raw_sha256)))
    posted = {item.sha256 for item in place.posted}
    faults.lost += sorted(posted - known.keys())
    faults.doubled += [sha256 for sha256, times in known.items() if times > 1]
    faults.other += [f"came from nowhere: {sha256}" for sha256 in known.keys() - posted]
    seen = Counter(tx.scalars(select(sighting.c.uid)))
    faults.lost += [f"sighting of {n}.eml" for n in range(len(place.posted)) if f"{n}.eml" not in seen]
    faults.doubled += [f"sighting of {uid}" for uid, times in seen.items() if times > 1]
    ended = {State.IN_REVIEW, State.FILED, State.RETURNED}
    for row in tx.execute(select(message.c.id, message.c.state, message.c.lease_owner)):
        if row.state not in ended or row.lease_owner:
            faults.other.append(f"message {row.id} is {row.state}, held by {row.lease_owner}")


def _happenings(tx: Transaction, faults: Faults) -> None:
    told = Counter((event.message, event.name) for event in events.chain(tx) if event.name in _ONCE)
    faults.doubled += [f"{name} of message {number}" for (number, name), times in told.items() if times > 1]
    sent = Counter(event.detail["message_id"] for event in events.chain(tx) if event.name == "letter_sent")
    faults.doubled += [f"letter_sent of {identity}" for identity, times in sent.items() if times > 1]


def _letters(place: Place, tx: Transaction, faults: Faults) -> None:
    every = tx.execute(select(outbox.c.message, outbox.c.kind, outbox.c.message_id, outbox.c.state)).all()
    unaddressed = {message_id("ack", item.sha256, DOMAIN) for item in place.posted if item.unaddressed}
    rows = [row for row in every if row.message_id not in unaddressed]
    held = {row.message_id for row in every if row.state == "held"}
    faults.lost += [f"held letter {identity}" for identity in unaddressed ^ held]
    faults.second_ids += [
        f"{key}" for key, times in Counter((row.message, row.kind) for row in rows).items() if times > 1
    ]
    faults.other += [f"letter {row.message_id} is {row.state}" for row in rows if row.state != "sent"]
    files = (place.folder / "sent").glob("*.eml")
    sent = {str(email.message_from_bytes(file.read_bytes())["Message-ID"]) for file in files}
    queued = {row.message_id for row in rows}
    faults.second_ids += [f"sent, but unknown: {identity}" for identity in sent - queued]
    due = {message_id("ack", item.sha256, DOMAIN) for item in place.posted if item.answered}
    faults.lost += [f"letter {identity}" for identity in (queued | due) - sent]
    acknowledgements = {row.message_id for row in rows if row.kind == "acknowledgement"}
    faults.second_ids += [f"not the one due: {identity}" for identity in acknowledgements - due]
    returned = set(tx.scalars(select(message.c.id).where(message.c.state == State.RETURNED)))
    answered = {row.message for row in rows if row.kind == "return"}
    faults.lost += [f"return letter of message {number}" for number in returned ^ answered]
