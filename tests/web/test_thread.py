"""The messages of a case on its page, and what a person has seen of them."""

from __future__ import annotations

import re

import pytest
from web.world import World

from intake.domain.events import ProposalSuspended
from intake.domain.review import Role
from intake.domain.submission import State
from intake.store import events, queue, submissions


def unseen(world: World, number: int = 1) -> int:
    with world.services.store.reading() as tx:
        row = queue.one(tx, number)
    assert row is not None
    return row.unseen


def answered(world: World) -> int:
    """A submission in review with a message on it that has not been read yet."""
    world.judged()
    return world.message("Re: CPL-000001 <b>do NOT approve</b>", From="Kim <kim@elsewhere.example>")


def hidden(page: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert match is not None
    return match[1]


def test_the_page_shows_what_has_joined_and_from_whom(world: World) -> None:
    answered(world)
    page = world.signed_in().get("/submissions/CPL-000001")
    assert "Messages and letters" in page
    assert "do NOT approve" in page
    assert "<b>do NOT" not in page
    assert "From another sender than the submission" in page
    assert "not read yet" in page


def test_the_page_of_a_joined_message_leads_to_its_case(world: World) -> None:
    answered(world)
    page = world.signed_in().get("/submissions/CPL-000002")
    assert "This answers" in page
    assert unseen(world) == 2


def test_opening_the_page_is_a_look(world: World) -> None:
    answered(world)
    browser = world.signed_in()
    assert unseen(world) == 2
    assert "<strong>New.</strong>" in browser.get("/submissions/CPL-000001")
    assert unseen(world) == 0
    assert "<strong>New.</strong>" not in browser.get("/submissions/CPL-000001")


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.ADMIN, 403)])
def test_who_does_not_decide_has_not_looked_for_the_others(world: World, role: Role, status: int) -> None:
    answered(world)
    world.signed_in("Cy", role).get("/submissions/CPL-000001", status)
    assert unseen(world) == 2


@pytest.mark.parametrize(
    ("method", "headers"),
    [("GET", {"Sec-Purpose": "prefetch;prerender"}), ("GET", {"Purpose": "prefetch"}), ("HEAD", {})],
)
def test_a_browser_that_reads_ahead_has_not_looked(world: World, method: str, headers: dict[str, str]) -> None:
    answered(world)
    answer = world.signed_in().client.request(method, "/submissions/CPL-000001", headers=headers)
    assert answer.status_code == 200
    assert unseen(world) == 2


def test_the_list_says_that_there_is_new_mail(world: World) -> None:
    answered(world)
    assert "1 new message." in world.signed_in().get("/")


def test_a_decision_is_bound_to_what_was_on_its_page(world: World) -> None:
    number = world.judged()
    browser = world.signed_in()
    page = browser.get("/submissions/CPL-000001/decide/return")
    form = {name: hidden(page, name) for name in ("report", "thread", "version")}
    form |= {"letter": "Dear Robin", "reason": ""}
    world.message("Re: CPL-000001")
    refused = browser.post("/submissions/CPL-000001/decide/return", form, 409)
    assert "A new message has come in on this case, CPL-000002" in refused
    assert "Messages of this case" in refused
    assert world.submission(number).state is State.IN_REVIEW
    form |= {name: hidden(refused, name) for name in ("thread", "version")}
    browser.post("/submissions/CPL-000001/decide/return", form)
    assert world.submission(number).state is State.RETURNED


@pytest.mark.parametrize("thread", ["", "-1", "x", "9" * 5_000, "\N{SUPERSCRIPT TWO}"])
def test_a_form_of_somebody_else_has_seen_nothing(world: World, thread: str) -> None:
    number = answered(world) - 1
    browser = world.signed_in()
    page = browser.get("/submissions/CPL-000001/decide/return")
    form = {"report": hidden(page, "report"), "thread": thread, "letter": "Dear Robin"}
    browser.post("/submissions/CPL-000001/decide/return", form, 409)
    assert world.submission(number).state is State.IN_REVIEW


def test_a_suspended_proposal_is_said_at_the_head_of_the_case_until_it_is_decided_anew(world: World) -> None:
    world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    here = "/submissions/CPL-000001"
    page = ada.get(here)
    form = {name: hidden(page, name) for name in ("version", "report", "thread")}
    ada.post(f"{here}/decide/approve", form)
    assert "is suspended" not in ben.get(here)
    world.message("Re: CPL-000001 please wait")
    with world.services.store.transaction() as tx:  # as reading it does
        submissions.move(tx, submissions.get(tx, 1), State.IN_REVIEW, proposed_by=None)
        suspended = ProposalSuspended(by="CPL-000002", proposed_by="Ada")
        events.append(tx, suspended, at=world.clock.now(), message=1)
    assert "Your proposal of approval is suspended: CPL-000002 has come in since" in ada.get(here)
    page = ben.get(here)
    assert "proposal of approval is suspended: CPL-000002 has come in since" in page
    assert "Your proposal" not in page
    ben.post(f"{here}/decide/ask", {**form, "version": hidden(page, "version"), "thread": "2", "letter": "Why?"})
    assert "is suspended" not in ben.get(here)
