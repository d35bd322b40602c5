"""Puts a backup back: into a new place, checked against its digests, and marked in the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from intake.archive.base import Archive
from intake.domain.store_events import Restored
from intake.errors import IntakeError, UnreachableError, reason
from intake.files import rename_durably
from intake.pipeline.evidence.backup import Manifest, digest_of, stamps
from intake.store import events, leases, sessions, snapshot
from intake.store.engine import Address, Store, url_of_file


class NotEmptyError(IntakeError):
    """Something lies where the backup would go; restoring never overwrites."""


class DamagedBackupError(IntakeError):
    """The backup is not what was written."""

    hint = "Take another one of the folder with --at, or another copy of the folder."


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of a folder."""

    folder: Path
    stamp: str
    manifest: Manifest

    @property
    def store(self) -> Path:
        """Give the store's copy."""
        return self.folder / f"{self.stamp}.db"

    def evidence(self) -> Iterator[str]:
        """List the digests of its evidence."""
        for line in (self.folder / f"{self.stamp}.sha256").read_text("utf-8").splitlines():
            sha256, _, name = line.partition("  ")
            if name.startswith("evidence/"):
                yield sha256


def find(folder: Path, stamp: str | None = None) -> Backup:
    """Find a backup by its stamp; the newest by default.

    Raises:
        DamagedBackupError: there is none, or it is not what was written.
    """
    kept = stamps(folder)
    wanted = stamp or (kept[-1] if kept else "")
    if wanted not in kept:
        message = f"{folder} holds no backup {stamp}" if stamp else f"{folder} holds no backup"
        raise DamagedBackupError(message, f"It holds: {', '.join(kept) or 'none'}.")
    try:
        manifest = msgspec.json.decode((folder / f"{wanted}.json").read_bytes(), type=Manifest)
        backup = Backup(folder, wanted, manifest)
        intact = digest_of(folder / f"{wanted}.sha256") == manifest.list
        intact = intact and (manifest.store is None or digest_of(backup.store) == manifest.store)
    except (OSError, msgspec.MsgspecError) as error:
        message = f"the backup {wanted} cannot be read: {reason(error)}"
        raise DamagedBackupError(message) from error
    if not intact:
        message = f"the backup {wanted} has changed since it was taken"
        raise DamagedBackupError(message)
    return backup


def restore_evidence(backup: Backup, copies: Archive, archive: Archive, gone: Collection[str] = ()) -> int:
    """Fill an empty archive, but with nothing that the store says was disposed of; give the number of pieces.

    Raises:
        NotEmptyError: the archive holds something.
        MissingEvidenceError, DamagedEvidenceError: the backup's evidence is not what was written.
    """
    if next(iter(archive.digests()), None) is not None:
        message = "the evidence archive is not empty"
        raise NotEmptyError(message, "Name an empty one in [evidence], or keep what is there with --only store.")
    count = 0
    for sha256 in backup.evidence():
        if sha256 in gone:
            continue
        archive.put(copies.get(sha256))
        count += 1
    return count


def restore_store(backup: Backup, url: Address, now: datetime) -> None:
    """Put the store's copy in its place: nobody holds work, nobody is signed in, and the ledger says what was done.

    Raises:
        NotEmptyError: a store is there.
        DamagedBackupError: the backup holds no store.
        ConfigurationError: the configured store is none that this program restores.
    """
    target = free_place(url)
    if backup.manifest.store is None:
        message = f"the backup {backup.stamp} holds evidence alone"
        raise DamagedBackupError(message)
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup.store, part)
    except OSError as error:
        message = f"{part} cannot be written: {reason(error, part)}"
        raise UnreachableError(message, "Check that the folder is writable and has room.") from error
    store = Store(url_of_file(part)).open()
    try:
        with store.transaction() as tx:
            leases.release_all(tx)
            sessions.end_all(tx)
            restored = Restored(backup=backup.stamp, ledger_head=backup.manifest.ledger_head)
            events.append(tx, restored, at=now)
    finally:
        store.close()
    snapshot.settle(part)
    rename_durably(part, target)


def free_place(url: Address) -> Path:
    """Give the path of the configured store; refuse one in use.

    Raises:
        NotEmptyError: one lies there already.
        ConfigurationError: it is none that this program restores.
    """
    target = snapshot.file_of(url)
    if target.exists():
        message = f"there is a store at {target}"
        raise NotEmptyError(message, "Name a new place in [store] url, or move the old store away first.")
    return target
