from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from dossiers import FIRMWARE, a_dossier, a_form, judged, ruling

from rules import examine as examination
from rules.facts import Dossier
from rules.finding import Finding, Outcome, Ruling, Severity, Verdict, outcome_of, worst
from rules.rule import Rule
from rules.rulebook import current

FAULT, DOUBT = Finding("wrong"), Finding("who knows", unknown=True)


def a_rule(check: Callable[[Dossier], Iterator[Finding]], applies: Callable[[Dossier], bool] | None = None) -> Rule:
    rule = Rule("format.shape", "A rule", "Nowhere", check)
    return replace(rule, applies=applies) if applies else rule


def verdict_of(monkeypatch: pytest.MonkeyPatch, rule: Rule, severity: Severity = Severity.RETURN) -> Ruling:
    monkeypatch.setattr(examination, "all_rules", lambda: (rule,))
    provision = replace(current().provisions["format.shape"], severity=severity)
    book = replace(current(), provisions={"format.shape": provision})
    (only,) = examination.examine(a_dossier(), book).entries[0].rulings
    return only


@pytest.mark.parametrize(
    ("findings", "severity", "expected"),
    [
        ((), Severity.RETURN, Verdict.PASS),
        ((FAULT,), Severity.RETURN, Verdict.FAIL),
        ((DOUBT,), Severity.RETURN, Verdict.UNDETERMINED),
        ((DOUBT, FAULT), Severity.RETURN, Verdict.FAIL),
        ((DOUBT, FAULT), Severity.QUERY, Verdict.FAIL),
        ((FAULT,), Severity.NOTE, Verdict.FAIL),
        ((DOUBT, FAULT), Severity.NOTE, Verdict.UNDETERMINED),
    ],
)
def test_a_verdict_is_weighed_from_the_findings(
    monkeypatch: pytest.MonkeyPatch, findings: tuple[Finding, ...], severity: Severity, expected: Verdict
) -> None:
    assert verdict_of(monkeypatch, a_rule(lambda _: iter(findings)), severity).verdict is expected


def broken(_: Dossier) -> bool:
    message = "a bug"
    raise RuntimeError(message)


def broken_check(dossier: Dossier) -> Iterator[Finding]:
    yield FAULT
    broken(dossier)


@pytest.mark.parametrize(
    "rule", [a_rule(broken_check), a_rule(lambda _: iter(()), broken)], ids=["its check", "its condition"]
)
def test_a_rule_that_raises_is_undetermined_and_says_so(monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    answer = verdict_of(monkeypatch, rule)
    assert answer.verdict is Verdict.UNDETERMINED
    assert "RuntimeError" in answer.findings[0].message


def test_a_remedy_carries_the_suggestion() -> None:
    (finding,) = ruling(a_dossier(a_form(changes={FIRMWARE: "12:03:12:ab"})), "format.shape").findings
    assert finding.remedy == f"{current().provisions['format.shape'].remedy} Probably meant: 12:03:12:AB"


def an_answer(verdict: Verdict, severity: Severity) -> Ruling:
    return Ruling("a.rule", "A rule", "Nowhere", verdict, severity)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], Outcome.NEEDS_A_PERSON),
        ([(Verdict.PASS, Severity.RETURN)], Outcome.READY),
        ([(Verdict.NOT_APPLICABLE, Severity.RETURN), (Verdict.NOT_IN_FORCE, Severity.RETURN)], Outcome.READY),
        ([(Verdict.FAIL, Severity.NOTE)], Outcome.READY),
        ([(Verdict.FAIL, Severity.QUERY)], Outcome.NEEDS_A_PERSON),
        ([(Verdict.UNDETERMINED, Severity.NOTE)], Outcome.NEEDS_A_PERSON),
        ([(Verdict.UNDETERMINED, Severity.QUERY), (Verdict.FAIL, Severity.RETURN)], Outcome.RETURN),
    ],
)
def test_an_outcome_is_the_worst_that_the_rulings_say(
    answers: list[tuple[Verdict, Severity]], expected: Outcome
) -> None:
    assert outcome_of(tuple(an_answer(*answer) for answer in answers)) is expected


def test_the_worst_outcome_of_no_entry_needs_a_person() -> None:
    assert worst(()) is Outcome.NEEDS_A_PERSON
    assert worst((Outcome.READY, Outcome.NEEDS_A_PERSON)) is Outcome.NEEDS_A_PERSON


def test_the_report_says_by_which_rulebook_and_when() -> None:
    dossier = a_dossier()
    report = examination.examine(dossier)
    assert (report.rulebook_edition, report.rulebook_digest) == (current().edition, current().digest)
    assert report.judged_at == dossier.judged_at
    assert judged(dossier).document == "form.xlsx"
