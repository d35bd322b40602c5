"""Every address of the list and every role: who reads, who acts, who takes files away."""

from __future__ import annotations

import re

import pytest
from web.listed import take_in
from web.world import World

from intake.domain.people_events import LOOKS
from intake.domain.review import Role
from intake.store import events
from intake.store.engine import Transaction
from intake.web.gate import Access
from intake.web.list.routes import GET, POST

READS = {
    Access.SIGNED_IN: set(Role),
    Access.EVIDENCE: {Role.ANALYST, Role.APPROVER, Role.AUDITOR},
    Access.DECIDES: {Role.ANALYST},
    Access.ATTACHES: {Role.ANALYST},
    Access.CHANGES_LIST: {Role.ANALYST, Role.APPROVER, Role.SSC},
}


def filled(path: str) -> str:
    values = {"number": "000001", "version": "2.001", "name": "dcc.csv"}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: values.get(name[1], "1"), path)


def changed(tx: Transaction) -> list[int]:
    """The numbers of all events but those that tell who looked, was refused or signed in."""
    return [event.seq for event in events.chain(tx) if event.name not in {*LOOKS, "signed_in"}]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR, Role.ADMIN])
def test_who_reads_which_page_of_the_list(world: World, role: Role) -> None:
    take_in(world)
    browser = world.signed_in("Eve", role)
    for path, _, access in GET:
        status = browser.client.get(filled(path)).status_code
        assert (status != 403) is (role in READS[access]), path
        assert status < 500, path


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_only_an_analyst_changes_anything_of_the_list(world: World, role: Role) -> None:
    take_in(world)
    browser = world.signed_in("Eve", role)
    with world.services.store.reading() as tx:
        before = changed(tx)
    for path, _, _ in POST:
        assert "Your role does not allow this." in browser.post(filled(path), {"reason": "x"}, status=403)
    with world.services.store.reading() as tx:
        assert changed(tx) == before


def test_a_form_of_the_list_without_the_sessions_token_or_from_elsewhere_does_nothing(world: World) -> None:
    take_in(world)
    ada = world.signed_in("Ada")
    with world.services.store.reading() as tx:
        before = changed(tx)
    for path, _, _ in POST:
        assert ada.client.post(filled(path), data={"csrf": "wrong"}).status_code == 403
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        assert ada.client.post(filled(path), data={"csrf": ada.csrf}, headers=elsewhere).status_code == 403
        assert world.browser().post(filled(path)).status_code == 403
    with world.services.store.reading() as tx:
        assert changed(tx) == before


def test_only_the_forms_of_a_signature_take_a_file(world: World) -> None:
    take_in(world)
    ada = world.signed_in("Ada")
    for path, _, access in POST:
        answer = ada.client.post(filled(path), data={"csrf": ada.csrf}, files={"signature": ("a.p7s", b"x")})
        assert (answer.status_code == 400) is (access is not Access.ATTACHES), path
