"""The real list, rebuilt as forms of September 2022 and as forms of their own time.

Every complaint is a documented fact of its entry.

The entries are not part of this project; without them the test is skipped.
The notes on them are: ``tests/corpus/published_entries.toml``.
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import pytest
from dossiers import CPA_ID, GBCS, LABELS, NUMBER, SMETS, STATUS, TYPE, a_dossier, a_form, judged, valid_values, verdict

from intake.demo.form_rows import EDITIONS
from intake.register.published import read_list
from rules.facts import NewEntry, RegisterEntry

TESTS = Path(__file__).parent.parent
DATA = Path(os.environ.get("CPL_SHARED_DATA", TESTS.parent.parent / "shared" / "data"))
ENTRIES = DATA / "cpl" / "entries-000001-000450.csv"
NOTES = TESTS / "corpus" / "published_entries.toml"
NOON = time(12, tzinfo=UTC)
MERE_NOTES = {"register.certificate_reuse", "register.manufacturer"}
"""True of half the list: one certificate for several models, each manufacturer for the first time."""
ISSUED = datetime(2022, 9, 21, 12, 0, tzinfo=UTC)
VERSION_COLUMN = "SMETS_CHTS Version.Version_number_and_effective_date"
NOT_PUBLISHED = ("Contact-CPA", "Manufacturer Contact FIR", "FIR Release Notes")

Complaint = tuple[str, str | None]


def rebuilt(entry: dict[str, str], labels: Iterable[tuple[str, str]] = LABELS) -> NewEntry:
    """The form that would state this entry; rows that are not published are filled validly."""
    values = {name: value for name, value in entry.items() if name not in {NUMBER, STATUS, VERSION_COLUMN}}
    device_type, smets1 = entry[TYPE].strip(), entry[GBCS].strip() == "GBCS Version 0.0"
    valid = valid_values(device_type, smets1=smets1).items()
    unpublished = {name: value for name, value in valid if name.startswith(NOT_PUBLISHED)}
    return a_form(device_type, {**unpublished, **values, SMETS: entry[VERSION_COLUMN]}, smets1=smets1, labels=labels)


def complaints(entry: dict[str, str]) -> Iterator[Complaint]:
    for ruling in judged(a_dossier(rebuilt(entry), [], judged_at=ISSUED)).rulings:
        if ruling.rule.startswith("format."):
            yield from ((ruling.rule, finding.field) for finding in ruling.findings)


def numbers(spans: list[str]) -> Iterator[str]:
    """``000001-000003`` is three entries."""
    for span in spans:
        first, _, last = span.partition("-")
        yield from (f"{number:06}" for number in range(int(first), int(last or first) + 1))


def noted(kind: str) -> dict[Complaint, set[str]]:
    table = tomllib.loads(NOTES.read_text("utf-8"))[kind]
    assert all(note["why"] for note in table)
    actual = {(note["rule"], note["field"]): set(numbers(note["entries"])) for note in table}
    assert len(actual) == len(table), "one note for each rule and field"
    return actual


def published() -> list[dict[str, str]]:
    with ENTRIES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.skipif(not ENTRIES.exists(), reason=f"the published entries are not at {ENTRIES}")
def test_every_complaint_about_a_published_entry_is_a_documented_fact_of_it() -> None:
    entries = published()
    assert len(entries) == 447
    actual: dict[Complaint, set[str]] = {}
    for entry in entries:
        for complaint in complaints(entry):
            actual.setdefault(complaint, set()).add(entry[NUMBER])
    assert actual == noted("complaint")


@cache
def times() -> dict[str, tuple[str, datetime]]:
    """By number, the edition of an entry's time and a moment of that time."""
    table = tomllib.loads(NOTES.read_text("utf-8"))["time"]
    assert all(one["why"] for one in table)
    return {
        number: (one["edition"], datetime.combine(one["judged_on"], NOON))
        for one in table
        for number in numbers([one["entries"]])
    }


def of_its_time(entry: dict[str, str], edition: str) -> NewEntry:
    """The form of that edition that would have stated this entry."""
    labels = [(line.group, line.attribute) for line in EDITIONS[edition]]
    number = entry[CPA_ID].removeprefix("[E] ").removeprefix("[R] ")
    contact = {"Contact-CPA.Contact": "meters@example.test"} if number else {}
    return rebuilt({**entry, CPA_ID: number, **contact}, labels)


def complaints_of_its_time(entry: dict[str, str], before: Sequence[RegisterEntry]) -> Iterator[Complaint]:
    edition, moment = times()[entry[NUMBER]]
    dossier = a_dossier(of_its_time(entry, edition), [], judged_at=moment)
    report = judged(replace(dossier, register=tuple(before)))
    assert report.profile == ("2017-12" if edition == "2017-12" else "2022-09")
    for ruling in report.rulings:
        if ruling.rule.startswith(("format.", "register.")) and ruling.rule not in MERE_NOTES:
            yield from ((ruling.rule, finding.field) for finding in ruling.findings)


@pytest.mark.skipif(not ENTRIES.exists(), reason=f"the published entries are not at {ENTRIES}")
def test_every_complaint_about_an_entry_in_its_own_time_is_a_documented_fact_of_it() -> None:
    register = read_list(ENTRIES.read_bytes())
    actual: dict[Complaint, set[str]] = {}
    for at, entry in enumerate(published()):
        for complaint in complaints_of_its_time(entry, register[:at]):
            actual.setdefault(complaint, set()).add(entry[NUMBER])
    assert actual == noted("then")


@pytest.mark.skipif(not ENTRIES.exists(), reason=f"the published entries are not at {ENTRIES}")
def test_every_current_entry_submitted_again_is_a_duplicate_of_itself() -> None:
    register = read_list(ENTRIES.read_bytes())
    for entry in published():
        dossier = replace(a_dossier(rebuilt(entry), [], judged_at=ISSUED), register=register)
        expected = "fail" if entry[STATUS] == "Current" else "pass"
        assert verdict(dossier, "register.duplicate") == expected, entry[NUMBER]
