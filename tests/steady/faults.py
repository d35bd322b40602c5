"""What must be true of a place after days of mail: all received once, all answered as due, nothing stumbled."""

from __future__ import annotations

import email
import hashlib
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from steady.place import Place
from steady.traffic import Posted

from intake.archive.folder import FolderArchive
from intake.domain.submission import State
from intake.store import events
from intake.store.engine import Store, Transaction
from intake.store.schema import message, outbox, sighting

_ENDED = {State.IN_REVIEW, State.FILED}
_HOSTILE = {"hostile", "mutated"}
_ALARMS = ("Traceback", '"stumbled"', '"batch_stumbled"', '"step_failed"', '"vanished"', '"loop_silent"')


def faults_of(place: Place) -> Iterator[str]:
    """Compare what was posted with what is recorded, kept and sent; the daemon must have ended."""
    store = Store(f"sqlite:///{place.folder}/var/cpl-intake.db").open()
    with store.reading() as tx:
        yield from _messages(place, tx)
        yield from _letters(place, tx)
        fault = events.first_fault(tx)
        yield from [f"ledger: {fault}"] if fault else []
    store.close()
    assert place.process is not None
    if place.process.returncode != 0:
        yield f"the daemon ended with {place.process.returncode}: {place.log[-2000:]}"
    for alarm in _ALARMS:
        if alarm in place.log:
            yield f"{place.log.count(alarm)} times in the log: {next(x for x in place.log.splitlines() if alarm in x)}"


def _messages(place: Place, tx: Transaction) -> Iterator[str]:
    posted = {_sha256(item): item for item in place.posted}
    rows = {row.raw_sha256: row for row in tx.execute(select(message))}
    yield from (f"lost: {item.kind} {item.number}" for sha256, item in posted.items() if sha256 not in rows)
    yield from (f"came from nowhere: {sha256}" for sha256 in rows.keys() - posted.keys())
    seen = Counter(tx.scalars(select(sighting.c.uid).where(sighting.c.state == "received")))
    if len(seen) != len(place.posted) or set(seen.values()) - {1}:
        yield f"{len(place.posted)} messages posted, {len(seen)} sightings received"
    told = Counter(event.message for event in events.chain(tx) if event.name == "received")
    yield from (f"received {times} times: message {number}" for number, times in told.items() if times > 1)
    kept = FolderArchive(place.folder / "var" / "evidence").open()
    for sha256, item in posted.items():
        row = rows.get(sha256)
        ends = _ENDED | ({State.QUARANTINED} if item.kind in _HOSTILE else set())
        if row is not None and row.state not in ends:
            yield f"{item.kind} {item.number} ended as {row.state}"
        if row is not None and kept.get(sha256) != item.raw:
            yield f"{item.kind} {item.number} is not kept as it was"


def _letters(place: Place, tx: Transaction) -> Iterator[str]:
    """Each that is due was written once and sent once, before its deadline; nobody else got one."""
    joined = select(outbox, message.c.raw_sha256, message.c.acknowledge_due).join(
        message, outbox.c.message == message.c.id
    )
    rows = {row.message_id: row for row in tx.execute(joined)}
    files = (place.folder / "sent").glob("*.eml")
    sent = Counter(str(email.message_from_bytes(file.read_bytes())["Message-ID"]) for file in files)
    came_back = {item.reports_on for item in place.posted if item.reports_on}
    posted = {_sha256(item): item for item in place.posted}.values()
    for item in posted:
        row, times = rows.pop(item.letter, None), sent.pop(item.letter, 0)
        if item.answered is None:
            continue
        if (row is not None, times) != (item.answered, int(item.answered)):
            yield f"{item.kind} {item.number}: {times} letters, due {int(item.answered)}"
        elif row is not None and row.state != ("bounced" if item.letter in came_back else "sent"):
            yield f"{item.kind} {item.number}: its letter is {row.state}"
        elif row is not None and row.sent_at > row.acknowledge_due:
            yield f"{item.kind} {item.number}: answered late"
    yield from (f"a letter that nobody is owed: {identity}" for identity in rows.keys() | sent.keys())


def _sha256(item: Posted) -> str:
    return hashlib.sha256(item.raw).hexdigest()
