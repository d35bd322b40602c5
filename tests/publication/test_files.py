"""A version's files: what stands in each, that nothing else does, and that the same list gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from csvw import CSVW
from feeds import (
    CANARY,
    FOUR,
    ONE,
    RESTRICTED,
    THREE,
    TWO,
    a_listed,
    altered,
    an_issue,
    issues,
    removed,
    with_path,
)  # fmt: skip

from intake.publication.dcc import dcc_csv
from intake.publication.edition import Edition, Issue, Why
from intake.publication.files import BESIDE, OF_VERSION, files
from intake.register.feed import read_feed
from intake.register.fleet import plan_fleet, read_fleet
from intake.register.paths import plan
from intake.register.published import read_list
from intake.register.releases import Releases
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "cpl"
REAL, REAL_DCC = DATA / "entries-000001-000450.csv", DATA / "dcc-csv-000001-000450.csv"
beside_real = pytest.mark.skipif(
    not REAL.exists(), reason="the real list is not beside this checkout (CPL_SHARED_DATA)"
)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def changes(issue: Issue) -> list[list[str]]:
    return rows(files(issue)["changes.csv"])[1:]


def real_issue() -> Issue:
    """The real list as 2.051, and 2.052 with an entry removed, one corrected, one more."""
    entries = list(read_list(REAL.read_bytes()))
    before = Edition("2.051", date(2022, 9, 21), tuple(entries))
    entries[0] = removed(entries[0])
    entries[5] = altered(entries[5], IMAGE_HASH=":".join(["AB"] * 32))
    entries.append(replace(entries[7], number="000733", status="Current"))
    return Issue(Edition("2.052", date(2022, 9, 22), tuple(entries)), before)


def test_every_file_of_a_version_is_there() -> None:
    assert {*files(issues()[1])} == {*OF_VERSION, *BESIDE}


@pytest.mark.parametrize("line_end", ["crlf", "lf"])
def test_the_same_list_gives_the_same_bytes(line_end: str) -> None:
    assert files(issues()[2], line_end) == files(issues()[2], line_end)
    ends = files(issues()[2], line_end)["changes.csv"].count(b"\r\n")
    assert bool(ends) is (line_end == "crlf")


def test_changes_are_told_value_by_value_with_the_reason() -> None:
    assert changes(issues()[1]) == [
        ["000001", "Entry.status", "Current", "Removed", "remove: its certificate was withdrawn (SSC 2026-14)"],
        ["000001", "replaced-by", "", "000003", "remove: its certificate was withdrawn (SSC 2026-14)"],
        ["000003", "", "", "Current", "add"],
    ]
    told = changes(issues()[2])
    assert told[0][:2] == ["000002", "Manufacturer_Image.hash"]
    assert told[0][4] == "correct: Two digits were swapped. (DCC incident INC000012345)"


def test_two_reasons_of_one_entry_are_both_told() -> None:
    whys = {"000001": (Why("correct", "typed wrongly"), Why("remove", "a clone"))}
    (told,) = changes(an_issue([removed(ONE)], [ONE], whys))
    assert told[4] == "correct: typed wrongly; remove: a clone"


def test_each_value_has_the_reason_that_changed_it() -> None:
    whys = (
        Why("correct", "typed wrongly", touched=frozenset({str(FormField.CPA_DATE)})),
        Why("remove", "a clone", replaced_by="000002", touched=frozenset({"Entry.status"})),
    )
    after = removed(altered(ONE, CPA_DATE="01/01/2031"))
    told = {row[1]: row[4] for row in changes(an_issue([after, TWO], [ONE, TWO], {"000001": whys}))}
    assert told == {
        "Entry.status": "remove: a clone",
        FormField.CPA_DATE: "correct: typed wrongly",
        "replaced-by": "remove: a clone",
    }


def test_only_what_the_list_publishes_is_a_change() -> None:
    hidden = {**RESTRICTED, str(FormField.FIR_CITY): "Leeds", "ZigBee.stack": CANARY}
    after = replace(ONE, fields={**ONE.fields, **hidden, UPGRADE_PATH: "000002"})
    assert [row[1] for row in changes(an_issue([after], [ONE]))] == [UPGRADE_PATH]


def test_no_restricted_field_is_in_any_file() -> None:
    marked = {
        **RESTRICTED,
        str(FormField.CONTACT_TELEPHONE): CANARY,
        "Release Notes": CANARY,
        "ZigBee.chipset": CANARY,
    }
    before = [ONE, replace(TWO, fields={**TWO.fields, **marked})]
    after = [replace(entry, fields={**entry.fields, **marked}) for entry in (ONE, removed(TWO), THREE)]
    told = files(an_issue(after, before, {"000002": (Why("remove", "a clone"),)}))
    assert [name for name, content in told.items() if CANARY.encode() in content] == []


def test_fields_of_the_repository_are_in_its_file_alone() -> None:
    marked = {str(name): f"{CANARY} {name}" for name in FormField if name.startswith(("Manufacturer Contact", "FIR"))}
    told = files(an_issue([replace(ONE, fields={**ONE.fields, **marked})], [ONE]))
    assert [name for name, content in told.items() if CANARY.encode() in content] == ["fir.csv"]
    (row,) = rows(told["fir.csv"])[1:]
    assert all(text in row for text in marked.values())


def test_the_repository_has_the_types_that_it_is_for_and_says_what_is_not_stated() -> None:
    hub = a_listed("000005", DEVICE_TYPE="Communications Hub")
    smets1 = a_listed(
        "000006", SMETS_VERSION="SMETS V1.2", DEVICE_TYPE="single element electricity metering equipment "
    )
    table = rows(files(an_issue([ONE, TWO, FOUR, hub, smets1]))["fir.csv"])
    assert [(row[0], row[-1]) for row in table[1:]] == [
        ("000001", "N/A"), ("000002", "000001"), ("000004", "not stated"), ("000006", "not stated"),
    ]  # fmt: skip
    assert table[0][-1] == UPGRADE_PATH


TWIN = a_listed("000009", FIRMWARE_VERSION=ONE.fields[FormField.FIRMWARE_VERSION], SMETS_VERSION="SMETS V4.3")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [ONE], [("Current", "listed", "000001")]),
        ([ONE], [removed(ONE)], [("Removed", "suspended", "000001")]),
        ([removed(ONE)], [ONE], [("Current", "reinstated", "000001")]),
        ([removed(ONE)], [removed(ONE), TWIN], [("Current", "reinstated", "000009")]),
        ([ONE, TWIN], [removed(ONE), TWIN], [("Current", "unchanged because entry 000009 still lists it", "000001")]),
        ([ONE], [removed(ONE), TWIN], [("Current", "unchanged because entry 000009 still lists it", "000001 000009")]),
        ([ONE], [ONE, TWIN], [("Current", "unchanged because entry 000001 still lists it", "000009")]),
        ([ONE, TWIN], [removed(ONE), removed(TWIN)], [("Removed", "suspended", "000001 000009")]),
        ([ONE], [altered(ONE, IMAGE_HASH="AA")], []),
        ([removed(ONE)], [removed(ONE), removed(TWIN)], []),
    ],
)
def test_the_inventory_goes_by_device_model(
    before: list[RegisterEntry], after: list[RegisterEntry], expected: list[tuple[str, str, str]]
) -> None:
    table = rows(files(an_issue(after, before))["inventory.csv"])
    assert [tuple(row[4:]) for row in table[1:]] == expected


def test_the_inventory_has_the_dcc_s_shapes_and_both_models_of_a_correction() -> None:
    after = altered(ONE, FIRMWARE_VERSION="0a:0B:0C:0D", MANUFACTURER_IDENTIFIER="10:02")
    table = rows(files(an_issue([after], [ONE]))["inventory.csv"])
    assert [row[:6] for row in table[1:]] == [
        ["Gas Smart Meter", "1001", "0002010A", "00000001", "Removed", "suspended"],
        ["Gas Smart Meter", "1002", "0002010A", "0A0B0C0D", "Current", "listed"],
    ]


def test_what_people_open_in_a_spreadsheet_is_no_formula() -> None:
    bad = a_listed("000001", IMAGE_DESCRIPTOR="=HYPERLINK(1)", IMAGE_CREATOR="@x")
    fir = {str(FormField.FIR_COMPANY_NAME): "-2+3", str(FormField.FIR_TELEPHONE_NUMBER): "+44 (20) 7946 0000"}
    good = a_listed("000001")
    told = files(an_issue([replace(bad, fields={**bad.fields, **fir})], [good], {"000001": (Why("+x", "y"),)}))
    assert [row[3:] for row in rows(told["changes.csv"])[1:]] == [["'@x", "'+x: y"], ["'=HYPERLINK(1)", "'+x: y"]]
    assert "'-2+3" in rows(told["fir.csv"])[1]
    assert "+44 (20) 7946 0000" in rows(told["fir.csv"])[1]
    assert "=HYPERLINK(1)" in rows(told["entries.csv"])[1]  # verbatim: a copy is compared with it
    assert json.loads(told["changes.json"])["changes"][1]["after"] == "=HYPERLINK(1)"


def test_the_digest_is_one_in_every_place() -> None:
    issue = issues()[1]
    told = files(issue)
    for name in ("note.txt", "entries.json", "changes.json", "paths.json", "latest.json", "dcc.csv-metadata.json"):
        assert issue.edition.digest in told[name].decode(), name


def test_latest_names_every_file_and_those_made_elsewhere() -> None:
    issue = issues()[1]
    latest = json.loads(files(issue, others={"Central Products List.xlsx": b"PK"})["latest.json"])
    assert (latest["version"], latest["issued"], latest["before"]) == ("2.002", "2026-11-24", "2.001")
    assert {file["name"] for file in latest["files"]} == {*OF_VERSION, "Central Products List.xlsx"}
    dcc = next(file for file in latest["files"] if file["name"] == "dcc.csv")
    assert dcc["bytes"] == len(files(issue)["dcc.csv"])


@pytest.mark.parametrize("name", ["entries.json", "entries.csv"])
def test_the_list_is_read_back_to_the_letter(name: str) -> None:
    blanks = [altered(ONE, SMETS_VERSION="SMETS V4.2 "), removed(TWO)]
    entries, version = read_feed(files(an_issue(blanks))[name])
    assert version == "2.002"
    assert Edition("2.002", date(2026, 11, 24), entries).digest == an_issue(blanks).edition.digest


def test_upgrades_are_planned_alike_from_every_file() -> None:
    told = files(an_issue([ONE, TWO, THREE, FOUR]))
    plans = [
        plan(Releases(*read_feed(told[name])), "000001").as_object()
        for name in ("paths.json", "entries.json", "entries.csv")
    ]
    assert plans[0]["goal"] == "000004"
    assert plans[0] == plans[1] == plans[2]
    assert plan(Releases(*read_feed(told["paths.json"])), "000001", "000003").routes == (
        ("000001", "000002", "000003"),
    )
    stated = {entry["number"]: entry["upgradable_from"] for entry in json.loads(told["paths.json"])["entries"]}
    assert stated == {"000001": [], "000002": ["000001"], "000003": ["000002"], "000004": None}
    assert "does not replace the Release Notes" in json.loads(told["paths.json"])["note"]


def test_a_fleet_is_planned_offline_from_the_feed() -> None:
    fleet = read_fleet(
        b"manufacturer_identifier,model_identifier,hardware_version.version,hardware_version.revision,firmware_version,count\n"
        b"10:01,00:02,01,0A,00:00:00:01,7\n"
    )
    entries, version = read_feed(files(an_issue([ONE, TWO, THREE]))["paths.json"])
    (planned,) = plan_fleet(Releases(entries, version), fleet)
    assert (planned.plan.goal, planned.plan.next, planned.plan.as_of) == ("000003", "000002", "2.002")


def described(folder: Path, told: Mapping[str, bytes]) -> CSVW:
    for name, content in told.items():
        (folder / name).write_bytes(content)
    return CSVW(str(folder / "dcc.csv-metadata.json"), validate=True)


def is_true(description: CSVW) -> bool:
    """Whether it is valid; csvw raises for some of what it finds."""
    try:
        return bool(description.is_valid)
    except ValueError:
        return False


@pytest.mark.parametrize("line_end", ["crlf", "lf"])
def test_the_description_is_true_of_every_csv_file(tmp_path: Path, line_end: str) -> None:
    told = described(tmp_path, files(issues()[2], line_end))
    assert told.is_valid
    assert [str(table.url) for table in told.tables] == [
        "dcc.csv", "entries.csv", "changes.csv", "inventory.csv", "fir.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("dcc.csv", b",1001,", b",100g,"),
        ("dcc.csv", b",000002,Current", b",000003,Current"),
        ("dcc.csv", b"Current", b"Gone"),
        ("fir.csv", b"\r\n000002,", b"\r\n000003,"),
        ("inventory.csv", b",1001,", b",10:01,"),
        ("changes.csv", b"\r\n000002,", b"\r\n2,"),
        ("entries.csv", b"Version,Entry.number", b"Version,Number"),
    ],
)
def test_the_description_is_not_true_of_a_changed_file(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    told = dict(files(issues()[2]))
    assert old in told[name]
    told[name] = told[name].replace(old, new, 1)
    assert not is_true(described(tmp_path, told))


def test_the_description_says_that_the_repository_replaces_nothing() -> None:
    text = files(issues()[2])["dcc.csv-metadata.json"].decode()
    assert "does not replace the Release Notes" in text


def test_openapi_describes_what_is_written() -> None:
    told = files(issues()[2])
    document = json.loads(told["openapi.json"])
    assert document["openapi"] == "3.1.0"
    described_names = {path.rsplit("/", 1)[1] for path in document["paths"]}
    assert described_names == {*OF_VERSION, *BESIDE}
    assert files(issues()[0])["openapi.json"] == told["openapi.json"]  # the same for every version


@pytest.mark.parametrize(
    ("name", "schema"), [("entries.json", "EntriesFile"), ("changes.json", "ChangesFile"),
                         ("paths.json", "PathsFile"), ("latest.json", "LatestFile")],
)  # fmt: skip
def test_what_is_written_is_what_openapi_describes(name: str, schema: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    told = files(issues()[2])
    schemas = json.loads(told["openapi.json"])["components"]
    whole = {"$ref": f"#/components/schemas/{schema}", "components": schemas}
    jsonschema.validate(json.loads(told[name]), whole)
    broken = json.loads(told[name])
    del broken["digest"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, whole)


def test_a_list_without_entries_and_one_without_changes_are_files_too() -> None:
    empty = files(an_issue([]))
    assert msgspec.json.decode(empty["entries.json"])["entries"] == []
    same = an_issue([ONE], [ONE])
    assert msgspec.json.decode(files(same)["changes.json"])["changes"] == []
    assert "No entry has changed." in files(same)["note.txt"].decode()


@beside_real
def test_the_real_list_is_written_cell_for_cell() -> None:
    issue = real_issue()
    assert issue.before is not None
    stated = rows(dcc_csv(issue.before.entries, "Version 2.051 Issued on 21-09-2022"))
    assert stated == rows(REAL_DCC.read_bytes())
    told = files(issue)
    entries, version = read_feed(told["entries.json"])
    assert version == "2.052"
    assert Edition(version, issue.edition.issued, entries).digest == issue.edition.digest
    assert [row[:2] for row in rows(told["changes.csv"])[1:]] == [
        ["000001", "Entry.status"], ["000006", "Manufacturer_Image.hash"], ["000733", ""],
    ]  # fmt: skip
    assert {*rows(told["entries.csv"])[0]} >= {*PUBLISHED}


@beside_real
def test_the_real_list_s_files_are_described_truly_and_written_in_well_under_a_second(tmp_path: Path) -> None:
    issue = real_issue()
    began = time.process_time()
    told = files(issue)
    assert time.process_time() - began < 1
    assert described(tmp_path, told).is_valid


def test_a_path_that_changes_is_a_change_of_the_list() -> None:
    told = changes(an_issue([with_path(ONE, "000002")], [ONE], {"000001": (Why("state upgrade path", "MP231"),)}))
    assert told == [["000001", UPGRADE_PATH, "N/A", "000002", "state upgrade path: MP231"]]
