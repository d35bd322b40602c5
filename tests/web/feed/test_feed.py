"""The read-only feed: the very bytes of the published folder, parts of them, and nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from feeds import EDITIONS, an_issue, issues, publish, publish_all
from starlette.testclient import TestClient
from web.world import World

from intake.publication.edition import Issue
from intake.publication.files import BESIDE, OF_VERSION, files
from intake.register.feed import read_feed
from intake.web.feed import feed_answers


@pytest.fixture
def folder(world: World) -> Path:
    return world.folder / "var" / "list"


@pytest.fixture
def feed(world: World, folder: Path) -> TestClient:
    publish_all(folder)
    return world.browser()


def numbers(feed: TestClient, address: str) -> list[str]:
    answer = feed.get(address)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    return [row.get("number") or row["entry"] for row in body.get("entries", body.get("changes"))]


@pytest.mark.parametrize("name", OF_VERSION)
@pytest.mark.parametrize("issue", issues(), ids=lambda issue: issue.edition.version)
def test_a_version_s_file_is_served_byte_for_byte(feed: TestClient, issue: Issue, name: str) -> None:
    answer = feed.get(f"/feed/{issue.edition.version}/{name}")
    assert answer.status_code == 200
    assert answer.content == files(issue)[name]
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "last-modified" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_beside_the_versions_is_of_the_newest(feed: TestClient, name: str) -> None:
    answer = feed.get(f"/feed/{name}")
    assert answer.content == files(issues()[-1])[name]
    assert answer.headers["cache-control"] == "no-cache"


def test_the_newest_version_has_a_name_that_stays(feed: TestClient) -> None:
    answer = feed.get("/feed/current/entries.json")
    assert answer.content == feed.get("/feed/2.003/entries.json").content
    assert answer.headers["cache-control"] == "no-cache"


def test_the_workbook_and_its_signature_are_served_beside_them(feed: TestClient, folder: Path) -> None:
    for name, media in (("Central Products List.xlsm", "vnd.ms-excel"), ("Central Products List.xlsm.p7s", "pkcs7")):
        (folder / "2.003" / name).write_bytes(b"bytes of it")
        answer = feed.get(f"/feed/2.003/{name}")
        assert answer.content == b"bytes of it"
        assert media in answer.headers["content-type"]
    assert answer.headers["cache-control"] == "no-cache"  # it may be attached anew


def test_a_csv_file_points_to_its_description(feed: TestClient) -> None:
    answer = feed.get("/feed/2.003/dcc.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'rel="describedby"' in answer.headers["link"]
    described = feed.get("/feed/2.003/dcc.csv-metadata.json")
    assert described.headers["content-type"] == "application/csvm+json"


@pytest.mark.parametrize("tag", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize(
    "address", ["/feed/2.003/entries.json", "/feed/latest.json", "/feed/2.003/entries.json?limit=1"]
)
def test_bytes_that_are_known_are_not_sent_again(feed: TestClient, address: str, tag: str) -> None:
    etag = feed.get(address).headers["etag"]
    answer = feed.get(address, headers={"If-None-Match": tag.format(etag)})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == etag
    assert feed.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ["/feed/2.003/entries.json", "/feed/current/changes.json?since=2.001"])
def test_head_tells_what_get_would(feed: TestClient, address: str) -> None:
    asked, told = feed.get(address), feed.head(address)
    assert told.status_code == 200
    assert told.content == b""
    for name in ("etag", "content-length", "content-type", "cache-control"):
        assert told.headers[name] == asked.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("address", ["/feed/latest.json", "/feed/2.003/entries.json"])
def test_nothing_can_be_changed(feed: TestClient, method: str, address: str) -> None:
    answer = feed.request(method, address)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("after=000001", ["000002", "000003", "000004"]),
        ("after=000003", ["000004"]),
        ("after=000004", []),
        ("after=000000", ["000001", "000002", "000003", "000004"]),
        ("limit=2", ["000001", "000002"]),
        ("after=000001&limit=2", ["000002", "000003"]),
        ("since=2.001", ["000001", "000002", "000003", "000004"]),
        ("since=2.002", ["000002", "000004"]),
        ("since=2.003", []),
        ("as-of=2026-11-23", ["000001", "000002"]),
        ("as-of=2026-11-25", ["000001", "000002", "000003"]),
        ("as-of=2030-01-01", ["000001", "000002", "000003", "000004"]),
        ("since=2.001&as-of=2026-11-25&after=000001", ["000003"]),
    ],
)
def test_a_part_of_the_entries(feed: TestClient, query: str, expected: list[str]) -> None:
    assert numbers(feed, f"/feed/current/entries.json?{query}") == expected


def test_the_parts_of_a_list_make_the_whole(feed: TestClient) -> None:
    gathered, following = [], "limit=1"
    while following:
        body = feed.get(f"/feed/2.003/entries.json?{following}").json()
        gathered += body["entries"]
        following = f"limit=1&after={body['next']}" if body["next"] else ""
    assert gathered == feed.get("/feed/2.003/entries.json").json()["entries"]


def test_changes_since_a_version_are_those_of_every_version_after_it(feed: TestClient) -> None:
    told = feed.get("/feed/current/changes.json?since=2.001").json()["changes"]
    assert [(row["entry"], row["field"], row["version"]) for row in told] == [
        ("000001", "Entry.status", "2.002"),
        ("000001", "replaced-by", "2.002"),
        ("000002", "Manufacturer_Image.hash", "2.003"),
        ("000003", None, "2.002"),
        ("000004", None, "2.003"),
    ]
    assert numbers(feed, "/feed/current/changes.json?since=2.001&limit=1") == ["000001", "000001"]
    assert numbers(feed, "/feed/2.002/changes.json?since=2.001") == ["000001", "000001", "000003"]


def test_a_part_is_read_like_the_whole(feed: TestClient) -> None:
    entries, version = read_feed(feed.get("/feed/current/entries.json?after=000002").content)
    assert version == "2.003"
    assert [entry.number for entry in entries] == ["000003", "000004"]
    assert entries == EDITIONS[2].entries[2:]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/feed/2.003/entries.json?before=1", "is not known here"),
        ("/feed/2.003/entries.json?after=000001&after=000002", "stands twice"),
        ("/feed/2.003/entries.json?after=1", "six digits"),
        ("/feed/2.003/entries.json?after=", "six digits"),
        ("/feed/2.003/entries.json?after=\u0660\u0660\u0660\u0660\u0660\u0661", "six digits"),
        ("/feed/2.003/entries.json?limit=0", "from 1 to"),
        ("/feed/2.003/entries.json?limit=10001", "from 1 to"),
        ("/feed/2.003/entries.json?limit=-1", "from 1 to"),
        ("/feed/2.003/entries.json?since=next", "a version"),
        ("/feed/2.003/entries.json?as-of=2026-02-30", "a day"),
        ("/feed/2.003/entries.json?as-of=20261124", "a day"),
        ("/feed/2.003/changes.json?as_of=2026-11-24", "is not known here"),
        ("/feed/2.003/dcc.csv?after=000001", "takes none"),
        ("/feed/latest.json?limit=1", "takes none"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused(feed: TestClient, address: str, said: str) -> None:
    answer = feed.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["status"] == 400
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/feed/2.999/entries.json",
        "/feed/2.003/secret.txt",
        "/feed/2.003/store.db",
        "/feed/2.003/",
        "/feed/2.003",
        "/feed/",
        "/feed",
        "/feed/current",
        "/feed/..%2f..%2fstore.db",
        "/feed/2.003/..%2f..%2f..%2f..%2fstore.db",
        "/feed/%2e%2e/store.db",
        "/feed/2.003%00/entries.json",
        "/feed/2.003/entries.json%0a",
        "/feed/2.003%0a/entries.json",
        "/feed/\uff12.\uff10\uff10\uff13/entries.json",
        "/feed/current/entries.json?as-of=2026-11-22",
        "/feed/current/entries.json?since=1.900",
        "/feed/current/changes.json?since=2.999",
        "/feed/2.001/changes.json?since=2.003",
    ],
)
def test_what_is_not_there_is_told_to_a_program(feed: TestClient, address: str) -> None:
    answer = feed.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_nothing_published_yet_is_said_clearly(world: World, folder: Path) -> None:
    browser = world.browser()
    for address in ("/feed/latest.json", "/feed/current/entries.json", "/feed/2.003/entries.json"):
        answer = browser.get(address)
        assert answer.status_code == 404
        assert answer.json()["detail"] == "No version of the list has been published here yet."
    assert not folder.exists()


def test_a_version_that_is_only_prepared_is_not_there_yet(feed: TestClient, folder: Path) -> None:
    (folder / "2.004").mkdir()
    (folder / "2.004" / "entries.json").write_bytes(files(issues()[-1])["entries.json"])
    for address in (
        "/feed/2.004/entries.json",
        "/feed/2.004/entries.json?limit=1",
        "/feed/current/entries.json?since=2.004",
    ):
        assert feed.get(address).status_code == 404
    assert feed.get("/feed/current/entries.json").json()["version"] == "2.003"


def test_a_link_out_of_the_folder_leads_nowhere(feed: TestClient, folder: Path, world: World) -> None:
    (folder / "2.003" / "note.txt").unlink()
    (folder / "2.003" / "note.txt").symlink_to(world.folder / "store.db")
    assert feed.get("/feed/2.003/note.txt").status_code == 404


def test_a_gap_in_the_record_is_said_and_not_bridged(feed: TestClient, folder: Path) -> None:
    for file in (folder / "2.002").iterdir():
        file.unlink()
    (folder / "2.002").rmdir()
    answer = feed.get("/feed/current/changes.json?since=2.001")
    assert answer.status_code == 404
    assert "no complete record" in answer.json()["detail"]
    assert numbers(feed, "/feed/current/changes.json?since=2.002") == ["000002", "000004"]


def test_versions_are_ordered_by_their_numbers(world: World, folder: Path) -> None:
    for version in ("1.10", "1.100"):
        issue = an_issue([EDITIONS[0].entries[0]])
        object.__setattr__(issue.edition, "version", version)
        publish(folder, issue)
    browser = world.browser()
    assert browser.get("/feed/1.10/entries.json").status_code == 200
    assert browser.get("/feed/latest.json").json()["version"] == "1.100"
    (folder / "current").unlink()
    (folder / "current").symlink_to("1.10")
    assert browser.get("/feed/1.100/entries.json").status_code == 404


def test_a_large_file_is_streamed_under_the_same_etag(
    feed: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = feed.get("/feed/2.003/entries.json")
    monkeypatch.setattr(feed_answers, "_AT_ONCE", 10)
    monkeypatch.setattr(feed_answers, "_CHUNK", 100)
    for _ in range(2):
        large = feed.get("/feed/2.003/entries.json")
        assert large.content == small.content
        assert large.headers["etag"] == small.headers["etag"]
        assert large.headers["content-length"] == str(len(small.content))
    known = feed.get("/feed/2.003/entries.json", headers={"If-None-Match": small.headers["etag"]})
    assert known.status_code == 304
    (folder / "2.003" / "entries.json").write_bytes(b"another")
    assert feed.get("/feed/2.003/entries.json").content != small.content


def test_our_own_fault_is_told_to_a_program_too(feed: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        message = "the secret of the house"
        raise RuntimeError(message)

    monkeypatch.setattr(feed_answers, "media_of", broken)
    answer = feed.get("/feed/latest.json")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_a_folder_that_cannot_be_read_is_no_fault_of_the_asker(
    feed: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", unreadable)
    answer = feed.get("/feed/latest.json")
    assert answer.status_code == 503
    assert answer.json()["status"] == 503


def test_the_parts_are_of_lines_in_the_files_and_no_line_is_made_anew(feed: TestClient) -> None:
    whole = feed.get("/feed/2.003/entries.json").text
    for line in feed.get("/feed/2.003/entries.json?limit=2").text.splitlines()[1:3]:
        assert line.rstrip(",") in whole
    assert json.loads(whole)["entries"]


def test_the_csv_of_the_list_is_read_back(feed: TestClient) -> None:
    entries, version = read_feed(feed.get("/feed/2.003/entries.csv").content)
    assert version == "2.003"
    assert [entry.number for entry in entries] == [entry.number for entry in EDITIONS[2].entries]
    rows = list(csv.reader(io.StringIO(feed.get("/feed/2.003/changes.csv").text)))
    assert rows[0] == ["entry", "field", "before", "after", "why"]
