"""Bringing an old store up to date: killed in the middle, done by several at once, refused where it is no old store."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing

import pytest
from helpers import a_store_at
from programs import environment
from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, select, text
from store import old_stores

from intake.errors import UnreachableError
from intake.store import events
from intake.store.engine import HEAD, Store
from intake.store.migrate import lacking

COUNT = 40
BOUND = 60
KILLED_AT = """
import os, signal, sys
from sqlalchemy import Engine, event
from intake.store.engine import Store

@event.listens_for(Engine, "after_cursor_execute")
def count(connection, cursor, statement, *_):
    if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DROP")):
        count.left -= 1
        if count.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

count.left = int(sys.argv[2])
Store(sys.argv[1]).open().close()
"""
OPENED = "import sys; from intake.store.engine import Store; Store(sys.argv[1]).open().close()"


def an_old_store(url: str, released: str = old_stores.LAST) -> Engine:
    old = a_store_at(url, released)
    with old.begin() as tx:
        old_stores.fill(tx, COUNT, released=released)
    return old


def everything(tx: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    there = MetaData()
    there.reflect(tx)
    return {name: sorted(map(tuple, tx.execute(select(table))), key=str) for name, table in there.tables.items()}


def look(url: str) -> tuple[dict[str, list[tuple[object, ...]]], set[str]]:
    """What stands in a store that nobody migrates, and its indexes."""
    engine = create_engine(url)
    with engine.connect() as tx:
        indexes = {
            str(index["name"]) for table in inspect(tx).get_table_names() for index in inspect(tx).get_indexes(table)
        }
        actual = everything(tx)
    engine.dispose()
    return actual, indexes


@pytest.mark.parametrize("killed_at", [1, 9, 27, 60, 100, 120])
def test_a_migration_that_is_killed_leaves_the_store_as_it_was(empty_store_url: str, killed_at: int) -> None:
    an_old_store(empty_store_url).dispose()
    before = look(empty_store_url)
    child = [sys.executable, "-c", KILLED_AT, empty_store_url, str(killed_at)]
    done = subprocess.run(child, env=environment(), capture_output=True, timeout=BOUND, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert look(empty_store_url) == before
    with closing(Store(empty_store_url).open()) as opened, opened.reading() as tx:
        assert events.first_fault(tx) is None
        assert events.head(tx)[0] == 2 * COUNT + 1
        assert lacking(tx) == []


def test_processes_that_find_an_old_store_change_it_once(empty_store_url: str) -> None:
    an_old_store(empty_store_url).dispose()
    command = [sys.executable, "-c", OPENED, empty_store_url]
    processes = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) for _ in range(4)]
    told = [process.communicate(timeout=BOUND)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], told
    with closing(Store(empty_store_url).open()) as opened, opened.reading() as tx:
        assert [event.name for event in events.chain(tx, since=2 * COUNT + 1)] == ["digests_salted"]
        assert events.first_fault(tx) is None


@pytest.mark.parametrize("released", ["0001", "0002", "0003", "0004", "0005"])
def test_a_store_of_any_early_release_is_brought_up_to_date(empty_store_url: str, released: str) -> None:
    old = a_store_at(empty_store_url, released)
    with old.begin() as tx:
        if released >= "0002":
            old_stores.fill(tx, COUNT, released=released)
    old.dispose()
    with closing(Store(empty_store_url).open()) as opened, opened.reading() as tx:
        assert lacking(tx) == []
        assert tx.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
        assert events.first_fault(tx) is None


@pytest.mark.parametrize(
    ("released", "spoil", "told"),
    [
        ("0001", "DROP INDEX outbox_by_time", "outbox_by_time"),
        ("0008", "DROP TABLE looked", "it lacks looked"),
        ("0008", "ALTER TABLE message DROP COLUMN thread_set_by", "it lacks message.thread_set_by"),
        ("0013", "DROP TABLE check_letter", "it lacks check_letter"),
        ("0016", "DROP TABLE closed_day", "it lacks closed_day"),
    ],
)
def test_a_store_that_is_not_what_its_number_says_is_refused_and_stays_as_it_is(
    empty_store_url: str, released: str, spoil: str, told: str
) -> None:
    old = a_store_at(empty_store_url, released)
    with old.begin() as tx:
        tx.execute(text(spoil))
    old.dispose()
    before = look(empty_store_url)
    store = Store(empty_store_url)
    with closing(store), pytest.raises(UnreachableError, match=f"at migration {released}, and is not") as caught:
        store.open()
    assert told in str(caught.value)
    assert "between two releases" in caught.value.hint
    assert look(empty_store_url) == before


def test_what_refuses_an_empty_value_is_lacking(empty_store_url: str) -> None:
    Store(empty_store_url).open().close()
    engine = create_engine(empty_store_url)
    with engine.begin() as tx:
        tx.execute(text("DROP TABLE summary"))
        tx.execute(text("CREATE TABLE summary (message INTEGER, returns INTEGER NOT NULL, queries INTEGER)"))
        actual = lacking(tx)
    engine.dispose()
    assert "summary.returns that may be empty" in actual
    assert "summary.device" in actual
    assert not any(name.startswith("summary.queries") for name in actual)
