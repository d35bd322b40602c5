"""Backups: a folder that holds evidence by digest, and the store as it was at several moments.

    evidence/sha256/…          as in the archive; only ever added to
    20261121T013000Z.db        the store at that moment, one SQLite file
    20261121T013000Z.sha256    the digest of all that belongs to it, for ``sha256sum -c``
    20261121T013000Z.json      what it is; written last, so that a backup without it is no backup

Evidence is archived before the store names it. So the store is copied first, and everything it names is found after.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

import intake
from intake.archive.base import Archive, DamagedEvidenceError, MissingEvidenceError
from intake.clock import iso
from intake.domain.store_events import BackedUp, BackupFaulty
from intake.errors import ConfigurationError, UnreachableError, reason, sentence
from intake.files import rename_durably, write_durably
from intake.ledger.keys import VerifierKey
from intake.pipeline.evidence.verify import faults_in
from intake.pipeline.ledger.ledger_key import own_verifier
from intake.pipeline.services import Services
from intake.store import events, snapshot
from intake.store.engine import HEAD, Store, url_of_file

_CHUNK = 1 << 20


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup is."""

    taken_at: str
    program: str
    schema: str
    """The migration of its store; a release that knows it can restore it."""
    store: str | None
    """The digest of the store's copy; None where evidence alone was wanted."""
    ledger: int
    """How many events its ledger has."""
    ledger_head: str
    """The digest of the newest of them."""
    evidence: int
    """How many pieces."""
    list: str
    """The digest of the list of digests."""
    faults: tuple[str, ...] = ()
    """What was wrong with it already when it was taken."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that has just been made."""

    stamp: str
    manifest: Manifest
    copied: int
    """Pieces of evidence that the folder did not hold before."""
    unrecorded: str = ""
    """Why the ledger does not say that it was taken, as a sentence; empty where it does."""
    without_key: ConfigurationError | None = None
    """Why the ledger's key could not be used to examine the copy."""


def stamp_of(moment: datetime) -> str:
    """Name a backup by its moment (UTC); sorts chronologically."""
    return moment.strftime("%Y%m%dT%H%M%SZ")


def stamps(folder: Path) -> list[str]:
    """List every complete backup of the folder, oldest first."""
    return sorted(file.stem for file in folder.glob("*T*Z.json"))


def back_up(services: Services, folder: Path, copies: Archive, *, store: bool = True, keep: int = 7) -> Taken:
    """Add to the backups of a folder.

    Args:
        services: what is to be copied; the daemon may be at work on it.
        folder: where backups are.
        copies: the archive in that folder.
        store: whether the store is wanted too.
        keep: how many copies of the store to keep; evidence is kept for ever.

    Raises:
        UnreachableError: something could not be read or written; what was there before is untouched.
        ConfigurationError: the store is none that this program copies.
    """
    now = services.clock.now()
    stamp = stamp_of(now)
    file, part = folder / f"{stamp}.db", folder / f"{stamp}.db.part"
    for left in folder.glob("*.part*"):  # of a backup that was cut short
        left.unlink(missing_ok=True)
    if store:
        snapshot.take(services.store.where, part)
    faults, copied = _copy_evidence(services.archive, copies)
    seq, head = 0, events.GENESIS
    key, without_key = own_verifier(services.config)
    if store:
        (seq, head), faults_of_copy = _examined(part, copies, key)
        faults += [fault for fault in faults_of_copy if fault not in faults]
        rename_durably(part, file)
    listing = _write(folder / f"{stamp}.sha256", "".join(_lines(file if store else None, copies)))
    manifest = Manifest(
        taken_at=iso(now),
        program=f"cpl-intake {intake.__version__}",
        schema=HEAD,
        store=digest_of(file) if store else None,
        ledger=seq,
        ledger_head=head,
        evidence=sum(1 for _ in copies.digests()),
        list=listing,
        faults=tuple(faults),
    )
    _write(folder / f"{stamp}.json", json.dumps(msgspec.to_builtins(manifest), indent=2) + "\n")
    _forget(folder, stamps(folder)[:-keep])
    happened = (BackupFaulty if faults else BackedUp)(backup=stamp, ledger_head=head, evidence=manifest.evidence)
    try:
        with services.store.transaction() as tx:
            events.append(tx, happened, at=services.clock.now())
    except UnreachableError as error:  # the copy is there all the same, and a full disk is when it is wanted
        unrecorded = f"The backup is there, but the ledger could not be told of it: {error}."
        return Taken(stamp, manifest, copied, unrecorded, without_key)
    return Taken(stamp, manifest, copied, without_key=without_key)


def _copy_evidence(source: Archive, copies: Archive) -> tuple[list[str], int]:
    """Copy the evidence; give the faults as sentences and the number of copies."""
    copied_before, faults, copied = set(copies.digests()), list[str](), 0
    for sha256 in source.digests():
        if sha256 in copied_before:
            continue
        try:
            copies.put(source.get(sha256))
            copied += 1
        except (DamagedEvidenceError, MissingEvidenceError) as error:
            faults.append(f"{sentence(error).rstrip('.')}; it is not in the backup.")
    return faults, copied


def _examined(part: Path, copies: Archive, key: VerifierKey | None) -> tuple[tuple[int, str], list[str]]:
    """Verify the copy; give its ledger's head and every fault."""
    copy = Store(url_of_file(part)).open()
    try:
        with copy.reading() as tx:
            end = events.head(tx)
        faults = list(faults_in(copy, copies, key))
    finally:
        copy.close()
    snapshot.settle(part)
    return end, faults


def _lines(file: Path | None, copies: Archive) -> Iterator[str]:
    """Format digests as `sha256sum` writes them."""
    if file is not None:
        yield f"{digest_of(file)}  {file.name}\n"
    for sha256 in copies.digests():
        yield f"{sha256}  evidence/sha256/{sha256[:2]}/{sha256}\n"


def digest_of(file: Path) -> str:
    """Compute a file's SHA-256 in lower-case hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _write(file: Path, text: str) -> str:
    """Write the file atomically and durably; give its digest."""
    try:
        write_durably(file, text.encode())
    except OSError as error:
        message = f"{file} cannot be written: {reason(error, file)}"
        raise UnreachableError(message, "Check that the folder is writable and has room.") from error
    return hashlib.sha256(text.encode()).hexdigest()


def _forget(folder: Path, old: list[str]) -> None:
    """Drop copies of the store that are older than those to be kept; the manifest first, so that none is half there."""
    for stamp in old:
        for ending in ("json", "sha256", "db"):
            (folder / f"{stamp}.{ending}").unlink(missing_ok=True)
