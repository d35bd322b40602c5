"""A reply in one's own words: what is typed is kept, on its page and on the page of a question, until it is sent."""

from __future__ import annotations

import pytest
from web.test_drafts import field
from web.world import PASSWORD, Browser, World

from intake.domain.review import Written
from intake.domain.submission import State
from intake.pipeline.case import claims
from intake.store import drafts

HERE = "/submissions/CPL-000001"
REPLY = f"{HERE}/reply"
HIDDEN = ("version", "thread", "happened")


@pytest.fixture
def ada(world: World) -> Browser:
    world.judged()
    return world.signed_in("Ada")


def form(browser: Browser, **typed: str) -> dict[str, str]:
    page = browser.get(REPLY)
    return {**{name: field(page, name) for name in HIDDEN}, **typed}


def kept(world: World, person: str = "Ada") -> tuple[str, str] | None:
    with world.services.store.reading() as tx:
        draft = drafts.find(tx, 1, person, Written.REPLY)
    return None if draft is None else (draft.letter, draft.reason)


def test_it_is_kept_by_its_button_and_shown_again(world: World, ada: Browser) -> None:
    target = ada.post(REPLY, form(ada, letter="Dear Robin,\r\nyes.", reason="by telephone", do="save"))
    assert kept(world) == ("Dear Robin,\nyes.", "by telephone")
    assert world.submission(1).state is State.IN_REVIEW
    page = ada.get(target)
    assert field(page, "letter") == "Dear Robin,\nyes."
    assert 'value="by telephone"' in page
    assert "Your draft of Fri 20 Nov 2026 12:00" in page
    assert "Your draft is saved" in page


def test_it_is_kept_as_one_types(world: World, ada: Browser) -> None:
    typed = form(ada, letter="Half a sen")
    assert f'data-autosave="{HERE}/drafts/reply"' in ada.get(REPLY)
    ada.post(f"{HERE}/drafts/reply", typed, 204)
    assert kept(world) == ("Half a sen", "")
    ada.post(f"{HERE}/drafts/poem", typed, 404)


def test_the_case_says_so_to_its_writer_alone(world: World, ada: Browser) -> None:
    ada.post(REPLY, form(ada, letter="Mine", do="save"))
    assert f'href="{REPLY}">Reply</a>.' in ada.get(HERE)
    ben = world.signed_in("Ben")
    assert "You have a draft" not in ben.get(HERE)
    assert "report has changed" not in ada.get(HERE)
    assert field(ben.get(REPLY), "letter") == ""


def test_a_refused_reply_is_kept(world: World, ada: Browser) -> None:
    typed = form(ada, letter="An hour's work", reason="thought")
    claims.claim(world.services, 1, "Ben")
    page = ada.post(REPLY, typed, 409)
    assert field(page, "letter") == "An hour's work"
    assert kept(world) == ("An hour's work", "thought")


def test_once_sent_it_is_no_draft_and_does_not_come_back(world: World, ada: Browser) -> None:
    typed = form(ada, letter="Yes.")
    ada.post(f"{HERE}/drafts/reply", typed, 204)
    ada.post(REPLY, typed)
    assert world.submission(1).state is State.CLOSED
    assert kept(world) is None
    ada.post(f"{HERE}/drafts/reply", typed, 409)
    assert kept(world) is None


def test_what_came_after_the_session_had_ended_is_a_draft_once_one_has_signed_in(world: World, ada: Browser) -> None:
    typed = form(ada, letter="Typed for an hour")
    world.change_password("Ada")
    carried = {f"kept.{name}": value for name, value in typed.items()}
    stranger = world.browser()
    sign_in = {"name": "Ada", "password": PASSWORD, "next": REPLY, "posted": "1"}
    assert stranger.post("/sign-in", data={**sign_in, **carried}).status_code in {200, 303}
    assert kept(world) == ("Typed for an hour", "")
