"""Claims on the page: shown with their end, renewed by what their holder does, handed on."""

from __future__ import annotations

import html
import re
from datetime import timedelta

from web.world import Browser, World

HERE = "/submissions/CPL-000001"


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def claimed_until(world: World) -> object:
    return world.submission(1).claimed_until


def hidden(browser: Browser, path: str, *names: str) -> dict[str, str]:
    page = browser.get(path)
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0] for name in names}


def test_the_timeline_says_from_whom_a_case_was_taken_over(world: World) -> None:
    world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post(f"{HERE}/claim")
    assert "Claimed byAda until Fri 20 Nov 2026 20:00" in text(ben.get(HERE))
    ben.post(f"{HERE}/claim")
    shown = text(ben.get(HERE))
    assert "Claimed, from Ada Ben, Friday" in shown
    assert "Claimed Ada, Friday" in shown


def test_a_claim_that_has_run_out_is_shown_to_nobody_as_one(world: World) -> None:
    world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post(f"{HERE}/claim")
    world.change(1, claimed_until=world.clock.now())
    page = ben.get(HERE)
    assert "Take over" not in page
    assert "<dt>Claimed by</dt>" not in page
    assert f"{HERE}/release" not in ada.get(HERE)
    assert "has claimed this submission" not in ben.get(f"{HERE}/decide/return")


def test_whatever_the_holder_does_renews_the_claim_and_nobody_elses_doing_does(world: World) -> None:
    world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post(f"{HERE}/claim")
    begun = claimed_until(world)
    world.clock.pass_by(minutes=20)
    ben.post(f"{HERE}/decide/return", {"letter": ""}, 409)
    ada.get(HERE)
    assert claimed_until(world) == begun
    ada.post(f"{HERE}/decide/return", {"letter": ""}, 409)
    assert claimed_until(world) == world.clock.now() + timedelta(hours=8)
