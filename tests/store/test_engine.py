"""The database itself: shared by many writers, lost and found again, never telling its password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from fresh_stores import lay_store
from helpers import FRIDAY, a_message, of_another_release
from peers.peers import free_port
from peers.postgresql import Databases
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from intake.domain.events import ReviewOpened
from intake.errors import ConfigurationError, UnreachableError
from intake.store import events, leases, postgresql, submissions
from intake.store.engine import Store

WRITERS = 8


def at_once(work: Callable[[int], object]) -> list[object]:
    """Do it in several threads together."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(work, range(WRITERS)))


@pytest.fixture
def remote(databases: Databases) -> Iterator[Store]:
    """A store on PostgreSQL."""
    with databases.database() as url:
        opened = Store(url).open()
        yield opened
        opened.close()


def test_processes_that_start_at_once_make_the_schema_once(databases: Databases) -> None:
    with databases.database(migrated=False) as url:
        stores = [Store(url) for _ in range(WRITERS)]
        at_once(lambda number: stores[number].open())
        for store in stores:
            store.close()


def test_the_ledger_of_many_writers_is_one_chain_without_gaps(store: Store) -> None:
    def write(writer: int) -> None:
        for number in range(10):
            with suppress(RuntimeError), store.transaction() as tx:
                events.append(tx, of_another_release("received", by=writer), at=FRIDAY)
                if number % 3 == 0:
                    raise RuntimeError
                events.append(tx, of_another_release("acknowledged", by=writer), at=FRIDAY)

    at_once(write)
    with store.reading() as tx:
        assert events.first_fault(tx) is None
        assert sum(1 for _ in events.chain(tx)) == WRITERS * 6 * 2


def test_no_two_writers_claim_the_same(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(1, 41):
            submissions.record(tx, [a_message(number)])

    def claim(writer: int) -> list[int]:
        taken = []
        for _ in range(10):
            with store.transaction() as tx:
                actual = submissions.claim(tx, f"writer/{writer}", now=FRIDAY, lease=timedelta(hours=1), limit=2)
            taken += [submission.id for submission in actual]
        return taken

    claims = [number for each in at_once(claim) if isinstance(each, list) for number in each]
    assert sorted(claims) == list(range(1, 41))


def test_a_claim_passes_over_what_a_peer_is_just_claiming(remote: Store) -> None:
    with remote.transaction() as tx:
        for number in (1, 2):
            submissions.record(tx, [a_message(number)])
    hour = timedelta(hours=1)
    with remote.transaction() as ours, remote.transaction() as theirs:
        (first,) = submissions.claim(ours, "us", now=FRIDAY, lease=hour, limit=1)
        (second,) = submissions.claim(theirs, "they", now=FRIDAY, lease=hour, limit=1)
    assert (first.id, second.id) == (1, 2)


def test_a_lost_connection_is_replaced(remote: Store, databases: Databases) -> None:
    with remote.reading() as tx:
        tx.execute(text("SELECT 1"))
    cut_off(databases)
    with remote.transaction() as tx:
        submissions.record(tx, [a_message(1)])


def test_a_connection_lost_in_mid_commit_is_unreachable_and_leaves_nothing(remote: Store, databases: Databases) -> None:
    def interrupted() -> None:
        with remote.transaction() as tx:
            submissions.record(tx, [a_message(1)])
            cut_off(databases)
            events.append(tx, ReviewOpened(), at=FRIDAY)

    with pytest.raises(UnreachableError, match="cannot be used"):
        interrupted()
    with remote.reading() as tx:
        assert submissions.of_contents(tx, [a_message(1).raw_sha256]) == {}


def cut_off(databases: Databases) -> None:
    """End every connection of the program, as a server does that is restarted."""
    databases.say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cpl-intake'")


def test_what_was_restored_without_statistics_is_analysed_when_it_is_opened(remote: Store) -> None:
    filling = (
        "INSERT INTO sighting (mailbox, epoch, uid, state, attempts, seen_at)"
        " SELECT 'post', '1', n::text, 'vanished', 0, '' FROM generate_series(1, 9000) AS n"
    )
    known = text("SELECT count(*) > 0 FROM pg_stats WHERE tablename = 'sighting'")
    with remote.transaction() as tx:
        tx.execute(text(filling))
        assert not tx.scalar(known)
    again = Store(remote.url).open()
    with again.reading() as tx:
        assert tx.scalar(known)
    again.close()


def test_a_statement_is_planned_for_what_it_asks(remote: Store) -> None:
    with remote.reading() as tx:
        assert tx.scalar(text("SHOW plan_cache_mode")) == "force_custom_plan"


def test_a_reader_writes_nothing(remote: Store) -> None:
    with pytest.raises(UnreachableError, match="read-only"), remote.reading() as tx:
        submissions.record(tx, [a_message(1)])


def test_a_server_that_is_not_there_is_unreachable_and_its_password_is_not_told() -> None:
    address = f"127.0.0.1:{free_port()}/cpl"
    for store in (
        Store(f"postgresql+psycopg://cpl:hush-hush@{address}"),
        Store(f"postgresql://cpl@{address}", password="hush-hush"),
    ):
        with pytest.raises(UnreachableError) as caught:
            store.open()
        assert "127.0.0.1" in str(caught.value)
        assert "hush" not in f"{caught.value} {caught.value.hint}"


def test_a_statement_that_fails_does_not_tell_what_it_was_given(store: Store) -> None:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1)])
    with pytest.raises(IntegrityError) as caught, store.transaction() as tx:
        submissions.record(tx, [a_message(1, subject="of no concern to the log")])
    assert "of no concern" not in str(caught.value)


def test_without_its_driver_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "find_spec", lambda _name: None)
    with pytest.raises(ConfigurationError, match="postgres") as caught:
        Store("postgresql+psycopg://cpl@127.0.0.1/cpl").open()
    assert "cpl-intake[postgres]" in caught.value.hint


@pytest.mark.parametrize("url", ["", "cpl.db", "mysql://host/cpl", "postgresql://host:port/cpl"])
def test_a_url_of_another_kind_is_a_fault_of_the_configuration(url: str) -> None:
    with pytest.raises(ConfigurationError, match="neither"):
        Store(url)


def test_a_file_that_is_no_database_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"something else entirely, and long enough to be read as a header" * 20)
    with pytest.raises(UnreachableError, match="not a database"):
        Store(f"sqlite:///{tmp_path}/store.db").open()


def test_words_that_no_database_can_keep_are_kept_as_far_as_they_can_be(store: Store) -> None:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1, subject="CPL\0submission \ud800")])
        assert submissions.get(tx, 1).subject == "CPL\N{REPLACEMENT CHARACTER}submission \N{REPLACEMENT CHARACTER}"


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Store]:
    """A store in a file, with a message."""
    opened = Store(lay_store(tmp_path / "store.db")).open()
    with opened.transaction() as tx:
        submissions.record(tx, [a_message(1)])
    yield opened
    opened.close()


def replaced(file: Path) -> None:
    another = file.with_name("another.db")
    lay_store(another)
    another.rename(file)


@pytest.mark.parametrize("happens", [lambda file: file.rename(f"{file}.old"), Path.unlink, replaced])
def test_nothing_is_written_into_a_file_that_nobody_would_find(
    local: Store, tmp_path: Path, happens: Callable[[Path], object]
) -> None:
    file = tmp_path / "store.db"
    happens(file)
    there = file.exists()
    for begin in (local.transaction, local.reading):
        with pytest.raises(UnreachableError, match="was moved, removed or replaced") as caught, begin() as tx:
            submissions.get(tx, 1)
        assert "Put the store's own file back" in caught.value.hint
    assert file.exists() is there  # and none was made in its place


def test_a_file_that_is_put_back_is_used_again(local: Store, tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.rename(tmp_path / "away.db")
    with pytest.raises(UnreachableError), local.reading() as tx:
        submissions.get(tx, 1)
    (tmp_path / "away.db").rename(file)
    with local.transaction() as tx:
        submissions.record(tx, [a_message(2)])
        assert submissions.get(tx, 2).subject == "CPL submission 2"


def test_no_thread_makes_a_new_file_with_a_connection_of_its_own(local: Store, tmp_path: Path) -> None:
    def read() -> None:
        with local.reading() as tx:
            submissions.get(tx, 1)

    with local.reading() as tx:
        submissions.get(tx, 1)  # the pool's first connection is taken
        (tmp_path / "store.db").rename(tmp_path / "away.db")
        with ThreadPoolExecutor(1) as pool, pytest.raises(UnreachableError, match="was moved"):
            pool.submit(read).result()
    assert not (tmp_path / "store.db").exists()


def test_a_page_that_is_damaged_is_told_as_damage_and_not_as_a_fault_of_ours(local: Store, tmp_path: Path) -> None:
    with local.transaction() as tx:
        page = tx.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'message'"))
        size = tx.scalar(text("PRAGMA page_size"))
    with local.reading() as tx:
        tx.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    local.close()
    with (tmp_path / "store.db").open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(UnreachableError, match="malformed") as caught, local.reading() as tx:
        submissions.get(tx, 1)
    assert "restore a backup" in caught.value.hint


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_keep_every_text_is_refused(databases: Databases, encoding: str) -> None:
    name = f"in_{encoding.lower()}"
    databases.say(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'")
    other = Store(databases.url(name))
    with pytest.raises(ConfigurationError, match=f"is encoded in {encoding}") as caught:
        other.open()
    other.close()
    assert "UTF8" in caught.value.hint
    databases.say(f"DROP DATABASE {name}")


@pytest.mark.parametrize("state", ["25006", "25P04", "40P01", "53100", "53300", "57014", "57P03", "58030", "XX000"])
def test_what_goes_wrong_at_the_server_is_about_the_world(remote: Store, state: str) -> None:
    body = f"DO $$ BEGIN RAISE EXCEPTION 'as a server says it' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(UnreachableError, match="as a server says it"), remote.transaction() as tx:
        tx.exec_driver_sql(body)


@pytest.mark.parametrize("state", ["0A000", "26000", "34000", "3D000", "3F000", "42703", "42704", "42P01", "42P05"])
def test_a_store_that_was_changed_under_us_is_no_fault_of_ours(remote: Store, state: str) -> None:
    body = f"DO $$ BEGIN RAISE EXCEPTION 'as a server says it' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(UnreachableError, match="as a server says it") as caught, remote.transaction() as tx:
        tx.exec_driver_sql(body)
    assert "start them again" in caught.value.hint


@pytest.mark.parametrize(
    "change", ["DROP TABLE aside", "ALTER TABLE aside DROP COLUMN more", "ALTER TABLE aside ADD new int"]
)
def test_a_table_that_changes_between_two_statements_is_no_fault_of_ours(remote: Store, change: str) -> None:
    with remote.transaction() as tx:
        tx.exec_driver_sql("CREATE TABLE aside (one int, more int)")
    asked = "SELECT more, aside.* FROM aside"

    def ask() -> None:
        with remote.transaction() as tx:
            tx.exec_driver_sql(asked)

    for _ in range(6):  # by then the driver has it prepared
        ask()
    another = create_engine(remote.url)  # as another process
    with another.begin() as tx:
        tx.execute(text(change))
    another.dispose()
    with pytest.raises(UnreachableError, match="cannot be used"):
        ask()


def test_a_statement_of_ours_that_cannot_be_is_a_fault_of_ours(remote: Store) -> None:
    with pytest.raises(ProgrammingError), remote.transaction() as tx:
        tx.exec_driver_sql("SELEC 1")


def test_a_probe_changes_nothing_and_is_told_what_is_refused(remote: Store) -> None:
    def probe(first: str) -> None:
        with remote.probing() as tx:
            tx.exec_driver_sql(first)
            leases.try_writing(tx)

    probe("SET TRANSACTION READ WRITE")
    with pytest.raises(UnreachableError, match="read-only"):
        probe("SET TRANSACTION READ ONLY")


def test_a_right_that_was_taken_away_is_about_the_world(databases: Databases) -> None:
    with databases.database() as url:
        name = make_url(url).database
        databases.say("CREATE ROLE reader LOGIN", f"GRANT CONNECT ON DATABASE {name} TO reader")
        other = Store(make_url(url).set(username="reader").render_as_string(hide_password=False))
        with pytest.raises(UnreachableError, match="permission denied"):
            other.open()
        other.close()
    databases.say("DROP ROLE reader")
