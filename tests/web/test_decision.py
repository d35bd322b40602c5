from __future__ import annotations

import html
import re

import pytest
from dossiers import FIRMWARE, GAS, a_dossier, a_form
from web.world import Browser, World

from intake.domain.people_events import LOOKS
from intake.domain.submission import State
from intake.store import events

FAULTY = a_dossier(a_form(GAS, {FIRMWARE: "12:03"}))


def _here(number: int) -> str:
    return f"/submissions/CPL-{number:06d}"


def _field(page: str, name: str) -> str:
    """What a form's field holds."""
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    hidden = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    match = area or hidden
    assert match is not None
    return html.unescape(match[1])


def _form(browser: Browser, number: int, action: str, **typed: str) -> dict[str, str]:
    page = browser.get(f"{_here(number)}/decide/{action}")
    kept = {name: _field(page, name) for name in ("letter", "report", "version")}
    return {**kept, "reason": "", **typed}


def test_the_letter_is_drafted_from_the_findings_and_stands_beside_them(world: World) -> None:
    number = world.judged(FAULTY)
    page = world.signed_in().get(f"{_here(number)}/decide/return")
    assert "Device_Model.firmware_version" in _field(page, "letter")
    assert "What you are deciding on" in page
    assert "To be put right by the submitter" in page


@pytest.mark.parametrize(
    ("action", "state", "notice"),
    [("return", State.RETURNED, "Returned to the submitter"), ("ask", State.ASKED, "Your question is on its way")],
)
def test_a_decision_takes_the_letter_as_the_person_left_it(
    world: World, action: str, state: State, notice: str
) -> None:
    number, browser = world.judged(FAULTY), world.signed_in("Ada")
    form = _form(browser, number, action, letter="Dear Robin,\r\n\r\nplease see below.\r\n", reason="as agreed")
    where = browser.post(f"{_here(number)}/decide/{action}", form)
    assert world.submission(number).state is state
    assert f"CPL-{number:06d}: {notice}" in browser.get(where), "where nothing is left, the list says what was done"
    page = browser.get(_here(number))
    assert "Dear Robin,\n\nplease see below." in page
    assert "“as agreed”" in page
    with world.services.store.reading() as tx:
        last = [event for event in events.of_message(tx, number) if event.name not in LOOKS][-1]
    assert (last.actor, last.detail["letter"]) == ("Ada", "Dear Robin,\n\nplease see below.\n")


def test_an_approval_needs_two_people_and_the_second_sees_the_firsts_letter(world: World) -> None:
    number = world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    where = ada.post(f"{_here(number)}/decide/approve", _form(ada, number, "approve", letter="Ada's words"))
    assert "Another person must now confirm it" in ada.get(where)
    assert world.submission(number).state is State.PROPOSED
    assert "You proposed this approval" in ada.get(_here(number))
    assert "/decide/approve" not in ada.get(_here(number))
    form = _form(ben, number, "approve")
    assert form["letter"].strip() == "Ada's words"
    ben.post(f"{_here(number)}/decide/approve", form)
    assert world.submission(number).state is State.APPROVED
    assert world.submission(number).publish_due is not None


def test_a_proposer_may_withdraw_and_nobody_else_is_offered_to(world: World) -> None:
    number = world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post(f"{_here(number)}/decide/approve", _form(ada, number, "approve"))
    assert "Withdraw the proposal" not in ben.get(_here(number))
    assert "no proposal of yours" in ben.post(f"{_here(number)}/withdraw", status=409)
    assert "Withdraw the proposal" in ada.get(_here(number))
    page = ada.get(ada.post(f"{_here(number)}/withdraw"))
    assert "You have withdrawn your proposal" in page
    assert "Proposal of approval withdrawn" in page
    assert world.submission(number).state is State.IN_REVIEW


def test_nobody_confirms_their_own_proposal_even_by_hand(world: World) -> None:
    number, ada = world.judged(), world.signed_in("Ada")
    form = _form(ada, number, "approve", letter="my words")
    ada.post(f"{_here(number)}/decide/approve", form)
    form["version"] = str(world.submission(number).version)
    page = ada.post(f"{_here(number)}/decide/approve", form, status=409)
    assert "another person must confirm it" in page
    assert "my words" in page
    assert world.submission(number).state is State.PROPOSED


def _at_once(page: str) -> dict[str, str] | None:
    """The form that proposes from the submission's own page; None where there is none."""
    found = re.search(r'<form method="post" action="[^"]*/decide/approve[^"]*">(.*?)</form>', page, re.DOTALL)
    return dict(re.findall(r'name="(version|report|thread)" value="([^"]*)"', found[1])) if found else None


def test_a_clean_case_is_proposed_from_its_own_page_with_the_letter_that_the_other_person_reads(world: World) -> None:
    number, ada, ben = world.judged(), world.signed_in("Ada"), world.signed_in("Ben")
    draft = _form(ada, number, "approve")["letter"]
    form = _at_once(ada.get(_here(number)))
    assert form is not None
    assert ada.post(f"{_here(number)}/decide/approve", form) == f"/?done=proposed&of=CPL-{number:06d}"
    assert world.submission(number).state is State.PROPOSED
    assert [kind for kind, _ in world.letter_states(number)] == ["acknowledgement"]
    for person in (ada, ben):
        assert _at_once(person.get(_here(number))) is None
    assert _form(ben, number, "approve")["letter"] == draft


def test_only_a_clean_case_that_nobody_else_works_on_is_proposed_from_its_own_page(world: World) -> None:
    ada = world.signed_in("Ada")
    faulty, claimed, clean = world.judged(FAULTY), world.judged(), world.judged()
    world.change(claimed, claimed_by="Ben")
    offers = {number: _at_once(ada.get(_here(number))) for number in (faulty, claimed, clean)}
    assert [number for number, offer in offers.items() if offer] == [clean]


def test_an_approval_from_its_own_page_is_bound_to_what_was_seen_there(world: World) -> None:
    number, ada = world.judged(), world.signed_in("Ada")
    form = _at_once(ada.get(_here(number)))
    assert form is not None
    world.judge_anew(number)
    assert "has changed since you opened the page" in ada.post(f"{_here(number)}/decide/approve", form, status=409)
    assert world.submission(number).state is State.IN_REVIEW


def test_without_four_eyes_nothing_is_approved_before_its_letter_is_seen(world: World) -> None:
    world.four_eyes = False
    world.close()
    world.__post_init__()
    page = world.signed_in().get(_here(world.judged()))
    assert _at_once(page) is None
    assert "/decide/approve" in page


def test_without_four_eyes_one_person_approves(world: World) -> None:
    world.four_eyes = False
    world.close()
    world.__post_init__()
    number, ada = world.judged(), world.signed_in("Ada")
    ada.post(f"{_here(number)}/decide/approve", _form(ada, number, "approve"))
    assert world.submission(number).state is State.APPROVED


def test_a_report_that_has_changed_meanwhile_refuses_and_keeps_what_was_typed(world: World) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    form = _form(browser, number, "return", letter="An hour's work", reason="long thought")
    world.judge_anew(number)
    page = browser.post(f"{_here(number)}/decide/return", form, status=409)
    assert "report has changed" in page
    assert _field(page, "letter").strip() == "An hour's work"
    assert _field(page, "reason").strip() == "long thought"
    assert world.submission(number).state is State.IN_REVIEW
    # the page now shows the new report, so deciding on it is deciding on what was seen
    form |= {name: _field(page, name) for name in ("report", "version")}
    browser.post(f"{_here(number)}/decide/return", form)
    assert world.submission(number).state is State.RETURNED


def test_a_form_without_the_report_it_was_made_from_is_refused(world: World) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    browser.post(f"{_here(number)}/decide/return", {"letter": "words"}, status=409)
    assert world.submission(number).state is State.IN_REVIEW


def test_an_empty_letter_is_refused(world: World) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    form = _form(browser, number, "return", letter=" \r\n ")
    assert "letter is empty" in browser.post(f"{_here(number)}/decide/return", form, status=409)


def test_approving_what_was_not_found_ready_needs_a_reason(world: World) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    form = _form(browser, number, "approve", letter="words")
    assert "say why you approve it all the same" in browser.get(f"{_here(number)}/decide/approve")
    assert "say in the reason" in browser.post(f"{_here(number)}/decide/approve", form, status=409)
    browser.post(f"{_here(number)}/decide/approve", {**form, "reason": "the certificate was seen on paper"})
    assert world.submission(number).state is State.PROPOSED


def test_what_is_decided_cannot_be_decided_again(world: World) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    form = _form(browser, number, "return")
    browser.post(f"{_here(number)}/decide/return", form)
    page = browser.post(f"{_here(number)}/decide/return", form, status=409)
    assert "nothing to decide" in page
    assert "Send and return" not in page
    browser.get(f"{_here(number)}/decide/return", status=303)


def test_another_persons_claim_is_said_on_the_page(world: World) -> None:
    number = world.judged(FAULTY)
    world.signed_in("Ada").post(f"{_here(number)}/claim")
    page = world.signed_in("Ben").get(f"{_here(number)}/decide/return")
    assert "Ada has claimed this submission" in page


def test_a_form_sent_twice_asks_once(world: World) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    form = _form(browser, number, "ask", letter="Which firmware is it?")
    browser.post(f"{_here(number)}/decide/ask", form)
    page = browser.post(f"{_here(number)}/decide/ask", form, status=409)
    assert "has changed since you opened the page: it is asked" in page
    assert _field(page, "letter") == "Which firmware is it?"
    assert [kind for kind, _ in world.letter_states(number)] == ["acknowledgement", "ask"]
    browser.post(f"{_here(number)}/decide/ask", _form(browser, number, "ask", letter="And the hash?"))
    assert [kind for kind, _ in world.letter_states(number)] == ["acknowledgement", "ask", "ask"]


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "٣"])
def test_a_form_without_a_version_decides_nothing(world: World, version: str) -> None:
    number, browser = world.judged(FAULTY), world.signed_in()
    form = _form(browser, number, "return", version=version)
    assert "has changed since" in browser.post(f"{_here(number)}/decide/return", form, status=409)
    assert world.submission(number).state is State.IN_REVIEW


def test_a_colleagues_claim_meanwhile_is_told_before_a_decision(world: World) -> None:
    number, ben = world.judged(FAULTY), world.signed_in("Ben")
    form = _form(ben, number, "return")
    world.signed_in("Ada").post(f"{_here(number)}/claim")
    assert "Ada has claimed CPL-000001 until Fri 20 Nov 2026 20:00" in ben.post(
        f"{_here(number)}/decide/return", form, status=409
    )


@pytest.mark.parametrize("action", ["return", "ask"])
def test_a_drafted_placeholder_never_leaves(world: World, action: str) -> None:
    number, browser = world.judged(), world.signed_in()
    form = _form(browser, number, action)
    assert "[Say here" in form["letter"]
    page = browser.post(f"{_here(number)}/decide/{action}", form, status=409)
    assert "The letter still says “[Say here" in page
    assert [kind for kind, _ in world.letter_states(number)] == ["acknowledgement"]
