"""Several entries of one submission, some of them ready: seen at a glance, decided in one letter, none left open."""

from __future__ import annotations

import re

import pytest
from dossiers import a_dossier
from web.test_decision import _field, _here
from web.test_resolve import FAULTY, FORM, decide_form, several
from web.world import Browser, World

from intake.domain.review import Role
from intake.domain.submission import State

MIXED = several(a_dossier(FORM), FAULTY)
_TAGS = re.compile(r'<strong class="govuk-tag[^"]*">\s*([^<]+?)\s*</strong>')


def overview(page: str) -> list[list[str]]:
    """The tags of each entry's row in the table above the entries."""
    table = page[page.index('id="entries"') : page.index('id="entry-1"')]
    return [_TAGS.findall(row) for row in table.split("<tr")[2:]]


def put_forward(page: str) -> list[str]:
    """What the buttons of the decision say that are not secondary."""
    box = page[page.index('id="decide"') :]
    links = re.findall(r'<a [^>]*class="govuk-button([^"]*)"[^>]*>\s*([^<]+?)\s*</a>', box)
    return [text for classes, text in links if "secondary" not in classes]


def decide_each(browser: Browser, number: int) -> None:
    """Decide what the page offers: what is ready is approved, and the rest returned."""
    _, form = decide_form(browser, number, "approve")
    assert (form["entry-0"], form["entry-1"]) == ("approve", "return")
    browser.post(f"{_here(number)}/decide/approve", form)


def test_what_is_ready_beside_others_is_put_forward_to_be_approved(world: World) -> None:
    page = world.signed_in().get(f"/submissions/CPL-{world.judged(MIXED):06d}")
    assert overview(page) == [["Ready"], ["To be returned"]]
    assert put_forward(page) == ["Propose approval of some"]
    assert "Return all" in page


@pytest.mark.parametrize(
    ("dossier", "forward"),
    [
        (several(FAULTY, FAULTY), ["Return to the submitter"]),
        (a_dossier(FORM), []),
        (FAULTY, ["Return to the submitter"]),
    ],
)
def test_where_all_are_alike_nothing_is_said_of_some(world: World, dossier: object, forward: list[str]) -> None:
    number = world.judged(dossier)  # type: ignore[arg-type]  # the table's dossiers
    browser = world.signed_in()
    page = browser.get(f"/submissions/CPL-{number:06d}")
    assert put_forward(page) == forward
    assert "of some" not in page
    assert "holds up" not in browser.get(f"{_here(number)}/decide/ask")


def test_a_question_says_what_it_holds_up_and_what_to_do_instead(world: World) -> None:
    number, browser = world.judged(MIXED), world.signed_in()
    page = browser.get(f"{_here(number)}/decide/ask")
    assert "A question holds up all 2 entries, and 1 of them is ready." in page
    assert f'href="{_here(number)}/decide/approve">approve that one and return the rest</a>' in page
    assert "none stays open" in browser.get(f"{_here(number)}/decide/approve")


def test_once_decided_each_entry_says_how_and_nothing_is_still_to_be_returned(world: World) -> None:
    number, ada, ben = world.judged(MIXED), world.signed_in("Ada"), world.signed_in("Ben")
    for browser in (ada, ben):
        decide_each(browser, number)
    assert world.submission(number).state is State.APPROVED
    page = ada.get(f"/submissions/CPL-{number:06d}")
    head = page[page.index("<h1") : page.index('class="cpl-columns"')]
    assert _TAGS.findall(head) == ["Approved"]
    assert overview(page) == [["Ready", "Approved"], ["To be returned", "Returned"]]
    assert "to put right" not in ada.get("/queue/approved")


def test_what_the_checks_made_of_it_is_no_tag_while_the_submitter_is_asked(world: World) -> None:
    number, ada = world.judged(FAULTY), world.signed_in("Ada")
    here, decide = f"/submissions/CPL-{number:06d}", f"{_here(number)}/decide/ask"
    head = re.compile(r'<h1.*?<nav class="cpl-onward', re.DOTALL)
    assert _TAGS.findall(head.findall(ada.get(here))[0]) == ["In review", "To be returned"]
    form = {name: _field(ada.get(decide), name) for name in ("report", "version")}
    ada.post(decide, form | {"letter": "Which of the two is it?"})
    page = ada.get(here)
    assert _TAGS.findall(head.findall(page)[0]) == ["Waiting on submitter"]
    assert "</span>: to be returned</dd>" in page


def test_the_ssc_sees_no_entry_that_was_returned_beside_others(world: World) -> None:
    number, ada, ben = world.judged(MIXED), world.signed_in("Ada"), world.signed_in("Ben")
    sid = world.signed_in("Sid", Role.SSC)
    reference = f"CPL-{number:06d} "
    assert sid.get("/ssc").count(reference) == 2
    for browser in (ada, ben):
        decide_each(browser, number)
    assert sid.get("/ssc").count(reference) == 1


def test_an_approved_case_is_answered_and_stays_approved(world: World) -> None:
    number, ada, ben = world.judged(MIXED), world.signed_in("Ada"), world.signed_in("Ben")
    for browser in (ada, ben):
        decide_each(browser, number)
    here = f"/submissions/CPL-{number:06d}"
    assert f'href="{here}/reply">Reply</a>' in ada.get(here)
    page = ada.get(f"{here}/reply")
    assert "and close" not in page
    form = {name: _field(page, name) for name in ("version", "thread")}
    done = ada.post(f"{here}/reply", form | {"letter": "It is listed tomorrow."})
    assert "Your reply is on its way. What was decided stays." in ada.get(done)
    assert world.submission(number).state is State.APPROVED
    assert "has changed since" in ada.post(f"{here}/reply", form | {"letter": "It is listed tomorrow."}, 409)
