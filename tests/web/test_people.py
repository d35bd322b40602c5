"""People are kept by administrators on a page, and by commands; what is changed holds from the next request on."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import msgspec
import pytest
from dossiers import GAS, a_dossier, a_form, a_zigbee_certificate
from web.test_handover import APPROVE
from web.test_handover import form as filled_in
from web.world import PASSWORD, Browser, World, readable

from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.people import people as verbs
from intake.pipeline.people.people import PersonRefusedError
from intake.store import events, people
from intake.web.people import passwords


def told(world: World) -> list[tuple[str, str, dict[str, object]]]:
    with world.services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [(event.name, event.actor, readable(event.detail)) for event in events.chain(tx)]


def kept(world: World, name: str) -> people.Person:
    with world.services.store.reading() as tx:
        known = people.find(tx, name)
    assert known is not None
    return known


def sign_in(world: World, name: str, password: str) -> Browser:
    client = world.browser()
    answer = client.post("/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 303
    page = client.get("/account").text
    match = re.search(r'name="csrf" value="([^"]+)"', page)
    assert match is not None
    return Browser(client, match[1])


def test_an_administrator_adds_a_person_who_first_chooses_a_password(world: World) -> None:
    max_ = world.signed_in("Max", Role.ADMIN)
    page = max_.post("/people/add", {"name": "Ada", "role": "analyst"}, status=200)
    match = re.search(r'id="given-password">([^<]+)<', page)
    assert match is not None
    assert match[1] not in max_.get("/people/one?name=Ada")
    ada = sign_in(world, "Ada", match[1])
    assert ada.client.get("/").headers["location"] == "/account"
    assert "Choose one of your own" in ada.get("/account")
    new = {"new_password": "quite another one", "new_password_again": "quite another one"}
    assert ada.post("/account/password", {"password": match[1], **new}) == "/account?done=password"
    ada.get("/")
    assert told(world)[-3:] == [
        ("person_added", "Max", {"person": "Ada", "role": "analyst"}),
        ("signed_in", "Ada", {"by": "password", "address": "testclient"}),
        ("password_changed", "Ada", {"person": "Ada"}),
    ]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"password": "wrong"}, "not your present password"),
        ({"password": PASSWORD, "new_password": "short", "new_password_again": "short"}, "at least 12"),
        ({"password": PASSWORD, "new_password": PASSWORD, "new_password_again": PASSWORD}, "is the present one"),
        ({"password": PASSWORD, "new_password": "x" * 12, "new_password_again": "y" * 12}, "differ"),
        ({"password": PASSWORD, "new_password": "my name is ada", "new_password_again": "my name is ada"}, "owner"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_password_is_changed_only_by_who_knows_it_and_into_a_better_one(
    world: World, form: dict[str, str], said: str
) -> None:
    world.person("Ada")
    ada, before = sign_in(world, "Ada", PASSWORD), kept(world, "Ada").password_hash
    answer = ada.client.post("/account/password", data={"csrf": ada.csrf, **form})
    assert answer.status_code in {403, 422}
    assert said in html.unescape(answer.text)
    assert kept(world, "Ada").password_hash == before


def test_another_password_signs_out_everywhere_else(world: World) -> None:
    world.person("Ada")
    here, there = (sign_in(world, "Ada", PASSWORD) for _ in range(2))
    new = {"new_password": "quite another one", "new_password_again": "quite another one"}
    here.post("/account/password", {"password": PASSWORD, **new})
    here.get("/account")
    there.get("/account", status=303)


def test_whoever_signs_out_everywhere_is_signed_out_everywhere(world: World) -> None:
    world.person("Ada")
    here, there = (sign_in(world, "Ada", PASSWORD) for _ in range(2))
    here.get("/account")
    assert there.post("/account/sign-out-everywhere") == "/sign-in"
    for browser in (here, there):
        browser.get("/", status=303)


@pytest.mark.parametrize(
    ("path", "form", "names"),
    [
        ("/people/disable", {}, ["person_disabled"]),
        ("/people/role", {"role": "auditor"}, ["role_changed"]),
        ("/people/password", {}, ["password_changed"]),
        ("/people/sessions", {}, ["sessions_ended"]),
    ],
)
def test_what_an_administrator_changes_holds_from_the_next_request_on(
    world: World, path: str, form: dict[str, str], names: list[str]
) -> None:
    ada, max_ = world.signed_in("Ada"), world.signed_in("Max", Role.ADMIN)
    ada.get("/")
    before = len(told(world))
    max_.client.post(path, data={"csrf": max_.csrf, "name": "Ada", **form})
    ada.get("/", status=303)
    assert [(name, actor) for name, actor, _ in told(world)[before:]] == [(name, "Max") for name in names]


def test_who_is_shut_out_stays_out_until_let_in_again(world: World) -> None:
    world.person("Ada")
    max_ = world.signed_in("Max", Role.ADMIN)
    max_.post("/people/disable", {"name": "Ada"})
    answer = world.browser().post("/sign-in", data={"name": "Ada", "password": PASSWORD})
    assert (answer.status_code, "Incorrect name or password." in answer.text) == (403, True)
    assert told(world)[-1] == (
        "sign_in_refused",
        "cpl-intake",
        {"why": "shut out", "address": "testclient", "person": "Ada"},
    )
    with world.services.store.reading() as tx:
        assert people.names(tx, Role.ANALYST) == ()
    max_.post("/people/enable", {"name": "Ada"})
    sign_in(world, "Ada", PASSWORD)


def test_one_session_is_ended_by_its_handle_and_the_others_stay(world: World) -> None:
    world.person("Ada")
    first, second = (sign_in(world, "Ada", PASSWORD) for _ in range(2))
    max_ = world.signed_in("Max", Role.ADMIN)
    handles = re.findall(r'name="session" value="([0-9a-f]{16})"', max_.get("/people/one?name=Ada"))
    assert len(set(handles)) == 2
    max_.post("/people/sessions", {"name": "Ada", "session": handles[0]})
    answers = [browser.client.get("/account").status_code for browser in (first, second)]
    assert sorted(answers) == [200, 303]


def test_an_administrator_changes_nothing_about_themselves(world: World) -> None:
    max_ = world.signed_in("Max", Role.ADMIN)
    for path, form in (("disable", {}), ("role", {"role": "analyst"}), ("password", {})):
        assert "cannot do this to yourself" in max_.post(f"/people/{path}", {"name": "Max", **form}, status=409)
    assert kept(world, "Max").role is Role.ADMIN


@pytest.mark.parametrize("name", ["", " Ada", "A\u202eda", "x" * 201, "CPL-Intake"])
def test_a_name_is_one_that_can_be_seen_and_is_not_the_program_s(world: World, name: str) -> None:
    with pytest.raises(PersonRefusedError):
        verbs.add(world.services, name, "", Role.ANALYST)


def test_a_name_that_is_taken_is_not_given_again_by_the_page(world: World) -> None:
    world.person("Ada", Role.AUDITOR)
    max_ = world.signed_in("Max", Role.ADMIN)
    assert "somebody called Ada already" in max_.post("/people/add", {"name": "Ada", "role": "admin"}, status=422)
    assert kept(world, "Ada").role is Role.AUDITOR


def test_an_auditor_reads_who_may_sign_in_and_changes_nothing(world: World) -> None:
    world.person("Ada")
    rita = world.signed_in("Rita", Role.AUDITOR)
    assert "/people/one?name=Ada" in rita.get("/people")
    assert "/people/disable" not in rita.get("/people/one?name=Ada")
    rita.post("/people/disable", {"name": "Ada"}, status=403)
    assert told(world)[-1][:2] == ("access_refused", "Rita")


def test_a_hash_that_was_replaced_meanwhile_is_not_replaced_again(world: World) -> None:
    world.person("Ada")
    old = kept(world, "Ada").password_hash
    verbs.change_password(world.services, "Ada", old, passwords.hash_password("quite another one"), "")
    with pytest.raises(PersonRefusedError):
        verbs.change_password(world.services, "Ada", old, "x", "")


def test_where_only_approvers_confirm_an_analyst_proposes_and_no_analyst_confirms(world: World) -> None:
    config = world.services.config
    review = msgspec.structs.replace(config.review, confirmed_by="approver")
    world.services = replace(world.services, config=msgspec.structs.replace(config, review=review))
    entry = a_form(GAS)
    world.judged(a_dossier(entry, (a_zigbee_certificate(entry, name="zigbee.pdf"),)))
    ada, ben, cleo = world.signed_in("Ada"), world.signed_in("Ben"), world.signed_in("Cleo", Role.APPROVER)
    ada.post(APPROVE, filled_in(ada, reason="seen"))
    assert world.submission(1).state is State.PROPOSED
    filled = {name: value for name, value in filled_in(cleo, reason="seen").items() if name != "csrf"}
    assert "Confirm approval" not in ben.get("/submissions/CPL-000001")
    assert "Only an approver may do this." in ben.post(APPROVE, filled, status=409)
    assert world.submission(1).state is State.PROPOSED
    assert "Confirm approval" in cleo.get("/submissions/CPL-000001")
    cleo.post(APPROVE, filled)
    assert world.submission(1).state is State.APPROVED
