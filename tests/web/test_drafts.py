"""What is typed on the decision page outlives every button, refusal and session, and is its writer's alone."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from dossiers import FIRMWARE, GAS, a_dossier, a_form
from web.world import PASSWORD, Browser, World

from intake.domain.review import Action, Role, Written
from intake.domain.submission import State
from intake.store import drafts
from intake.store.drafts import Draft
from intake.web.kept import KeptForm, going_on
from rules.facts import Dossier

FAULTY = a_dossier(a_form(GAS, {FIRMWARE: "12:03"}))
HERE = "/submissions/CPL-000001"
RETURN = f"{HERE}/decide/return"
HIDDEN = ("report", "version", "thread", "happened", "draft")


def field(page: str, name: str) -> str:
    match = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL) or re.search(
        rf'<input type="hidden" name="{name}" value="([^"]*)"', page
    )
    assert match is not None, name
    return html.unescape(match[1]).removeprefix("\n")


def form(browser: Browser, path: str = RETURN, **typed: str) -> dict[str, str]:
    page = browser.get(path)
    return {**{name: field(page, name) for name in ("letter", "reason", *HIDDEN)}, **typed}


def kept(world: World, person: str = "Ada", action: Action = Action.RETURN) -> Draft | None:
    with world.services.store.reading() as tx:
        return drafts.find(tx, 1, person, Written(action))


def words(world: World, person: str = "Ada", action: Action = Action.RETURN) -> tuple[str, str] | None:
    draft = kept(world, person, action)
    return None if draft is None else (draft.letter, draft.reason)


@pytest.fixture
def ada(world: World) -> Browser:
    world.judged(FAULTY)
    return world.signed_in("Ada")


@pytest.mark.parametrize(
    ("button", "status"), [("save", 303), ("cancel", 303), ("preview", 200), ("take-over", 303), ("send-back", 409)]
)
def test_every_button_keeps_what_was_typed(world: World, ada: Browser, button: str, status: int) -> None:
    ada.post(RETURN, form(ada, letter="Dear Robin,\r\nno.", reason="because", do=button), status)
    assert words(world) == ("Dear Robin,\nno.", "because")
    assert world.submission(1).state is State.IN_REVIEW
    assert [kind for kind, _ in world.letter_states(1)] == ["acknowledgement"]


def test_a_button_of_nobodys_does_nothing(world: World, ada: Browser) -> None:
    ada.post(RETURN, form(ada, letter="Dear Robin", do="drop table"), 404)
    assert world.submission(1).state is State.IN_REVIEW


def test_a_refused_decision_keeps_what_was_typed(world: World, ada: Browser) -> None:
    typed = form(ada, letter="An hour's work", reason="long thought")
    world.judge_anew(1)
    ada.post(RETURN, typed, 409)
    assert words(world) == ("An hour's work", "long thought")


def test_the_page_opens_with_the_draft_says_so_and_can_start_anew(world: World, ada: Browser) -> None:
    drafted = field(ada.get(RETURN), "letter")
    ada.post(RETURN, form(ada, letter="Mine", reason="so", do="save"))
    world.clock.pass_by(minutes=5)
    page = ada.get(RETURN)
    assert (field(page, "letter"), field(page, "reason")) == ("Mine", "so")
    assert "Your draft of Fri 20 Nov 2026 12:00" in page
    anew = ada.get(f"{RETURN}?letter=anew")
    assert field(anew, "letter") == drafted
    assert "You have a draft of Fri 20 Nov 2026 12:00" in anew
    assert words(world) == ("Mine", "so")


def test_the_case_says_that_there_is_a_draft_to_its_writer_alone(world: World, ada: Browser) -> None:
    ada.post(RETURN, form(ada, letter="Mine", do="cancel"))
    page = ada.get(HERE)
    assert "You have a draft of" in page
    assert f'href="{RETURN}?letter=draft">Return to the submitter' in page
    for name, role in (("Ben", Role.ANALYST), ("Rita", Role.AUDITOR), ("Max", Role.APPROVER)):
        assert "You have a draft" not in world.signed_in(name, role).get(HERE)


def test_a_report_that_has_changed_since_is_said_on_both_pages(world: World, ada: Browser) -> None:
    ada.post(RETURN, form(ada, letter="Mine", do="save"))
    assert "report has changed" not in ada.get(RETURN) + ada.get(HERE)
    world.judge_anew(1)
    assert "The report has changed since you wrote it" in ada.get(RETURN)
    assert "The report has changed since" in ada.get(HERE)


def test_a_draft_is_gone_once_its_writer_has_decided(world: World, ada: Browser) -> None:
    ada.post(f"{HERE}/decide/ask", form(ada, f"{HERE}/decide/ask", letter="Which?", do="save"))
    ada.post(RETURN, form(ada, letter="Mine", do="save"))
    ada.post(RETURN, form(ada))
    assert (kept(world), kept(world, action=Action.ASK)) == (None, None)
    assert "You have a draft" not in ada.get(HERE)


@pytest.mark.parametrize("late", ["the form again", "the script", "the draft button"])
def test_what_comes_after_the_decision_brings_no_draft_back(world: World, ada: Browser, late: str) -> None:
    ask = f"{HERE}/decide/ask"
    typed = form(ada, ask, letter="Which firmware?")
    ada.post(ask, typed)
    if late == "the form again":
        ada.post(ask, typed, 409)
    elif late == "the script":
        ada.post(f"{HERE}/drafts/ask", typed, 409)
    else:
        ada.post(ask, {**typed, "do": "save"})
    assert kept(world, action=Action.ASK) is None
    assert [kind for kind, _ in world.letter_states(1)] == ["acknowledgement", "ask"]
    ada.post(ask, form(ada, ask, letter="And the hash?", do="save"))  # a page that was opened since
    assert words(world, action=Action.ASK) == ("And the hash?", "")


def test_a_colleagues_claim_meanwhile_loses_no_draft(world: World, ada: Browser) -> None:
    typed = form(ada, letter="Mine")
    ben = world.signed_in("Ben")
    ben.post(f"{HERE}/claim")
    page = ada.post(RETURN, typed, 409)
    assert "Ben has claimed CPL-000001 until Fri 20 Nov 2026 20:00" in page
    assert "Send and return" not in page
    again = ada.post(RETURN, {**typed, "do": "take-over"})
    page = ada.get(again)
    assert field(page, "letter") == "Mine"
    assert world.submission(1).claimed_by == "Ada"
    ada.post(RETURN, form(ada))
    assert world.submission(1).state is State.RETURNED


def test_the_endpoint_keeps_and_says_nothing(world: World, ada: Browser) -> None:
    assert not ada.post(f"{HERE}/drafts/return", {"letter": "a", "reason": "b"}, 204)
    ada.post(f"{HERE}/drafts/return", {"letter": "ab", "reason": "b"}, 204)
    assert words(world) == ("ab", "b")
    for wrong in ("RETURN", "close", "return%00", ""):
        ada.post(f"{HERE}/drafts/{wrong}", {"letter": "a"}, 404)
    ada.post("/submissions/CPL-000099/drafts/return", {"letter": "a"}, 404)
    ada.post(f"{HERE}/drafts/return", {"letter": "x" * 300_000}, 413)
    assert words(world) == ("ab", "b")


@pytest.mark.parametrize("happened", ["", "x", "-1", "9" * 30, "\N{SUPERSCRIPT TWO}"])
def test_a_draft_without_a_page_of_ours_is_kept(world: World, ada: Browser, happened: str) -> None:
    ada.post(f"{HERE}/drafts/return", {"letter": "a", "happened": happened}, 204)
    assert words(world) == ("a", "")


def test_nobody_reads_or_writes_another_persons_draft(world: World, ada: Browser) -> None:
    ben = world.signed_in("Ben")
    ada.post(RETURN, form(ada, letter="Ada's secret", reason="hers", do="save"))
    for path in (HERE, RETURN, f"{RETURN}?letter=draft", f"{RETURN}?letter=draft&person=Ada", "/"):
        assert "Ada's secret" not in html.unescape(ben.get(path))
    for who in ({"person": "Ada"}, {"draft": "1"}, {"message": "1", "person": "Ada", "actor": "Ada"}):
        ben.post(f"{HERE}/drafts/return", {"letter": "Ben's", "reason": "his", **who}, 204)
        ben.post(RETURN, {**form(ben), "letter": "Ben's", "reason": "his", "do": "save", **who})
    assert words(world) == ("Ada's secret", "hers")
    assert words(world, "Ben") == ("Ben's", "his")
    ben.post(RETURN, form(ben))
    assert words(world) == ("Ada's secret", "hers")


def test_a_draft_of_one_case_is_no_draft_of_another(world: World, ada: Browser) -> None:
    world.judged(FAULTY)
    ada.post(RETURN, form(ada, letter="The first's", do="save"))
    other = "/submissions/CPL-000002"
    assert "The first" not in ada.get(f"{other}/decide/return")
    assert "You have a draft" not in ada.get(other)
    assert "The first" not in ada.get(f"{HERE}/decide/ask")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_who_does_not_decide_has_no_drafts(world: World, role: Role) -> None:
    world.judged(FAULTY)
    eve = world.signed_in("Eve", role)
    eve.post(f"{HERE}/drafts/return", {"letter": "a"}, 403)
    assert kept(world, "Eve") is None


def test_what_came_after_the_session_had_ended_is_a_draft_once_one_has_signed_in(world: World, ada: Browser) -> None:
    typed = form(ada, letter='Dear <Robin> "x"', reason="two & more")
    world.clock.pass_by(hours=13)
    page = ada.client.post(RETURN, data={"csrf": ada.csrf, **typed}).text
    assert kept(world) is None
    world.change_password("Ada")
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    carried = {name: html.unescape(value) for name, value in fields}
    signed = ada.client.post("/sign-in", data={**carried, "name": "Ada", "password": PASSWORD})
    assert "“Go on” sends the letter and returns the submission." in signed.text
    assert 'class="govuk-textarea cpl-draft" id="letter"' in signed.text
    assert words(world) == ('Dear <Robin> "x"', "two & more")
    assert field(ada.get(RETURN), "letter") == 'Dear <Robin> "x"'


@pytest.mark.parametrize(
    ("target", "fields", "does"),
    [
        ("/submissions/CPL-000001/decide/ask?view=mine", {"do": "decide"}, "sends the question"),
        ("/submissions/CPL-000001/decide/ask", {"do": "preview"}, ""),
        ("/submissions/CPL-000001/notes", {}, ""),
        ("/submissions/CPL-000001/reply", {}, "sends the reply and closes the submission"),
    ],
)
def test_what_going_on_does_is_told_where_a_letter_leaves(target: str, fields: dict[str, str], does: str) -> None:
    assert going_on(target, KeptForm(fields)) == does


def test_what_a_stranger_posts_is_no_draft_of_who_may_not_decide(world: World, ada: Browser) -> None:
    assert ada.client is not None
    world.person("Eve", Role.AUDITOR)
    posted = {"posted": "1", "next": RETURN, "kept.letter": "x", "name": "Eve", "password": PASSWORD}
    assert world.browser().post("/sign-in", data=posted).status_code == 200
    for wrong in ("/submissions/CPL-000099/decide/return", f"{HERE}/decide/nothing", f"{HERE}/claim", "/"):
        world.person("Ada")
        assert world.browser().post("/sign-in", data={**posted, "next": wrong, "name": "Ada"}).status_code == 200
    assert (kept(world, "Eve"), kept(world)) == (None, None)


def test_a_preview_shows_the_letter_as_it_will_be_sent(world: World, ada: Browser) -> None:
    letter = "Dear Robin,\n\n<b>no</b>\u202e and \u0007 é.\n\n"
    page = ada.post(RETURN, form(ada, letter=letter, do="preview"), 200)
    section = page[page.index('aria-labelledby="as-sent"') : page.index("</section>", page.index("as-sent"))]
    shown = html.unescape(re.sub(r"<[^>]+>", "", section))
    assert "Torobin.hale@example.test" in shown
    assert "SubjectRe: CPL submission: gas meter" in shown
    assert "Cc" not in shown
    assert "<b>no</b><U+202E> and  é." in shown
    ada.post(RETURN, {**form(ada), "do": "decide"})
    with world.services.store.reading() as tx:
        content = tx.exec_driver_sql("SELECT content FROM outbox WHERE kind = 'return'").scalar_one()
    assert b"To: robin.hale@example.test" in content
    assert b"Subject: Re: CPL submission: gas meter" in content


def test_a_preview_says_what_is_still_to_be_written(world: World) -> None:
    world.judged()
    ada = world.signed_in()
    path = f"{HERE}/decide/ask"
    assert "It still says “[Say here" in ada.post(path, form(ada, path, do="preview"), 200)
    assert "The letter is empty" in ada.post(path, form(ada, path, letter=" ", do="preview"), 200)


def test_a_letter_to_nobody_is_said_to_be_held(world: World) -> None:
    world.judged(FAULTY, headers={"From": "nobody"})
    ada = world.signed_in()
    page = ada.post(RETURN, form(ada, letter="Words", do="preview"), 200)
    assert "nobody: there is no address, so it will be held" in page
    assert '<div class="cpl-letter">Words</div>' in page


def test_typing_renews_ones_claim_and_leaves_the_form_valid(world: World, ada: Browser) -> None:
    ada.post(f"{HERE}/claim")
    typed = form(ada)
    world.clock.pass_by(minutes=25)
    ada.post(f"{HERE}/drafts/return", typed, 204)
    assert world.submission(1).claimed_until == world.clock.now() + timedelta(hours=8)
    ada.post(RETURN, typed)
    assert world.submission(1).state is State.RETURNED


# ---- two windows of one person


def hidden_of(page: str) -> dict[str, str]:
    return {name: field(page, name) for name in ("version", "thread", "happened", "draft")}


@pytest.mark.parametrize(("button", "status"), [("save", 303), ("cancel", 303), ("preview", 200), ("redraft", 200)])
def test_another_windows_words_are_not_lost_to_this_ones(world: World, ada: Browser, button: str, status: int) -> None:
    first, second = form(ada, letter="The first window."), form(ada, letter="The second window.")
    named = {"redraft": "1"} if button == "redraft" else {"do": button}
    ada.post(RETURN, {**first, **named}, status)
    world.clock.pass_by(minutes=5)
    page = ada.post(RETURN, {**second, **named}, 409)
    assert "In another window you have saved other words of this, Fri 20 Nov 2026 12:00" in page
    assert field(page, "letter") == "The second window.", "nothing typed is lost either way"
    assert words(world) == ("The first window.", "")
    ada.post(RETURN, {**second, **named, "draft": field(page, "draft")}, status)
    assert words(world) == ("The second window.", "")


def test_the_script_is_told_and_goes_on_with_what_it_saved_itself(world: World, ada: Browser) -> None:
    path, first, second = f"{HERE}/drafts/return", form(ada, letter="One"), form(ada, letter="Two")
    marks = []
    for letter in ("One", "One and a half"):
        world.clock.pass_by(minutes=1)
        answer = ada.client.post(path, data={"csrf": ada.csrf, **first, "letter": letter})
        assert answer.status_code == 204
        first["draft"] = answer.headers["draft-saved"]
        marks.append(first["draft"])
    assert len(set(marks)) == 2
    ada.post(path, second, 409)
    ada.post(path, {**second, "letter": "One and a half"}, 204)  # the same words are no other draft
    assert words(world) == ("One and a half", "")


def test_a_reply_of_another_window_is_not_lost(world: World) -> None:
    world.judged(Dossier(world.clock.now(), None, (), ()), "CPL submission")
    ada, path = world.signed_in("Ada"), f"{HERE}/reply"
    first, second = ({**hidden_of(ada.get(path)), "letter": words} for words in ("First.", "Second."))
    ada.post(path, {**first, "do": "save"})
    world.clock.pass_by(minutes=5)
    page = ada.post(path, {**second, "do": "save"}, 409)
    assert "In another window you have saved other words" in page
    assert field(page, "letter") == "Second."
    with world.services.store.reading() as tx:
        draft = drafts.find(tx, 1, "Ada", Written.REPLY)
    assert draft is not None
    assert draft.letter == "First."
    ada.post(path, {**second, "do": "save", "draft": field(page, "draft")})


def test_a_decision_is_sent_whatever_another_window_holds(world: World, ada: Browser) -> None:
    first, second = form(ada, letter="The first window."), form(ada, letter="The second window.", do="save")
    ada.post(RETURN, second)
    world.clock.pass_by(minutes=5)
    ada.post(RETURN, first)
    assert world.submission(1).state is State.RETURNED
