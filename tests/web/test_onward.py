"""From a case on to the next of its list, and back to the list from whatever is pressed on it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from dossiers import DISPLAY, FIRMWARE, GAS, a_dossier, a_form
from web.test_lists import links, shown
from web.world import Browser, World

from intake.domain.review import Action, Decision, Role
from intake.domain.submission import State
from intake.pipeline.case import claims
from intake.pipeline.review import decide
from intake.store.outbox import LetterState


def _decide(world: World, browser: Browser, number: int, list_text: str = "") -> str:
    submission = world.submission(number)
    form = {"letter": "Dear", "version": str(submission.version), "report": submission.report_sha256 or ""}
    return browser.post(f"/submissions/CPL-{number:06d}/decide/return{list_text}", form)


def test_next_follows_the_list_and_opens_after_a_decision(world: World) -> None:
    first = world.judged()
    world.clock.pass_by(hours=-5)  # its number follows the first's, its arrival does not
    older = world.judged()
    world.clock.pass_by(hours=6)
    others, last = world.judged(), world.judged()
    claims.claim(world.services, others, "Ben")
    browser = world.signed_in("Ada")
    assert shown(browser.get("/")) == [older, first, last, others]
    page = browser.get(f"/submissions/CPL-{older:06d}")
    assert f'href="/submissions/CPL-{first:06d}">Next' in page
    assert not links(page, "Previous")
    assert links(browser.get(f"/submissions/CPL-{last:06d}"), "Previous") == [f"/submissions/CPL-{first:06d}"]
    assert links(browser.get(f"/submissions/CPL-{others:06d}"), "Previous") == [f"/submissions/CPL-{first:06d}"]
    target = _decide(world, browser, older)
    assert target == f"/submissions/CPL-{first:06d}?done=returned&of=CPL-{older:06d}"
    assert f"CPL-{older:06d}: Returned to the submitter" in browser.get(target)
    assert _decide(world, browser, first).startswith(f"/submissions/CPL-{last:06d}?")
    target = _decide(world, browser, last)
    assert target == f"/?done=returned&of=CPL-{last:06d}"
    assert "Returned to the submitter" in browser.get(target)


def test_next_keeps_filter_sort_and_search(world: World) -> None:
    browser = world.signed_in("Ada")
    gas = [world.judged(subject="CPL submission one") for _ in range(3)]
    world.judged(a_dossier(a_form(DISPLAY)), subject="CPL submission one")
    world.judged(subject="CPL submission two")
    carried = "?view=unclaimed&q=one&sort=newest&device=Gas+Smart+Meter"
    page = browser.get(f"/submissions/CPL-{gas[2]:06d}{carried}")
    (following,) = links(page, "Next")
    assert following == f"/submissions/CPL-{gas[1]:06d}{carried}"
    (previous,) = links(browser.get(following), "Previous")
    assert previous == f"/submissions/CPL-{gas[2]:06d}{carried}"
    assert links(page, "Back to the search") == ["/queue/unclaimed?q=one&sort=newest&device=Gas+Smart+Meter"]
    assert f"decide/return{carried}" in unescape(page)
    target = _decide(world, browser, gas[1], carried)
    assert target.startswith(f"/submissions/CPL-{gas[0]:06d}?done=returned&of=CPL-{gas[1]:06d}&view=unclaimed&q=one")
    assert _decide(world, browser, gas[0], carried).startswith("/queue/unclaimed?q=one&sort=newest")


def test_next_skips_ones_own_proposals_and_what_waits_on_the_submitter(world: World) -> None:
    browser = world.signed_in("Ada")
    here, own, asked, handed, last = (world.judged() for _ in range(5))
    for number, action in ((own, Action.APPROVE), (asked, Action.ASK)):
        report = world.submission(number).report_sha256 or ""
        decide.decide(world.services, number, Decision(action, "Ada", report, "Dear submitter"))
    world.change(handed, state=State.QUARANTINED, handed_over_at=world.clock.now())
    for slug in ("", "?view=everything&sort=oldest", "?view=unclaimed"):
        assert f"Next: CPL-{last:06d}" in browser.get(f"/submissions/CPL-{here:06d}{slug}")


def test_a_held_letter_of_a_decided_case_waits_and_is_next(world: World) -> None:
    browser = world.signed_in("Ada")
    here, decided = world.judged(), world.judged()
    world.settle(decided, LetterState.HELD, hold_reason="DMARC failed")
    world.change(decided, state=State.RETURNED)
    assert shown(browser.get("/")) == [here, decided]
    assert f"Next: CPL-{decided:06d}" in browser.get(f"/submissions/CPL-{here:06d}")


CAME_FROM = "view=unclaimed&sort=newest"


@pytest.mark.parametrize(
    "page", ["", "/decide/return", "/decide/approve", "/reply", "/evidence/1/Device_Model.firmware_version"]
)
def test_whatever_is_pressed_on_a_case_goes_back_to_the_list_that_it_was_opened_from(world: World, page: str) -> None:
    browser = world.signed_in()
    world.person("Ben", Role.ANALYST, password_hash="")
    number = world.judged(a_dossier(a_form(GAS, {FIRMWARE: "12:03"})))
    browser.post(f"/submissions/CPL-{number:06d}/drafts/ask", {"letter": "Why?"}, status=204)
    html = browser.get(f"/submissions/CPL-{number:06d}{page}?{CAME_FROM}")
    own = re.findall(r'(?:action|href)="(/submissions/CPL-[0-9]+[^"]*)"', html)
    pages = [unescape(address) for address in own if not re.search(r"/documents/|\.zip", address)]
    assert pages
    assert all(CAME_FROM in address for address in pages), [address for address in pages if CAME_FROM not in address]


def test_each_answer_to_what_was_pressed_keeps_the_list(world: World) -> None:
    browser = world.signed_in()
    world.person("Ben", Role.ANALYST, password_hash="")
    number = world.judged(a_dossier(a_form(GAS, {FIRMWARE: "12:03"})))
    here = f"/submissions/CPL-{number:06d}"

    def posted(path: str, form: dict[str, str]) -> str:
        submission = world.submission(number)
        bound = {"version": str(submission.version), "thread": "0", "report": submission.report_sha256 or ""}
        return browser.post(f"{here}/{path}?{CAME_FROM}", {**bound, **form})

    page = browser.get(here)
    point, form = (re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("point", "form"))
    for path, typed in {
        "points": {"entry": "0", "point": point, "reason": "As the lab says.", "settle": "overruled"},
        "resolutions/1/withdraw": {"entry": "0"},
        "notes": {"form": form, "text": "Look."},
        "assign": {"to": "Ben"},
        "claim": {},
        "decide/ask": {"do": "save", "letter": "Why?"},
        "decide/return": {"do": "cancel", "letter": "No."},
        "reply": {"do": "save", "letter": "Dear"},
        "close": {"reason": "Settled by telephone."},
        "reopen": {"reason": "Not settled."},
    }.items():
        assert CAME_FROM in posted(path, typed), path
