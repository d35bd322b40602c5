"""Leases: a dead holder of this machine loses them at once, a stranger's run out."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

from helpers import FRIDAY, a_message, let_leases_run_out

from intake.store import leases, mailboxes, submissions
from intake.store.engine import Store, Transaction
from intake.store.submissions import Submission

ELSEWHERE = "elsewhere:1/1/2/abc"
LEASE = timedelta(hours=1)


def claimed(tx: Transaction, owner: str, *, lease: timedelta = LEASE, limit: int = 1) -> list[Submission]:
    return submissions.claim(tx, owner, now=FRIDAY, lease=lease, limit=limit)


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
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1)])
        assert claimed(tx, a_dead_owner())
        assert not claimed(tx, leases.owner())
        leases.release_those_of_the_dead(tx)
        assert claimed(tx, leases.owner())


def test_a_lease_from_elsewhere_runs_out(store: Store) -> None:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1)])
        claimed(tx, ELSEWHERE)
        leases.release_those_of_the_dead(tx)
        assert not claimed(tx, leases.owner())
    let_leases_run_out(store)
    with store.transaction() as tx:
        assert claimed(tx, leases.owner())


def test_a_lease_runs_out_by_the_database_s_own_clock(store: Store) -> None:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(1)])
        assert claimed(tx, ELSEWHERE, lease=-timedelta(milliseconds=2))
        (submission,) = claimed(tx, ELSEWHERE, lease=timedelta(seconds=30))
        assert not claimed(tx, leases.owner())
    assert submission.lease_until is not None
    ahead = submission.lease_until - datetime.now(UTC)  # of the same machine, so the clocks agree
    assert timedelta(seconds=20) < ahead < timedelta(seconds=40)


def test_what_is_worked_on_is_renewed_and_what_was_taken_over_is_not(store: Store) -> None:
    us, in_hand = leases.owner(), leases.InHand()
    with store.transaction() as tx:
        for number in (1, 2, 3):
            submissions.record(tx, [a_message(number)])
        assert len(claimed(tx, us, limit=3)) == 3
        assert mailboxes.hold(tx, "post", us, LEASE)
    let_leases_run_out(store)
    with store.transaction() as tx:
        (lost,) = claimed(tx, ELSEWHERE)
    with (
        in_hand.working_on(leases.SUBMISSIONS, [1, 2]),
        in_hand.working_on(leases.MAILBOXES, ["post"]),
        store.transaction() as tx,
    ):
        in_hand.renew(tx, us, LEASE)
        (free,) = claimed(tx, ELSEWHERE, limit=3)
        assert not mailboxes.hold(tx, "post", ELSEWHERE, LEASE)
    assert (lost.id, free.id) == (1, 3)
    with store.transaction() as tx:
        assert submissions.get(tx, 1).lease_owner == ELSEWHERE
        assert submissions.get(tx, 2).lease_owner == us


def test_a_new_mailbox_is_held_by_the_first_who_asks(store: Store) -> None:
    with store.transaction() as tx:
        assert mailboxes.hold(tx, "post", ELSEWHERE, LEASE)
        assert not mailboxes.hold(tx, "post", leases.owner(), LEASE)
        assert mailboxes.hold(tx, "post", ELSEWHERE, LEASE)
    let_leases_run_out(store)
    with store.transaction() as tx:
        assert mailboxes.hold(tx, "post", leases.owner(), LEASE)
        assert not mailboxes.hold(tx, "post", ELSEWHERE, LEASE)
