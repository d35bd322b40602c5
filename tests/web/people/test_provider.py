"""People sign in by two real providers: with PKCE, without JavaScript, and without losing what they had typed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from peers.providers import CLIENT, REDIRECT, SECRET, mock_provider, node_provider, signs_in
from starlette.testclient import TestClient
from web.world import OURS, World, readable

from intake import bootstrap
from intake.config import OidcConfig
from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.people import people as verbs
from intake.store import events, people
from intake.web.app import create_app

ROLES = {"CPL.Analyst": "analyst", "CPL.Admin": "admin"}


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    with mock_provider() as issuer:
        yield issuer


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with node_provider(tmp_path_factory.mktemp("provider")) as issuer:
        yield issuer


@pytest.fixture(params=["mock", "node"])
def issuer(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def configure(world: World, issuer: str, **told: object) -> None:
    """Have people of this world sign in by the provider, at the hour that the provider goes by."""
    (world.folder / "secret").write_text(SECRET)
    world.clock.moment = datetime.now(UTC)
    table = {"issuer": issuer, "client_id": CLIENT, "secret_file": "secret", "redirect_uri": REDIRECT, "roles": ROLES}
    config = msgspec.structs.replace(world.services.config, oidc=msgspec.convert({**table, **told}, OidcConfig))
    world.services = replace(world.services, config=config, identity=bootstrap.identity(config))


def browser(world: World) -> TestClient:
    return TestClient(create_app(world.services), headers=OURS, follow_redirects=False)


def leave(client: TestClient, form: dict[str, str] | None = None) -> str:
    """Press the button; gives the provider's address, to which the page goes on by itself."""
    answer = client.post("/sign-in/leave", data=form or {"next": "/rules"})
    assert answer.status_code == 200, answer.text
    match = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.text)
    assert match is not None
    return html.unescape(match[1])


def sign_in(client: TestClient, name: str) -> str:
    answer = client.get(signs_in(leave(client), name))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def told(world: World) -> list[tuple[str, str, dict[str, object]]]:
    with world.services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [(event.name, event.actor, readable(event.detail)) for event in events.chain(tx)]


def test_a_person_comes_for_the_first_time_and_again(world: World, issuer: str) -> None:
    configure(world, issuer)
    for _ in range(2):
        client = browser(world)
        assert sign_in(client, "ada") == "/rules"
        assert "ada, analyst" in client.get("/").text
    bound = {"person": "ada", "issuer": issuer, "subject": "subject-of-ada"}
    came = ("signed_in", "ada", {"by": "provider", "address": "testclient"})
    assert told(world) == [
        ("person_added", "cpl-intake", {"person": "ada", "role": "analyst"}),
        ("person_bound", "cpl-intake", bound),
        came,
        came,
    ]


def test_the_provider_is_asked_with_pkce_state_and_nonce(world: World, issuer: str) -> None:
    configure(world, issuer)
    asked = parse_qs(urlsplit(leave(browser(world))).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {len(asked[name][0]) for name in ("code_challenge", "state", "nonce")} == {43}
    assert asked["redirect_uri"] == [REDIRECT]


def test_the_role_is_the_provider_s_word_at_each_sign_in(world: World, issuer: str) -> None:
    configure(world, issuer)
    first = browser(world)
    sign_in(first, "max")
    assert "max, administrator" in first.get("/people").text
    configure(world, issuer, roles={"Something.Else": "auditor", **ROLES})
    second = browser(world)
    sign_in(second, "max")
    assert "max, auditor" in second.get("/").text
    assert first.get("/people").status_code == 303
    assert ("role_changed", "cpl-intake", {"person": "max", "before": "admin", "role": "auditor"}) in told(world)


def test_without_a_role_nobody_enters(world: World, issuer: str) -> None:
    configure(world, issuer)
    client = browser(world)
    answer = client.get(signs_in(leave(client), "nobody"))
    assert (answer.status_code, "You are not signed in" in answer.text) == (403, True)
    (refusal,) = told(world)
    assert (refusal[0], "no role" in str(refusal[2]["why"])) == ("sign_in_refused", True)
    with world.services.store.reading() as tx:
        assert people.everybody(tx) == ()


def test_who_is_shut_out_here_stays_out(world: World, issuer: str) -> None:
    configure(world, issuer)
    client = browser(world)
    sign_in(client, "ada")
    verbs.disable(world.services, "ada")
    assert client.get("/rules").status_code == 303
    assert client.get(signs_in(leave(client), "ada")).status_code == 403


def test_a_name_of_somebody_here_is_not_taken_over_but_can_be_bound(world: World, issuer: str) -> None:
    world.person("ada", Role.AUDITOR)
    configure(world, issuer)
    client = browser(world)
    assert client.get(signs_in(leave(client), "ada")).status_code == 403
    verbs.bind(world.services, "ada", issuer, "subject-of-ada")
    sign_in(client, "ada")
    with world.services.store.reading() as tx:
        (known,) = people.everybody(tx)
    assert (known.name, known.role, known.password_hash) == ("ada", Role.ANALYST, "")


def test_what_was_typed_outlives_the_way_to_the_provider_and_back(world: World, issuer: str) -> None:
    number = world.judged()
    configure(world, issuer)
    client = browser(world)
    sign_in(client, "ada")
    page = client.get(f"/submissions/CPL-{number:06d}/decide/ask").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    world.clock.pass_by(hours=13)
    ended = client.post(
        f"/submissions/CPL-{number:06d}/decide/ask", data={**hidden, "letter": "Which <one> is it?", "reason": "so"}
    )
    assert ended.status_code == 403
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', ended.text)
    address = leave(client, {name: html.unescape(value) for name, value in carried})
    world.clock.moment = datetime.now(UTC)  # as the provider's is
    back = client.get(signs_in(address, "ada"))
    assert back.status_code == 200
    assert "Which &lt;one&gt; is it?" in back.text
    again = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', back.text)}
    sent = client.post(f"/submissions/CPL-{number:06d}/decide/ask", data={**again, "letter": "Which?", "reason": "so"})
    assert sent.status_code == 303
    assert world.submission(number).state is State.ASKED


def test_a_stranger_s_form_is_not_kept_in_the_store(world: World, mock: str) -> None:
    configure(world, mock)
    leave(browser(world), {"next": "/rules", "posted": "1", "kept.letter": "x" * 1000})
    with world.services.store.reading() as tx:
        assert tx.exec_driver_sql("SELECT posted FROM sign_in_flow").scalars().all() == [None]


def test_an_answer_serves_once_and_only_in_the_browser_that_asked(world: World, issuer: str) -> None:
    configure(world, issuer)
    client = browser(world)
    target = signs_in(leave(client), "ada")
    assert browser(world).get(target).status_code == 403
    assert client.get(target.replace("state=", "state=x")).status_code == 403
    assert client.get(target).status_code == 403  # the wrong state has used it up
    target = signs_in(leave(client), "ada")
    assert client.get(target).status_code == 303
    assert client.get(target).status_code == 403


def test_an_answer_that_takes_too_long_or_comes_from_another_is_refused(world: World, issuer: str) -> None:
    configure(world, issuer)
    client = browser(world)
    target = signs_in(leave(client), "ada")
    world.clock.pass_by(minutes=16)
    assert client.get(target).status_code == 403
    world.clock.moment = datetime.now(UTC)
    target = signs_in(leave(client), "ada")
    other = re.sub(r"&?iss=[^&]*", "", target) + "&iss=https%3A%2F%2Fevil.test"
    assert client.get(other).status_code == 403
    assert "another provider answered" in str(told(world)[-1][2]["why"])


def test_an_id_token_for_somebody_else_or_of_another_time_is_refused(world: World, issuer: str) -> None:
    configure(world, issuer)
    client = browser(world)
    target = signs_in(leave(client), "ada")
    with world.services.store.transaction() as tx:
        tx.exec_driver_sql("UPDATE sign_in_flow SET nonce = 'another'")
    assert client.get(target).status_code == 403
    assert "nonce" in str(told(world)[-1][2]["why"])


def test_at_entra_a_person_is_tenant_and_object(world: World, mock: str) -> None:
    configure(world, mock, kind="entra")
    sign_in(browser(world), "ada")
    with world.services.store.reading() as tx:
        (known,) = people.everybody(tx)
    assert known.subject == "tenant/object-of-ada"
    client = browser(world)
    assert client.get(signs_in(leave(client), "max")).status_code == 403  # of no tenant


def test_where_passwords_are_off_nobody_signs_in_by_one(world: World, mock: str) -> None:
    world.person("Ada")
    configure(world, mock, passwords=False)
    client = browser(world)
    assert 'type="password"' not in client.get("/sign-in").text
    assert client.post("/sign-in", data={"name": "Ada", "password": "correct horse battery"}).status_code == 404


def test_a_provider_that_does_not_answer_is_said_so(world: World) -> None:
    configure(world, "http://127.0.0.1:9")
    answer = browser(world).post("/sign-in/leave", data={})
    assert answer.status_code == 503
    assert "does not answer as it should" in answer.text


def test_a_provider_that_calls_itself_otherwise_is_not_believed(world: World, node: str) -> None:
    configure(world, node.replace("127.0.0.1", "localhost"))
    answer = browser(world).post("/sign-in/leave", data={})
    assert (answer.status_code, "calls itself" in answer.text) == (503, True)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"issuer": "http://idp.example.test"}, "issuer must begin with https"),
        ({"redirect_uri": "https://cpl.example.test/elsewhere"}, "must end with /sign-in/back"),
        ({"kind": "entra", "issuer": "https://login.microsoftonline.com/common/v2.0"}, "must name one tenant"),
        ({"roles": {}}, "roles is empty"),
    ],
)
def test_a_configuration_by_which_strangers_could_enter_is_refused(told: dict[str, object], fault: str) -> None:
    table = {"issuer": "https://idp.example.test", "client_id": "cpl", "redirect_uri": REDIRECT, "roles": ROLES}
    faults = list(msgspec.convert({**table, **told}, OidcConfig).faults("[oidc]"))
    assert [said for said in faults if fault in said] == faults
    assert faults
