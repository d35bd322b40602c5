"""Replicas and people that do the same at the same moment: one of them has done it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Event

import pytest
from helpers import a_submission, fetched, let_leases_run_out

from intake.domain.review import Action, Decision, DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import claims
from intake.pipeline.heartbeat import beat
from intake.pipeline.reading.examine import Then
from intake.pipeline.review import decide
from intake.pipeline.services import Services
from intake.store import events, leases, outbox, sightings, submissions
from intake.store.engine import Store

REPLICAS = 6


@pytest.fixture
def replicas(services: Services) -> Iterator[list[Services]]:
    """So many processes with one store."""
    stores = [Store(services.store.url).open() for _ in range(REPLICAS)]
    yield [replace(services, store=store, owner=leases.owner()) for store in stores]
    for store in stores:
        store.close()


def at_once(replicas: list[Services], act: Callable[[Services], object]) -> list[object]:
    with ThreadPoolExecutor(REPLICAS) as pool:
        return list(pool.map(act, replicas))


def happened(services: Services) -> list[str]:
    with services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [event.name for event in events.of_message(tx, 1)]


def test_a_message_that_arrives_everywhere_at_once_is_one_submission_with_one_letter(replicas: list[Services]) -> None:
    raw = a_submission()
    news = at_once(replicas, lambda services: receive(services, fetched(raw, str(replicas.index(services) // 2))))
    assert sorted(map(bool, news)) == [False] * (REPLICAS - 1) + [True]
    names = happened(replicas[0])
    assert names.count("received") == names.count("acknowledgement_queued") == 1
    assert names.count("sighted_again") == REPLICAS // 2 - 1
    with replicas[0].store.reading() as tx:
        assert len(outbox.of_message(tx, 1)) == 1
        assert len(sightings.of_message(tx, 1)) == REPLICAS // 2


def test_people_who_decide_at_once_decide_once(replicas: list[Services]) -> None:
    receive(replicas[0], fetched(a_submission()))
    submission = work.claim_one(replicas[0])
    assert submission is not None
    work.work_on(replicas[0], submission, Event())
    with replicas[0].store.reading() as tx:
        seen = submissions.get(tx, 1).report_sha256 or ""

    def say_no(services: Services) -> bool:
        with suppress(DecisionRefusedError):
            decide.decide(services, 1, Decision(Action.RETURN, "ada", seen, "Please mend it.", "no"))
            return True
        return False

    assert at_once(replicas, say_no).count(True) == 1
    assert happened(replicas[0]).count("returned") == 1
    with replicas[0].store.reading() as tx:
        assert [letter.kind for letter in outbox.of_message(tx, 1)] == ["acknowledgement", "return"]


def test_people_who_claim_at_once_are_all_recorded(replicas: list[Services]) -> None:
    receive(replicas[0], fetched(a_submission()))
    at_once(replicas, lambda services: claims.claim(services, 1, f"person {replicas.index(services)}"))
    assert happened(replicas[0]).count("claimed") == REPLICAS


def test_work_that_takes_longer_than_its_lease_stays_ours_while_we_live(
    replicas: list[Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    us, they = replicas[0], replicas[1]
    receive(us, fetched(a_submission()))
    ordinary = work.STEPS[State.RECEIVED]

    def slow(services: Services, submission: submissions.Submission, then: Then) -> submissions.Submission:
        let_leases_run_out(they.store)
        beat(services)
        assert work.claim_one(they) is None
        return ordinary(services, submission, then)

    monkeypatch.setitem(work.STEPS, State.RECEIVED, slow)
    held = work.claim_one(us)
    assert held is not None
    work.work_on(us, held, Event())
    with us.store.reading() as tx:
        assert submissions.get(tx, 1).state is State.IN_REVIEW
