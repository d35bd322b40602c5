"""What somebody with nothing but the published files can check of them, and finds where they were changed."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pki
import pytest
from feeds import EDITIONS, publish_all
from signatures.smime import der

from intake.publication import list_check
from intake.publication.files import BESIDE

NEWEST, BEFORE, FIRST = (edition.version for edition in reversed(EDITIONS[-3:]))


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    publish_all(tmp_path / "feed")
    return tmp_path / "feed"


def said(feed: Path, capsys: pytest.CaptureFixture[str], *options: str | Path) -> tuple[int, str]:
    code = list_check.main([str(feed), *map(str, options)])
    return code, capsys.readouterr().out


def spoil(feed: Path, name: str, before: bytes, after: bytes) -> None:
    """Change a file and what latest.json says of it, as whoever has the server can."""
    content = (feed / name).read_bytes()
    assert before in content
    (feed / name).write_bytes(content.replace(before, after, 1))
    agree(feed)


def agree(feed: Path) -> None:
    latest = json.loads((feed / "latest.json").read_bytes())
    for file in latest["files"]:
        content = (feed / NEWEST / file["name"]).read_bytes()
        file.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (feed / "latest.json").write_text(json.dumps(latest))


def test_a_published_list_holds_for_a_python_that_knows_nothing_of_ours(feed: Path) -> None:
    command = [sys.executable, "-I", "-S", list_check.__file__, str(feed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(EDITIONS)} versions say one thing" in done.stdout
    assert "NOT CHECKED: who published it" in done.stdout


CHANGED: dict[str, tuple[str, bytes, bytes, str]] = {
    "a value in the CSV": ("entries.csv", b"Current", b"Removed", "entries.csv does not have the digest"),
    "a value in the JSON": (
        "entries.json",
        b'"Current"',
        b'"Removed"',
        "entries.json says something else than entries.csv in its row",
    ),
    "an entry's number in the DCC's copy": ("dcc.csv", b"000002", b"000009", "dcc.csv says something else than"),
    "the note's digest": ("note.txt", b"content): ", b"content): 0", "note.txt states another digest"),
    "the description's digest": ("dcc.csv-metadata.json", b"sha256:", b"sha256:0", "states another digest"),
    "the paths' version": ("paths.json", NEWEST.encode(), b"9.999", "paths.json is of another version"),
    "the changes' version": ("changes.json", BEFORE.encode(), b"9.999", "changes.json is of another version"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_form_that_disagrees_with_the_others_is_named(
    feed: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    name, before, after, says = CHANGED[what]
    content = (feed / NEWEST / name).read_bytes()
    (feed / NEWEST / name).write_bytes(content.replace(before, after, 1))
    assert said(feed, capsys) == (1, f"WRONG: {NEWEST}/{name} is not the file that latest.json names\n")
    (feed / NEWEST / name).write_bytes(content)
    spoil(feed, f"{NEWEST}/{name}", before, after)
    code, told = said(feed, capsys)
    assert (code, says in told) == (1, True), told
    assert f"{NEWEST}/" in told


def reordered(feed: Path) -> None:
    """Two rows of the list in the other order, in every file of it, with the digest made anew."""
    lines = (feed / NEWEST / "entries.csv").read_bytes().split(b"\r\n")
    lines[1:3] = lines[2:0:-1]
    (feed / NEWEST / "entries.csv").write_bytes(b"\r\n".join(lines))
    agree(feed)


def without_its_last_entry(feed: Path) -> None:
    """An entry that the version before has, taken out of every form of the newest, with every digest made anew."""
    here = feed / NEWEST
    before = json.loads((here / "entries.json").read_bytes())
    number = json.loads((feed / BEFORE / "entries.json").read_bytes())["entries"][0]["number"]
    for name in ("entries.csv", "dcc.csv"):
        kept = [
            line for line in (here / name).read_bytes().split(b"\r\n") if number.encode() not in line.split(b",")[:2]
        ]
        (here / name).write_bytes(b"\r\n".join(kept))
    _, *rows = csv.reader((here / "entries.csv").read_text().splitlines())
    digest = list_check.digest_of([[NEWEST], *(row[1:] for row in rows)])
    for name in ("entries.json", "paths.json"):
        whole = json.loads((here / name).read_bytes())
        told = {**whole, "entries": [entry for entry in whole["entries"] if entry["number"] != number]}
        (here / name).write_text(json.dumps(told))
    fir = (here / "fir.csv").read_bytes().splitlines(keepends=True)
    (here / "fir.csv").write_bytes(b"".join(line for line in fir if not line.startswith(number.encode())))
    latest = json.loads((feed / "latest.json").read_bytes())
    (feed / "latest.json").write_text(json.dumps(latest | {"count": latest["count"] - 1}))
    for file in (*here.iterdir(), feed / "latest.json"):
        file.write_bytes(file.read_bytes().replace(before["digest"].encode(), digest.encode()))
    agree(feed)


def rolled_back(feed: Path) -> None:
    """The version before served as the newest again."""
    head = json.loads((feed / BEFORE / "entries.json").read_bytes())
    latest = json.loads((feed / "latest.json").read_bytes()) | {
        name: head[name] for name in ("version", "issued", "before", "digest")
    }
    latest["count"] = len(head["entries"])
    for file in latest["files"]:
        content = (feed / BEFORE / file["name"]).read_bytes()
        file.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (feed / "latest.json").write_text(json.dumps(latest))


def without_a_version(feed: Path) -> None:
    shutil.rmtree(feed / BEFORE)


def with_a_way_out(feed: Path) -> None:
    spoil(feed, "latest.json", f'"version": "{NEWEST}"'.encode(), f'"version": "../feed/{NEWEST}"'.encode())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (reordered, "entries.csv does not have the digest"),
        (without_its_last_entry, "leaves out entry"),
        (rolled_back, f"does not go on from {NEWEST}"),
        (with_a_way_out, "which is no file's name"),
    ],
)
def test_what_was_done_to_the_whole_is_named(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], says: str
) -> None:
    seen = shutil.copy(feed / "latest.json", tmp_path / "seen.json")
    assert said(feed, capsys, "--seen", seen)[0] == 0
    change(feed)
    code, told = said(feed, capsys, "--seen", seen)
    assert (code, says in told) == (1, True), told


def test_a_list_of_the_same_number_but_another_digest_than_was_seen_is_forked(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = json.loads((feed / "latest.json").read_bytes())
    (tmp_path / "seen.json").write_text(json.dumps(seen | {"digest": "0" * 64}))
    assert f"{NEWEST} is another list" in said(feed, capsys, "--seen", tmp_path / "seen.json")[1]
    (tmp_path / "seen.json").write_text(json.dumps(seen | {"version": BEFORE, "digest": "0" * 64}))
    assert f"{BEFORE} is another list" in said(feed, capsys, "--seen", tmp_path / "seen.json")[1]
    without_a_version(feed)
    assert f"does not go on from {BEFORE}" in said(feed, capsys, "--seen", tmp_path / "seen.json")[1]


def test_the_workbook_s_signature_leads_to_whom_one_named(tmp_path: Path) -> None:
    authority = pki.root()
    publisher = authority.issue(pki.name("The list", "SECAS"), key_number=5)
    book = tmp_path / "Central Products List.xlsx"
    book.write_bytes(b"a workbook")
    (tmp_path / f"{book.name}.p7s").write_bytes(der(b"a workbook", publisher))
    for name, holder in (("authority", authority), ("publisher", publisher), ("other", pki.root("O", key_number=6))):
        (tmp_path / name).write_bytes(holder.pem)
    for name in ("authority", "publisher"):
        (told,) = list_check.signed(tmp_path, tmp_path / name)
        assert told.endswith(f"/{book.name} is signed by whom you named.")
    with pytest.raises(list_check.Wrong, match="is no signature by whom you named, unable to get local issuer"):
        list(list_check.signed(tmp_path, tmp_path / "other"))
    book.write_bytes(b"another workbook")
    with pytest.raises(list_check.Wrong, match="is no signature by whom you named, of this file"):
        list(list_check.signed(tmp_path, tmp_path / "authority"))


def as_published(feed: Path) -> Path:
    """Lay the folder as the program publishes it: what lies beside the versions is a link to a version's own file."""
    for name in BESIDE:
        (feed / name).rename(feed / NEWEST / name)
        (feed / name).symlink_to(f"current/{name}")
    return feed


@pytest.mark.parametrize("symlinks", [True, False])
def test_a_copy_of_the_published_folder_is_as_good_as_what_the_feed_serves(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], symlinks: bool
) -> None:
    copy = shutil.copytree(as_published(feed), tmp_path / "copy", symlinks=symlinks)
    code, told = said(copy, capsys)
    assert code == 0, told
    assert "does not name" not in told


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_in_a_version_and_is_not_what_lies_beside_it_is_named(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    copy = shutil.copytree(as_published(feed), tmp_path / "copy")
    (copy / NEWEST / name).write_bytes((copy / name).read_bytes() + b"\n")
    code, told = said(copy, capsys)
    assert (code, f"NOT CHECKED: latest.json does not name {name}.\n" in told) == (0, True), told


def test_a_file_that_has_none_beside_the_versions_to_compare_with_is_named(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(as_published(feed), tmp_path / "copy")
    (copy / "openapi.json").unlink()
    code, told = said(copy, capsys)
    assert (code, "NOT CHECKED: latest.json does not name openapi.json.\n" in told) == (0, True), told
