"""What was disposed of comes back with no backup unseen, and leaves the folder of backups where that is wanted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fresh_stores import lay_store
from helpers import HandClock
from pipeline.retained import a_case, disposed_of, retaining, years_pass

from intake.archive.base import MissingEvidenceError
from intake.archive.folder import FolderArchive
from intake.config import from_table
from intake.domain.working_days import WorkingCalendar
from intake.errors import UnreachableError
from intake.pipeline.evidence import backup, restore
from intake.pipeline.evidence.verify import faults_in, verify
from intake.pipeline.retention import dispose_of, disposed_since, holds
from intake.pipeline.retention.carry_out import carry_out
from intake.pipeline.services import Services
from intake.sandbox import Sandbox
from intake.store import disposals, submissions
from intake.store.engine import Store
from intake.store.holds import Scope


@pytest.fixture
def old(tmp_path: Path, clock: HandClock, message_reader: Sandbox) -> Services:
    """Two returned submissions, a backup with both, and then the first is disposed of."""
    services = retaining(
        Services(
            config=from_table({}, tmp_path / "config.toml"),
            store=Store(lay_store(tmp_path / "store.db")).open(),
            archive=FolderArchive(tmp_path / "evidence").open(),
            clock=clock,
            calendar=WorkingCalendar(),
            sandbox=message_reader,
        ),
        tmp_path,
        returned_years=1,
    )
    for serial in (1, 2):
        a_case(services, serial)
    years_pass(clock, 1.1)
    assert back_up(services).manifest.faults == ()
    clock.forward(hours=1)
    assert disposed_of(services, 1).messages == 1
    clock.forward(hours=1)
    return services


def folder(services: Services) -> Path:
    return services.config.folder / "backups"


def copies(services: Services) -> FolderArchive:
    return FolderArchive(folder(services) / "evidence").open()


def back_up(services: Services) -> backup.Taken:
    folder(services).mkdir(exist_ok=True)
    return backup.back_up(services, folder(services), copies(services))


def restored(services: Services, stamp: str) -> Services:
    """The same installation elsewhere, out of a backup."""
    place = services.config.folder / "elsewhere"
    taken, archive = restore.find(folder(services), stamp), FolderArchive(place / "evidence").open()
    restore.restore_evidence(taken, copies(services), archive)
    restore.restore_store(taken, f"sqlite:///{place}/store.db", services.clock.now())
    return replace(services, store=Store(f"sqlite:///{place}/store.db").open(), archive=archive)


def test_an_older_backup_brings_nothing_back_unseen(old: Services) -> None:
    (first,) = backup.stamps(folder(old))
    still = disposed_since.note(old, folder(old), copies(old))
    assert (len(still.pieces), still.copies) == (4, (first,))
    again = restored(old, first)
    anew = disposed_since.propose_anew(again, folder(old))
    assert (anew.kept, anew.proposed) == ((), ((1, ("CPL-000001",)),))
    with again.store.reading() as tx:
        stored = disposals.get(tx, 1)
    assert stored is not None
    assert "by anna and bert" in stored.reason
    assert carry_out(again).messages == 0
    dispose_of.agree(again, 1, "carla")
    assert (carry_out(again).messages, verify(again).intact) == (1, True)
    assert disposed_since.propose_anew(again, folder(old)).proposed == ()


def test_what_is_held_there_stays_and_it_is_said(old: Services) -> None:
    disposed_since.note(old, folder(old), copies(old))
    again = restored(old, backup.stamps(folder(old))[0])
    holds.place(again, Scope.SUBMISSION, "CPL-000001", "A court asks for it.", "carla")
    anew = disposed_since.propose_anew(again, folder(old))
    assert anew.proposed == ()
    assert anew.kept == (("CPL-000001", "hold 1 is on the submission CPL-000001"),)


def test_a_folder_forgets_what_was_disposed_of_with_every_backup_that_is_older(old: Services) -> None:
    (first,) = backup.stamps(folder(old))
    still = disposed_since.note(old, folder(old), copies(old))
    disposed_since.forget_pieces(copies(old), still)
    assert back_up(old).manifest.faults == ()
    disposed_since.forget_backups(folder(old), still)
    (left,) = backup.stamps(folder(old))
    assert left != first
    assert not list(folder(old).glob(f"{first}*"))
    with pytest.raises(MissingEvidenceError):
        copies(old).get(still.pieces[0])
    assert disposed_since.note(old, folder(old), copies(old)) == disposed_since.StillHeld((), ())
    again = restored(old, left)
    assert list(faults_in(again.store, again.archive)) == []
    assert disposed_since.propose_anew(again, folder(old)).proposed == ()


def test_evidence_that_is_put_back_beside_a_surviving_store_leaves_out_what_it_disposed_of(old: Services) -> None:
    taken = restore.find(folder(old))
    with old.store.reading() as tx:
        gone, raw = disposals.gone_pieces(tx), submissions.get(tx, 1).raw_sha256
    archive = FolderArchive(old.config.folder / "put back").open()
    restore.restore_evidence(taken, copies(old), archive, gone)
    assert raw in gone
    assert raw not in set(archive.digests())


def test_what_a_folder_says_was_disposed_of_and_is_none_is_told(old: Services) -> None:
    disposed_since.note(old, folder(old), copies(old))
    (folder(old) / disposed_since.FILE).write_text("[{}]")
    with pytest.raises(UnreachableError, match="not what was written"):
        disposed_since.propose_anew(old, folder(old))
