"""The published list in the store: whole, replaced whole, read once a change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from helpers import FRIDAY, a_store_at
from sqlalchemy import create_engine, inspect, text

from intake.domain.events import PersonAdded
from intake.store import events, listing
from intake.store.engine import HEAD, Store, Transaction
from intake.store.listing import Import, Listing
from intake.store.schema import entry
from rules.facts import RegisterEntry

LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_line(number: str, **fields: str) -> RegisterEntry:
    return RegisterEntry(number, "Current", {"Manufacturer_Image.creator": "Zoë & Söhne ", **fields})


LINES = (a_line("000001"), a_line("000002", **{"Firmware Upgrade Path": "000001, 000003"}), a_line("000003"))


def put(store: Store, *lines: RegisterEntry, sha256: str = "a" * 64, at: datetime = FRIDAY) -> None:
    with store.transaction() as tx:
        listing.replace_all(tx, lines, at, sha256=sha256)


def held(store: Store, memory: Listing | None = None) -> tuple[RegisterEntry, ...] | None:
    with store.reading() as tx:
        return listing.all_entries(tx) if memory is None else memory.entries(tx)


def test_where_no_list_was_imported_there_is_none(store: Store) -> None:
    assert held(store) is None
    assert held(store, Listing()) is None
    with store.reading() as tx:
        assert listing.newest_import(tx) is None


def test_a_list_is_given_back_to_the_letter_by_number(store: Store) -> None:
    put(store, *reversed(LINES))
    assert held(store) == LINES
    with store.reading() as tx:
        assert listing.newest_import(tx) == Import("a" * 64, FRIDAY)


def test_another_list_replaces_the_whole_of_the_one_before(store: Store) -> None:
    put(store, *LINES)
    put(store, LINES[2], a_line("000009"), sha256="b" * 64, at=LATER)
    assert held(store) == (LINES[2], a_line("000009"))
    with store.reading() as tx:
        assert listing.newest_import(tx) == Import("b" * 64, LATER)


def test_a_commit_that_fails_leaves_the_list_before(store: Store) -> None:
    put(store, *LINES)

    def breaks() -> None:
        with store.transaction() as tx:
            listing.replace_all(tx, [a_line("000009")], LATER, sha256="b" * 64)
            message = "a fault of ours"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        breaks()
    assert held(store) == LINES


def test_a_list_is_read_once_and_again_after_another_import(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = listing.all_entries

    def counted(tx: Transaction) -> tuple[RegisterEntry, ...] | None:
        read.append("read")
        return whole(tx)

    monkeypatch.setattr(listing, "all_entries", counted)
    memory = Listing()
    put(store, *LINES)
    assert [held(store, memory) for _ in range(3)] == [LINES] * 3
    assert len(read) == 1
    put(store, LINES[0], sha256="b" * 64)  # in the same moment
    assert [held(store, memory) for _ in range(3)] == [LINES[:1]] * 3
    assert len(read) == 2
    put(store, LINES[1], sha256="b" * 64, at=LATER)  # the same file, read by a later release
    assert held(store, memory) == LINES[1:2]


def test_a_list_imported_by_another_process_is_seen(store: Store) -> None:
    memory = Listing()
    put(store, *LINES)
    assert held(store, memory) == LINES
    other = Store(store.url).open()
    put(other, LINES[1], sha256="b" * 64)
    other.close()
    assert held(store, memory) == LINES[1:2]


def test_a_store_of_the_release_before_gets_the_table_and_keeps_the_rest(store_url: str) -> None:
    url = store_url
    old = a_store_at(url, "0001")
    with old.begin() as tx:
        events.append(tx, PersonAdded(person="ada", role="analyst"), at=FRIDAY)
    old.dispose()
    opened = Store(url).open()
    put(opened, *LINES)
    assert held(opened) == LINES
    with opened.reading() as tx:
        assert [event.name for event in events.chain(tx)] == ["person_added"]
        assert tx.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
    opened.close()


def test_the_migration_makes_the_columns_that_the_program_uses(store: Store) -> None:
    engine = create_engine(store.url)
    made = {(column["name"], column["nullable"]) for column in inspect(engine).get_columns("entry")}
    engine.dispose()
    assert made == {(column.name, column.nullable) for column in entry.columns}
