"""The public page: a report for files, bounded, without a cookie, a link to the desk or anything kept."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec
import pytest
from helpers import FRIDAY, HandClock, a_submission
from starlette.testclient import TestClient
from web.world import World

from intake.config import CheckConfig, Config, WebConfig
from intake.demo import products
from intake.demo.samples import submission
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.pipeline.checks.public_check import PublicCheck, SeveralMessagesError
from intake.sandbox import Sandbox
from intake.web.app import create_app
from intake.web.check.check_once import Once
from intake.web.check.check_page import create_check_app
from intake.web.check.check_room import FullError, Room


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox(ReadingLimits(), preload_pictures=True) as opened:
        yield opened


def _client(box: Sandbox, **keys: Any) -> TestClient:  # noqa: ANN401  # keys of [check]
    config = Config(check=msgspec.convert(keys, CheckConfig), web=WebConfig(public_check=True))
    return TestClient(
        create_check_app(PublicCheck(config, HandClock(), box, lambda: None)), base_url="http://check.test"
    )


@pytest.fixture
def client(box: Sandbox) -> TestClient:
    return _client(box)


def documents(**changes: str) -> list[tuple[str, tuple[str, bytes]]]:
    """A faultless submission's files, but for what the form says otherwise."""
    values = products.faultless_form(products.SINGLE, on=FRIDAY.date())
    papers = submission(values)
    form = {name: content for name, content in submission(values | changes).items() if name.endswith(".xlsx")}
    return [("files", (name, content)) for name, content in (papers | form).items()]


def test_the_form_takes_files_and_says_what_it_is(client: TestClient) -> None:
    page = client.get("/check")
    assert page.status_code == 200
    assert '<input type="file" id="files" name="files" multiple required' in page.text
    assert "This is a check and no submission." in page.text
    assert client.get("/", follow_redirects=False).headers["location"] == "/check"


def test_files_give_a_report_with_the_form_beside_the_certificates_and_boxes_on_their_pages(client: TestClient) -> None:
    page = client.post("/check", files=documents(**{"Device_Model.model_identifier": "40:02"}))
    assert page.status_code == 200
    assert "This was a check: nothing has been submitted." in page.text
    assert "SECAS would return this submission." in page.text
    assert "The form, beside the certificates" in page.text
    assert len(re.findall(r"<svg class=\"page\"", page.text)) == 3
    assert page.text.count('href="data:image/jpeg;base64,') == 3
    assert '<rect class="differs"' in page.text
    assert '<rect class="agrees"' in page.text
    assert "There is 1 point to put right" in page.text
    assert page.text.count('class="compared agrees"') > page.text.count('class="compared differs"') > 0
    assert page.text.index("<h2>The certificates") < page.text.index("<h2>Documents")
    assert re.search(r"Rulebook</dt><dd>[0-9-]+, digest <code class=\"small\">[0-9a-f]{64}", page.text)
    assert re.findall(r"<p>Reading (\d) of (\d)", page.text) == [("1", "4"), ("2", "4"), ("3", "4"), ("4", "4")]
    assert page.text.count("<html") == page.text.count("</html>") == 1


def test_a_ready_one_has_a_line_to_quote(client: TestClient) -> None:
    page = client.post("/check", files=documents())
    assert "SECAS would find this submission ready" in page.text
    assert re.search(r"<code>checked with rulebook \S+ \([0-9a-f]{12}\) on 2026-11-20: ready</code>", page.text)


def test_a_whole_mail_is_checked_and_has_its_pictures(client: TestClient) -> None:
    page = client.post("/check", files=[("files", ("mail.eml", a_submission(products.SINGLE)))])
    assert "SECAS would find this submission ready" in page.text
    assert '<svg class="page"' in page.text


def test_a_mail_among_loose_files_is_refused_in_words(client: TestClient) -> None:
    page = client.post("/check", files=[("files", ("mail.eml", a_submission())), *documents()])
    assert "Check one mail by itself" in page.text


def test_there_is_no_cookie_no_link_to_the_desk_no_script_and_nothing_is_stored(client: TestClient) -> None:
    for page in (client.get("/check"), client.post("/check", files=documents())):
        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "script" not in page.headers["content-security-policy"]
        assert "<script" not in page.text
        assert not re.search(r'href="/(?!check)', page.text)
        assert "style=" not in page.text


def test_no_part_of_an_upload_touches_the_disk(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refused)
    large = ("files", ("notes.txt", b"a line of text\n" * 400_000))
    page = _client(box).post("/check", files=[large, *documents()])
    assert 'id="report"' in page.text
    assert list(tmp_path.iterdir()) == []


def test_names_and_values_are_only_text(client: TestClient) -> None:
    hostile = "<script>alert(1)</script>"
    page = client.post("/check", files=[("files", (f"a{hostile}.xlsx", b"PK")), ("files", ("..\\..\\b.pdf", b"%PDF-"))])
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert ">b.pdf<" in page.text


FORM = "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("headers", "body", "status", "says"),
    [
        ({"content-type": "text/plain"}, b"x", 400, "could not be read"),
        ({"content-type": "multipart/form-data"}, b"x", 400, "could not be read"),
        ({"content-type": FORM}, b"--b\r\nnonsense", 422, "no file"),
        ({"content-type": FORM}, b"--b--\r\n", 422, "no file"),
        ({"content-type": FORM, "sec-fetch-site": "cross-site"}, b"x", 403, "another site"),
        ({"content-type": FORM, "sec-fetch-site": "same-site"}, b"x", 403, "another site"),
        ({"content-type": FORM, "content-length": "-5"}, b"x", 411, "how large"),
        ({"content-type": FORM, "content-length": "9" * 30}, b"x", 413, "too large"),
    ],
)
def test_what_cannot_be_taken_is_told_so(
    client: TestClient, headers: dict[str, str], body: bytes, status: int, says: str
) -> None:
    page = client.post("/check", content=body, headers=headers)
    assert page.status_code == status
    assert says in page.text
    assert '<input type="file"' in page.text


def test_too_many_files_and_too_much_are_refused(box: Sandbox) -> None:
    client = _client(box)
    many = client.post("/check", files=[("files", (f"{n}.pdf", b"%PDF")) for n in range(51)])
    assert many.status_code == 413
    assert "More than 50 files are not checked at once" in many.text
    flood = client.post("/check", files=[("files", (f"{n}.pdf", b"%PDF")) for n in range(1_001)])
    assert (flood.status_code, "could not be read" in flood.text) == (400, True)
    large = _client(box, upload_mb=1).post("/check", files=[("files", ("a.pdf", b"x" * (2 << 20)))])
    assert large.status_code == 413
    assert "too large" in large.text


def test_more_than_was_announced_is_not_read(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"--b\r\n" + b"x" * 100

    headers = {"content-type": "multipart/form-data; boundary=b", "content-length": "5"}
    assert client.post("/check", content=chunks(), headers=headers).status_code == 413


def test_without_a_length_nothing_is_taken(client: TestClient) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    assert client.post("/check", content=iter([b"x"]), headers=headers).status_code == 411


def test_whoever_comes_when_it_is_full_is_told_when_to_come_again(box: Sandbox) -> None:
    client = _client(box, at_once=1, waiting=0)
    app: Any = client.app
    page = next(route for route in app.routes if route.path == "/check").endpoint.__self__
    page._room.enter(1)  # noqa: SLF001  # as a check that is being made
    full = client.post("/check", files=documents())
    assert (full.status_code, full.headers["retry-after"]) == (503, "20")
    assert "Too many checks" in full.text
    page._room.leave(1)  # noqa: SLF001  # likewise
    for _ in range(3):  # and each that was made, or refused, gave its place back
        assert client.post("/check", files=documents()).status_code == 200
        assert client.post("/check", content=b"x", headers={"content-type": "multipart/form-data"}).status_code == 400


def test_the_room_is_bounded_in_number_and_size() -> None:
    room = Room(1, 1)
    for size in (1, 2):
        room.enter(size)
    with pytest.raises(FullError):
        room.enter(1)
    room.leave(1)
    with pytest.raises(FullError):
        room.enter(1 << 30)
    room.enter(10)


def test_the_same_files_sent_at_once_are_read_once_and_then_forgotten() -> None:
    once, begun, go_on = Once(), Event(), Event()
    made: list[str] = []

    def make() -> str:
        begun.set()
        assert go_on.wait(30)
        made.append("read")
        return f"report {len(made)}"

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(once.made, [("a.pdf", b"x"), ("b", b"y")], make)
        assert begun.wait(30)
        same = [pool.submit(once.made, [("a.pdf", b"x"), ("b", b"y")], make) for _ in range(2)]
        other = pool.submit(once.made, [("a.pdf", b"x"), ("by", b"")], lambda: "another")
        assert other.result(30) == "another"
        go_on.set()
        assert [report.result(30) for report in (first, *same)] == ["report 1"] * 3
    assert made == ["read"]
    assert once.made([("a.pdf", b"x"), ("b", b"y")], make) == "report 2"


def test_whoever_waits_for_a_check_that_fails_is_told_so_too() -> None:
    once = Once()

    def broken() -> str:
        raise SeveralMessagesError

    for _ in range(2):
        with pytest.raises(SeveralMessagesError):
            once.made([], broken)


def test_our_own_fault_is_told_in_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(PublicCheck, "check", broken)
    page = client.post("/check", files=documents())
    assert "Something went wrong on our side" in page.text
    assert "RuntimeError" not in page.text


def test_nothing_else_is_there(client: TestClient) -> None:
    for path in (
        "/check/x.css",
        "/check/../config.toml",
        "/queue/waiting",
        "/sign-in",
        "/metrics",
        "/static/cpl-intake.js",
    ):
        assert client.get(path).status_code == 404
    assert client.put("/check").status_code == 405
    for name in ("report.css", "check.css", "favicon.svg"):
        assert client.get(f"/check/{name}").status_code == 200


def test_twenty_at_once_all_have_their_report(box: Sandbox) -> None:
    client, sent, found = _client(box), documents(), list[str]()

    def one() -> None:
        found.append(client.post("/check", files=sent).text)

    threads = [Thread(target=one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == 20
    assert all("SECAS would find this submission ready" in text for text in found)


def test_the_desk_has_it_only_where_the_configuration_says_so(world: World) -> None:
    assert TestClient(create_app(world.services)).get("/check").status_code == 404
    config = msgspec.structs.replace(world.services.config, web=WebConfig(public_check=True))
    client = TestClient(create_app(replace(world.services, config=config)))
    page = client.get("/check")
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert "SECAS would find" in client.post("/check", files=documents()).text
    assert 'href="/check' not in client.get("/sign-in").text
