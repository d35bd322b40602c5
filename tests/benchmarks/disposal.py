"""Disposes of many submissions, and checks every bag and checkpoint that was made before.

    PYTHONPATH=tests python -m benchmarks.disposal [submissions]

It builds them in a folder of its own, makes a bag of each and a checkpoint, lets years pass, disposes of all of them,
and runs each bag's own program over its bag. It ends with 1 where anything does not hold.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path

from dossiers import GAS, a_dossier, a_form
from web.world import World

from intake.config import from_table
from intake.domain.events import Examined, Extracted, Returned
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.ledger.bag_check import check
from intake.ledger.keys import new_private_key
from intake.pipeline.evidence import retrieve
from intake.pipeline.evidence.verify import verify
from intake.pipeline.ledger.checkpoint import day_s_checkpoint
from intake.pipeline.outgoing.deliver import archive_letters
from intake.pipeline.retention.carry_out import carry_out
from intake.pipeline.retention.dispose_of import agree, propose
from intake.pipeline.retention.retention import MOST, due
from intake.store import events, submissions
from intake.store.outbox import LetterState
from intake.store.schema import PROGRAM
from intake.store.submissions import Submission

DOSSIER = replace(a_dossier(a_form(GAS)), documents=())


def main(count: int) -> int:
    """Do it in a temporary folder; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        (Path(folder) / "ledger.pem").write_bytes(new_private_key())
        table = {
            "ledger": {"origin": "secas.example/cpl", "key_file": "ledger.pem"},
            "retention": {"returned_years": 7},
        }
        world.services = replace(world.services, config=from_table(table, Path(folder) / "config.toml"))
        try:
            return measured(world, count)
        finally:
            world.close()


def measured(world: World, count: int) -> int:
    """Build, dispose of and check; tells what each took in CPU seconds."""
    since = time.process_time()
    for _ in range(count):
        settled(world)
    while archive_letters(world.services):
        pass
    checkpoint = day_s_checkpoint(world.services)
    assert checkpoint is not None, "there is a key"  # our own mistake
    bags = {number: retrieve.export(world.services, number, reason="before") for number in range(1, count + 1)}
    since = told(f"{count} submissions with their bags", since)
    world.clock.pass_by(days=366 * 7)
    cases = [case.number for case in due(world.services, count)]
    for start in range(0, len(cases), MOST):
        agree(world.services, propose(world.services, cases[start : start + MOST], "Over.", "Ada"), "Ben")
    since = told(f"{len(cases)} cases proposed and agreed to", since)
    carried = carry_out(world.services)
    since = told(f"{carried.messages} messages and {carried.pieces} pieces disposed of", since)
    done = verify(world.services, [checkpoint.note.encode()])
    since = told(f"{done.events} events verified; findings: {len(done.findings)}", since)
    day_s_checkpoint(world.services)
    faults = [number for number, content in bags.items() if not holds(world, content, checkpoint.note)]
    told(f"{len(bags)} bags checked; that do not hold: {len(faults)}", since)
    after = verify(world.services, [checkpoint.note.encode()])
    whole = done.intact and after.intact and not faults
    return 0 if whole and carried.messages == done.disposed.submissions == len(cases) else 1


def settled(world: World) -> None:
    """A submission that was judged and returned, its letter sent."""
    number = world.judged(DOSSIER)
    world.settle(number, LetterState.SENT, sent_at=world.clock.now())
    with world.services.store.transaction() as tx:
        before, at = submissions.get(tx, number), world.clock.now()
        submissions.move(tx, before, State.RETURNED, decided_by="Ada", decided_at=at)
        for actor, happened in (("", _read(before)), ("", _judged(before)), ("Ada", _returned(before))):
            events.append(tx, happened, at=at, message=number, actor=actor or PROGRAM)


def _read(submission: Submission) -> Extracted:
    kind, sha256 = MessageKind(submission.kind), submission.dossier_sha256 or ""
    return Extracted(entries=1, trouble=None, dossier_sha256=sha256, kind=kind, documents=0, filed=False)


def _judged(submission: Submission) -> Examined:
    sha256, outcome = submission.report_sha256 or "", submission.outcome
    return Examined(report_sha256=sha256, outcome=outcome or "", rulebook="", rulebook_digest="")


def _returned(submission: Submission) -> Returned:
    return Returned(report_sha256=submission.report_sha256 or "", reason="", letter="")


def holds(world: World, content: bytes, checkpoint: str) -> bool:
    """Whether a bag's own checks find it whole, and proved by the checkpoint that was kept since."""
    kept = world.folder / "kept.checkpoint"
    kept.write_text(checkpoint, "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
        (bag,) = Path(folder).iterdir()
        return "The checkpoint that you have kept" in check(bag, "", kept)[-1]


def told(what: str, since: float) -> float:
    """Say what was done and what it took; gives the time from which the next counts."""
    now = time.process_time()
    print(f"{what}: {now - since:.1f} s CPU", flush=True)  # it is run by hand
    return now


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
