"""Kills the notices at random moments: ``cd tests && python -m crash.notification --kills 200``.

Each process comes a day later than the one before, queues the notices that are due on that day, and sends what is
queued. Whenever one dies, every notice has one letter and one event, or neither; in the end each that was due has left
once, under one Message-ID.
"""

# ruff: noqa: T201  # printing figures is what it is for

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from crash.command import wanted
from crash.publication import Killer
from dateutil.relativedelta import relativedelta
from register.lines import a_version

from intake import bootstrap
from intake.cli.installation import opened
from intake.config import Config, from_table
from intake.pipeline.list.expiry import EXPIRY, standings, today
from intake.pipeline.list.listing import import_list
from intake.pipeline.list.notify import notify
from intake.pipeline.outgoing.deliver import deliver
from intake.pipeline.services import Services
from intake.register.expiry import NoticeState
from intake.register.published import ListFile
from intake.store import contacts, events, outbox
from intake.store.contacts import Contact
from rules.published import PUBLISHED, UPGRADE_PATH

A_DAY = 2
"""Certificates that end on each day."""


@dataclass
class Faults:
    """What was wrong after a kill."""

    half: list[str] = field(default_factory=list)
    """A letter without its event, or the other way round, or a sent file that is not the letter."""
    doubled: list[str] = field(default_factory=list)
    """A notice with two letters, or that was told twice."""
    lost: list[str] = field(default_factory=list)
    """A notice that was due and has no letter, or whose letter has not left."""
    before_the_end: int = 0
    """Letters that had left before the last process, which nobody kills."""

    def __str__(self) -> str:
        """On one line."""
        return f"half {len(self.half)}, doubled {len(self.doubled)}, lost {len(self.lost)}"

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.half or self.doubled or self.lost)


@contextmanager
def certificates_in(folder: Path, url: str, days: int) -> Iterator[Config]:
    """A list of its own, some certificates of which come to their notice on each of so many days from now on."""
    table = {
        "mailbox": [{"name": "post", "kind": "folder", "path": "mail"}],
        "outgoing": {"kind": "folder", "path": "sent", "from": "SECAS <secas@example.test>"},
        "store": {"url": url, "lease_seconds": 1},  # so that what a dead process held is soon free
    }
    (folder / "mail").mkdir(parents=True)
    config = from_table(table, folder / "config.toml")
    with opened(config) as services:
        first = today(services)
        ends = [first + timedelta(days=at) + relativedelta(months=12) for at in range(days) for _ in range(A_DAY)]
        entries = tuple(
            a_version(number, certificate=f"[E] NCSC-{number}", ends=f"{day:%d/%m/%Y}")
            for number, day in enumerate(ends, 1)
        )
        import_list(services, b"the list", ListFile(entries, (*PUBLISHED, UPGRADE_PATH), "2.051", "21-09-2022"))
        known = [Contact(entry.number, "Sam", "", f"maker{entry.number}@maker.example") for entry in entries]
        with services.store.transaction() as tx:
            contacts.put(tx, known, services.clock.now())
    yield config


def notify_once(services: Services, day: date) -> None:
    """Queue what is due on a day, and send what is queued."""
    notify(services, day=day)
    postman = bootstrap.postman(services.config)
    while deliver(services, postman, Event()):
        pass


def look(services: Services, day: date, faults: Faults) -> int:
    """Compare notices, letters, events and the folder; gives how many letters have left."""
    with services.store.reading() as tx:
        letters = outbox.of_kind(tx, EXPIRY)
        told = Counter(str(event.detail["message_id"]) for event in events.chain(tx) if event.name == "notice_written")
        stand = standings(services, tx, day)
    faults.doubled += [f"told {count} times: {own}" for own, count in told.items() if count > 1]
    about = Counter(letter.about for letter in letters)
    faults.doubled += [f"{count} letters: {of}" for of, count in about.items() if count > 1]
    faults.half += [f"letter or event alone: {own}" for own in {letter.message_id for letter in letters} ^ told.keys()]
    content = {letter.message_id.strip("<").partition("@")[0]: letter.content for letter in letters}
    sent = list((services.config.path("sent")).glob("*.eml"))
    faults.half += [file.name for file in sent if file.read_bytes() != content.get(file.stem)]
    faults.lost += [
        f"written and without its letter: {standing.notice.certificate}"
        for standing in stand
        if standing.letter is None and standing.notice.state in {NoticeState.QUEUED, NoticeState.SENT}
    ]
    return len(sent)


def finish(services: Services, day: date, faults: Faults) -> int:
    """Let the last day pass undisturbed; whatever was due until then must have left. Gives how many letters have."""
    for _ in range(20):
        notify_once(services, day)
        with services.store.reading() as tx:
            waiting = [letter for letter in outbox.of_kind(tx, EXPIRY) if letter.state == outbox.LetterState.QUEUED]
        if not waiting:
            break
        time.sleep(0.5)  # until the lease of a dead process is over
    with services.store.reading() as tx:
        stand = standings(services, tx, day)
    owed = [one for one in stand if today(services) <= one.notice.due <= day]
    faults.lost += [f"{one.notice.certificate}: {one.notice.state}" for one in owed if one.notice.state != "sent"]
    left = look(services, day, faults)
    if left != len(owed):
        faults.lost.append(f"{len(owed)} notices were due, {left} letters have left")
    return left


def campaign(config: Config, kills: int, draw: random.Random, tell_every: int = 0) -> tuple[int, Faults]:
    """Kill so many processes; gives how many letters left, and what was wrong."""
    faults, killer, attempt = Faults(), Killer(draw), 0
    with opened(config) as services:
        day = first = today(services)
    while killer.killed < kills:
        attempt += 1
        day = first + timedelta(days=attempt)
        died = killer.run(config, partial(notify_once, day=day))
        if died and (killer.killed % 5 == 0 or killer.killed == kills):
            with opened(config) as services:
                faults.before_the_end = look(services, day, faults)
        if tell_every and died and killer.killed % tell_every == 0:
            print(f"  {killer.killed} killed in {attempt} processes: {faults}", flush=True)
    with opened(config) as services:
        return finish(services, day, faults), faults


def main() -> int:
    """1 where anything was half, doubled or lost."""
    with (
        wanted(__doc__ or "", 20261130) as asked,
        certificates_in(asked.folder / "place", asked.url, 4 * asked.kills) as config,
    ):
        left, faults = campaign(config, asked.kills, random.Random(asked.seed), 50)
    print(
        f"{asked.store}: {asked.kills} kills, seed {asked.seed}, {left} letters left, "
        f"{faults.before_the_end} of them while processes were killed: {faults}"
    )
    for kind in ("half", "doubled", "lost"):
        for fault in getattr(faults, kind)[:20]:
            print(f"  {kind}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
