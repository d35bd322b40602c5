"""What an earlier release has recorded verifies by this one: what it did not tell is compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import FRIDAY, a_store_at, tamper_with_events
from sqlalchemy import text
from store import old_stores

from intake.archive.folder import FolderArchive
from intake.clock import iso
from intake.pipeline.evidence.verify import look_through
from intake.store.engine import Store


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "evidence").open()


@pytest.fixture
def upgraded(empty_store_url: str, archive: FolderArchive) -> Iterator[Store]:
    """A store in which an earlier release had a submission approved, opened by this one."""
    evidence = [archive.put(content) for content in (b"a raw", b"a dossier", b"a report")]
    old = a_store_at(empty_store_url, old_stores.LAST)
    with old.begin() as tx:
        old_stores.fill_one_that_was_approved(tx, evidence)
    old.dispose()
    with closing(Store(empty_store_url).open()) as opened:
        yield opened


def found(store: Store, archive: FolderArchive) -> list[str]:
    return [finding.what for finding in look_through(store, archive, None).findings]


def test_an_old_store_is_intact(upgraded: Store, archive: FolderArchive) -> None:
    assert found(upgraded, archive) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE message SET state = 'returned'", "something else of state ('returned')"),
        ("UPDATE message SET decided_by = 'Cy'", "something else of decided_by ('Cy')"),
        ("UPDATE message SET publish_due = NULL, outcome = 'return'", "something else of outcome ('return')"),
    ],
)
def test_what_it_did_tell_is_compared(upgraded: Store, archive: FolderArchive, change: str, told: str) -> None:
    with upgraded.transaction() as tx:
        tx.execute(text(change))
    assert told in " ".join(found(upgraded, archive))


def test_a_session_of_this_release_has_its_sign_in(upgraded: Store, archive: FolderArchive) -> None:
    later = iso(FRIDAY + timedelta(days=3650))
    values = {"token": "6" * 64, "at": later}
    with upgraded.transaction() as tx:
        tx.execute(
            text(
                "INSERT INTO session (token_sha256, person, csrf, started_at, seen_at, address, browser)"
                " VALUES (:token, 'Ada', 'c', :at, :at, '', '')"
            ),
            values,
        )
    assert found(upgraded, archive) == [
        f"No event tells that Ada signed in at {later}, as a session in the store says."
    ]


def test_an_old_event_that_was_changed_is_found(upgraded: Store, archive: FolderArchive) -> None:
    tamper_with_events(upgraded, "UPDATE event SET actor = 'Cy' WHERE name = 'approved'")
    assert any("event 10" in what.lower() for what in found(upgraded, archive))
