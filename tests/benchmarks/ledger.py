"""The ledger: appends beside the chain alone, verification, checkpoints and proofs of a million events."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from benchmarks.spending import Spent, bounds, in_turn, medians, of_step, ratios
from helpers import FRIDAY, a_message, a_store_at
from sqlalchemy import text

from intake.archive.folder import FolderArchive
from intake.clock import iso
from intake.config import Config
from intake.domain.event import DomainEvent
from intake.domain.events import Approved, Examined, Extracted, Received, ReviewOpened
from intake.domain.message import MessageKind, Sighting
from intake.domain.store_events import CheckpointMade
from intake.ledger.checkpoint import Checkpoint, make
from intake.ledger.keys import SigningKey, new_private_key, read_private_key
from intake.pipeline.evidence.verify import look_through
from intake.pipeline.ledger import tree
from intake.pipeline.ledger.proof import prove
from intake.pipeline.services import Services
from intake.store import checkpoints, events, sightings, submissions
from intake.store.engine import Store, Transaction
from intake.store.events import NewEvent
from intake.store.submissions import Submission

_SPEED = {"wall": 0.85, "processor": 0.85}
"""Speeds that appends keep at least, of those of the chain alone."""
EACH = 5
"""Events of a message."""
_INSERT = text(
    "INSERT INTO event (seq, message, entry, at, name, actor, detail, digest)"
    " VALUES (:seq, :message, :entry, :at, :name, :actor, :detail, :digest)"
)


def figures(many: int = 1_000_000, some: int = 100_000) -> Iterator[str]:
    """Tell all of them."""
    yield from appends()
    for count, wanted in ((some, "3 s"), (many, "25 s, 300 MB")):
        with tempfile.TemporaryDirectory() as place:
            yield from of_a_ledger(Path(place), count, wanted, proofs=count == many)


def appends(rounds: int = 4) -> Iterator[str]:
    """In commits of one and of sixteen, each kind of store in turn, on the same disk."""
    with tempfile.TemporaryDirectory() as place:
        old = a_store_at(f"sqlite:///{place}/chain.db", "0008")
        old.dispose()
        chained, salted = (Store(f"sqlite:///{place}/{name}.db") for name in ("chain", "salted"))
        salted.open()
        chained._opened = chained._kind.engine(chained._address)  # noqa: SLF001  # without its migrations
        for batch, commits in ((1, 300), (16, 150)):
            pairs = in_turn(
                partial(_appended, chained, commits, batch, _chain_only),
                partial(_appended, salted, commits, batch, events.append_all),
                rounds,
            )
            speed, rate = ratios(pairs), batch * commits / medians([new for _, new in pairs]).wall
            yield f"appends in commits of {batch}: {rate:,.0f}/s, of the chain alone {bounds(speed, _SPEED)}"
        chained.close()
        salted.close()


def _appended(
    store: Store, commits: int, batch: int, append: Callable[[Transaction, list[NewEvent]], object], _run: int
) -> Spent:
    happened: DomainEvent = Approved(report_sha256="cd" * 32, reason="a reason of some words", letter="Dear all\n" * 20)
    new = [NewEvent(happened, FRIDAY, None, "ada", "000042")] * batch

    def commit_all() -> None:
        for _ in range(commits):
            with store.transaction() as tx:
                append(tx, new)

    return of_step(commit_all)


def _chain_only(tx: Transaction, new: list[NewEvent]) -> None:
    """Append as the release before did: a digest of the whole event, linked to the one before."""
    newest = tx.execute(text("SELECT seq, digest FROM event ORDER BY seq DESC LIMIT 1")).one_or_none()
    seq, digest = newest or (0, events.GENESIS)
    rows: list[dict[str, object]] = []
    for each in new:
        detail = each.event.detail
        whole = {"message": each.message, "entry": each.entry, "at": iso(each.at), "name": each.event.name}
        told = json.dumps(
            {**whole, "actor": each.actor, "detail": dict(detail)},
            sort_keys=True,
            ensure_ascii=True,
            separators=(",", ":"),
        )
        seq, content = seq + 1, hashlib.sha256(told.encode()).hexdigest()
        digest = hashlib.sha256(f"{digest}{content}".encode()).hexdigest()
        row = {"seq": seq, "detail": json.dumps(detail, sort_keys=True), "digest": digest, "actor": each.actor}
        rows.append({**whole, **row})
    tx.execute(_INSERT, rows)


def of_a_ledger(place: Path, count: int, wanted: str, *, proofs: bool) -> Iterator[str]:
    """Fill a store with this many events, and measure what is done with them."""
    url = f"sqlite:///{place}/store.db"
    store = Store(url).open()
    fill(store, count)
    key = read_private_key(new_private_key(), "secas.example/cpl")
    tree.catch_up(store)
    _record(store, key, count)
    measured = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger", url], capture_output=True, text=True, check=True
    )
    yield f"{count:,} events verified in {measured.stdout.strip()} (bounds {wanted})"
    if proofs:
        yield from _proofs(store, key, count)
    yield _proof_of_one(store, count)
    store.close()


def fill(store: Store, count: int) -> None:
    """Write messages with five events each."""
    per_commit = 1_000
    for start in range(0, count // EACH, per_commit):
        with store.transaction() as tx:
            new = [a_message(number) for number in range(start + 1, min(start + per_commit, count // EACH) + 1)]
            made = submissions.record(tx, new)
            places = {Sighting("post", "1", str(recorded.id)): recorded.id for recorded in made}
            sightings.receive(tx, places, {}, FRIDAY)
            events.append_all(tx, [event for recorded in made for event in _events(recorded)])
    with store.transaction() as tx:
        tx.execute(
            text(
                "UPDATE message SET state = 'in_review', outcome = 'ready', entries = 1,"
                " dossier_sha256 = raw_sha256, report_sha256 = raw_sha256"
            )
        )


def _events(of: Submission) -> Iterator[NewEvent]:
    sha256 = of.raw_sha256
    told: tuple[DomainEvent, ...] = (
        Received(
            raw_sha256=sha256,
            size=of.size,
            mailbox=of.mailbox,
            epoch="1",
            uid=str(of.id),
            kind=of.kind,
            automatic=None,
            record_sha256=of.record_sha256,
        ),
        Extracted(
            entries=1, trouble=None, dossier_sha256=sha256, kind=MessageKind.SUBMISSION, documents=4, filed=False
        ),
        Examined(report_sha256=sha256, outcome="ready", rulebook="1", rulebook_digest=sha256),
        ReviewOpened(),
        ReviewOpened(),
    )
    yield from (NewEvent(event, FRIDAY + timedelta(seconds=of.id), of.id) for event in told)


def _record(store: Store, key: SigningKey, size: int) -> None:
    with store.transaction() as tx:
        note = str(make(Checkpoint(key.name, size, tree.root(tx, size)), key))
        sha256 = hashlib.sha256(note.encode()).hexdigest()
        checkpoints.record(tx, size=size, note=note, sha256=sha256, made_at=FRIDAY, day=None, token_sha256=None)
        made = CheckpointMade(size=size, root="", checkpoint_sha256=sha256, key=str(key.verifier()))
        events.append(tx, made, at=FRIDAY)


def _proofs(store: Store, key: SigningKey, count: int) -> Iterator[str]:
    with store.transaction() as tx:  # a day's events
        events.append_all(tx, [NewEvent(ReviewOpened(), FRIDAY, 1)] * 1_000)

    def checkpoint() -> None:
        size = tree.catch_up(store)
        with store.reading() as tx:
            make(Checkpoint(key.name, size, tree.root(tx, size)), key)

    def inclusion() -> None:
        with store.reading() as tx:
            tree.inclusion(tx, count // 3, count)

    def consistency() -> None:
        with store.reading() as tx:
            tree.consistency(tx, count // 3, count)

    yield f"a checkpoint with a day's 1,000 new events: {_milliseconds(checkpoint, 1):.1f} ms (bound 50 ms)"
    for name, proved in (("inclusion", inclusion), ("consistency", consistency)):
        yield f"a proof of {name} among {count:,}: {_milliseconds(proved, 50):.2f} ms (bound 5 ms)"


def _proof_of_one(store: Store, count: int) -> str:
    """Prove a submission's events that has been there since the beginning."""
    edges = cast("Services", SimpleNamespace(config=Config(), store=store))
    with store.reading() as tx:
        told = events.of_message(tx, 1)
    size = len(json.dumps(prove(edges, told[:EACH]).told))
    spent = _milliseconds(lambda: prove(edges, told[:EACH]), 20)
    return f"the proof of {EACH} events among {count:,}: {size / 1024:.1f} KB (bound 20 KB), {spent:.1f} ms"


def _milliseconds(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return sorted(spent)[times // 2] * 1_000


class Instant(FolderArchive):
    """Has every piece that was named, and gives it at once: reading the disk is measured elsewhere."""

    def __init__(self, store: Store) -> None:
        super().__init__(Path())
        with store.reading() as tx:
            self._known = range(1, submissions.greatest(tx) + 1)

    def digests(self) -> Iterator[str]:
        return (f"{number:064x}" for number in self._known)

    def get(self, sha256: str) -> bytes:
        return sha256.encode()


def main(url: str) -> None:
    """Verify in a process of its own, whose memory is its own."""
    store = Store(url).open()
    done = look_through(store, Instant(store), None)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{cpu:.1f} s CPU, {memory:.0f} MB; {len(done.findings)} faults")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
