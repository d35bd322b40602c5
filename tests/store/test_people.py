"""People, sessions, failed sign-ins and flows, on every kind of database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from helpers import FRIDAY
from sqlalchemy.exc import IntegrityError

from intake.domain.review import Role
from intake.store import attempts, audit, flows, people, sessions
from intake.store.audit import Sought
from intake.store.engine import Store
from intake.store.flows import Flow

MINUTE = timedelta(minutes=1)


def test_who_is_shut_out_has_no_session_from_then_on(store: Store) -> None:
    with store.transaction() as tx:
        people.add(tx, "ada", "hash", Role.ANALYST, FRIDAY)
        for token in ("a" * 64, "b" * 64):
            sessions.start(tx, token, "ada", "csrf", FRIDAY, address="192.0.2.1", browser="x")
        people.know_browser(tx, "c" * 64, "ada", FRIDAY, keep=5)
    with store.reading() as tx:
        here = sessions.find(tx, "a" * 64)
        assert here is not None
        assert (here.address, here.role, here.handle) == ("192.0.2.1", Role.ANALYST, "a" * 16)
    with store.transaction() as tx:
        people.change(tx, "ada", disabled_at=FRIDAY)
    with store.reading() as tx:  # even a session that was not ended
        assert sessions.find(tx, "a" * 64) is None
        assert people.names(tx, Role.ANALYST) == ()
        assert not people.anybody(tx)
    with store.transaction() as tx:
        assert people.shut_out(tx, "ada") == 2
        assert not people.knows_browser(tx, "c" * 64, "ada")


def test_one_session_is_ended_by_its_whole_handle_alone(store: Store) -> None:
    with store.transaction() as tx:
        people.add(tx, "ada", "hash", Role.ANALYST, FRIDAY)
        sessions.start(tx, "a" * 64, "ada", "csrf", FRIDAY)
        assert [sessions.end_named(tx, "ada", handle) for handle in ("", "a", "%" * 16, "b" * 16)] == [0, 0, 0, 0]
        assert sessions.end_named(tx, "ada", "a" * 16) == 1


def test_one_subject_is_one_person(store: Store) -> None:
    with store.transaction() as tx:
        people.add_bound(tx, "ada", Role.ANALYST, "https://idp.example.test", "1", FRIDAY)
        people.add_bound(tx, "ben", Role.ANALYST, "https://other.example.test", "1", FRIDAY)
        for name in ("cleo", "dora"):  # who sign in by no provider are nobody's subject
            people.add(tx, name, "hash", Role.ANALYST, FRIDAY)
        found = people.find_bound(tx, "https://idp.example.test", "1")
        assert found is not None
        assert found.name == "ada"
    with pytest.raises(IntegrityError), store.transaction() as tx:
        people.add_bound(tx, "eve", Role.ANALYST, "https://idp.example.test", "1", FRIDAY)


def test_a_new_password_unbinds_and_lets_in_again(store: Store) -> None:
    with store.transaction() as tx:
        people.add_bound(tx, "ada", Role.ANALYST, "https://idp.example.test", "1", FRIDAY)
        people.change(tx, "ada", disabled_at=FRIDAY)
        before = people.add(tx, "ada", "hash", Role.AUDITOR, FRIDAY)
        assert before is not None
        assert (before.role, before.subject) == (Role.ANALYST, "1")
        now = people.find(tx, "ada")
        assert now is not None
        assert (now.role, now.subject, now.issuer, now.disabled_at) == (Role.AUDITOR, None, None, None)
        assert people.find_bound(tx, "https://idp.example.test", "1") is None


def test_only_the_newest_browsers_are_kept(store: Store) -> None:
    with store.transaction() as tx:
        people.add(tx, "ada", "hash", Role.ANALYST, FRIDAY)
        for number in range(4):
            people.know_browser(tx, str(number), "ada", FRIDAY + number * MINUTE, keep=2)
        assert [people.knows_browser(tx, str(number), "ada") for number in range(4)] == [False, False, True, True]


def test_failures_are_forgotten_with_time_and_with_success(store: Store) -> None:
    with store.transaction() as tx:
        for at in (FRIDAY, FRIDAY + MINUTE, FRIDAY + 2 * MINUTE):
            attempts.count(tx, "ada", "here", at, forget=FRIDAY)
        attempts.count(tx, "ada", "there", FRIDAY + 3 * MINUTE, forget=FRIDAY)
        assert attempts.failures(tx, "ada", FRIDAY, "here") == (FRIDAY + 2 * MINUTE, FRIDAY + MINUTE)
        assert len(attempts.failures(tx, "ada", FRIDAY - MINUTE)) == 3  # the first was forgotten by the second
        attempts.succeeded(tx, "ada", "here")
        assert attempts.failures(tx, "ada", FRIDAY) == (FRIDAY + 3 * MINUTE,)


def test_a_flow_serves_once_and_is_forgotten(store: Store) -> None:
    first, second = (
        Flow("state", "nonce", "verifier", "/", posted, FRIDAY + minutes * MINUTE)
        for minutes, posted in ((0, None), (5, {"letter": "Dear <Robin>\x00"}))
    )
    with store.transaction() as tx:
        flows.begin(tx, "1", first, forget=FRIDAY - MINUTE)
        flows.begin(tx, "2", second, forget=FRIDAY)
        assert flows.take(tx, "1") is None
        assert flows.take(tx, "2") == second
        assert flows.take(tx, "2") is None


def test_the_ledger_is_searched_on_every_database(store: Store) -> None:
    with store.reading() as tx:
        assert audit.find(tx, Sought(person="ada", since=FRIDAY, until=FRIDAY), None, 5) == ()
        assert audit.people(tx) == ()
