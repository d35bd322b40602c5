"""A case goes from one person to another: assigned, proposed, looked at by the second, sent back, confirmed."""

from __future__ import annotations

import html
import re

import pytest
from dossiers import GAS, a_dossier, a_form, a_zigbee_certificate, certificates_for
from web.world import Browser, World

from intake.domain.people_events import LOOKS
from intake.domain.review import Role
from intake.domain.submission import State
from intake.store import events

HERE = "/submissions/CPL-000001"
APPROVE = f"{HERE}/decide/approve"
HOSTILE = "<img src=x onerror=alert(1)> \u202efdp.exe"


def form(browser: Browser, path: str = APPROVE, **typed: str) -> dict[str, str]:
    page = browser.get(path)
    letter, reason = (field(page, name) for name in ("letter", "reason"))
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {**hidden, "letter": letter, "reason": reason, **typed}


def field(page: str, name: str) -> str:
    match = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert match is not None
    return html.unescape(match[1]).removeprefix("\n")


def history(world: World) -> list[events.Event]:
    """What was done with the case; who has opened it is left out."""
    with world.services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [event for event in events.of_message(tx, 1) if event.name not in LOOKS]


@pytest.fixture
def two(world: World) -> tuple[Browser, Browser]:
    """Ada, who has proposed approval, and Ben."""
    entry = a_form(GAS)
    world.judged(a_dossier(entry, (a_zigbee_certificate(entry, name="zigbee.pdf"),)))
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post(APPROVE, form(ada, letter="Dear Robin,\n\nit is approved.\n", reason="all <seen>"))
    assert world.submission(1).state is State.PROPOSED
    return ada, ben


def test_the_second_persons_page_has_everything_in_one_place(two: tuple[Browser, Browser]) -> None:
    page = two[1].get(APPROVE)
    assert "Ada proposes approval" in page
    assert "“all &lt;seen&gt;”" in page
    assert field(page, "letter") == "Dear Robin,\n\nit is approved.\n"
    assert "The form, beside the certificates" in page
    assert "zigbee.pdf" in page
    assert "rulings:" in page
    assert "Please find our submission attached." in page
    assert "Changed in the letter" not in page
    assert page.index("The form, beside") < page.index('name="letter"')


def test_a_change_to_the_letter_is_seen_before_it_is_sent_and_recorded_when_it_is(
    world: World, two: tuple[Browser, Browser]
) -> None:
    ben = two[1]
    changed = form(ben, reason="seen", letter="Dear Robin,\r\n\r\nit is approved <b>at last</b>.\r\n")
    page = ben.post(APPROVE, {**changed, "do": "preview"}, 200)
    assert "Changed in the letter that Ada proposed" in page
    assert "<del>" in page
    assert "it is approved &lt;b&gt;at last&lt;/b&gt;.</ins>" in page
    ben.post(APPROVE, changed)
    approved = next(event for event in history(world) if event.name == "approved")
    assert "-it is approved.\n+it is approved <b>at last</b>." in str(approved.detail["difference"])
    shown = two[0].get(HERE)
    assert "With changes to the proposed letter" in shown
    assert "<b>at last" not in shown


def test_a_letter_confirmed_as_proposed_records_no_difference(world: World, two: tuple[Browser, Browser]) -> None:
    two[1].post(APPROVE, form(two[1], reason="seen", letter="Dear Robin,\r\n\r\nit is approved.\r\n"))
    approved = next(event for event in history(world) if event.name == "approved")
    assert "difference" not in approved.detail


def test_the_second_person_sends_it_back_with_a_comment_and_the_first_goes_on(
    world: World, two: tuple[Browser, Browser]
) -> None:
    ada, ben = two
    where = ben.post(APPROVE, form(ben, reason=f"Name the model. {HOSTILE}", do="send-back"))
    assert "Sent back to whoever proposed it" in ben.get(where)
    after = world.submission(1)
    assert (after.state, after.proposed_by, after.claimed_by) == (State.IN_REVIEW, None, "Ada")
    assert (history(world)[-1].name, history(world)[-1].actor) == ("sent_back", "Ben")
    assert [kind for kind, _ in world.letter_states(1)] == ["acknowledgement"]
    assert "CPL-000001" in ada.get("/queue/mentions")
    assert "CPL-000001" in ada.get("/queue/mine")
    for path in (HERE, APPROVE, f"{HERE}/decide/return"):
        page = ada.get(path)
        assert "Ben sent it back to you, Fri 20 Nov 2026 12:00" in page
        assert page.index("Name the model.") < page.index('class="cpl-facts"')
        assert "<img" not in page
        assert "\u202e" not in page
    assert field(ada.get(APPROVE), "letter") == "Dear Robin,\n\nit is approved.\n"
    assert field(ada.get(APPROVE), "reason") == "all <seen>"
    assert "CPL-000001" not in ada.get("/queue/mentions")
    ada.post(APPROVE, form(ada, letter="Dear Robin,\n\nthe GM1 is approved.\n"))
    assert world.submission(1).state is State.PROPOSED
    assert "sent it back" not in ben.get(HERE)
    page = world.signed_in("Cyd").get(APPROVE)  # who confirms need not be who objected
    assert "Sent back before" in page
    assert "Name the model." in page
    assert "the GM1 is approved." in field(ben.get(APPROVE), "letter")
    ben.post(APPROVE, form(ben, reason="seen"))
    assert world.submission(1).state is State.APPROVED


def test_what_the_second_person_changed_in_the_letter_goes_back_with_it(
    world: World, two: tuple[Browser, Browser]
) -> None:
    ada, ben = two
    theirs = "Dear Robin,\n\nthe GM1 is <b>approved</b>.\n"
    ben.post(APPROVE, form(ben, reason="Name the model.", letter=theirs, do="send-back"))
    assert history(world)[-1].detail["letter"] == theirs
    for path in (HERE, APPROVE):
        page = ada.get(path)
        assert "What Ben would change in the letter" in page
        assert "the GM1 is &lt;b&gt;approved&lt;/b&gt;.</ins>" in page
    assert field(ada.get(APPROVE), "letter") == "Dear Robin,\n\nit is approved.\n", "her own words stay hers"
    page = ada.get(f"{APPROVE}?letter=theirs")
    assert (field(page, "letter"), field(page, "reason")) == (theirs, "all <seen>")
    ada.post(APPROVE, form(ada, f"{APPROVE}?letter=theirs"))
    assert field(ben.get(APPROVE), "letter") == theirs
    assert field(ada.get(f"{HERE}/decide/ask?letter=theirs"), "letter") != theirs


AT_ONCE = f'<form method="post" action="{APPROVE}'


def test_no_drafted_letter_is_proposed_at_once_over_words_that_people_have_found(world: World) -> None:
    entry = a_form(GAS)
    world.judged(a_dossier(entry, certificates_for(entry)))
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    assert AT_ONCE in ada.get(HERE)
    ada.post(APPROVE, form(ada, letter="Dear Robin,\n\nour own words.\n", do="save"))
    assert AT_ONCE not in ada.get(HERE)
    assert AT_ONCE in ben.get(HERE), "her draft is hers"
    bare = {name: text for name, text in form(ada).items() if name not in {"letter", "reason"}}
    assert ada.post(APPROVE, bare).startswith(APPROVE), "what lay open before is no way round it"
    assert world.submission(1).state is State.IN_REVIEW
    ada.post(APPROVE, form(ada))
    ben.post(APPROVE, form(ben, reason="Name the model.", do="send-back"))
    ada.post(f"{HERE}/release")
    for browser in (ada, ben):
        assert AT_ONCE not in browser.get(HERE), "what was objected to is not in a drafted letter"


def test_a_letter_that_goes_back_as_it_was_proposed_says_nothing_of_changes(
    world: World, two: tuple[Browser, Browser]
) -> None:
    ada, ben = two
    ben.post(APPROVE, form(ben, reason="Name the model.", do="send-back"))
    assert "letter" not in history(world)[-1].detail
    assert "would change in the letter" not in ada.get(APPROVE)
    assert field(ada.get(f"{APPROVE}?letter=theirs"), "letter") == "Dear Robin,\n\nit is approved.\n"


def test_sent_back_twice_from_one_form_is_sent_back_once(world: World, two: tuple[Browser, Browser]) -> None:
    typed = form(two[1], reason="Name it.", do="send-back")
    two[1].post(APPROVE, typed)
    assert "no proposal to send back" in two[1].post(APPROVE, typed, 409)
    assert [event.name for event in history(world)].count("sent_back") == 1


def test_a_proposal_that_was_renewed_meanwhile_is_not_sent_back_unseen(
    world: World, two: tuple[Browser, Browser]
) -> None:
    ada, ben = two
    typed = form(ben, reason="Name it.", do="send-back")
    ada.post(f"{HERE}/withdraw")
    ada.post(APPROVE, form(ada, letter="Named."))
    page = ben.post(APPROVE, typed, 409)
    assert "has changed since you opened the page" in page
    assert field(page, "reason") == "Name it."
    assert world.submission(1).state is State.PROPOSED


def test_sending_back_needs_a_comment_and_another_person(world: World, two: tuple[Browser, Browser]) -> None:
    ada, ben = two
    assert "Say in the reason what Ada should change" in ben.post(APPROVE, form(ben, reason=" ", do="send-back"), 409)
    own = {"version": str(world.submission(1).version), "letter": "x", "reason": "no", "do": "send-back"}
    assert "You proposed this approval yourself" in ada.post(APPROVE, own, 409)
    cleo = world.signed_in("Cleo")
    cleo.post(f"{HERE}/claim")
    assert "Cleo has claimed" in ben.post(APPROVE, form(ben, reason="no", do="send-back"), 409)
    assert world.submission(1).state is State.PROPOSED


def test_a_letter_about_what_could_not_be_read_says_that_it_was_not(world: World) -> None:
    number = world.message()
    world.change(number, state=State.QUARANTINED)
    ada = world.signed_in("Ada")
    for action in ("ask", "return"):
        letter = field(ada.get(f"{HERE}/decide/{action}"), "letter")
        assert "We could not read it as it came" in letter
        assert "checked it" not in letter
        assert "the checks" not in letter
        typed = form(ada, f"{HERE}/decide/{action}")
        assert "The letter still says" in ada.post(f"{HERE}/decide/{action}", typed, 409)


def test_a_withdrawn_proposal_is_its_writers_draft_again(world: World, two: tuple[Browser, Browser]) -> None:
    ada, ben = two
    ada.post(f"{HERE}/withdraw")
    assert field(ada.get(APPROVE), "letter") == "Dear Robin,\n\nit is approved.\n"
    assert field(ben.get(APPROVE), "letter") != "Dear Robin,\n\nit is approved.\n"
    assert world.submission(1).state is State.IN_REVIEW


def test_a_draft_older_than_the_proposal_does_not_stand_in_its_place(world: World) -> None:
    world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ben.post(APPROVE, form(ben, letter="Ben's old words", do="save"))
    world.clock.pass_by(minutes=1)
    ada.post(APPROVE, form(ada, letter="Ada's words"))
    page = ben.get(APPROVE)
    assert field(page, "letter") == "Ada's words"
    assert "older than the proposal" in page
    page = ben.get(f"{APPROVE}?letter=draft")
    assert field(page, "letter") == "Ben's old words"
    assert "Changed in the letter that Ada proposed" in page
    world.clock.pass_by(minutes=1)
    ben.post(APPROVE, form(ben, f"{APPROVE}?letter=draft", do="save"))
    assert field(ben.get(APPROVE), "letter") == "Ben's old words"


def test_a_case_is_assigned_on_its_page(world: World) -> None:
    world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    world.signed_in("Rita", Role.AUDITOR)
    page = ada.get(HERE)
    assert re.findall(r'<option value="([A-Z][a-z]+)"', page) == ["Ben"]
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    assert ada.post(f"{HERE}/assign", {"to": "Ben", "version": version}) == f"{HERE}?done=assigned"
    ada.post(f"{HERE}/assign", {"to": "Ben", "version": version})
    assert "CPL-000001" in ben.get("/queue/mine")
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", "", ben.get(HERE))).split())
    assert shown.count("Assigned to Ben Ada, Friday") == 1
    assert "Nobody who decides" in ada.post(f"{HERE}/assign", {"to": HOSTILE, "version": version}, 409)
    assert "has changed since" in ben.post(f"{HERE}/assign", {"to": "Ada", "version": version}, 409)
    assert "Nobody who decides" in ada.post(f"{HERE}/assign", {"to": "Rita", "version": version}, 409)
    assert world.submission(1).claimed_by == "Ben"
