"""Submissions in the store: allowed moves only, fenced against whoever was faster."""

from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from helpers import FRIDAY, a_message, let_leases_run_out
from sqlalchemy import text, update

from intake.domain.submission import MOVES, State, may_move
from intake.errors import UnreachableError
from intake.store import engine, submissions
from intake.store.engine import Store
from intake.store.schema import message, metadata
from intake.store.submissions import LostLeaseError, NoSuchSubmissionError, Submission

LATER = FRIDAY + timedelta(minutes=1)
LEASE = timedelta(minutes=1)


def one_claimed(store: Store, owner: str = "us") -> Submission:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1)])
        (submission,) = submissions.claim(tx, owner, now=FRIDAY, lease=LEASE, limit=5)
        return submission


def test_a_claimed_submission_is_nobody_else_s(store: Store) -> None:
    one_claimed(store)
    with store.transaction() as tx:
        assert submissions.claim(tx, "they", now=FRIDAY, lease=LEASE, limit=5) == []


def test_who_lost_the_lease_writes_nothing(store: Store) -> None:
    submission = one_claimed(store)
    let_leases_run_out(store)
    with store.transaction() as tx:
        (theirs,) = submissions.claim(tx, "they", now=FRIDAY, lease=LEASE, limit=5)
        submissions.move(tx, theirs, State.EXTRACTED)
    with pytest.raises(LostLeaseError), store.transaction() as tx:
        submissions.move(tx, submission, State.EXTRACTED)
    with pytest.raises(LostLeaseError), store.transaction() as tx:
        submissions.fail(tx, submission, "too late", retry_at=LATER)


def test_the_third_failure_puts_it_before_a_person(store: Store) -> None:
    submission = one_claimed(store)
    states = []
    for attempt in range(3):
        with store.transaction() as tx:
            failed = submissions.fail(tx, submission, "oh", retry_at=LATER)
            states.append((failed.state, failed.attempts))
            if attempt < 2:
                (submission,) = submissions.claim(tx, "us", now=LATER, lease=LEASE, limit=1)
    assert states == [(State.RECEIVED, 1), (State.RECEIVED, 2), (State.QUARANTINED, 3)]
    with store.reading() as tx:
        assert submissions.get(tx, 1).last_error == "oh"


def test_a_move_starts_the_count_of_attempts_anew(store: Store) -> None:
    submission = one_claimed(store)
    with store.transaction() as tx:
        submissions.fail(tx, submission, "oh", retry_at=FRIDAY)
        (submission,) = submissions.claim(tx, "us", now=FRIDAY, lease=LEASE, limit=1)
        assert submissions.move(tx, submission, State.EXTRACTED).attempts == 0


def test_a_postponed_submission_is_left_alone_until_then(store: Store) -> None:
    submission = one_claimed(store)
    with store.transaction() as tx:
        submissions.fail(tx, submission, "oh", retry_at=LATER)
        assert submissions.claim(tx, "us", now=FRIDAY, lease=LEASE, limit=1) == []
        assert submissions.next_work_at(tx) == LATER
        assert submissions.claim(tx, "us", now=LATER, lease=LEASE, limit=1)


@pytest.mark.parametrize("new", list(State))
def test_only_the_moves_in_the_table_are_made(store: Store, new: State) -> None:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1)])
        for old in State:
            tx.execute(update(message).values(state=old))
            before = submissions.get(tx, 1)
            if may_move(old, new):
                assert submissions.move(tx, before, new).state is new
            else:
                with pytest.raises(ValueError, match="cannot go"):
                    submissions.move(tx, before, new)


def test_every_state_has_its_moves_written_down() -> None:
    assert set(MOVES) == set(State)


def test_a_number_nobody_has_is_named(store: Store) -> None:
    with store.reading() as tx, pytest.raises(NoSuchSubmissionError, match="CPL-000007"):
        submissions.get(tx, 7)


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.reading() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_the_head_that_the_program_names_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(engine.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == engine.HEAD


def test_a_store_of_a_later_release_is_left_alone(store: Store) -> None:
    with store.transaction() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnreachableError, match="not of this release: it is at migration 9999"):
        Store(store.url).open()
