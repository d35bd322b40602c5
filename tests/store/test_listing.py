"""The register in the store: every version of every entry, appended, and read once a change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from helpers import FRIDAY, a_store_at
from sqlalchemy import text
from store import old_stores

from intake.store import events, listing
from intake.store.engine import HEAD, Store, Transaction
from intake.store.listing import Listing
from rules.facts import RegisterEntry

LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_line(number: str, status: str = "Current", **fields: str) -> RegisterEntry:
    return RegisterEntry(number, status, {"Manufacturer_Image.creator": "Zoë & Söhne ", **fields})


LINES = (a_line("000001"), a_line("000002", **{"Firmware Upgrade Path": "000001, 000003"}), a_line("000003"))


def put(store: Store, *lines: RegisterEntry, sha256: str = "a" * 64, at: datetime = FRIDAY, version: str = "") -> None:
    with store.transaction() as tx:
        listing.record(tx, lines, at, source=sha256, version=version, issued="20/11/2026" if version else "")


def entries(store: Store, memory: Listing | None = None) -> tuple[RegisterEntry, ...] | None:
    with store.reading() as tx:
        return listing.all_entries(tx) if memory is None else memory.entries(tx)


def test_where_no_list_was_taken_in_there_is_none(store: Store) -> None:
    assert entries(store) is None
    assert entries(store, Listing()) is None
    with store.reading() as tx:
        assert listing.newest(tx) is None
        assert listing.versions(tx) == ()
        assert listing.history(tx, "000001") == ()
        assert listing.entries_on(tx, FRIDAY.date()) == ()


def test_a_list_is_given_back_to_the_letter_by_number(store: Store) -> None:
    put(store, *reversed(LINES), version="2.051")
    assert entries(store) == LINES
    with store.reading() as tx:
        newest = listing.newest(tx)
    assert newest is not None
    assert (newest.version, newest.issued, newest.source) == ("2.051", "20/11/2026", "a" * 64)
    assert newest.recorded_at == FRIDAY


def test_what_a_later_version_does_not_name_stays_as_it_was(store: Store) -> None:
    put(store, *LINES, version="2.051")
    put(store, a_line("000003", "Removed"), a_line("000009"), sha256="b" * 64, at=LATER, version="2.052")
    assert entries(store) == (*LINES[:2], a_line("000003", "Removed"), a_line("000009"))
    with store.reading() as tx:
        first, second = listing.versions(tx)
        assert listing.entries_of(tx, first) == LINES
        assert listing.entries_of(tx, second) == entries(store)
        assert listing.version_named(tx, "2.052") == second
        assert listing.version_named(tx, "2.053") is None
        assert listing.entries_on(tx, date(2026, 11, 22)) == LINES
        assert [listing.version_on(tx, date(2026, 11, day)) for day in (19, 20, 23)] == ["", "2.051", "2.052"]


def test_a_version_that_changes_nothing_is_a_version(store: Store) -> None:
    put(store, *LINES, version="2.051")
    put(store, sha256="b" * 64, at=LATER, version="2.052")
    with store.reading() as tx:
        assert [version.version for version in listing.versions(tx)] == ["2.051", "2.052"]
        assert listing.entries_of(tx, listing.versions(tx)[1]) == LINES


def test_an_entry_has_a_history_and_says_since_when_it_says_what_it_says(store: Store) -> None:
    put(store, *LINES, version="2.051")
    put(store, a_line("000001", GBCS="4.0"), at=LATER, version="2.052")
    put(store, a_line("000001", "Removed", GBCS="4.0"), at=LATER.replace(day=24), version="2.053")
    with store.reading() as tx:
        told = listing.history(tx, "000001")
        days = listing.first_days(tx, lambda entry: entry.fields.get("GBCS"))
        newest = listing.newest_of(tx, ["000001", "000009"])
    assert [(step.version, step.entry.status, step.effective.day) for step in told] == [
        ("2.051", "Current", 20),
        ("2.052", "Current", 23),
        ("2.053", "Removed", 24),
    ]
    assert {number: day.day for number, day in days.items()} == {"000001": 23, "000002": 20, "000003": 20}
    assert {number: step.version for number, step in newest.items()} == {"000001": "2.053"}


def test_a_commit_that_fails_leaves_the_list_before(store: Store) -> None:
    put(store, *LINES)

    def breaks() -> None:
        with store.transaction() as tx:
            listing.record(tx, [a_line("000009")], LATER, source="b" * 64)
            message = "a fault of ours"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        breaks()
    assert entries(store) == LINES


def test_a_list_is_read_once_and_again_after_another_version(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = listing.all_entries

    def counted(tx: Transaction) -> tuple[RegisterEntry, ...] | None:
        read.append("read")
        return whole(tx)

    monkeypatch.setattr(listing, "all_entries", counted)
    memory = Listing()
    put(store, *LINES)
    assert [entries(store, memory) for _ in range(3)] == [LINES] * 3
    assert len(read) == 1
    put(store, a_line("000009"))  # in the same moment, from the same file
    assert [entries(store, memory) for _ in range(3)] == [(*LINES, a_line("000009"))] * 3
    assert len(read) == 2


def test_a_list_taken_in_by_another_process_is_seen(store: Store) -> None:
    memory = Listing()
    put(store, *LINES)
    assert entries(store, memory) == LINES
    other = Store(store.url).open()
    put(other, a_line("000009"), sha256="b" * 64)
    other.close()
    assert entries(store, memory) == (*LINES, a_line("000009"))


def test_a_store_of_the_first_release_gets_the_tables_and_keeps_the_rest(empty_store_url: str) -> None:
    url = empty_store_url
    old = a_store_at(url, "0001")
    with old.begin() as tx:
        old_stores.append(tx, [(None, "person_added", {"person": "ada"}, "cpl-intake")])
    old.dispose()
    opened = Store(url).open()
    put(opened, *LINES)
    assert entries(opened) == LINES
    with opened.reading() as tx:
        assert [event.name for event in events.chain(tx)] == ["person_added", "digests_salted"]
        assert tx.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
    opened.close()


def test_the_list_of_an_older_store_is_the_first_version_of_its_entries(empty_store_url: str) -> None:
    old = a_store_at(empty_store_url, "0007")
    insert = "INSERT INTO published_entry VALUES ('{}', 'Current', '{{\"A\": \"b \"}}', '{}', '2026-11-20T12:00:00Z')"
    with old.begin() as tx:
        for number in ("000002", "000001"):
            tx.execute(text(insert.format(number, "c" * 64).replace(":", "\\:")))
    old.dispose()
    opened = Store(empty_store_url).open()
    fields = {"A": "b "}
    assert entries(opened) == (RegisterEntry("000001", "Current", fields), RegisterEntry("000002", "Current", fields))
    put(opened, a_line("000009"), at=LATER)
    with opened.reading() as tx:
        (first, second) = listing.versions(tx)
        assert (first.version, first.source, second.id) == ("", "c" * 64, first.id + 1)
        assert [step.effective for step in listing.history(tx, "000001")] == [date(2026, 11, 20)]
    opened.close()
