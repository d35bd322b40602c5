from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from dossiers import (
    FIRMWARE,
    GAS,
    LABELS,
    LABELS_2017,
    a_dossier,
    a_form,
    a_row,
    judged,
    named,
    ruling,
    verdict,
    without,
)

from rules.facts import NewEntry
from rules.finding import Outcome

RULE = "format.form_edition"


def test_a_form_with_other_labels_is_put_before_a_person_once() -> None:
    labels = [("Product", "name"), ("Product", "version")]
    report = judged(a_dossier(a_form(labels=labels)))
    assert report.profile is None
    assert report.outcome is Outcome.NEEDS_A_PERSON
    asked = {one.rule for one in report.rulings if one.rule.startswith("format.") and one.findings}
    assert asked == {RULE}


@pytest.mark.parametrize("form", [a_form(labels=()), NewEntry(document=None, sheet=None)])
def test_a_form_without_rows_is_no_edition(form: NewEntry) -> None:
    assert verdict(a_dossier(form), RULE) == "undetermined"


def test_a_row_that_the_edition_does_not_have_is_asked_about() -> None:
    form = a_form(GAS)
    extra = a_row("Device", "colour", "N/A", 40)
    dossier = a_dossier(replace(form, rows=(*form.rows, extra)))
    assert judged(dossier).profile == "2022-09"
    assert named(dossier, RULE) == ["Device.colour"]


def test_a_missing_a_strange_and_a_doubled_row_do_not_hinder_recognition() -> None:
    form = without(a_form(GAS), FIRMWARE)
    strange = replace(form, rows=(*form.rows, form.rows[0], a_row("Some", "thing", "", 41)))
    assert judged(a_dossier(strange)).profile == "2022-09"


@pytest.mark.parametrize(("day", "expected"), [((2019, 3, 7), "pass"), ((2019, 3, 8), "fail")])
def test_an_edition_that_was_replaced_is_asked_about(day: tuple[int, int, int], expected: str) -> None:
    dossier = a_dossier(a_form(labels=LABELS_2017), judged_at=datetime(*day, 12, tzinfo=UTC))
    assert verdict(dossier, RULE) == expected


def test_the_edition_goes_by_its_labels_not_by_the_day() -> None:
    old = datetime(2018, 1, 10, tzinfo=UTC)
    assert judged(a_dossier(a_form(labels=LABELS), judged_at=old)).profile == "2022-09"
    assert judged(a_dossier(a_form(labels=LABELS_2017))).profile == "2017-12"


def test_the_finding_says_which_sheet_it_means() -> None:
    (finding,) = ruling(a_dossier(a_form(labels=())), RULE).findings
    assert finding.where is not None
    assert finding.where.sheet == "CPL - New Entry"
