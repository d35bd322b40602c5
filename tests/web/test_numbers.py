"""Numbers in addresses and forms that no row of any store has: told as what is not there, never a fault of ours."""

from __future__ import annotations

import re

import pytest
from web.world import World

from intake.domain.review import Role
from intake.web import app as web_app

NUMBERED = [
    (method, path)
    for method, rows in (("GET", web_app._GET), ("POST", web_app._POST))  # noqa: SLF001  # every address there is
    for path, _, _ in rows
    if ":int}" in path
]


@pytest.mark.parametrize("digits", [10, 19, 4_400])
def test_a_number_that_no_row_has_is_of_nothing_wherever_it_stands_in_an_address(world: World, digits: int) -> None:
    world.judged()
    analyst, administrator = world.signed_in(), world.signed_in("Max", Role.ADMIN)
    values = {"reference": "CPL-000001", "name": "list.xlsx", "version": "2.002"}
    told = {}
    for method, path in NUMBERED:
        address = re.sub(r"\{\w+:int\}", "9" * digits, path)
        address = re.sub(r"\{(\w+)\}", lambda name: values[name[1]], address)
        browser = administrator if path.startswith("/failures/") else analyst
        told[path] = browser.client.request(method, address, data={"csrf": browser.csrf}).status_code
    assert len(told) > 10
    assert {path for path, status in told.items() if status not in {404, 409}} == set()


@pytest.mark.parametrize("newest", ["9" * 19, "9" * 4_400, "-1", "", "\N{ARABIC-INDIC DIGIT THREE}"])
def test_letters_are_sent_together_up_to_a_number_that_may_be_any(world: World, newest: str) -> None:
    world.judged()
    form = {"newest": newest, "reason": "DMARC failed"}
    assert world.signed_in().post("/letters/send", form) == "/"


@pytest.mark.parametrize("typed", ["CPL-000002", "cpl-2", "2", " 000002 "])
def test_an_auditor_may_type_a_reference_as_anybody_may_who_joins_cases(world: World, typed: str) -> None:
    for _ in range(2):
        world.judged()
    page = world.signed_in("Rita", Role.AUDITOR).client.get("/audit", params={"submission": typed})
    assert page.status_code == 200
    rows = page.text.partition("<tbody")[2]
    assert "CPL-000002" in rows
    assert "CPL-000001" not in rows


@pytest.mark.parametrize("typed", ["0", "9" * 12, "9" * 4_400, "CPL", "2 3", "-2", "\N{SUPERSCRIPT TWO}"])
def test_what_is_no_reference_is_told_so_and_nothing_is_searched(world: World, typed: str) -> None:
    page = world.signed_in("Rita", Role.AUDITOR).client.get("/audit", params={"submission": typed})
    assert page.status_code == 422
    assert "is no reference; one looks like CPL-000042, or 42." in page.text
