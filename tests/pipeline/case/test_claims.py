"""Claims are leases: they end by themselves, are renewed, handed on, and bind decisions."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from helpers import HandClock, a_submission, fetched

from intake.domain.review import Action, Decision, DecisionRefusedError, Role
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import claims
from intake.pipeline.review.decide import decide
from intake.pipeline.services import Services
from intake.store import events, people, submissions
from intake.store.schema import PROGRAM
from intake.store.submissions import Submission

HOURS = timedelta(hours=8)
PEOPLE = ("Ada", "Ben", "Cleo")


@pytest.fixture
def desk(services: Services) -> Services:
    receive(services, fetched(a_submission()))
    submission = work.claim_one(services)
    assert submission is not None
    work.work_on(services, submission, Event())
    with services.store.transaction() as tx:
        for name in PEOPLE:
            people.add(tx, name, "", Role.ANALYST, services.clock.now())
        people.add(tx, "Rita", "", Role.AUDITOR, services.clock.now())
    return services


def now(services: Services) -> Submission:
    with services.store.reading() as tx:
        return submissions.get(tx, 1)


def told(services: Services) -> list[tuple[str, str, object]]:
    """Events of people: name, actor, and who had the claim before."""
    with services.store.reading() as tx:
        return [
            (event.name, event.actor, event.detail.get("before"))
            for event in events.of_message(tx, 1)
            if event.actor != PROGRAM
        ]


def decision(services: Services, action: Action, person: str) -> Decision:
    return Decision(action, person, now(services).report_sha256 or "", "A letter.\n")


@pytest.mark.parametrize("action", list(Action))
def test_a_case_that_another_holds_is_decided_only_after_a_take_over(desk: Services, action: Action) -> None:
    claims.claim(desk, 1, "Ada")
    with pytest.raises(DecisionRefusedError, match=r"Ada has claimed CPL-000001 until \w+ \d+ \w+ \d+ \d\d:\d\d"):
        decide(desk, 1, decision(desk, action, "Ben"))
    assert now(desk).state is State.IN_REVIEW
    claims.claim(desk, 1, "Ben")
    assert told(desk)[-1] == ("claimed", "Ben", "Ada")
    decide(desk, 1, decision(desk, action, "Ben"))
    assert now(desk).state is not State.IN_REVIEW


def test_a_claim_ends_by_itself_to_the_second(desk: Services, clock: HandClock) -> None:
    claims.claim(desk, 1, "Ada")
    began = clock.now()
    assert now(desk).claimed_until == began + HOURS
    clock.at = began + HOURS - timedelta(seconds=1)
    assert now(desk).holder(clock.now()) == "Ada"
    clock.at = began + HOURS
    assert now(desk).holder(clock.now()) is None
    decide(desk, 1, decision(desk, Action.RETURN, "Ben"))


def test_a_claim_that_has_run_out_is_taken_from_nobody(desk: Services, clock: HandClock) -> None:
    claims.claim(desk, 1, "Ada")
    clock.at += HOURS
    claims.claim(desk, 1, "Ben")
    assert told(desk) == [("claimed", "Ada", None), ("claimed", "Ben", None)]
    with pytest.raises(DecisionRefusedError, match="It is claimed by Ben"):
        claims.unclaim(desk, 1, "Ada")


def test_a_claim_of_an_earlier_release_has_no_end(desk: Services, clock: HandClock) -> None:
    with desk.store.transaction() as tx:
        submissions.note(tx, submissions.get(tx, 1), claimed_by="Ada")
    clock.forward(days=400)
    with pytest.raises(DecisionRefusedError, match="Ada has claimed CPL-000001; take it over"):
        decide(desk, 1, decision(desk, Action.RETURN, "Ben"))


def test_a_claim_is_renewed_by_its_holder_alone_and_only_while_it_runs(desk: Services, clock: HandClock) -> None:
    claims.claim(desk, 1, "Ada")
    version, began = now(desk).version, clock.now()
    clock.at = began + timedelta(hours=7)
    claims.renew(desk, 1, "Ben")
    assert now(desk).claimed_until == began + HOURS
    claims.renew(desk, 1, "Ada")
    assert now(desk).claimed_until == clock.now() + HOURS
    assert now(desk).version == version  # a form that Ada has open still stands
    clock.at += HOURS
    lapsed = now(desk).claimed_until
    claims.renew(desk, 1, "Ada")
    assert now(desk).claimed_until == lapsed


def test_claiming_twice_is_one_claim(desk: Services, clock: HandClock) -> None:
    claims.claim(desk, 1, "Ada")
    version = now(desk).version
    clock.forward(hours=1)
    claims.claim(desk, 1, "Ada")
    assert told(desk) == [("claimed", "Ada", None)]
    assert (now(desk).version, now(desk).claimed_until) == (version, clock.now() + HOURS)


def test_a_decision_ends_the_deciders_claim_so_that_the_second_person_need_not_take_it_over(desk: Services) -> None:
    claims.claim(desk, 1, "Ada")
    decide(desk, 1, decision(desk, Action.APPROVE, "Ada"))
    assert now(desk).claimed_by is None
    claims.claim(desk, 1, "Ben")
    decide(desk, 1, decision(desk, Action.APPROVE, "Ben"))
    assert (now(desk).claimed_by, now(desk).claimed_until) == (None, None)


def test_whoever_asks_keeps_the_claim_for_the_answer(desk: Services) -> None:
    claims.claim(desk, 1, "Ada")
    decide(desk, 1, decision(desk, Action.ASK, "Ada"))
    assert now(desk).claimed_by == "Ada"


def test_assigning_claims_for_the_other_and_says_from_whom(desk: Services) -> None:
    claims.assign(desk, 1, "Ben", "Ada", version=now(desk).version)
    claims.assign(desk, 1, "Cleo", "Ada", version=now(desk).version)
    assert told(desk) == [("assigned", "Ada", None), ("assigned", "Ada", "Ben")]
    assert now(desk).holder(desk.clock.now()) == "Cleo"
    with pytest.raises(DecisionRefusedError, match="Cleo has claimed"):
        decide(desk, 1, decision(desk, Action.RETURN, "Ada"))


def test_a_form_that_assigns_posted_twice_assigns_once(desk: Services) -> None:
    version = now(desk).version
    for _ in range(2):
        claims.assign(desk, 1, "Ben", "Ada", version=version)
    assert told(desk) == [("assigned", "Ada", None)]
    claims.unclaim(desk, 1, "Ben")
    with pytest.raises(DecisionRefusedError, match="has changed since"):
        claims.assign(desk, 1, "Ben", "Ada", version=version)
    assert now(desk).claimed_by is None


def test_assigning_to_oneself_is_claiming(desk: Services) -> None:
    claims.assign(desk, 1, "Ada", "Ada", version=now(desk).version)
    assert told(desk) == [("claimed", "Ada", None)]


@pytest.mark.parametrize("to", ["Rita", "Nobody", "", "ada", "Ada ", "Ada\0", "\ud800"])
def test_only_who_decides_is_assigned_anything(desk: Services, to: str) -> None:
    with pytest.raises(DecisionRefusedError, match="Nobody who decides is called"):
        claims.assign(desk, 1, to, "Ada", version=now(desk).version)
    assert told(desk) == []


@pytest.mark.parametrize("action", [Action.RETURN])
def test_what_is_closed_is_assigned_to_nobody(desk: Services, action: Action) -> None:
    decide(desk, 1, decision(desk, action, "Ada"))
    with pytest.raises(DecisionRefusedError, match="nothing to work on"):
        claims.assign(desk, 1, "Ben", "Ada", version=now(desk).version)
