"""Leases: a dead holder of this machine loses them at once, a stranger's run out."""

import subprocess
import sys
from datetime import timedelta

from helpers import FRIDAY, a_message

from intake.store import leases, submissions
from intake.store.engine import Store


def a_dead_owner() -> str:
    """The owner name of a process that has ended."""
    command = [sys.executable, "-c", "from intake.store.leases import owner; print(owner())"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_a_living_process_is_not_taken_for_dead() -> None:
    assert not leases.known_dead(leases.owner())


def test_a_process_that_has_ended_is_known_to_be_dead() -> None:
    assert leases.known_dead(a_dead_owner())


def test_nothing_is_said_of_other_machines() -> None:
    assert not leases.known_dead("elsewhere/1/2/abc")


def test_a_number_used_again_by_another_process_is_not_the_same_holder() -> None:
    host, pid, birth, rest = leases.owner().split("/")
    assert leases.known_dead(f"{host}/{pid}/{int(birth) - 1}/{rest}")


def test_work_held_by_the_dead_is_free_again_at_the_next_start(store: Store) -> None:
    until = FRIDAY + timedelta(hours=1)
    with store.transaction() as tx:
        submissions.record(tx, a_message(1))
        assert submissions.claim(tx, a_dead_owner(), now=FRIDAY, until=until, limit=1)
        assert not submissions.claim(tx, leases.owner(), now=FRIDAY, until=until, limit=1)
        leases.release_those_of_the_dead(tx)
        assert submissions.claim(tx, leases.owner(), now=FRIDAY, until=until, limit=1)


def test_a_lease_from_elsewhere_runs_out(store: Store) -> None:
    until = FRIDAY + timedelta(seconds=30)
    with store.transaction() as tx:
        submissions.record(tx, a_message(1))
        submissions.claim(tx, "elsewhere/1/2/abc", now=FRIDAY, until=until, limit=1)
        leases.release_those_of_the_dead(tx)
        for later, free in ((29, 0), (31, 1)):
            now = FRIDAY + timedelta(seconds=later)
            assert len(submissions.claim(tx, leases.owner(), now=now, until=now, limit=1)) == free
