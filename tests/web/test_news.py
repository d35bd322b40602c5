from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine, event
from web.world import World

from intake.domain.submission import State
from intake.store import arrivals, submissions, threads


def _mark(page: str) -> str:
    found = re.search(r'data-news="(/news\?since=\d+)"', page)
    assert found
    return found[1]


def test_a_list_asks_for_what_came_after_it_was_shown(world: World) -> None:
    browser = world.signed_in()
    world.judged()
    address = _mark(browser.get("/"))
    assert browser.client.get(address).json() == {"new": 0, "more": False}
    world.judged()
    world.message()  # being read: nothing to look at yet
    assert browser.client.get(address).json() == {"new": 1, "more": False}
    assert browser.client.get(_mark(browser.get("/queue/mine"))).json()["new"] == 0


def test_an_answer_to_a_case_is_new_and_what_is_only_kept_is_not(world: World) -> None:
    case = world.judged()
    answer, receipt, other = world.message(), world.message(), world.message()
    for number in (answer, receipt, other):
        world.change(number, state=State.FILED)
    world.change(receipt, automatic="auto-replied")
    with world.services.store.transaction() as tx:
        threads.join(tx, [submissions.get(tx, answer), submissions.get(tx, receipt)], case)
    with world.services.store.reading() as tx:
        assert arrivals.since(tx, case) == 1
        assert arrivals.newest(tx) == other


def test_a_question_of_an_old_list_looks_at_so_many_messages_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "LOOKED_AT", 2)
    for _ in range(3):
        world.judged()
    assert world.signed_in().client.get("/news?since=0").json() == {"new": 2, "more": True}


def test_one_question_is_one_statement_beside_the_sessions(world: World) -> None:
    browser = world.signed_in()
    world.judged()
    statements: list[str] = []
    listening = (Engine, "before_cursor_execute", lambda *told: statements.append(str(told[2])))
    event.listen(*listening)
    browser.get("/news?since=0")
    event.remove(*listening)
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(asked) == 2
    assert "FROM session" in asked[0]


@pytest.mark.parametrize(
    "query",
    ["", "since=", "since=-1", "since=a", "since=" + "9" * 30, "since=\N{ARABIC-INDIC DIGIT ONE}", "case=nonsense"],
)
def test_a_question_that_says_nothing_is_refused(world: World, query: str) -> None:
    world.signed_in().get(f"/news?{query}", status=400)


def test_a_page_that_asks_by_itself_keeps_no_session_alive(world: World) -> None:
    browser = world.signed_in()
    for _ in range(2):
        world.clock.pass_by(minutes=16)
        status = browser.client.get("/news?since=0").status_code
    assert status == 401
    assert browser.client.get("/").status_code == 303


def test_a_person_at_work_stays_signed_in(world: World) -> None:
    browser = world.signed_in()
    for _ in range(3):
        world.clock.pass_by(minutes=16)
        browser.get("/")
    browser.get("/news?since=0")


def test_a_submission_in_work_says_so_and_shows_by_itself_what_came_of_it(world: World) -> None:
    world.message()
    browser = world.signed_in()
    page = browser.get("/submissions/CPL-000001?done=retried")
    assert "It is being checked. This page shows what comes of it by itself." in page
    assert '<noscript><meta http-equiv="refresh" content="3;url=/submissions/CPL-000001"></noscript>' in page
    assert 'data-watch="/news?case=CPL-000001"' in page
    assert browser.client.get("/news?case=CPL-000001").json() == {"busy": True}
    world.change(1, state=State.IN_REVIEW)
    assert browser.client.get("/news?case=CPL-000001").json() == {"busy": False}
    assert "http-equiv" not in browser.get("/submissions/CPL-000001")
    browser.get("/news?case=CPL-000009", status=404)
