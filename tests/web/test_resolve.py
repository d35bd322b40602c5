"""Settling findings and correcting values on the page, and decisions entry by entry."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from dossiers import (
    CPA_DATE,
    FIRMWARE,
    GAS,
    MODEL,
    Kept,
    a_document,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
)
from web.test_decision import _field, _here
from web.world import Browser, World

from intake.domain.people_events import LOOKS
from intake.domain.review import Action, Role
from intake.domain.submission import State
from intake.store import events, resolutions
from rules.facts import CellKind, DocumentKind, Dossier

FORM = a_form(GAS)
FAULTY = a_dossier(a_form(GAS, {FIRMWARE: "12:03", MODEL: "FF:C4"}), certificates_for(FORM))
PAPERS = certificates_for(FORM)
MISREAD = a_dossier(
    FORM,
    (
        a_zigbee_certificate(FORM, {"Firmware Version": "12:03:12:84"}, sha256="1" * 64),
        *(paper for paper in PAPERS if paper.kind is not DocumentKind.ZIGBEE_CERTIFICATE),
    ),
)


def several(*forms: Dossier) -> Dossier:
    """One message of these entries."""
    entries, documents = [], []
    for number, one in enumerate(forms, 1):
        name = f"form {number}.xlsx"
        rows = tuple(replace(row, where=replace(row.where, document=name)) for row in one.entries[0].rows)
        entries.append(replace(one.entries[0], document=name, rows=rows))
        documents.append(a_document(name, DocumentKind.NEW_ENTRY, media="xlsx"))
    return replace(forms[0], entries=tuple(entries), documents=(*documents, *PAPERS))


def forms_of(page: str, path: str) -> list[dict[str, str]]:
    """The fields of every form of the page that posts there; of a list the first choice."""
    listed = []
    for body in re.findall(rf'<form[^>]*action="[^"]*{path}"[^>]*>(.*?)</form>', page, re.DOTALL):
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body))
        chosen = re.findall(r'<select[^>]*name="(what|evidence)".*?<option value="([^"]+)"', body, re.DOTALL)
        listed.append({**hidden, **{name: html.unescape(value) for name, value in chosen}})
    return listed


def settle(browser: Browser, number: int, *, status: int = 303, at: int = 0, **typed: str) -> str:
    form = forms_of(browser.get(_here(number)), "/points")[at]
    return browser.post(
        f"{_here(number)}/points", {**form, "reason": "As the lab says.", "settle": "accepted", **typed}, status
    )


def test_what_is_accepted_with_evidence_names_it(world: World) -> None:
    number, ada = world.judged(FAULTY), world.signed_in("Ada")
    page = settle(ada, number, status=409, evidence="", reason="As typed.")
    assert "Choose what shows it" in page
    assert "As typed.</textarea>" in page
    settle(ada, number, settle="overruled", evidence="")
    with world.services.store.reading() as tx:
        assert [made.kind.value for made in resolutions.of_message(tx, number)] == ["overruled"]


def test_each_field_has_one_card_with_a_form_of_its_own(world: World) -> None:
    page = world.signed_in().get(_here(world.judged(FAULTY)))
    assert len(forms_of(page, "/points")) == len(re.findall(r'<article class="cpl-finding ', page)) == 2
    assert '<span class="cpl-count">2</span>' in page


def test_a_settled_card_is_folded_with_who_and_why_and_can_be_taken_back(world: World) -> None:
    number, ada = world.judged(FAULTY), world.signed_in("Ada")
    where = settle(ada, number, evidence=world.submission(number).raw_sha256)
    assert where.endswith("#entry-1")
    page = ada.get(where)
    assert "Accepted with evidence by Ada: " in page
    assert "“As the lab says.”" in page
    assert "Shown by the message CPL-000001" in page
    assert len(forms_of(page, "/points")) == 1
    (back,) = re.findall(r'action="(/submissions/[^"]+/withdraw)"', page)
    ada.post(back, {"entry": "0"})
    assert len(forms_of(ada.get(_here(number)), "/points")) == 2


def _first_choice(page: str) -> str:
    """The decision that the page puts forward: its button is not a quiet one."""
    (choice,) = re.findall(r'class="govuk-button *"[^>]*data-key="[arq]"[^>]*>\s*([^<]+?)\s*<', page)
    return str(choice)


def test_nothing_is_asked_where_only_secas_can_settle_what_is_open(world: World) -> None:
    old = a_zigbee_certificate(FORM, {"Firmware Version": "01:02:04:00"})
    notes = a_document("notes.pdf", DocumentKind.RELEASE_NOTE)
    others = (paper for paper in PAPERS if paper.kind is not DocumentKind.ZIGBEE_CERTIFICATE)
    number, ada = world.judged(a_dossier(FORM, (old, *others, notes))), world.signed_in("Ada")
    page = ada.get(_here(number))
    assert _first_choice(page) == "Ask the submitter"
    cards = re.findall(r'<article class="cpl-finding .*?</article>', page, re.DOTALL)
    (at,) = (at for at, card in enumerate(cards) if "For SECAS alone to settle" not in card)
    settle(ada, number, at=at, settle="overruled")
    page = ada.get(_here(number))
    assert "For SECAS alone to settle" in page
    assert re.findall(r'class="govuk-button *"[^>]*data-key="[arq]"', page) == []


def test_where_all_is_settled_the_page_says_so_and_no_reason_is_asked_again(world: World) -> None:
    number, ada, ben = world.judged(FAULTY), world.signed_in("Ada"), world.signed_in("Ben")
    assert "(optional)" not in ada.get(f"{_here(number)}/decide/approve")
    assert _first_choice(ada.get(_here(number))) == "Return to the submitter"
    assert "All points settled" not in ada.get("/")
    settle(ada, number)
    settle(ada, number, settle="overruled")
    page = ada.get(_here(number))
    assert "People have settled every point of this entry. An approval still takes two people" in page
    assert "Overruled by Ada" in page
    assert "All points settled" in page
    assert _first_choice(page) == "Propose approval"
    assert "All points settled" in ada.get("/")
    for browser in (ada, ben):
        page = browser.get(f"{_here(number)}/decide/approve")
        assert "Reason, for the record (optional)" in page
        form = {name: _field(page, name) for name in ("letter", "report", "version")}
        browser.post(f"{_here(number)}/decide/approve", form)
    assert world.submission(number).state is State.APPROVED


def test_a_refused_word_is_shown_again_with_what_was_typed(world: World) -> None:
    number, ada = world.judged(FAULTY), world.signed_in()
    page = settle(ada, number, status=409, reason="Typed <b>words</b>", evidence="f" * 64)
    assert "The document you point to is none of this case." in page
    assert "Typed &lt;b&gt;words&lt;/b&gt;</textarea>" in page
    assert page.count("Typed &lt;b&gt;") == 1
    assert re.search(r'<details class="govuk-details" open>\s*<summary[^>]*><span[^>]*>Settle this point', page)


def test_a_misread_value_is_corrected_and_named_everywhere(world: World) -> None:
    number, ada = world.judged(MISREAD), world.signed_in("Ada")
    form = forms_of(ada.get(_here(number)), "/corrections")[0]
    assert form["what"] == f"{'1' * 64} zigbee_certificate Firmware Version"
    typed = {**form, "value": FORM.rows[0].value and "12:03:12:34", "why": "The 3 is smudged."}
    page = ada.get(ada.post(f"{_here(number)}/corrections", typed))
    said = "was read as '12:03:12:84', and was corrected to '12:03:12:34' by Ada."
    assert said in html.unescape(page).replace("<wbr>", "")
    assert "“The 3 is smudged.”" in page
    assert "by Ada: 'Firmware" not in html.unescape(page).replace("<wbr>", ""), "her name twice in a line"
    assert world.submission(number).outcome == "needs_a_person"
    assert "People have settled every point" in page
    assert "Every check that applies has passed" not in page
    assert said in html.unescape(ada.get(f"{_here(number)}/decide/approve")).replace("<wbr>", "")
    (back,) = re.findall(r'action="(/submissions/[^"]+/withdraw)"', page)
    ada.post(back, {"entry": "0"})
    assert world.submission(number).outcome == "return"


def test_the_form_s_own_words_are_not_offered_and_refused_with_a_sentence(world: World) -> None:
    number, ada = world.judged(MISREAD), world.signed_in()
    page = ada.get(_here(number))
    assert "new_entry" not in "".join(re.findall(r'<option value="([^"]+)"', page))
    form = {**forms_of(page, "/corrections")[0], "what": f"{'0' * 64} new_entry {FIRMWARE}"}
    refused = ada.post(f"{_here(number)}/corrections", {**form, "value": "12:03:12:84", "why": "x"}, 409)
    assert "submitter&#39;s own word" in refused
    assert 'value="12:03:12:84"' in refused
    assert world.submission(number).outcome == "return"


def test_a_cell_that_holds_a_date_is_offered(world: World) -> None:
    dossier = a_dossier(a_form(GAS, {CPA_DATE: Kept(CellKind.DATE, "46995", "dd/mm/yyyy")}), PAPERS)
    number, ada = world.judged(dossier), world.signed_in()
    form = forms_of(ada.get(_here(number)), "/corrections")[0]
    assert form["what"] == f"{'0' * 64} new_entry {CPA_DATE}"
    ada.post(f"{_here(number)}/corrections", {**form, "value": "30/08/2028", "why": "Excel shows it."})
    assert world.submission(number).outcome == "needs_a_person"


@pytest.mark.parametrize("what", ["", "x", "0 colour Firmware", f"{'0' * 64} new_entry"])
def test_a_correction_of_nothing_is_refused(world: World, what: str) -> None:
    number, ada = world.judged(MISREAD), world.signed_in()
    typed = {"entry": "0", "what": what, "value": "1", "why": "x"}
    assert "Choose which value" in ada.post(f"{_here(number)}/corrections", typed, 409)


@pytest.mark.parametrize(("role", "status"), [(Role.AUDITOR, 200), (Role.ADMIN, 403)])
@pytest.mark.parametrize("path", ["points", "corrections", "resolutions/1/withdraw"])
def test_who_decides_nothing_settles_nothing(world: World, role: Role, status: int, path: str) -> None:
    number, browser = world.judged(FAULTY), world.signed_in("Cas", role)
    browser.post(f"{_here(number)}/{path}", {"entry": "0"}, 403)
    page = browser.get(_here(number), status)
    assert not forms_of(page, "/points")
    assert not forms_of(page, "/corrections")


def test_under_a_proposal_nothing_is_offered(world: World) -> None:
    number, ada = world.judged(FAULTY), world.signed_in("Ada")
    settle(ada, number)
    form = forms_of(ada.get(_here(number)), "/points")[0]
    world.change(number, state=State.PROPOSED, proposed_by="Ada")
    page = ada.get(_here(number))
    assert not forms_of(page, "/points")
    assert "/withdraw" not in page.replace(f"{_here(number)}/withdraw", "")
    ada.post(f"{_here(number)}/points", {**form, "reason": "x", "settle": "accepted"}, 409)


def test_another_s_resolution_is_not_taken_back_through_this_submission(world: World) -> None:
    number, other, ada = world.judged(FAULTY), world.judged(FAULTY), world.signed_in("Ada")
    settle(ada, number)
    assert "taken back already" in ada.post(f"{_here(other)}/resolutions/1/withdraw", {"entry": "0"}, 409)
    with world.services.store.reading() as tx:
        assert resolutions.of_message(tx, number)[0].active


def test_hostile_words_are_text(world: World) -> None:
    number, ada = world.judged(FAULTY), world.signed_in("Ada")
    page = ada.get(settle(ada, number, reason="<script>alert(1)</script>\u202e{{ 7*7 }}"))
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


# ---- several entries


def decide_form(browser: Browser, number: int, action: str) -> tuple[str, dict[str, str]]:
    page = browser.get(f"{_here(number)}/decide/{action}")
    kept = {name: _field(page, name) for name in ("letter", "report", "version", "drafted")}
    checked = re.findall(r'name="(entry-\d+)" value="(\w+)" checked', page)
    hidden = re.findall(r'<input type="hidden" name="(entry-\d+)" value="(\w+)"', page)
    return page, {**kept, **dict(checked), **dict(hidden)}


def test_good_and_bad_entries_are_told_apart_and_confirmed_as_proposed(world: World) -> None:
    number = world.judged(several(a_dossier(FORM), FAULTY))
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    page, form = decide_form(ada, number, "approve")
    assert (form["entry-0"], form["entry-1"]) == ("approve", "return")
    assert "Gas Smart Meter" in page
    assert "The following we cannot take further" in form["letter"]
    ada.post(f"{_here(number)}/decide/approve", form)
    page, form = decide_form(ben, number, "approve")
    assert "you confirm exactly this" in page
    other = {**form, "entry-1": "approve", "drafted": "aa", "reason": "x"}
    assert "does something else" in ben.post(f"{_here(number)}/decide/approve", other, 409)
    ben.post(f"{_here(number)}/decide/approve", form)
    assert world.submission(number).state is State.APPROVED
    with world.services.store.reading() as tx:
        assert [one.action for one in resolutions.decided_entries(tx, number)] == [Action.APPROVE, Action.RETURN]
        last = [event for event in events.of_message(tx, number) if event.name not in LOOKS][-1]
    assert last.detail["entries"] == ["approve", "return"]
    assert "Approved: entry 1 approved, entry 2 returned" in ben.get(_here(number))


def test_a_letter_for_other_choices_is_not_sent_before_it_was_read_again(world: World) -> None:
    number, ada = world.judged(several(a_dossier(FORM), FAULTY)), world.signed_in("Ada")
    _, form = decide_form(ada, number, "return")
    assert (form["entry-0"], form["entry-1"]) == ("return", "return")
    mixed = {**form, "entry-0": "approve", "letter": "My own words."}
    page = ada.post(f"{_here(number)}/decide/return", mixed, 409)
    assert "written for other choices" in page
    assert _field(page, "letter").strip() == "My own words."
    assert f'action="{_here(number)}/decide/approve"' in page
    assert _field(page, "drafted") == "ar"
    page = ada.post(f"{_here(number)}/decide/return", {**mixed, "redraft": "1"}, 200)
    assert "The following we cannot take further" in _field(page, "letter")
    assert world.submission(number).state is State.IN_REVIEW
    ada.post(f"{_here(number)}/decide/approve", {**mixed, "drafted": "ar"})
    assert world.submission(number).state is State.PROPOSED


def test_an_entry_left_out_is_asked_for(world: World) -> None:
    number, ada = world.judged(several(a_dossier(FORM), FAULTY)), world.signed_in("Ada")
    _, form = decide_form(ada, number, "approve")
    del form["entry-1"]
    page = ada.post(f"{_here(number)}/decide/approve", {**form, "drafted": "a"}, 409)
    assert "Say of every entry" in page


def test_a_question_offers_no_choice_of_entries(world: World) -> None:
    number, ada = world.judged(several(a_dossier(FORM), FAULTY)), world.signed_in("Ada")
    assert "entry-0" not in ada.get(f"{_here(number)}/decide/ask")


@pytest.mark.parametrize("kept_by", ["save", "cancel", "the script", "sent back", "withdrawn"])
def test_choices_of_entries_are_kept_with_the_letter_that_was_drafted_for_them(world: World, kept_by: str) -> None:
    number = world.judged(several(a_dossier(FORM), FAULTY))
    ada, ben, here = world.signed_in("Ada"), world.signed_in("Ben"), _here(number)
    _, form = decide_form(ada, number, "approve")
    assert form["drafted"] == "ar"
    chosen = {**form, "entry-1": "approve", "drafted": "aa", "letter": "Both of them.", "reason": "so"}
    if kept_by in {"save", "cancel"}:
        ada.post(f"{here}/decide/approve", {**chosen, "do": kept_by})
    elif kept_by == "the script":
        ada.post(f"{here}/drafts/approve", chosen, 204)
    else:
        ada.post(f"{here}/decide/approve", chosen)
        if kept_by == "withdrawn":
            ada.post(f"{here}/withdraw")
        else:
            _, theirs = decide_form(ben, number, "approve")
            ben.post(f"{here}/decide/approve", {**theirs, "do": "send-back", "reason": "Greet them."})
    page, again = decide_form(ada, number, "approve")
    assert _field(page, "letter").strip() == "Both of them."
    assert (again["entry-0"], again["entry-1"], again["drafted"]) == ("approve", "approve", "aa")
    ada.post(f"{here}/decide/approve", {**again, "reason": "so"})
    assert world.submission(number).state is State.PROPOSED


@pytest.mark.parametrize("button", ["save", "preview", "the script"])
def test_no_button_passes_a_letter_off_as_drafted_for_other_choices(world: World, button: str) -> None:
    number = world.judged(several(a_dossier(FORM), FAULTY))
    ada, here = world.signed_in("Ada"), _here(number)
    _, form = decide_form(ada, number, "approve")
    changed = {**form, "entry-1": "approve", "reason": "x"}
    if button == "the script":
        ada.post(f"{here}/drafts/approve", changed, 204)
    else:
        ada.post(f"{here}/decide/approve", {**changed, "do": button}, 200 if button == "preview" else 303)
    _, again = decide_form(ada, number, "approve")
    assert again["entry-1"] == "approve"
    assert "written for other choices" in ada.post(f"{here}/decide/approve", {**again, "reason": "x"}, 409)
    assert world.submission(number).state is State.IN_REVIEW


def test_a_draft_of_a_return_that_approves_one_is_found_where_it_then_belongs(world: World) -> None:
    number = world.judged(several(a_dossier(FORM), FAULTY))
    ada, here = world.signed_in("Ada"), _here(number)
    _, form = decide_form(ada, number, "return")
    after = ada.post(f"{here}/decide/return", {**form, "entry-0": "approve", "letter": "Mixed.", "do": "save"})
    assert after.startswith(f"{here}/decide/approve?")
    assert _field(ada.get(after), "letter").strip() == "Mixed."


@pytest.mark.parametrize("pressed", ["", "corrected", "approve", "x"])
def test_a_point_is_settled_by_a_button_of_ours_alone(world: World, pressed: str) -> None:
    browser = world.signed_in()
    number = world.judged(a_dossier(a_form(GAS, {FIRMWARE: "12:03"})))
    here = f"/submissions/CPL-{number:06d}"
    point = re.findall(r'name="point" value="([^"]+)"', browser.get(here))[0]
    form = {"entry": "0", "point": point, "reason": "As the lab says.", "settle": pressed}
    assert "accepted with evidence or overruled" in browser.post(f"{here}/points", form, status=409)
    assert "Settled by people" not in browser.get(here)
