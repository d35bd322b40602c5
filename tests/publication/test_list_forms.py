"""What the outsider's checker compares in a version: it names a lie in any form, and calls no honest list one."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pki
import pytest
from feeds import EDITIONS, FIRST_DAY, FOUR, ONE, SECOND_DAY, THREE, TWO, a_listed, altered, issues, removed, with_path
from publication.books import NEW, OLD, a_book
from signatures.smime import der

from intake.publication import inventory, list_check
from intake.publication.edition import Edition, Issue, Why
from intake.publication.files import BESIDE, OF_VERSION, files
from intake.publication.workbook import workbook
from rules.facts import RegisterEntry

BOOK = "Central Products List.xlsx"
NEWEST, BEFORE = EDITIONS[-1].version, EDITIONS[-2].version

Told = tuple[int, str]


def publish(folder: Path, several: Iterable[Issue], first: bytes | None = None) -> Path:
    """Versions with their workbooks, as the feed serves them."""
    book = first
    for issue in several:
        here = folder / issue.edition.version
        here.mkdir(parents=True)
        book = workbook(issue.edition, book)
        (here / BOOK).write_bytes(book)
        for name, content in files(issue, others={BOOK: book}).items():
            (folder / name if name in BESIDE else here / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("published"), issues())


@pytest.fixture
def feed(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "feed"))


def said(feed: Path, capsys: pytest.CaptureFixture[str], *options: str | Path) -> Told:
    code = list_check.main([str(feed), *map(str, options)])
    return code, capsys.readouterr().out


def agree(feed: Path) -> None:
    """Make latest.json name the newest version's files as they are now."""
    latest = json.loads((feed / "latest.json").read_bytes())
    for file in latest["files"]:
        content = (feed / NEWEST / file["name"]).read_bytes()
        file.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    (feed / "latest.json").write_text(json.dumps(latest))


def in_cells(book: bytes, before: str, after: str) -> bytes:
    """The workbook with a text changed in the first tab that has it."""
    out, left = BytesIO(), 1
    with ZipFile(BytesIO(book)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if left and name.startswith("xl/worksheets/") and before.encode() in content:
                content, left = content.replace(before.encode(), after.encode(), 1), 0
            target.writestr(name, content)
    assert not left
    return out.getvalue()


IN_FILES = r"""
dcc.csv | CDCDCD | CDCDCE
dcc.csv | ,00000003, | ,00000009,
dcc.csv | 000001,Removed | 000001,Current
dcc.csv | ,1001, | ,1002,
dcc.csv | Manufacturer_Image.hash | Manufacturer_Image.hush
dcc.csv | Entry.number,Entry.status | Entry.status,Entry.number
dcc.csv | Version 2.003 Issued on 26-11-2026,000001 | Version 2.004 Issued on 26-11-2026,000001
entries.csv | 26-11-2026,000001 | 27-11-2026,000001
entries.json | {"number":"000002","status":"Current" | {"number":"000002","status":"Removed","status":"Current"
entries.json | "Device_Type.name":"Gas | "Approved by":"NCSC","Device_Type.name":"Gas
changes.csv | Two digits | Six digits
changes.csv | AB:AB:AB | AB:AB:AC
changes.csv | 000004,,,Current,add | 000004,,,Current,add\r\n000003,Manufacturer_Image.hash,AB,CD,correct
changes.json | "after":"Current" | "after":"Removed"
changes.json | "entry":"000004" | "entry":"000003"
changes.json | "entry":"000004" | "entry":"000077"
changes.json | "field":"Manufacturer_Image.hash" | "field":"Manufacturer_Image.creator"
changes.json | AB:AB","after" | AB:AC","after"
changes.json | ]} | ,{"entry":"000003","field":null,"before":"","after":"Current","why":"add"}]}
changes.json | ]} | ,{"entry":"000004","field":null,"before":"","after":"Current","why":"add"}]}
fir.csv | 00:00:00:03 | 00:00:00:04
fir.csv | 000001,Removed | 000001,Current
fir.csv | ,not stated | ,000001
inventory.csv | Current,listed | Removed,suspended
inventory.csv | 00000004,Current | 00000002,Current
inventory.csv | listed,000004 | listed,000003
paths.json | "Firmware Upgrade Path":"000001" | "Firmware Upgrade Path":"000003"
paths.json | "number":"000001","status":"Removed" | "number":"000001","status":"Current"
paths.json | "upgradable_from":["000001"] | "upgradable_from":["000003"]
paths.json | "upgradable_from":["000001"] | "upgradable_from":null
paths.json | "upgradable_from":null | "upgradable_from":[]
paths.json | "issued":"2026-11-26" | "issued":"2026-11-27"
"""


@pytest.mark.parametrize("line", IN_FILES.strip().splitlines())
def test_a_lie_in_any_form_is_found_though_latest_json_agrees_with_it(
    feed: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    name, before, after = (text.encode().decode("unicode_escape") for text in line.split(" | "))
    content = (feed / NEWEST / name).read_bytes().decode()
    assert before in content
    spoilt = content.replace(before, after, 1)
    if name == "changes.json":  # the table says the same lie, so that nothing but the list itself contradicts it
        rows = [[change[key] or "" for key in list_check.OF_CHANGES] for change in json.loads(spoilt)["changes"]]
        with (feed / NEWEST / "changes.csv").open("w", newline="") as table:
            csv.writer(table).writerows([list_check.OF_CHANGES, *rows])
    (feed / NEWEST / name).write_bytes(spoilt.encode())
    agree(feed)
    code, told = said(feed, capsys)
    assert (code, told.splitlines()[-1].startswith("WRONG: "), name in told) == (1, True, True), told


@pytest.mark.parametrize("name", ["dcc.csv", "changes.csv", "fir.csv", "inventory.csv", "paths.json", BOOK])
def test_the_files_of_a_version_before_are_compared_too_though_nothing_names_their_digests(
    feed: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    content = (feed / BEFORE / name).read_bytes()
    spoilt = in_cells(content, "AB:AB", "AB:AC") if name == BOOK else content.replace(b"Removed", b"Current", 1)
    assert spoilt != content
    (feed / BEFORE / name).write_bytes(spoilt)
    assert (code_and_name := said(feed, capsys))[0] == 1
    assert f"{BEFORE}/{name}" in code_and_name[1]


CELLS: dict[str, tuple[str, str]] = {
    "a value": ("CD:CD:CD", "CD:CD:CE"),
    "a status": ("Removed", "Current"),
    "the version line's day": ("Version 2.003 Issued on 26-11-2026", "Version 2.003 Issued on 27-11-2026"),
    "the version line's number": ("Version 2.003 Issued on 26-11-2026", "Version 2.002"),
    "a column's name": ("Manufacturer_Image.creator", "Manufacturer_Image.maker"),
    "a cell that is computed": ('t="inlineStr"><is><t>Removed', 't="inlineStr"><f>A1</f><is><t>Removed'),
    "a text that a spreadsheet would not show": (
        't="inlineStr"><is><t>Removed</t></is>',
        't="inlineStr"><is><t>Current</t></is><v>Removed</v>',
    ),
    "a further column": ("<is><t>Removed</t></is></c>", '<is><t>Removed</t></is></c><c r="ZZ9"><v>1</v></c>'),
}


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_of_the_workbook_that_says_something_else_is_found_though_it_is_signed(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    signer = pki.root()
    (tmp_path / "signer.pem").write_bytes(signer.pem)
    book = in_cells((feed / NEWEST / BOOK).read_bytes(), *CELLS[what])
    (feed / NEWEST / BOOK).write_bytes(book)
    (feed / NEWEST / f"{BOOK}.p7s").write_bytes(der(book, signer))
    agree(feed)
    code, told = said(feed, capsys, "--signer", tmp_path / "signer.pem")
    assert (code, f"WRONG: {NEWEST}/{BOOK} " in told) == (1, True), told


def test_a_part_that_a_workbook_has_twice_is_found(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ZipFile(feed / NEWEST / BOOK, "a") as book, pytest.warns(UserWarning, match="Duplicate"):
        book.writestr("xl/workbook.xml", book.read("xl/workbook.xml"))
    agree(feed)
    assert said(feed, capsys)[1].endswith("WRONG: the workbook has a part twice\n")


def test_latest_json_says_nothing_of_its_own(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads((feed / "latest.json").read_bytes())
    for name, value in (("issued", "2026-12-24"), ("count", 400), ("before", None), ("digest", "0" * 64)):
        (feed / "latest.json").write_text(json.dumps(whole | {name: value}))
        assert "WRONG: latest.json says something else of" in said(feed, capsys)[1], name
    for name in OF_VERSION:
        kept = [file for file in whole["files"] if file["name"] != name]
        (feed / "latest.json").write_text(json.dumps(whole | {"files": kept}))
        assert said(feed, capsys) == (1, f"WRONG: latest.json does not name {name} of {NEWEST}\n")
    (feed / "latest.json").write_text(json.dumps(whole)[:-1] + f', "version": "{NEWEST}"}}')
    assert said(feed, capsys) == (1, "WRONG: latest.json names one thing twice\n")
    (feed / "latest.json").write_text("[" * 100_000)
    assert said(feed, capsys)[1].startswith("WRONG: it cannot be read as a published list is, RecursionError")


def test_what_cannot_be_known_is_said(feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (feed / NEWEST / "urgent.txt").write_text("Load this at once.")
    told = said(feed, capsys)[1]
    assert "NOT CHECKED: latest.json does not name urgent.txt.\n" in told
    assert f"NOT CHECKED: whether {NEWEST}, issued on 2026-11-26, is still the newest.\n" in told
    shutil.rmtree(feed / BEFORE)
    told = said(feed, capsys)[1]
    assert f"NOT CHECKED: {NEWEST}/inventory.csv, which may go by a version that does not lie here.\n" in told
    (tmp_path / "nobody.der").write_bytes(pki.root().der)
    (feed / NEWEST / f"{BOOK}.p7s").write_bytes(b"")
    assert "nobody.der holds no certificate in PEM" in said(feed, capsys, "--signer", tmp_path / "nobody.der")[1]
    assert "no-one.pem" in said(feed, capsys, "--signer", tmp_path / "no-one.pem")[1]


def test_whom_the_machine_trusts_is_nobody_s_signer(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher, other = pki.root(), pki.root("A public authority", key_number=7)
    server = other.issue(pki.name("www.example", "Somebody"), usages=(pki.SERVER,), key_number=8)
    (tmp_path / "system").mkdir()
    (tmp_path / "system/other.pem").write_bytes(other.pem)
    subprocess.run(["openssl", "rehash", tmp_path / "system"], check=True)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "system"))
    (tmp_path / "signer.pem").write_bytes(publisher.pem)
    (feed / NEWEST / f"{BOOK}.p7s").write_bytes(der((feed / NEWEST / BOOK).read_bytes(), server))
    code, told = said(feed, capsys, "--signer", tmp_path / "signer.pem")
    assert (code, "is no signature by whom you named, unable to get local issuer" in told) == (1, True), told


def a_chain(*versions: tuple[RegisterEntry, ...], rejected: bool = False) -> list[Issue]:
    editions = [
        Edition(f"2.{at:03}", FIRST_DAY if at == 1 else SECOND_DAY, each) for at, each in enumerate(versions, 1)
    ]
    made = [Issue(edition, before) for edition, before in zip(editions, (None, *editions), strict=False)]
    return [*made[:-1], replace(made[-1], rejected=rejected, stood=editions[-3] if len(editions) > 2 else None)]


TWIN = replace(a_listed("000007"), fields=ONE.fields)
FORMULA = altered(a_listed("000008"), IMAGE_CREATOR="=cmd|x", IMAGE_DESCRIPTOR=" +44 20 7946 _x0041_ ")
HONEST: dict[str, list[Issue]] = {
    "the first version": a_chain((ONE, TWO)),
    "an entry whose model a twin still lists": a_chain((ONE, TWIN), (removed(ONE), TWIN)),
    "a model that was suspended and is back": a_chain((removed(ONE),), (ONE,)),
    "an entry that was given another model": a_chain((ONE, TWO), (ONE, altered(TWO, FIRMWARE_VERSION="00:00:00:09"))),
    "a version that the DCC has rejected": a_chain((ONE,), (ONE, TWO), (ONE, TWO, THREE), rejected=True),
    "all that it had was rejected": a_chain((ONE,), (ONE, TWO), rejected=True),
    "texts that look like formulas, escapes and blanks": a_chain((ONE,), (ONE, FORMULA)),
    "no hash, no path": a_chain((FOUR,), (altered(FOUR, IMAGE_HASH=""), a_listed("000005", DEVICE_TYPE="Electricity"))),
    "twins of which one states the path": a_chain(
        (TWO, replace(with_path(a_listed("000003"), "n/a"), number="000009"))
    ),
    "paths in words": a_chain((with_path(ONE, "see 000002 or ask"), with_path(TWO, "N/A"), with_path(THREE, "1; 2"))),
    "a removed one with another in its place": [
        a_chain((ONE, TWO))[0],
        replace(a_chain((ONE, TWO), (removed(ONE), TWO))[1], whys={"000001": (Why("remove", replaced_by="000002"),)}),
    ],
}


@pytest.mark.parametrize("what", HONEST)
def test_no_honest_list_is_called_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    code, told = said(publish(tmp_path / "feed", HONEST[what]), capsys)
    assert code == 0, told


@pytest.mark.parametrize("book", [{}, {"shared": False}, {"prefix": "x:"}, {"absolute": True}, {"macros": False}])
def test_no_workbook_that_office_programs_made_is_called_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], book: dict[str, object]
) -> None:
    first, second = Edition("2.051", FIRST_DAY, OLD), Edition("2.052", SECOND_DAY, NEW)
    code, told = said(publish(tmp_path / "feed", [Issue(first), Issue(second, first)], a_book(**book)), capsys)
    assert code == 0, told


def test_what_is_written_out_for_outsiders_is_ours() -> None:
    assert tuple(list_check.OF_INVENTORY) == inventory.HEADER
    assert frozenset(OF_VERSION) == list_check.FILES


def unversioned(folder: Path) -> Path:
    """The first version of ours, over a list that was taken in from a file which says no version."""
    old = (ONE, TWO, altered(FOUR, GBCS_VERSION="GBCS Version 3.1"), a_listed("000005"), a_listed("000006"))
    new = (
        removed(ONE),
        altered(TWO, IMAGE_HASH=":".join(["CD"] * 32)),
        THREE,
        FOUR,
        removed(a_listed("000005")),
        old[4],
    )
    return publish(folder, [Issue(Edition("1.000", SECOND_DAY, new), Edition("", FIRST_DAY, old), {})])


def test_the_first_version_over_a_list_without_one_is_no_lie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = unversioned(tmp_path / "feed")
    assert json.loads((feed / "1.000" / "changes.json").read_bytes())["before"] == ""
    code, text = said(feed, capsys)
    assert code == 0, text
    assert "NOT CHECKED: what 1.000 changed in a list that has no version." in text
    file = feed / "1.000" / "inventory.csv"
    file.write_bytes(file.read_bytes().replace(b"Removed", b"Current", 1))
    latest = json.loads((feed / "latest.json").read_bytes())
    named = next(one for one in latest["files"] if one["name"] == file.name)
    named.update(sha256=hashlib.sha256(file.read_bytes()).hexdigest(), bytes=len(file.read_bytes()))
    (feed / "latest.json").write_text(json.dumps(latest))
    code, text = said(feed, capsys)
    assert (code, "inventory.csv does not tell what" in text) == (1, True)
