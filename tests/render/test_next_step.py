"""What whoever had a submission checked is told to do: by the outcome, and by what could be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.judged import NOW, judged

from intake.render.entry_view import entry_views
from intake.render.next_step import next_step, verdict
from rules.examine import examine
from rules.facts import Dossier, NewEntry
from rules.finding import Outcome


@pytest.mark.parametrize(
    ("faults", "says"),
    [
        (("none",), "Send it as it is."),
        (("one",), "There is 1 point to put right"),
        (("all", "none"), "points to put right, and"),
    ],
)
def test_it_counts_what_is_to_be_put_right(faults: tuple[str, ...], says: str) -> None:
    dossier, report = judged(*faults)
    assert says in next_step(report.outcome, entry_views(dossier, report))


def test_points_for_a_person_alone_are_told_as_no_fault() -> None:
    dossier, report = judged("one")
    asked = replace(report, outcome=Outcome.NEEDS_A_PERSON)
    assert next_step(asked.outcome, entry_views(dossier, report)).startswith("Nothing must be put right")


@pytest.mark.parametrize(
    ("faults", "says"),
    [
        (("none",), "SECAS would find this submission ready"),
        (("one",), "SECAS would return this submission."),
        (("one", "one"), "SECAS would return this submission."),
        (("one", "none", "none"), "SECAS would return 1 of the 3 entries."),
    ],
)
def test_of_several_entries_it_says_how_many_would_come_back(faults: tuple[str, ...], says: str) -> None:
    dossier, report = judged(*faults)
    assert verdict(report.outcome, entry_views(dossier, report)).startswith(says)


@pytest.mark.parametrize("entry", [NewEntry(None), NewEntry("a.xlsx", trouble="The workbook is damaged.")])
def test_without_a_form_that_is_what_is_said(entry: NewEntry) -> None:
    dossier = Dossier(judged_at=NOW, message=None, documents=(), entries=(entry,) if entry.document else ())
    report = examine(dossier)
    assert next_step(report.outcome, entry_views(dossier, report)).startswith("No New Entry form could be read")


def test_what_is_no_submission_is_told_what_would_be_one() -> None:
    assert "the New Entry workbook" in next_step(Outcome.NOT_A_SUBMISSION, ())
