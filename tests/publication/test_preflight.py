"""The pre-flight: what a version adds or changes may be refused, what has long been amiss is only told."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from feeds import FOUR, ONE, THREE, TWO, a_listed, altered, an_issue, removed, with_path

from intake.publication.edition import Edition, Issue
from intake.publication.loader import read_loader
from intake.publication.preflight import preflight, standing_report
from intake.register.published import read_list
from rules.facts import RegisterEntry

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "cpl"
REAL = DATA / "entries-000001-000450.csv"
SMETS = "SMETS_CHTS Version.Version_number_and_effective_date"
GRAVE = [
    ("MANUFACTURER_IDENTIFIER", "10:0a", "lower-case letters"),
    ("MANUFACTURER_IDENTIFIER", "FF:FF", "is above FF:FE"),
    ("MODEL_IDENTIFIER", "0002", "is not two pairs"),
    ("HARDWARE_VERSION", "1", "is not one pair"),
    ("FIRMWARE_VERSION", "01:02:03:0g", "is not four pairs"),
    ("FIRMWARE_VERSION", "", "is empty"),
    ("IMAGE_HASH", ":".join(["ab"] * 32), "lower-case letters"),
    ("IMAGE_HASH", ":".join(["AB"] * 31), "is not 32 pairs"),
    ("IMAGE_CREATOR", "Hale Metering\u00a0Limited", "U+00A0 NO-BREAK SPACE"),
    ("IMAGE_CREATOR", "H" * 101, "has 101 bytes, 100 at most"),
    ("IMAGE_DESCRIPTOR", "=1+1", "takes for a formula"),
    ("IMAGE_DESCRIPTOR", "one\ntwo", "U+000A LINE BREAK"),
    ("CPA_NUMBER", "[E] " + "9" * 21, "has 25 bytes, 24 at most"),
    ("CPA_DATE", "30-08-2029", "is not a real date"),
    ("DEVICE_TYPE", "Gas Meter", "no name that the DCC's loader knows"),
    ("DEVICE_TYPE", "Pre-Payment Meter Interface Device", "no name that the DCC's loader knows"),
    ("GBCS_VERSION", "GBCS Version 1.0", "is no value of the form"),
    ("GBCS_VERSION", "GBCS Version 4.0", "do not go together for Gas Smart Meter"),
    ("ZSE_VERSION", "Zigbee Smart Energy Standard 1.4", "is no value of the form"),
]


def told(issue: Issue, *, refused: bool) -> list[str]:
    return [f"{one.entry} {one.field}: {one.what}" for one in preflight(issue) if one.refused is refused]


@pytest.mark.parametrize(("name", "text", "what"), GRAVE)
def test_what_a_version_adds_or_changes_is_refused(name: str, text: str, what: str) -> None:
    bad = altered(ONE, **{name: text})
    assert any(what in line for line in told(an_issue([bad]), refused=True))
    assert any(what in line for line in told(an_issue([bad], [ONE]), refused=True))


@pytest.mark.parametrize(("name", "text", "what"), GRAVE)
def test_the_same_where_nothing_changes_refuses_nothing(name: str, text: str, what: str) -> None:
    bad = altered(ONE, **{name: text})
    for after in (bad, removed(bad), altered(bad, SECURITY_CHARACTERISTICS="Security Characteristics version 1.2")):
        assert told(an_issue([after], [bad]), refused=True) == []
    once_right = {"GBCS Version 1.0", "Pre-Payment Meter Interface Device"}  # in their time
    assert any(what in line for line in told(an_issue([bad], [bad]), refused=False)) is (text not in once_right)


def test_a_faultless_version_is_told_nothing() -> None:
    assert preflight(an_issue([ONE, TWO, THREE, FOUR])) == []


def test_blanks_and_younger_values_are_told_and_refuse_nothing() -> None:
    new = an_issue([altered(ONE, SMETS_VERSION="SMETS V4.2 ", GBCS_VERSION="GBCS Version 4.2")])
    assert told(new, refused=True) == []
    assert told(new, refused=False) == [
        f"000001 {SMETS}: has blanks around it",
        "000001 GBCS Version.version_number: “GBCS Version 4.2” is younger than our list of values",
    ]


def test_a_path_that_names_no_entries_is_refused() -> None:
    assert told(an_issue([with_path(ONE, "soon")]), refused=True)[0].startswith(
        "000001 Firmware Upgrade Path: is not one"
    )
    assert told(an_issue([with_path(ONE, "000002, 000003")]), refused=True) == []


def test_versions_go_together_as_they_did_when_the_entry_was_made() -> None:
    old = altered(ONE, SMETS_VERSION="SMETS V2.0", GBCS_VERSION="GBCS Version 1.0")
    apart = "000001 GBCS Version.version_number: GBCS Version 1.0 and SMETS V2.0 do not go together for Gas Smart Meter"
    assert apart in told(an_issue([old], [ONE]), refused=True)
    assert told(an_issue([old], [old]), refused=True) == []
    assert apart not in told(an_issue([old], [old]), refused=False)
    strange = altered(ONE, SMETS_VERSION="SMETS V9.9")  # of a name that nobody knows, nobody knows what fits it
    assert not any("do not go together" in line for line in told(an_issue([strange]), refused=True))


def test_it_is_told_by_entry_and_what_is_refused_first() -> None:
    blemished = [altered(one, CPA_DATE="1/1/2030") for one in (TWO, ONE)]
    issue = an_issue([altered(one, GBCS_VERSION="9") for one in blemished], blemished)
    actual = [(one.entry, one.refused) for one in preflight(issue)]
    assert actual == [("000001", True), ("000001", False), ("000002", True), ("000002", False)]


TWIN = replace(ONE, number="000009")


def test_an_exact_duplicate_is_refused_where_this_version_makes_it() -> None:
    expected = ["000009 Entry.status: is the same as Current entry 000001"]
    assert told(an_issue([ONE, TWIN], [ONE]), refused=True) == expected
    assert told(an_issue([ONE, TWIN], [ONE, removed(TWIN)]), refused=True) == expected  # reinstated
    assert told(an_issue([ONE, TWIN], [ONE, altered(TWIN, FIRMWARE_VERSION="01:01:01:01")]), refused=True) == expected
    assert told(an_issue([ONE, TWIN], [ONE, TWIN]), refused=True) == []
    assert len(told(an_issue([ONE, TWIN], [ONE, TWIN]), refused=False)) == 2
    for other in (removed(TWIN), altered(TWIN, SMETS_VERSION="SMETS V4.3")):
        assert told(an_issue([ONE, other], [ONE]), refused=True) == []


def certified(number: str, day: str, certificate: str = "NCSC-1433053936-3917") -> RegisterEntry:
    return a_listed(number, CPA_NUMBER=f"[R] {certificate}", CPA_DATE=day)


def test_one_certificate_has_one_day() -> None:
    old, other = certified("000001", "29/05/2029"), certified("000002", "25/09/2029", "NCSC1433053936-3917")
    (line,) = told(an_issue([old, other], [old]), refused=True)
    assert line.startswith("000002 CPA_Certificate.expiry_date: its certificate has different days")
    assert told(an_issue([old, other], [old, other]), refused=True) == []
    assert len(told(an_issue([old, other], [old, other]), refused=False)) == 2
    third = certified("000003", "25/09/2029")  # the contradiction is an old one
    assert told(an_issue([old, other, third], [old, other]), refused=True) == []
    assert told(an_issue([old, removed(other)], [old]), refused=True) == []
    half = [certified("000001", "01/01/2030"), replace(old, number="000002")]  # replaced on one of two
    assert [line[:6] for line in told(an_issue(half, [old, half[1]]), refused=True)] == ["000001"]


LOADER = """
[[known]]
field = "Device_Type.name"
values = ["Gas Smart Meter"]
until = 2026-11-23

[[not_yet]]
field = "GBCS Version.version_number"
value = "GBCS Version 3.2"
from = 2026-11-24
until = 2026-11-30
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), []),
        (date(2026, 11, 24), ["no name that", "cannot be loaded by the DCC yet"]),
        (date(2026, 12, 1), ["no name that"]),
    ],
)
def test_what_the_loader_takes_is_dated(day: date, expected: list[str]) -> None:
    refused = [one.what for one in preflight(Issue(Edition("2.002", day, (ONE,))), read_loader(LOADER)) if one.refused]
    assert len(refused) == len(expected)
    assert all(words in what for words, what in zip(expected, refused, strict=True))


def test_the_loader_s_names_are_those_of_their_day() -> None:
    old_name = a_listed("000001", DEVICE_TYPE="Pre-Payment Meter Interface Device")
    lines = [
        [one.what for one in preflight(Issue(Edition("1.050", day, (old_name,)))) if one.field == "Device_Type.name"]
        for day in (date(2017, 8, 24), date(2017, 8, 25))
    ]
    assert [len(line) for line in lines] == [0, 1]


def test_a_blemish_is_one_object_of_four() -> None:
    (one,) = preflight(an_issue([altered(ONE, CPA_DATE="1/1/2030")], [ONE]))
    assert one.as_object() == {
        "entry": "000001",
        "field": "CPA_Certificate.expiry_date",
        "what": "is not a real date written dd/mm/yyyy, such as 30/08/2028",
        "refused": True,
    }


@pytest.mark.skipif(not REAL.exists(), reason="the real list is not beside this checkout (CPL_SHARED_DATA)")
def test_the_real_list_s_blemishes_are_told_and_hinder_no_version() -> None:
    entries = read_list(REAL.read_bytes())
    edition = Edition("2.051", date(2022, 9, 21), entries)
    report = standing_report(edition)
    assert not [one for one in report if one.refused]
    assert len({one.entry for one in report}) == 191
    assert sum(one.what == "has blanks around it" and one.field == SMETS for one in report) == 156
    new = a_listed("000733", MANUFACTURER_IDENTIFIER="12:34")
    following = Issue(Edition("2.052", date(2022, 9, 22), (removed(entries[0]), *entries[1:], new)), edition)
    assert not [one for one in preflight(following) if one.refused]
