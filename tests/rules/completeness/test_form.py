from __future__ import annotations

from dataclasses import replace

from dossiers import JUDGED_AT, a_dossier, a_form, judged, ruling, verdict

from rules.catalogue import all_rules
from rules.examine import examine
from rules.facts import Dossier, NewEntry
from rules.finding import Outcome

RULE = "completeness.form"
UNREADABLE = NewEntry(document="form.xlsx", trouble="The workbook is protected by a password.")


def test_a_form_that_was_read_passes() -> None:
    assert verdict(a_dossier(), RULE) == "pass"


def test_the_trouble_with_a_form_is_said_and_a_person_must_look() -> None:
    dossier = replace(a_dossier(), entries=(UNREADABLE,))
    (finding,) = ruling(dossier, RULE).findings
    assert finding.message == UNREADABLE.trouble
    assert str(finding.where) == "form.xlsx"
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


def test_rules_about_the_form_are_undetermined_without_one() -> None:
    answers = {one.rule: one.verdict.value for one in judged(replace(a_dossier(), entries=(UNREADABLE,))).rulings}
    assert {answers[rule.id] for rule in all_rules() if rule.needs_form} == {"undetermined"}


def test_a_submission_without_any_workbook_gets_one_report_that_says_so() -> None:
    (entry,) = examine(Dossier(JUDGED_AT, None, (), ())).entries
    (finding,) = next(one.findings for one in entry.rulings if one.rule == RULE)
    assert "no New Entry workbook" in finding.message
    assert finding.where is None
    assert entry.outcome is Outcome.NEEDS_A_PERSON


def test_each_entry_keeps_its_own_outcome_and_the_worst_is_the_message_s() -> None:
    good = a_dossier()
    report = examine(replace(good, entries=(*good.entries, UNREADABLE, a_form(changes={"Device_Type.name": ""}))))
    assert [entry.outcome.value for entry in report.entries] == ["ready", "needs_a_person", "return"]
    assert report.outcome is Outcome.RETURN
