"""What was disposed of, as a folder of backups keeps it: so that no older backup brings it back unseen.

    disposed.json    what two people had disposed of by the newest backup, with the digests of its evidence

A backup is a copy, and a disposal in the store reaches none. So each backup writes down what is gone by then, and says
what of that the folder still holds, and lets it go where that is wanted. Whoever restores an older copy is told what is
there again, and it is proposed anew: that two people had agreed is on record in a ledger that was given up, so a person
looks at it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from intake.archive.base import Archive
from intake.clock import from_iso
from intake.domain.reference import reference
from intake.domain.retention_events import DisposalProposed
from intake.errors import UnreachableError, reason
from intake.files import write_durably
from intake.pipeline.evidence.backup import Manifest, stamps
from intake.pipeline.retention.retention import MOST, Kept, judge
from intake.pipeline.services import Services
from intake.store import disposals, events
from intake.store.disposals import DisposedMessage
from intake.store.schema import PROGRAM

FILE = "disposed.json"


@dataclass(frozen=True, slots=True)
class StillHeld:
    """What a folder of backups has of what was disposed of."""

    pieces: tuple[str, ...]
    """Of evidence, by digest."""
    copies: tuple[str, ...]
    """Stamps of backups that are older than a disposal."""


@dataclass(frozen=True, slots=True)
class Anew:
    """What of a restored store was disposed of after its backup was taken."""

    proposed: tuple[tuple[int, tuple[str, ...]], ...]
    """Disposals that wait for a person, each with the references of its cases."""
    kept: tuple[tuple[str, str], ...]
    """References that cannot go as the restored store has them, each with the reason."""


def note(services: Services, folder: Path, copies: Archive) -> StillHeld:
    """Write down what is disposed of by now; give what of it the folder holds.

    Raises:
        UnreachableError: the store did not answer, or the folder cannot be written.
    """
    with services.store.reading() as tx:
        now = disposals.disposed_messages(tx)
    every = {(gone.message, gone.raw_sha256): gone for gone in (*written_in(folder), *now)}
    content = json.dumps([msgspec.to_builtins(gone) for gone in every.values()], indent=2) + "\n"
    if every:
        try:
            write_durably(folder / FILE, content.encode())
        except OSError as error:
            message = f"{folder / FILE} cannot be written: {reason(error, folder / FILE)}"
            raise UnreachableError(message, "Check that the folder is writable and has room.") from error
    gone_pieces = {sha256 for gone in now for sha256 in gone.pieces}
    last = max((from_iso(gone.at) for gone in now), default=None)
    older = [stamp for stamp in stamps(folder) if last is not None and _taken_at(folder, stamp) < last.isoformat()]
    return StillHeld(tuple(sorted(gone_pieces.intersection(copies.digests()))), tuple(older))


def _taken_at(folder: Path, stamp: str) -> str:
    manifest = msgspec.json.decode((folder / f"{stamp}.json").read_bytes(), type=Manifest)
    return from_iso(manifest.taken_at).isoformat()


def written_in(folder: Path) -> tuple[DisposedMessage, ...]:
    """Read what a folder of backups says was disposed of.

    Raises:
        UnreachableError: it cannot be read.
    """
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        message = f"{folder / FILE} cannot be read: {reason(error, folder / FILE)}"
        raise UnreachableError(message) from error
    try:
        return msgspec.json.decode(content, type=tuple[DisposedMessage, ...])
    except msgspec.MsgspecError as error:
        message = f"{folder / FILE} is not what was written: {error}"
        raise UnreachableError(message, "Take another copy of the folder.") from error


def forget_pieces(copies: Archive, still: StillHeld) -> None:
    """Let go the evidence that a folder of backups has of what was disposed of, before the next backup lists it.

    Raises:
        UnreachableError: something could not be removed.
    """
    for sha256 in still.pieces:
        copies.remove(sha256)


def forget_backups(folder: Path, still: StillHeld) -> None:
    """Let go backups that are older than a disposal, now that there is a younger one: first what makes one of them.

    Raises:
        UnreachableError: something could not be removed.
    """
    for stamp in still.copies:
        for ending in ("json", "sha256", "db"):
            try:
                (folder / f"{stamp}.{ending}").unlink(missing_ok=True)
            except OSError as error:
                message = f"{folder / stamp}.{ending} cannot be removed: {error}"
                raise UnreachableError(message) from error


def propose_anew(services: Services, folder: Path) -> Anew:
    """Propose to dispose again of what the store has and the folder says two people had disposed of.

    Raises:
        UnreachableError: the store did not answer, or the folder's file cannot be read.
    """
    gone, now = written_in(folder), services.clock.now()
    proposed: list[tuple[int, tuple[str, ...]]] = []
    kept: list[tuple[str, str]] = []
    with services.store.transaction() as tx:
        back = {item.message: item for item in gone if disposals.is_there(tx, item)}
        cases = sorted(set(disposals.beginnings(tx, back)))
        ready = []
        for number, verdict in zip(cases, judge(services, tx, cases), strict=True):
            if isinstance(verdict, Kept):
                kept.append((reference(number), verdict.why))
            else:
                ready.append(number)
        for some in (ready[start : start + MOST] for start in range(0, len(ready), MOST)):
            reason = _reason(back[number] for number in some if number in back)
            number = disposals.propose(tx, some, reason, PROGRAM, now)
            told = DisposalProposed(disposal=number, cases=tuple(map(reference, some)), reason=reason)
            events.append(tx, told, at=now)
            proposed.append((number, told.cases))
    return Anew(tuple(proposed), tuple(kept))


def _reason(gone: Iterable[DisposedMessage]) -> str:
    """Who had agreed, and when, of the ledger that was given up."""
    acts = sorted({(item.at[:10], item.proposed_by, item.agreed_by) for item in gone})
    told = "; ".join(f"on {day} by {first} and {second}" for day, first, second in acts[:5])
    return f"Restored from a backup that is older than its disposal {told}."
