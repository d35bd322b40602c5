"""What the script brings: keys, news, drafts that are kept, and a count of what an approval costs two people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from browser.demonstration import untouched
from playwright.sync_api import Browser, Locator, Page, Route, expect

from intake import resources
from intake.web.headers import WITH_SCRIPT

MOST_INTERACTIONS = 5


FAULTY, DOUBTFUL, CLEAN = "To be returned", "Needs a person", "Ready"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _stop_the_clock(page: Page) -> None:
    """From now on a page's time passes by `run_for` alone, however long this machine takes over anything."""
    page.clock.install(time=NOON)
    page.clock.pause_at(NOON + timedelta(seconds=1))


def _row(page: Page) -> str:
    """The reference of the row whose link has the focus."""
    return page.locator("[data-row]:focus-within [data-row-link]").inner_text()


def test_j_and_k_go_along_the_rows_and_enter_opens(scripted: Page, demo: str) -> None:
    scripted.goto(demo)
    rows = scripted.locator("[data-row-link]").all_inner_texts()
    scripted.keyboard.press("j")
    assert _row(scripted) == rows[0]
    for key in "jjk":
        scripted.keyboard.press(key)
    assert _row(scripted) == rows[1]
    for _ in rows:
        scripted.keyboard.press("j")
    assert _row(scripted) == rows[-1]
    scripted.keyboard.press("Enter")
    expect(scripted.get_by_role("heading", level=1)).to_have_text(rows[-1])


def test_the_search_is_a_key_away_and_takes_every_letter_as_text(scripted: Page, demo: str) -> None:
    scripted.goto(demo)
    scripted.keyboard.press("/")
    search = scripted.locator("[data-key='/']")
    expect(search).to_be_focused()
    scripted.keyboard.type("jk?nacrq/")
    expect(search).to_have_value("jk?nacrq/")
    expect(scripted.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("key", "action"), [("a", "approve"), ("r", "return"), ("q", "ask")])
def test_a_key_opens_a_decision_and_sends_none(scripted: Page, demo: str, key: str, action: str) -> None:
    case = f"{demo}/submissions/{untouched(scripted, demo, FAULTY)}"
    scripted.goto(case)
    scripted.keyboard.press(key)
    scripted.wait_for_url(f"**/decide/{action}")
    for other in "acrqnp":  # nothing there is sent by a key either
        scripted.keyboard.press(other)
    scripted.goto(case)
    expect(scripted.locator(".cpl-head").first).to_contain_text("In review")


def test_a_chord_of_the_browsers_own_is_left_alone(scripted: Page, demo: str) -> None:
    case = f"{demo}/submissions/{untouched(scripted, demo, FAULTY)}"
    scripted.goto(case)
    for chord in ("Control+c", "Control+a", "Alt+q", "Meta+r"):
        scripted.keyboard.press(chord)
    scripted.wait_for_timeout(300)
    assert scripted.url == case
    expect(scripted.get_by_role("button", name="Claim", exact=True)).to_be_visible()


def test_c_claims_and_n_goes_on(scripted: Page, demo: str) -> None:
    scripted.goto(f"{demo}/submissions/{untouched(scripted, demo, DOUBTFUL)}")
    scripted.keyboard.press("c")
    expect(scripted.get_by_text("You have claimed this submission.")).to_be_visible()
    following = scripted.locator("[data-key=n]").first.get_attribute("href")
    assert following
    scripted.keyboard.press("n")
    scripted.wait_for_url(f"**{following}")


def test_the_list_of_keys_is_of_this_page_and_turns_them_off(scripted: Page, demo: str) -> None:
    case = f"{demo}/submissions/{untouched(scripted, demo, FAULTY)}"
    scripted.goto(case)
    scripted.keyboard.press("?")
    dialog = scripted.get_by_role("dialog")
    expect(dialog).to_contain_text("Return to the submitter")
    expect(dialog).to_contain_text("Claim")
    expect(dialog).not_to_contain_text("Next row")
    scripted.keyboard.press("r")  # a list is read, not acted upon
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Turn single keys off").click()
    scripted.wait_for_load_state()
    for key in "rqc?":
        scripted.keyboard.press(key)
    scripted.wait_for_timeout(300)
    assert scripted.url == case
    expect(scripted.get_by_role("dialog")).to_have_count(0)
    scripted.get_by_role("link", name="Keys", exact=True).click()  # the list itself can still be opened
    scripted.get_by_role("dialog").get_by_role("button", name="Turn single keys on").click()
    scripted.wait_for_load_state()
    scripted.keyboard.press("?")
    expect(scripted.get_by_role("dialog")).to_be_visible()


def test_the_list_of_keys_is_a_page_where_there_is_no_script(page: Page, demo: str) -> None:
    page.goto(demo)
    page.get_by_role("link", name="Keys", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keys")


def test_news_is_said_and_nothing_moves_by_itself(scripted: Page, demo: str) -> None:
    answers = [{"new": 0, "more": False}, {"new": 3, "more": False}, {"new": 1000, "more": True}]
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json=answers[min(len(asked), len(answers)) - 1])

    scripted.route("**/news?*", answer)
    _stop_the_clock(scripted)
    scripted.goto(f"{demo}/queue/everything")
    before = scripted.locator("main").bounding_box()
    scripted.clock.run_for(29_000)
    assert not asked
    scripted.clock.run_for(2_000)
    status = scripted.get_by_role("status")
    expect(status).to_have_text("")
    assert scripted.locator("main").bounding_box() == before
    scripted.clock.run_for(30_000)
    expect(status).to_have_text("3 new, show")
    scripted.clock.run_for(30_000)
    expect(status).to_have_text("1000 or more new, show")
    assert scripted.url.endswith("/queue/everything")
    status.get_by_role("link").click()
    expect(status).to_have_text("")
    assert scripted.url.endswith("/queue/everything")


def test_a_list_says_when_its_reader_has_been_signed_out_and_asks_no_more(scripted: Page, demo: str) -> None:
    _stop_the_clock(scripted)
    scripted.goto(demo)
    scripted.context.clear_cookies()
    scripted.clock.run_for(31_000)
    expect(scripted.get_by_role("status")).to_have_text("You have been signed out. Sign in again")


def test_a_case_that_is_checked_again_shows_by_itself_what_came_of_it(scripted: Page, demo: str) -> None:
    scripted.goto(f"{demo}/queue/everything")
    scripted.locator("[data-row]").filter(has_text="Filed").first.locator("[data-row-link]").click()
    here = scripted.url.partition("?")[0]
    scripted.get_by_role("button", name="Check again").click()
    expect(scripted.locator("[data-watch]")).to_have_count(0)
    assert scripted.url.partition("?")[0] == here


_TRIAL = """<!doctype html><html lang="en"><title>trial</title><link rel="stylesheet" href="{css}">
<script type="module" src="/static/cpl-intake.js"></script><body><main class="cpl-main">
<form method="post" action="/trial" data-autosave="/trial/save"><input type="hidden" name="csrf" value="token">
<label>Letter<textarea class="govuk-textarea" name="letter"></textarea></label>
<label>Reason<input name="reason"></label>
<button name="now" value="1">Send</button></form></main></body></html>"""


@dataclass(slots=True)
class Trial:
    """A form that keeps itself, on a page under our own policy, and a server that answers as it is told to."""

    page: Page
    answer: Callable[[Route], None] = field(default=lambda route: route.fulfill(status=204))
    posted: list[str] = field(default_factory=list)

    def save(self, route: Route) -> None:
        self.posted.append(route.request.post_data or "")
        self.answer(route)

    @property
    def letter(self) -> Locator:
        return self.page.get_by_label("Letter")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")


@pytest.fixture
def trial(scripted: Page, demo: str) -> Trial:
    opened = Trial(scripted)
    body = _TRIAL.format(css="/static/cpl-intake.css")
    headers = {"Content-Security-Policy": WITH_SCRIPT, "Content-Type": "text/html"}
    scripted.route("**/trial", lambda route: route.fulfill(body=body, headers=headers))
    scripted.route("**/trial/save", lambda route: opened.save(route))  # noqa: PLW0108  # playwright marks what it is given, which a slot refuses
    _stop_the_clock(scripted)
    scripted.goto(f"{demo}/trial")
    return opened


def test_a_draft_is_saved_a_second_after_the_last_key_with_every_field(trial: Trial) -> None:
    trial.letter.fill("Dear Robin,\n“yes”")
    trial.page.clock.run_for(900)
    trial.letter.press_sequentially("!")
    trial.page.clock.run_for(900)
    assert not trial.posted
    trial.page.clock.run_for(200)
    expect(trial.status).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert len(trial.posted) == 1
    assert trial.posted[0].startswith("csrf=token&letter=Dear+Robin")
    assert trial.posted[0].endswith("&reason=")
    trial.page.clock.run_for(60_000)
    assert len(trial.posted) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda route: route.fulfill(status=403, body="<p>Sign in"), "you have been signed out"),
        (
            lambda route: route.fulfill(status=409),
            "you have decided this, or saved other words of it in another window",
        ),
        (lambda route: route.fulfill(status=500), "the server refused it"),
        (lambda route: route.fulfill(status=303, headers={"Location": "/sign-in"}), "the server refused it"),
        (lambda route: route.abort(), "the server cannot be reached"),
    ],
)
def test_a_draft_that_was_not_saved_says_so_and_is_tried_again(
    trial: Trial, answer: Callable[[Route], None], why: str
) -> None:
    trial.answer = answer
    trial.letter.fill("Dear Robin")
    trial.page.clock.run_for(1_100)
    expect(trial.status).to_have_text(f"Not saved: {why}. What you typed is on this page only.")
    trial.answer = lambda route: route.fulfill(status=204)
    trial.page.clock.run_for(10_100)
    expect(trial.status).to_contain_text("Saved")
    assert len(trial.posted) >= 1


def test_nothing_is_posted_when_the_page_is_left(trial: Trial, demo: str) -> None:
    trial.letter.fill("Dear Robin")
    trial.page.goto(f"{demo}/rules")
    assert not trial.posted


@pytest.mark.parametrize("native", [True, False])
def test_a_text_area_grows_with_its_text(browser: Browser, demo: str, native: bool) -> None:
    context = browser.new_context()
    page = context.new_page()
    if not native:
        page.add_init_script("CSS.supports = () => false")
        page.route("**/cpl-intake.css*", lambda route: route.fulfill(body=_without_field_sizing()))
    page.goto(f"{demo}/submissions/{untouched(page, demo, FAULTY)}/decide/ask")
    letter = page.get_by_label("Letter to the submitter")
    letter.fill("one line")
    low = letter.bounding_box()
    letter.fill("a line\n" * 60)
    high = letter.bounding_box()
    assert low
    assert high
    assert low["height"] < 300
    assert high["height"] > 900
    assert letter.evaluate("area => area.scrollHeight <= area.clientHeight + 1")
    context.close()


def _without_field_sizing() -> str:
    css = (Path(resources.templates()) / "static" / "cpl-intake.css").read_text("utf-8")
    return css.replace("field-sizing:content", "")


@dataclass(slots=True)
class Counted:
    """A person at a page whose every click counts."""

    page: Page
    interactions: int = 0

    def click(self, target: Locator) -> None:
        self.interactions += 1
        target.click()


def test_a_clean_case_goes_from_the_queue_to_its_letter_in_few_interactions_of_two_people(
    browser: Browser, scripted: Page, demo: str
) -> None:
    first = Counted(scripted)
    reference = untouched(first.page, demo, CLEAN)
    first.page.goto(demo)
    first.click(first.page.get_by_role("link", name=reference, exact=True))
    first.click(first.page.get_by_role("button", name="Propose approval"))
    expect(first.page.get_by_text("You have proposed approval.")).to_be_visible()

    context = browser.new_context()
    second = Counted(context.new_page())
    second.page.goto(demo)
    second.page.get_by_role("button", name="continue as").click()  # signs in, which the demonstration does so
    second.page.goto(f"{demo}/queue/second-approval")
    second.click(second.page.get_by_role("link", name=reference, exact=True))
    second.click(second.page.get_by_role("button", name="Confirm approval"))
    if not second.page.get_by_text("Approved. The letter is on its way").is_visible():
        second.click(second.page.get_by_role("button", name="Confirm approval"))
    expect(second.page.get_by_text("Approved. The letter is on its way")).to_be_visible()
    context.close()
    assert first.interactions + second.interactions <= MOST_INTERACTIONS
