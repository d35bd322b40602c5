"""Several entries in one message: each is approved or returned, and two people do exactly the same."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest
from helpers import fetched, mail

from intake.demo import products
from intake.demo.samples import submission
from intake.domain.resolution import ResolutionKind
from intake.domain.review import (
    NUMBER_TO_COME,
    Action,
    Decision,
    DecisionRefusedError,
    EntryDecision,
    alike,
    made_of,
)
from intake.domain.submission import State
from intake.pipeline import work
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case.case import case
from intake.pipeline.review import resolve
from intake.pipeline.review.decide import decide, draft
from intake.pipeline.review.disposal import Disposal
from intake.pipeline.review.reopen import reopen
from intake.pipeline.review.resolve import Settlement
from intake.pipeline.services import Services
from intake.render.entry_view import entry_views
from intake.store import events, outbox, resolutions
from intake.web.timeline import timeline_item

APPROVE, RETURN = Action.APPROVE, Action.RETURN
FIRMWARE = "Device_Model.firmware_version"


@pytest.fixture
def three(services: Services) -> Services:
    """A good entry, one with small letters, and a good one."""
    documents: dict[str, bytes] = {}
    for serial in (1, 2, 3):
        values = products.faultless_form(products.PPMID, on=services.clock.now().date(), serial=serial)
        papers = products.certificates(values)
        if serial == 2:
            values[FIRMWARE] = values[FIRMWARE].replace("01", "0a", 1)
        documents |= {f"Form {serial}.xlsx": next(iter(submission(values).values()))}
        documents |= {f"{serial} {name}": content for name, content in papers.items()}
    receive(services, fetched(mail(documents=documents)))
    held = work.claim_one(services)
    assert held is not None
    work.work_on(services, held, Event())
    return services


def each(*actions: Action) -> tuple[EntryDecision, ...]:
    return tuple(EntryDecision(number, action) for number, action in enumerate(actions))


def decision(services: Services, action: Action, person: str = "ada", **changes: object) -> Decision:
    now = case(services, 1).submission
    made = Decision(action, person, now.report_sha256 or "", "A letter.\n", version=now.version)
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of Decision, checked by replace itself


def decided(services: Services) -> list[tuple[int, Action, str]]:
    with services.store.reading() as tx:
        return [(one.entry, one.action, one.person) for one in resolutions.decided_entries(tx, 1)]


def test_some_are_approved_by_two_people_and_the_rest_returned_in_one_letter(three: Services) -> None:
    entries = each(APPROVE, RETURN, APPROVE)
    letter = draft(case(three, 1), APPROVE, entries)
    proposed = decide(three, 1, decision(three, APPROVE, letter=letter, entries=entries))
    assert (proposed.state, decided(three)) == (State.PROPOSED, [])
    approved = decide(three, 1, decision(three, APPROVE, "ben", letter=letter, entries=entries))
    assert approved.state is State.APPROVED
    assert decided(three) == [(0, APPROVE, "ben"), (1, RETURN, "ben"), (2, APPROVE, "ben")]
    with three.store.reading() as tx:
        last = [event for event in events.of_message(tx, 1) if event.name == "approved"][-1]
        kinds = [item.kind for item in outbox.of_message(tx, 1)]
    assert last.detail["entries"] == ["approve", "return", "approve"]
    assert timeline_item(last).text == "Approved: entry 1 approved, entry 2 returned, entry 3 approved"
    assert kinds.count("approve") == 1


def test_the_letter_names_what_is_approved_and_what_is_returned_with_its_points_alone(three: Services) -> None:
    letter = draft(case(three, 1), APPROVE, each(APPROVE, RETURN, APPROVE))
    approved, _, returned = letter.partition("The following we cannot take further")
    assert "Form 1.xlsx" in approved
    assert "Form 3.xlsx" in approved
    assert "Form 2.xlsx" not in approved
    assert "Form 2.xlsx" in returned
    assert "Form 1.xlsx" not in returned
    assert "lower-case" in returned
    assert approved.count(f"Entry       {NUMBER_TO_COME}\n\n") == 2  # one for each, apart from the next
    assert NUMBER_TO_COME not in returned
    assert max(map(len, letter.splitlines())) <= 76


def test_a_letter_about_a_returned_entry_without_a_fault_waits_for_a_person_s_words(three: Services) -> None:
    entries = each(RETURN, APPROVE, APPROVE)
    letter = draft(case(three, 1), APPROVE, entries)
    with pytest.raises(DecisionRefusedError, match="Say here"):
        decide(three, 1, decision(three, APPROVE, letter=letter, entries=entries, reason="because"))


@pytest.mark.parametrize(
    "other",
    [each(APPROVE, APPROVE, APPROVE), each(APPROVE, RETURN, RETURN), each(RETURN, APPROVE, APPROVE), ()],
)
def test_the_second_person_confirms_exactly_what_was_proposed(
    three: Services, other: tuple[EntryDecision, ...]
) -> None:
    decide(three, 1, decision(three, APPROVE, entries=each(APPROVE, RETURN, APPROVE)))
    with pytest.raises(DecisionRefusedError, match="does something else with the entries"):
        decide(three, 1, decision(three, APPROVE, "ben", entries=other, reason="because"))
    assert case(three, 1).submission.state is State.PROPOSED
    decide(three, 1, decision(three, APPROVE, "ben", entries=each(APPROVE, RETURN, APPROVE)))


@pytest.mark.parametrize(
    "entries",
    [
        each(APPROVE, RETURN),
        each(APPROVE, RETURN, APPROVE, APPROVE),
        each(APPROVE) * 3,
        (EntryDecision(-1, APPROVE),) * 3,
    ],
)
def test_every_entry_is_decided_once(three: Services, entries: tuple[EntryDecision, ...]) -> None:
    with pytest.raises(DecisionRefusedError, match="Say of every entry"):
        decide(three, 1, decision(three, APPROVE, entries=entries))


@pytest.mark.parametrize(
    ("action", "entries"),
    [
        (APPROVE, each(RETURN, RETURN, RETURN)),
        (RETURN, each(APPROVE, RETURN, RETURN)),
        (APPROVE, each(APPROVE, Action.ASK, APPROVE)),
    ],
)
def test_entries_make_up_the_decision_that_is_taken(
    three: Services, action: Action, entries: tuple[EntryDecision, ...]
) -> None:
    with pytest.raises(DecisionRefusedError, match="choose again"):
        decide(three, 1, decision(three, action, entries=entries))


def test_only_what_is_approved_and_not_ready_needs_a_reason(three: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="every entry ready that you approve"):
        decide(three, 1, decision(three, APPROVE, entries=alike(APPROVE, 3)))
    view = entry_views(case(three, 1).dossier, case(three, 1).report)[1]
    resolve.settle(three, 1, Settlement(1, view.points[0].key, ResolutionKind.OVERRULED, "It is right."), "ada")
    assert decide(three, 1, decision(three, APPROVE, entries=alike(APPROVE, 3))).state is State.PROPOSED


@pytest.mark.parametrize("entries", [(), alike(RETURN, 3)])
def test_a_return_of_all_is_a_return_and_kept_entry_by_entry(
    three: Services, entries: tuple[EntryDecision, ...]
) -> None:
    assert decide(three, 1, decision(three, RETURN, entries=entries)).state is State.RETURNED
    assert [action for _, action, _ in decided(three)] == [RETURN] * 3


def test_a_question_is_about_the_whole_message(three: Services) -> None:
    decide(three, 1, decision(three, Action.ASK, entries=each(APPROVE)))
    assert decided(three) == []
    with three.store.reading() as tx:
        asked = events.of_message(tx, 1)[-1]
    assert "entries" not in asked.detail


@pytest.mark.parametrize(
    ("actions", "whole"),
    [((RETURN,), RETURN), ((RETURN, RETURN), RETURN), ((APPROVE, RETURN), APPROVE), ((APPROVE,), APPROVE)],
)
def test_what_entries_make_up(actions: tuple[Action, ...], whole: Action) -> None:
    assert made_of(each(*actions)) is whole


def test_reopening_leaves_no_entry_decided(three: Services) -> None:
    decide(three, 1, decision(three, RETURN, entries=each(RETURN, RETURN, RETURN)))
    assert [entry for entry, _, _ in decided(three)] == [0, 1, 2]
    reopen(three, 1, Disposal("ada", "Sent to the wrong address.", case(three, 1).submission.version))
    assert decided(three) == []
