from __future__ import annotations

import re

import pytest
from web.world import World

from intake import resources
from intake.domain.review import Role
from intake.web.keys import KEYS
from intake.web.page_request import KEYS_COOKIE

KNOWN = {key for key, _ in KEYS}


def test_every_key_that_a_template_binds_is_on_the_page_of_keys() -> None:
    bound: set[str] = set()
    for template in (resources.templates() / "web").rglob("*.html"):
        bound |= set(re.findall(r'data-key="([^"{]+)"', template.read_text("utf-8")))
    assert {"/", "?", "n"} <= bound <= KNOWN


def test_the_page_of_keys_says_every_key_and_is_linked_from_every_page(world: World) -> None:
    browser = world.signed_in()
    assert 'href="/keys"' in browser.get("/rules")
    page = browser.get("/keys")
    for key, what in KEYS:
        assert f"<kbd>{key}</kbd></dt><dd>{what}</dd>" in page


@pytest.mark.parametrize("role", list(Role))
def test_single_keys_are_turned_off_and_on_again_by_anybody(world: World, role: Role) -> None:
    browser = world.signed_in("Eve", role)
    assert "data-keys=" not in browser.get("/rules")
    assert browser.post("/keys", {"keys": "off", "next": "/rules?x=1"}) == "/rules?x=1"
    assert '<body class="govuk-template__body" data-keys="off">' in browser.get("/rules")
    assert "Turn single keys on" in browser.get("/keys")
    assert browser.post("/keys", {"keys": "on", "next": "//elsewhere.test/"}) == "/"
    assert "data-keys=" not in browser.get("/rules")
    assert KEYS_COOKIE not in browser.client.cookies


def test_a_page_offers_keys_for_what_may_be_done_there_and_none_that_sends(world: World) -> None:
    world.judged()
    page = world.signed_in().get("/submissions/CPL-000001")
    for key, leads_to in (("r", "/decide/return"), ("q", "/decide/ask")):
        assert re.search(rf'<a [^>]*href="/submissions/CPL-000001{leads_to}"[^>]*data-key="{key}"', page)
    pressed = re.findall(r'<form method="post" action="([^"]+)">(?:(?!</form>).)*data-key-press', page, re.DOTALL)
    assert pressed == ["/submissions/CPL-000001/claim"]
    assert 'data-key="c"' not in world.signed_in("Eve", Role.AUDITOR).get("/submissions/CPL-000001")
