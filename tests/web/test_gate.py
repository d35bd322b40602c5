from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import structlog
from starlette.routing import Route
from starlette.testclient import TestClient
from web.world import OURS, Browser, World

from intake.domain.review import Role
from intake.errors import UnreachableError
from intake.web import app as web_app
from intake.web import queue
from intake.web.app import create_app
from intake.web.people import session


def _paths(method: str) -> list[str]:
    table = web_app._GET if method == "GET" else web_app._POST  # noqa: SLF001  # every address there is
    return [path for path, _, _ in table]


def _filled(path: str, reference: str = "CPL-000001") -> str:
    values = {"reference": reference, "view": "mine", "action": "return", "sha256": "ab" * 32, "rule": "none.such"}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda name: values.get(name[1], "1"), path)


FEED = {path for path in _paths("GET") if path.startswith("/feed")}
PUBLIC = {"/sign-in", "/sign-in/back", "/static/{name}", "/healthz", "/readyz", "/metrics"} | FEED


@dataclass(frozen=True, slots=True)
class Closed:
    """A world with one submission whose state nothing here may change, and people at its door."""

    world: World
    stranger: TestClient
    ada: Browser


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """Made once: hundreds of requests are refused, and a refusal leaves nothing behind."""
    world = World(tmp_path_factory.mktemp("closed"))
    before = world.submission(world.judged())
    yield Closed(world, world.browser(), world.signed_in())
    assert world.submission(before.id) == before
    world.close()


@pytest.mark.parametrize("path", [path for path in _paths("GET") if path not in PUBLIC])
def test_no_page_is_shown_to_strangers(closed: Closed, path: str) -> None:
    answer = closed.stranger.get(_filled(path))
    if path == "/news":  # a script asks for it, which has no use for a page
        assert answer.status_code == 401
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", sorted(FEED))
@pytest.mark.parametrize("role", [None, *Role])
def test_the_feed_answers_everybody_alike_and_looks_for_no_session(
    world: World, path: str, role: Role | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = world.browser() if role is None else world.signed_in("Eve", role).client
    monkeypatch.setattr(session, "current", pytest.fail)
    answer = browser.get(_filled(path))
    assert answer.status_code == 404  # nothing is published
    assert answer.headers["content-type"] == "application/problem+json"
    assert "set-cookie" not in answer.headers
    assert browser.post(_filled(path)).status_code == 405


@pytest.mark.parametrize("path", [path for path in _paths("POST") if not path.startswith("/sign-in")])
def test_no_stranger_changes_anything(closed: Closed, path: str) -> None:
    assert closed.stranger.post(_filled(path)).status_code == 403


@pytest.mark.parametrize("path", _paths("POST"))
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "", "Origin": "http://evil.test"},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {},
    ],
    ids=str,
)
def test_a_form_of_another_site_is_refused(
    closed: Closed, path: str, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = closed.ada.client
    monkeypatch.delitem(client.headers, "Sec-Fetch-Site")
    answer = client.post(_filled(path), data={"csrf": closed.ada.csrf}, headers=headers)
    assert answer.status_code == 403
    assert "did not come from one of our own pages" in answer.text


def test_an_origin_of_ours_will_do_where_a_browser_says_no_more(world: World) -> None:
    number = world.judged()
    browser = world.signed_in()
    browser.client.headers.pop("Sec-Fetch-Site")
    path = f"/submissions/{world.submission(number).reference}/claim"
    answer = browser.client.post(path, data={"csrf": browser.csrf}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 303


@pytest.mark.parametrize("path", [path for path in _paths("POST") if path != "/sign-in"])
@pytest.mark.parametrize("form", [{}, {"csrf": ""}, {"csrf": "wrong"}, {"csrf": "ä"}], ids=str)
def test_a_form_without_the_sessions_token_is_refused(closed: Closed, path: str, form: dict[str, str]) -> None:
    answer = closed.ada.client.post(_filled(path), data=form)
    assert answer.status_code == 403
    assert "earlier session" in answer.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SSC, Role.ADMIN])
@pytest.mark.parametrize("path", [path for path in _paths("POST") if path.startswith("/submissions")])
def test_only_an_analyst_changes_a_submission(world: World, role: Role, path: str) -> None:
    number = world.judged()
    before = world.submission(number)
    page = world.signed_in("Eve", role).post(_filled(path), status=403)
    assert "Your role does not allow this." in page
    assert world.submission(number) == before


@pytest.mark.parametrize(
    ("role", "evidence", "decides"),
    [(Role.ANALYST, 200, 200), (Role.APPROVER, 200, 200), (Role.AUDITOR, 200, 403)],
)
def test_who_may_take_evidence_away_and_who_may_decide(world: World, role: Role, evidence: int, decides: int) -> None:
    submission = world.submission(world.judged())
    browser = world.signed_in("Eve", role)
    here = f"/submissions/{submission.reference}"
    browser.get(f"{here}/documents/{submission.raw_sha256}", status=evidence)
    browser.get(f"{here}/decide/return", status=decides)
    page = browser.get(here)
    assert ("evidence.zip" in page) is (evidence == 200)
    assert ("/decide/" in page) is (decides == 200)
    assert ("/claim" in page) is (decides == 200)


def test_every_answer_carries_the_headers_that_keep_a_page_safe(world: World) -> None:
    world.judged()
    browser = world.signed_in()
    for path in ("/", "/submissions/CPL-000001", "/sign-in", "/nowhere", "/healthz"):
        headers = browser.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


def test_a_script_may_run_where_ours_is_and_nowhere_else(world: World) -> None:
    submission = world.submission(world.judged())
    browser = world.signed_in()
    document = f"/submissions/{submission.reference}/documents/{submission.raw_sha256}"
    pages = [browser.client.get(path) for path in ("/", "/nowhere", document, "/static/cpl-intake.css")]
    pages.append(world.browser().get("/sign-in"))
    for answer in pages:
        policy = answer.headers["content-security-policy"]
        assert ("script-src 'self'" in policy) is ("<script" in answer.text) is ("Sign out" in answer.text)
        assert policy.count("script-src") <= 1
    assert "script-src" in pages[0].headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/nowhere", "/submissions/CPL-999999", "/queue/none", "/rules/none.such", "/static/none.css"]
)
def test_what_is_not_there_is_said_beneath_the_usual_header(world: World, path: str) -> None:
    page = world.signed_in("Ada").get(path, status=404)
    if not path.startswith("/static"):  # served to anybody, so nobody is looked for
        assert "Ada, analyst" in page
        assert '<nav aria-label="Main">' in page


def test_a_refusal_stands_beneath_the_usual_header(world: World) -> None:
    world.judged()
    page = world.signed_in("Eve", Role.AUDITOR).post("/submissions/CPL-000001/claim", status=403)
    assert "Your role does not allow this." in page
    assert "Eve, auditor" in page
    missing = world.signed_in("Ada").post("/submissions/CPL-000009/claim", status=404)
    assert "Ada, analyst" in missing


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/submissions/CPL-999999", 404),
        ("GET", "/submissions/nonsense", 404),
        ("GET", "/submissions/CPL-" + "9" * 30, 404),
        ("GET", "/rules/none.such", 404),
        ("GET", "/static/../cpl-intake.scss", 404),
        ("GET", "/static/cpl-intake.scss", 404),
        ("GET", "/submissions/CPL-000001/decide/publish", 404),
        ("POST", "/", 405),
        ("DELETE", "/submissions/CPL-000001", 405),
    ],
)
def test_what_is_not_there_is_said_in_plain_words(world: World, method: str, path: str, status: int) -> None:
    world.judged()
    answer = world.signed_in().client.request(method, path)
    assert answer.status_code == status
    assert '<h1 class="govuk-heading-l">' in answer.text
    assert "Traceback" not in answer.text


def test_a_form_that_is_too_large_is_refused(world: World) -> None:
    world.judged()
    browser = world.signed_in()
    page = browser.post("/submissions/CPL-000001/decide/return", {"letter": "x" * 300_000}, status=413)
    assert "too much" in page
    unannounced = (b"letter=" + b"x" * 300_000 for _ in range(10))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = browser.client.post("/submissions/CPL-000001/decide/return", content=unannounced, headers=kind)
    assert answer.status_code == 413


def test_a_form_that_brings_a_file_is_refused(world: World) -> None:
    world.judged()
    browser = world.signed_in()
    answer = browser.client.post("/submissions/CPL-000001/claim", files={"csrf": ("a", browser.csrf.encode())})
    assert answer.status_code == 400
    assert "cannot be read" in answer.text


def test_our_own_fault_is_one_line_in_the_log_and_plain_words_on_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_visit: object) -> None:
        message = "the secret of the house"
        raise RuntimeError(message)

    monkeypatch.setattr(queue, "line", broken)
    world.judged()
    browser = world.signed_in()
    with structlog.testing.capture_logs() as logged:
        page = browser.get("/", status=500)
    assert "Something went wrong on our side" in page
    assert "secret" not in page
    assert [line["event"] for line in logged] == ["page_failed"]
    assert "exc_info" not in logged[0]
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err


def test_a_store_that_does_not_answer_is_said_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = world.signed_in()

    def unreachable() -> None:
        message = "the store cannot be used"
        raise UnreachableError(message, "Check the disk.")

    monkeypatch.setattr(world.services.store, "reading", unreachable)
    page = browser.get("/", status=503)
    assert "Check the disk." in page


def test_every_route_stands_behind_the_gate(world: World) -> None:
    routes = create_app(world.services).routes
    assert len(routes) == len(_paths("GET")) + len(_paths("POST"))
    for route in routes:
        assert isinstance(route, Route)
        assert route.endpoint.__qualname__.startswith("guarded.")


def test_a_head_request_changes_no_session_rules(world: World) -> None:
    client = TestClient(create_app(world.services), headers=OURS, follow_redirects=False)
    assert client.head("/").status_code == 303
