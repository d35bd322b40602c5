"""The real list, rebuilt as forms of September 2022: every complaint is a documented fact of its entry.

The entries are not part of this project; without them the test is skipped.
The notes on them are: ``tests/corpus/published_entries.toml``.
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dossiers import GBCS, NUMBER, SMETS, STATUS, TYPE, a_dossier, a_form, judged, valid_values

from rules.facts import NewEntry

TESTS = Path(__file__).parent.parent
DATA = Path(os.environ.get("CPL_SHARED_DATA", TESTS.parent.parent / "shared" / "data"))
ENTRIES = DATA / "cpl" / "entries-000001-000450.csv"
NOTES = TESTS / "corpus" / "published_entries.toml"
ISSUED = datetime(2022, 9, 21, 12, 0, tzinfo=UTC)
VERSION_COLUMN = "SMETS_CHTS Version.Version_number_and_effective_date"
NOT_PUBLISHED = ("Contact-CPA", "Manufacturer Contact FIR", "FIR Release Notes")

Complaint = tuple[str, str | None]


def rebuilt(entry: dict[str, str]) -> NewEntry:
    """The form that would state this entry; rows that are not published are filled validly."""
    values = {name: value for name, value in entry.items() if name not in {NUMBER, STATUS, VERSION_COLUMN}}
    device_type, smets1 = entry[TYPE].strip(), entry[GBCS].strip() == "GBCS Version 0.0"
    valid = valid_values(device_type, smets1=smets1).items()
    unpublished = {name: value for name, value in valid if name.startswith(NOT_PUBLISHED)}
    return a_form(device_type, {**unpublished, **values, SMETS: entry[VERSION_COLUMN]}, smets1=smets1)


def complaints(entry: dict[str, str]) -> Iterator[Complaint]:
    for ruling in judged(a_dossier(rebuilt(entry), [], judged_at=ISSUED)).rulings:
        if ruling.rule.startswith("format."):
            yield from ((ruling.rule, finding.field) for finding in ruling.findings)


def numbers(spans: list[str]) -> Iterator[str]:
    """``000001-000003`` is three entries."""
    for span in spans:
        first, _, last = span.partition("-")
        yield from (f"{number:06}" for number in range(int(first), int(last or first) + 1))


def noted() -> dict[Complaint, set[str]]:
    table = tomllib.loads(NOTES.read_text("utf-8"))["complaint"]
    assert all(note["why"] for note in table)
    found = {(note["rule"], note["field"]): set(numbers(note["entries"])) for note in table}
    assert len(found) == len(table), "one note for each rule and field"
    return found


@pytest.mark.skipif(not ENTRIES.exists(), reason=f"the published entries are not at {ENTRIES}")
def test_every_complaint_about_a_published_entry_is_a_documented_fact_of_it() -> None:
    with ENTRIES.open(encoding="utf-8", newline="") as lines:
        entries = list(csv.DictReader(lines))
    assert len(entries) == 447
    found: dict[Complaint, set[str]] = {}
    for entry in entries:
        for complaint in complaints(entry):
            found.setdefault(complaint, set()).add(entry[NUMBER])
    assert found == noted()
