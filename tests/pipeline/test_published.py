"""What stands after a version was approved or published: other people's files, crashes, a lost folder, evidence."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pipeline.publishing import DESCRIPTOR, a_line, change, folder, listed, published
from sqlalchemy import insert, update

from intake.cli.cpl import lists
from intake.errors import UnreachableError
from intake.pipeline.evidence.verification.finding import Kind
from intake.pipeline.evidence.verify import verify
from intake.pipeline.list import publish, publish_folder
from intake.pipeline.list.keep_list import keep_list
from intake.pipeline.list.listing import import_list
from intake.pipeline.list.publish import prepare, release
from intake.pipeline.outgoing.deliver import archive_letters
from intake.pipeline.services import Services
from intake.publication.files import BESIDE
from intake.publication.tabs import VERSIONS_TAB
from intake.publication.unchanged import Original
from intake.register.published import ListFile, read_list
from intake.store import listing
from intake.store.schema import entry_version
from rules.published import PUBLISHED


@pytest.fixture
def with_change(services: Services) -> Services:
    listed(services, 1, 2, 7)
    change(services, "000002", **{DESCRIPTOR: "Whole image"})
    return services


def test_a_folder_that_was_lost_is_written_again(with_change: Services) -> None:
    published(with_change)
    root = folder(with_change)
    before = {path.name: path.read_bytes() for path in (root / "2.052").iterdir()}
    (root / "current").unlink()
    for path in (root / "2.052").iterdir():
        path.unlink()
    keep_list(with_change)
    assert {path.name: path.read_bytes() for path in (root / "current").iterdir()} == before
    assert all((root / name).is_file() for name in BESIDE)
    assert not publish_folder.settle(with_change)


def test_a_folder_that_cannot_be_written_does_not_undo_the_release(
    with_change: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = prepare(with_change, "Ada")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(publish_folder, "_link", full)
        with pytest.raises(UnreachableError, match="No space left"):
            release(with_change, made.id, "Ben")
    assert not (folder(with_change) / "current").exists()
    keep_list(with_change)
    assert (folder(with_change) / "current").resolve().name == "2.052"


def test_an_import_that_says_what_was_approved_has_published_it(with_change: Services) -> None:
    file = ListFile((a_line(1), a_line(2, **{DESCRIPTOR: "Whole image"}), a_line(7)), PUBLISHED, "2.052", "22-09-2022")
    done, taken = import_list(with_change, b"made by hand", file)
    assert (taken, done.confirmed, done.changes) == (True, ("000002",), ())
    with with_change.store.reading() as tx:
        assert listing.unpublished(tx) == ()
        assert listing.history(tx, "000002")[-1].version == "2.052"


def test_an_import_that_says_a_third_thing_is_not_taken_in(with_change: Services) -> None:
    file = ListFile((a_line(1), a_line(2, **{DESCRIPTOR: "Half"}), a_line(7)), PUBLISHED, "2.052", "22-09-2022")
    done, taken = import_list(with_change, b"made by hand", file, accept_missing=True)
    assert (taken, done.contradicted) == (False, ("000002",))
    assert "000002" in done.refusals[0]


def test_an_import_of_the_last_version_leaves_what_was_approved_waiting(with_change: Services) -> None:
    file = ListFile((a_line(1), a_line(2), a_line(7)), PUBLISHED, "2.051", "21-09-2022")
    assert import_list(with_change, b"the same again", file)[1]
    with with_change.store.reading() as tx:
        assert [one.entry.fields[DESCRIPTOR] for one in listing.unpublished(tx)] == ["Whole image"]
        assert listing.all_entries(tx) != listing.published_entries(tx)


@pytest.mark.parametrize("crash", ["put", "record", "link"])
def test_after_a_crash_there_is_the_old_version_or_the_new_one(
    with_change: Services, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    services = with_change
    published(services)
    change(services, "000007", **{DESCRIPTOR: "Fragment"})
    made = prepare(services, "Ada")

    class KilledError(Exception):
        pass

    def killed(*_: object, **__: object) -> None:
        raise KilledError

    places: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
        "put": lambda patch: patch.setattr("intake.store.listing.publish", killed),
        "record": lambda patch: patch.setattr(publish, "queue_notices", killed),
        "link": lambda patch: patch.setattr(publish_folder, "_link", killed),
    }
    with monkeypatch.context() as patch:
        places[crash](patch)
        with pytest.raises(KilledError):
            release(services, made.id, "Ben")
    keep_list(services)
    with services.store.reading() as tx:
        newest, waiting = listing.newest(tx), listing.unpublished(tx)
    assert newest is not None
    expected = "2.053" if crash == "link" else "2.052"
    assert (newest.version, bool(waiting)) == (expected, crash != "link")
    assert (folder(services) / "current").resolve().name == expected
    assert json.loads((folder(services) / "latest.json").read_bytes())["version"] == expected
    if crash != "link":
        assert release(services, made.id, "Ben").version == "2.053"


def test_evidence_of_a_published_list_is_whole_and_a_changed_entry_is_found(with_change: Services) -> None:
    services = with_change
    published(services)
    archive_letters(services)
    assert verify(services).findings == ()
    with services.store.transaction() as tx:
        tx.execute(update(entry_version).where(entry_version.c.change == 1).values(status="Removed"))
    found = verify(services).findings
    assert [finding.kind for finding in found] == [Kind.REGISTER, Kind.REGISTER]
    assert any("change 1 made of the list" in finding.what for finding in found)


def test_a_version_of_an_entry_that_no_event_tells_of_is_found(with_change: Services) -> None:
    services = with_change
    values = {"number": "000007", "kind": "correct", "effective": "2026-01-01", "status": "Current", "fields": "{}"}
    with services.store.transaction() as tx:
        tx.execute(insert(entry_version).values(**values, recorded_at=services.clock.now()))
    (finding,) = verify(services).findings
    assert finding.what == "No event tells of what the register has of 000007."


def test_a_copy_that_was_taken_in_since_is_not_what_was_published(with_change: Services) -> None:
    released = published(with_change)
    original = with_change.archive.get(next(own for name, own in released.files.items() if name.endswith(".xlsx")))
    book, altered = load_workbook(BytesIO(original)), BytesIO()
    book[VERSIONS_TAB]["A1"] = "Another heading"
    book.save(altered)
    entries = [*read_list(original)]
    for content in (altered.getvalue(), b"the same list as a file of its columns"):
        assert import_list(with_change, content, ListFile(tuple(entries), PUBLISHED, "2.052"))[1]
    with with_change.store.reading() as tx:
        newest = listing.newest(tx)
        told = [lists.taken_in(tx, sha256(content).hexdigest()) for content in (original, altered.getvalue())]
    assert newest is not None
    assert [version and version.version for version in told] == ["2.052", None]
    assert lists.original_of(with_change, newest) == Original(original, whole=True)
