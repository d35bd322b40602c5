"""Stores of earlier releases are changed in place; nothing that was recorded is lost or rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from helpers import FRIDAY, a_message, a_store_at
from sqlalchemy import Table, create_engine, inspect, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from store import old_stores

from intake.domain.events import Claimed
from intake.domain.letter_events import LetterSent
from intake.domain.search_facts import sought
from intake.store import cases, events, listing, outbox, schema, search, submissions
from intake.store.engine import HEAD, Store
from intake.store.outbox import NewLetter

COUNT = 40


@pytest.fixture
def migrated(empty_store_url: str) -> Iterator[Store]:
    """A store of the release before, opened by this one."""
    old = a_store_at(empty_store_url, old_stores.LAST)
    with old.begin() as tx:
        old_stores.fill(tx, COUNT)
    old.dispose()
    opened = Store(empty_store_url).open()
    yield opened
    opened.close()


def a_letter(number: int | None, *, entry: str | None = None, identity: str = "<ask.1@example.test>") -> NewLetter:
    return NewLetter(number, "ask", identity, "robin@ashdown.example", b"x", entry=entry)


def test_every_message_keeps_what_was_known_and_says_that_the_rest_is_not(migrated: Store) -> None:
    with migrated.reading() as tx:
        actual = [submissions.get(tx, number) for number in range(1, COUNT + 1)]
    assert [(submission.subject, submission.message_id) for submission in actual[:1]] == [
        ("CPL submission 1", "<1@ashdown.example>")
    ]
    assert not any(submission.envelope_known for submission in actual)
    assert {submission.documents for submission in actual} == {None}
    assert [submission.case for submission in actual] == [submission.id for submission in actual]


def test_the_ledger_of_an_old_store_verifies_and_goes_on(migrated: Store) -> None:
    with migrated.transaction() as tx:
        seq, digest = events.head(tx)
        assert seq == 2 * COUNT + 1
        assert events.first_fault(tx) is None
        events.append(tx, LetterSent(message_id="<a@b>", kind="notice", error=None), at=FRIDAY, entry="000001")
        events.append(tx, Claimed(before=None), at=FRIDAY, message=1)
    with migrated.reading() as tx:
        about_entry, about_message = events.chain(tx, since=seq + 1)
        assert events.first_fault(tx) is None
    assert (about_entry.entry, "entry" in about_message.content) == ("000001", False)
    assert events.link(digest, about_entry.content_sha256) == about_entry.digest


def test_salted_digests_count_from_the_event_that_says_so(migrated: Store) -> None:
    with migrated.reading() as tx:
        *old, marker = events.chain(tx)
        kept = tx.exec_driver_sql("SELECT content_sha256 FROM event ORDER BY seq").scalars().all()
    assert (marker.name, dict(marker.detail)) == ("digests_salted", {"since": marker.seq})
    assert [event.salt for event in old] == [None] * (2 * COUNT)
    assert len(marker.salt or b"") == 16
    assert kept == [event.content_sha256 for event in (*old, marker)]


def test_a_store_without_events_needs_no_marker(store: Store) -> None:
    with store.reading() as tx:
        assert events.head(tx) == (0, events.GENESIS)


def test_events_are_still_only_ever_appended(migrated: Store) -> None:
    with pytest.raises(DatabaseError, match="appended"), migrated.transaction() as tx:
        tx.exec_driver_sql("UPDATE event SET entry = '000001'")


def test_old_letters_answered_what_they_are_about(migrated: Store) -> None:
    with migrated.reading() as tx:
        (letter,) = outbox.of_message(tx, 7)
    assert (letter.message, letter.answers, letter.entry, letter.about) == (7, 7, None, "CPL-000007")
    assert letter.content.startswith(b"Subject: Re: CPL submission")


def test_a_letter_may_be_about_an_entry_and_answer_nothing(migrated: Store) -> None:
    with migrated.transaction() as tx:
        outbox.queue(tx, [a_letter(None, entry="000002")], FRIDAY)
    with migrated.reading() as tx:
        (letter,) = outbox.of_list(tx, "000002")
    assert (letter.message, letter.answers, letter.about) == (None, None, "entry 000002")


@pytest.mark.parametrize(
    "letter",
    [
        a_letter(1, identity=f"<ack.{1:032x}@example.test>"),
        a_letter(None),
        a_letter(1, entry="000001"),
        a_letter(COUNT + 1),
    ],
    ids=["same Message-ID", "about nothing", "about both", "about a message that is not there"],
)
def test_what_no_letter_can_be_is_refused(migrated: Store, letter: NewLetter) -> None:
    with pytest.raises(IntegrityError), migrated.transaction() as tx:
        outbox.queue(tx, [letter], FRIDAY)


def test_the_list_stands_under_its_new_name(migrated: Store) -> None:
    with migrated.reading() as tx:
        lines = listing.all_entries(tx)
    assert lines is not None
    assert [line.number for line in lines] == ["000001", "000002"]


def test_what_a_person_has_acted_on_has_been_seen(migrated: Store) -> None:
    with migrated.reading() as tx:
        seen = {number for number in range(1, COUNT + 1) if cases.kept(tx, number).seen >= number}
        acted = {
            submission.id
            for submission in (submissions.get(tx, number) for number in range(1, COUNT + 1))
            if submission.decided_by or submission.proposed_by or submission.claimed_by
        }
    assert seen == acted
    assert 0 < len(seen) < COUNT


def test_new_mail_is_numbered_on(migrated: Store) -> None:
    with migrated.transaction() as tx:
        (new,) = submissions.record(tx, [a_message(COUNT + 1)])
    assert new.id == COUNT + 1
    assert new.envelope_known


@pytest.mark.parametrize("table", schema.metadata.tables.values(), ids=lambda table: table.name)
def test_the_migrations_make_what_the_program_uses(store: Store, table: Table) -> None:
    engine = create_engine(store.url)
    inspector = inspect(engine)
    made = {(column["name"], column["nullable"]) for column in inspector.get_columns(table.name)}
    indexes = {(index["name"], tuple(index["column_names"])) for index in inspector.get_indexes(table.name)}
    key = inspector.get_pk_constraint(table.name)["constrained_columns"]
    engine.dispose()
    assert made == {(column.name, column.nullable) for column in table.columns}
    wanted = {(index.name, tuple(column.name for column in index.columns)) for index in table.indexes}
    assert wanted <= indexes
    assert key == [column.name for column in table.primary_key.columns]


def test_what_a_search_finds_stays_found(empty_store_url: str) -> None:
    older = a_store_at(empty_store_url, old_stores.LAST)
    with older.begin() as tx:
        old_stores.fill(tx, 2)
    older.dispose()
    facts = [{"message": number, "kind": kind, "value": f"gas{number}ä"} for number in (2, 1) for kind in ("a", "b")]
    old = a_store_at(empty_store_url, "0016")
    with old.begin() as tx:
        tx.execute(text("INSERT INTO fact (message, kind, value) VALUES (:message, :kind, :value)"), facts)
    old.dispose()
    with closing(Store(empty_store_url).open()) as opened, opened.reading() as tx:
        stored = [dict(row._mapping) for row in tx.execute(select(schema.fact)) if row.value.startswith("gas")]  # noqa: SLF001  # the documented way
        assert sorted(stored, key=str) == sorted(facts, key=str)
        assert search.find(tx, sought("gas2")).numbers == (2,)


def test_the_release_is_the_newest_migration(migrated: Store) -> None:
    with migrated.reading() as tx:
        assert tx.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD
