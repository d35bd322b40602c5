"""Puts a backup back: into a new place, checked against its digests, and marked in the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from intake.archive.base import Archive, DamagedEvidenceError
from intake.domain.store_events import Restored
from intake.errors import IntakeError, UnreachableError, reason
from intake.files import rename_durably
from intake.pipeline.evidence.backup import Manifest, digest_of, stamps
from intake.pipeline.ready import PROBE_SHA256
from intake.store import events, leases, sessions, snapshot
from intake.store.engine import Address, Store, url_of_file


class NotEmptyError(IntakeError):
    """Something lies where the backup would go; restoring never overwrites."""


_ANOTHER_ARCHIVE = (
    "Name an empty one in [evidence], or keep what is there with --only store. "
    "A restore that broke off goes on with the backup that it began with: name that with --at."
)
_ANOTHER_STORE = "Move it to where that store is: in this place it would be written into the one that is put back."


class DamagedBackupError(IntakeError):
    """The backup is not what was written."""

    hint = "Take another one of the folder with --at, or another copy of the folder."


@dataclass(frozen=True, slots=True)
class PutBack:
    """Pieces of evidence."""

    put: int
    kept: int
    """They were there already, as after a restore that broke off."""


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


def restore_evidence(backup: Backup, copies: Archive, archive: Archive, gone: Collection[str] = ()) -> PutBack:
    """Fill an archive with what it lacks of the backup, but with nothing that the store says was disposed of.

    So a restore that broke off goes on where it was.

    Raises:
        NotEmptyError: the archive holds something that is not of this backup.
        MissingEvidenceError, DamagedEvidenceError: the backup's evidence, or what lay in the archive already, is not
            what was written.
    """
    wanted, there = list(backup.evidence()), set(archive.digests())
    strange = there.difference(wanted, {PROBE_SHA256})
    if strange:
        message = f"the evidence archive is not empty: pieces that are not of the backup {backup.stamp}: {len(strange)}"
        raise NotEmptyError(message, _ANOTHER_ARCHIVE)
    put, kept = 0, 0
    for sha256 in wanted:
        if sha256 in gone:
            continue
        if sha256 in there and _is_whole(archive, sha256):
            kept += 1
            continue
        archive.put(copies.get(sha256))
        if sha256 in there:
            archive.get(sha256)  # a piece of the right length that says something else is not replaced, but told
        put += 1
    return PutBack(put, kept)


def _is_whole(archive: Archive, sha256: str) -> bool:
    try:
        archive.get(sha256)
    except DamagedEvidenceError:
        return False
    return True


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
        _copy(backup.store, part)
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
    except BaseException:
        with suppress(OSError):
            _remove(part)
        raise


def _copy(store: Path, part: Path) -> None:
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        _remove(part)  # of a restore that broke off; what SQLite kept beside it would be written into this copy
        shutil.copyfile(store, part)
    except OSError as error:
        message = f"{part} cannot be written: {reason(error, part)}"
        raise UnreachableError(message, "Check that the folder is writable and has room.") from error


def _remove(part: Path) -> None:
    for file in (part, *_beside(part)):
        file.unlink(missing_ok=True)


def _beside(store: Path) -> Iterator[Path]:
    """Where SQLite keeps what is not in the store's own file yet."""
    for ending in ("-wal", "-shm", "-journal"):
        yield store.with_name(f"{store.name}{ending}")


def free_place(url: Address) -> Path:
    """Give the path of the configured store; refuse one in use.

    Raises:
        NotEmptyError: one lies there already, or what SQLite keeps beside one.
        ConfigurationError: it is none that this program restores.
    """
    target = snapshot.file_of(url)
    if target.exists():
        message = f"there is a store at {target}"
        raise NotEmptyError(message, "Name a new place in [store] url, or move the old store away first.")
    left = next((file for file in _beside(target) if file.exists()), None)
    if left is not None:
        message = f"{left} is left of a store that is not there any more"
        raise NotEmptyError(message, _ANOTHER_STORE)
    return target
