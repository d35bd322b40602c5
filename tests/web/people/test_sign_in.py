from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from argon2 import Type
from starlette.testclient import TestClient
from web.world import OURS, PASSWORD, World, readable

from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.people import throttle
from intake.pipeline.people.throttle import PER_ACCOUNT, PER_SOURCE, WINDOW
from intake.store import events, people, sessions
from intake.web.app import create_app
from intake.web.people import passwords, session

AS_IT_IS = passwords._hasher  # noqa: SLF001  # before the fixture puts a quick one in its place


def test_a_password_costs_what_rfc_9106_asks_for_where_memory_is_scarce() -> None:
    assert AS_IT_IS.type is Type.ID
    assert AS_IT_IS.time_cost >= 3
    assert AS_IT_IS.memory_cost >= 64 * 1024


def _try(client: TestClient, name: str = "Ada", password: str = PASSWORD, target: str = "") -> tuple[int, str]:
    answer = client.post("/sign-in", data={"name": name, "password": password, "next": target})
    return answer.status_code, answer.headers.get("location", answer.text)


def test_a_stranger_is_sent_to_sign_in_and_then_to_where_they_wanted(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    answer = client.get("/queue/mine?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/queue/mine%3Fpage%3D2")
    assert "/queue/mine?page=2" in client.get(answer.headers["location"]).text
    assert _try(client, target="/queue/mine?page=2") == (303, "/queue/mine?page=2")
    assert "Ada, analyst" in client.get("/queue/mine").text


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test", "/\\evil.test", "evil", "/a\r\nb"])
def test_sign_in_never_leads_elsewhere(world: World, target: str) -> None:
    world.person("Ada")
    assert _try(world.browser(), target=target) == (303, "/")


@pytest.mark.parametrize(("name", "password"), [("Ada", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Ada", "x" * 2000)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(world: World, name: str, password: str) -> None:
    world.person("Ada")
    status, page = _try(world.browser(), name, password)
    assert status == 403
    assert "Incorrect name or password." in page


def test_a_person_without_a_password_cannot_sign_in(world: World) -> None:
    world.person("Ada", password_hash="")
    assert _try(world.browser(), password="")[0] == 403
    assert _try(world.browser(), password="a password that nobody has")[0] == 403


def test_a_name_that_nobody_has_costs_as_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    monkeypatch.setattr(
        passwords, "_hasher", type("Hasher", (), {"verify": lambda _, kept, __: checked.append(kept)})()
    )
    monkeypatch.setattr(passwords, "_nobodys", lambda: "nobody's")
    assert not passwords.matches(None, PASSWORD)
    assert checked == ["nobody's"]


def test_the_store_keeps_neither_password_nor_token(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    _try(client)
    token = client.cookies["cpl-session"]
    with world.services.store.reading() as tx:
        assert sessions.find(tx, token) is None
        assert sessions.find(tx, session.digest(token)) is not None
        kept = people.find(tx, "Ada")
    assert kept is not None
    assert PASSWORD not in kept.password_hash


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    world.person("Ada")
    answer = world.browser().post("/sign-in", data={"name": "Ada", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_is_bound_to_our_host(world: World) -> None:
    world.secure_cookies = True
    world.close()
    world.__post_init__()
    world.person("Ada")
    answer = world.browser(base_url="https://testserver").post("/sign-in", data={"name": "Ada", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-cpl-session=")
    assert "secure" in cookie.lower()
    assert "path=/" in cookie.lower()
    assert "domain" not in cookie.lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_signing_in_again_gives_a_new_token_and_ends_the_old_session(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    _try(client)
    first = client.cookies["cpl-session"]
    with world.services.store.reading() as tx:
        known = sessions.find(tx, session.digest(first))
    assert known is not None
    client.post("/sign-in", data={"name": "Ada", "password": PASSWORD, "csrf": known.csrf})
    assert client.cookies["cpl-session"] != first
    with world.services.store.reading() as tx:
        assert sessions.find(tx, session.digest(first)) is None


def test_signing_out_ends_the_session_in_the_store(world: World) -> None:
    browser = world.signed_in()
    token = browser.client.cookies["cpl-session"]
    assert browser.post("/sign-out") == "/sign-in"
    with world.services.store.reading() as tx:
        assert sessions.find(tx, session.digest(token)) is None
    again = world.browser(cookies={"cpl-session": token})
    assert again.get("/").status_code == 303


def test_a_session_ends_when_idle_but_not_while_used(world: World) -> None:
    browser = world.signed_in()
    for _ in range(4):
        world.clock.pass_by(minutes=20)
        browser.get("/")
    world.clock.pass_by(minutes=30)
    browser.get("/", status=303)


def test_a_session_ends_after_ten_hours_however_much_it_is_used(world: World) -> None:
    browser = world.signed_in()
    for _ in range(29):
        world.clock.pass_by(minutes=20)
        browser.get("/")
    world.clock.pass_by(minutes=20)
    browser.get("/", status=303)


def test_sessions_that_are_long_over_are_swept_when_somebody_signs_in(world: World) -> None:
    world.signed_in("Ada")
    world.clock.pass_by(minutes=20)
    world.signed_in("Ben")
    world.clock.pass_by(hours=24, minutes=15)
    world.signed_in("Cleo")
    with world.services.store.reading() as tx:
        left = tx.exec_driver_sql("SELECT person FROM session ORDER BY person").scalars().all()
    assert left == ["Ben", "Cleo"]


def test_a_new_password_or_role_ends_the_sessions(world: World) -> None:
    browser = world.signed_in()
    world.person("Ada", Role.AUDITOR)
    browser.get("/", status=303)


def test_guessing_is_slowed_down_even_for_the_right_password(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    for _ in range(PER_SOURCE):
        assert _try(client, password="wrong")[0] == 403
    answer = client.post("/sign-in", data={"name": "ada ", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "Wait 15 minutes" in answer.text
    world.clock.pass_by(minutes=15)
    assert _try(client)[0] == 303


def test_failures_are_counted_in_the_store_for_every_process(world: World) -> None:
    world.person("Ada")
    for _ in range(PER_SOURCE):  # each of another process, as it were
        assert _try(world.browser(), password="wrong")[0] == 403
    assert _try(world.browser())[0] == 429


def test_whoever_shares_an_address_with_a_guesser_still_gets_in(world: World) -> None:
    """Behind some proxies everybody has one address."""
    for name in ("Ada", "Ben", "Cleo"):
        world.person(name)
    known = world.browser()
    assert _try(known)[0] == 303  # Ada has signed in with this browser before
    known.cookies.delete("cpl-session")
    for name in ("Ada", "Ben", *(f"guess {number}" for number in range(8))):
        for _ in range(PER_SOURCE + 1):
            _try(world.browser(), name, "wrong")
    assert _try(world.browser(), "Cleo")[0] == 303
    assert _try(world.browser(), "Ada")[0] == 429
    assert _try(known, "Ada")[0] == 303


def test_a_known_browser_is_slowed_down_too_and_for_its_owner_alone(world: World) -> None:
    for name in ("Ada", "Ben"):
        world.person(name)
    known = world.browser()
    assert _try(known)[0] == 303
    known.cookies.delete("cpl-session")
    for _ in range(PER_SOURCE):
        assert _try(known, "Ben", "wrong")[0] == 403
    assert _try(known, "Ben")[0] == 429
    for _ in range(PER_SOURCE):
        assert _try(known, "Ada", "wrong")[0] == 403
    assert _try(known, "Ada")[0] == 429


def test_many_addresses_together_cannot_go_on_guessing_at_one_account(world: World) -> None:
    world.person("Ada", password_hash="")
    tries = [throttle.attempt(world.services, "Ada", f"192.0.2.{number}", "") for number in range(PER_ACCOUNT + 1)]
    assert {tried.wait for tried in tries[:PER_ACCOUNT]} == {timedelta(0)}
    assert tries[PER_ACCOUNT].wait == WINDOW


def test_a_misplaced_password_is_kept_nowhere(world: World) -> None:
    throttle.attempt(world.services, PASSWORD, "192.0.2.1", "")
    with world.services.store.reading() as tx:
        kept = tx.exec_driver_sql("SELECT account FROM failed_sign_in").scalars().all()
    assert [len(account) for account in kept] == [8]  # too short to tell which of many texts it was made of


def test_nobody_may_sign_in_says_how_to_add_people(world: World) -> None:
    assert "cpl-intake user add" in world.browser().get("/sign-in").text


def test_the_demo_signs_a_visitor_in_and_lets_them_go_on_as_the_other(world: World) -> None:
    app = create_app(world.services, demo_people=("Ada", "Ben"))
    client = TestClient(app, headers=OURS, follow_redirects=False)
    page = client.get("/").text
    assert "Ada, analyst" in page
    assert "continue as Ben" in page
    token = client.cookies["cpl-session"]
    with world.services.store.reading() as tx:
        known = sessions.find(tx, session.digest(token))
    assert known is not None
    answer = client.post("/go-on-as", data={"csrf": known.csrf, "person": "Ben", "next": "/queue/mine"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue/mine")
    assert "Ben, analyst" in client.get("/").text


def test_outside_the_demo_nobody_goes_on_as_another(world: World) -> None:
    world.person("Ben")
    world.signed_in("Ada").post("/go-on-as", {"person": "Ben"}, status=404)


@pytest.mark.parametrize(("password", "fault"), [("short", True), ("x" * 12, False), ("x" * 2000, True)])
def test_a_new_password_is_long_enough_and_not_too_long(password: str, fault: bool) -> None:
    assert (passwords.fault(password) is not None) is fault


def test_as_many_right_sign_ins_as_one_likes_lock_no_address(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    for _ in range(31):
        assert _try(client)[0] == 303
        client.cookies.clear()


def _told(world: World) -> list[tuple[str, str, dict[str, object]]]:
    with world.services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [(event.name, event.actor, readable(event.detail)) for event in events.chain(tx)]


def test_who_signs_in_who_is_refused_and_who_signs_out_is_told_by_the_ledger(world: World) -> None:
    world.person("Ada")
    client = world.browser()
    _try(client, password="wrong")
    _try(client, "a password typed as a name", "x")
    _try(client)
    with world.services.store.reading() as tx:
        known = sessions.find(tx, session.digest(client.cookies["cpl-session"]))
    assert known is not None
    client.post("/sign-out", data={"csrf": known.csrf})
    wrong = {"why": "wrong name or password", "address": "testclient"}
    assert _told(world) == [
        ("sign_in_refused", "cpl-intake", {**wrong, "person": "Ada"}),
        ("sign_in_refused", "cpl-intake", {**wrong, "person": None}),
        ("signed_in", "Ada", {"by": "password", "address": "testclient"}),
        ("signed_out", "Ada", {}),
    ]


def test_no_password_is_carried_over_the_end_of_a_session(world: World) -> None:
    form = {"password": "the present one", "new_password": "the next one", "new_password_again": "the next one"}
    _, page = _ended(world, "/account/password", form)
    assert "the present one" not in page
    assert "the next one" not in page


def _ended(world: World, path: str, form: dict[str, str]) -> tuple[TestClient, str]:
    """Post a form after the session has ended; gives the browser and the page it got."""
    browser = world.signed_in("Ada")
    world.clock.pass_by(hours=13)
    answer = browser.client.post(path, data={"csrf": browser.csrf, **form})
    assert answer.status_code == 403
    return browser.client, answer.text


def _hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in fields}


def test_what_was_typed_outlives_the_session(world: World) -> None:
    number = world.judged()
    path = f"/submissions/CPL-{number:06d}/decide/ask"
    letter = 'Dear <Robin>,\n\nwhich "firmware" is it? [E]\n'
    form = {
        "letter": letter,
        "reason": "two & more",
        "report": world.submission(number).report_sha256 or "",
        "version": str(world.submission(number).version),
    }
    client, page = _ended(world, path, form)
    assert "what you typed is kept" in page
    world.change_password("Ada")
    wrong = client.post("/sign-in", data={**_hidden(page), "name": "Ada", "password": "wrong"})
    assert wrong.status_code == 403
    again = client.post("/sign-in", data={**_hidden(wrong.text), "name": "Ada", "password": PASSWORD})
    assert again.status_code == 200
    assert "Nothing has been done yet" in again.text
    assert html.escape(letter.strip(), quote=True).split("\n")[0] in again.text
    assert f'action="{path}"' in again.text
    assert f'href="/submissions/CPL-{number:06d}"' in again.text
    sent = client.post(path, data={**_hidden(again.text), "letter": letter, "reason": "two & more"})
    assert sent.status_code == 303
    assert world.submission(number).state is State.ASKED


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/list/change/new", "Reason, published with the list"),
        ("/submissions/CPL-000001/close", "Reason, for the record"),
    ],
)
def test_a_reason_that_is_published_is_not_called_one_for_the_record(world: World, path: str, label: str) -> None:
    client, page = _ended(world, path, {"kind": "correct", "reason": "As agreed.", "value-0": "typed"})
    world.change_password("Ada")
    again = client.post("/sign-in", data={**_hidden(page), "name": "Ada", "password": PASSWORD}).text
    assert re.search(rf'<label[^>]*for="reason">\s*{label}\s*</label>', again)
    assert _hidden(again)["value-0"] == "typed"


def test_a_form_without_fields_outlives_the_session_too(world: World) -> None:
    number = world.judged()
    client, page = _ended(world, f"/submissions/CPL-{number:06d}/claim", {})
    world.change_password("Ada")
    again = client.post("/sign-in", data={**_hidden(page), "name": "Ada", "password": PASSWORD})
    assert client.post(f"/submissions/CPL-{number:06d}/claim", data=_hidden(again.text)).status_code == 303
    assert world.submission(number).claimed_by == "Ada"


def test_a_kept_form_never_leads_elsewhere(world: World) -> None:
    world.person("Ada")
    form = {"name": "Ada", "password": PASSWORD, "next": "https://evil.test/", "posted": "1", "kept.letter": "x"}
    page = world.browser().post("/sign-in", data=form).text
    assert "evil" not in page
    assert 'action="/"' in page


def test_nobody_elses_page_can_have_a_form_kept(world: World) -> None:
    world.judged()
    answer = world.browser().post(
        "/submissions/CPL-000001/claim", data={"letter": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (answer.status_code, "kept." in answer.text) == (403, False)
