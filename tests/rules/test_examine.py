from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from dossiers import FIRMWARE, a_dossier, a_form, judged, ruling

from rules import examine as examination
from rules.facts import NEW_ENTRY_ABSENT, Dossier
from rules.finding import Finding, Outcome, Ruling, Severity, Verdict, by_entry, outcome_of, worst
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


def test_what_the_first_examination_needs_may_be_loaded_before(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(examination, "all_rules", lambda: loaded.append("rules"))
    monkeypatch.setattr(examination, "current", lambda: loaded.append("rulebook"))
    examination.ready()
    assert sorted(loaded) == ["rulebook", "rules"]


def test_every_entry_stands_beside_its_own_report() -> None:
    second = a_form(changes={FIRMWARE: "12:03:12:35"})
    dossier = replace(a_dossier(), entries=(a_form(), second))
    report = examination.examine(dossier)
    assert by_entry(dossier, report) == tuple(zip((a_form(), second), report.entries, strict=True))
    assert by_entry(dossier, None) == ((a_form(), None), (second, None))
    with pytest.raises(ValueError, match="shorter"):
        by_entry(dossier, examination.examine(a_dossier()))


def test_the_absence_of_a_form_is_judged_and_shown_as_an_entry() -> None:
    nothing = replace(a_dossier(documents=[]), entries=(), documents=())
    report = examination.examine(nothing)
    assert by_entry(nothing, report) == ((NEW_ENTRY_ABSENT, report.entries[0]),)
    assert by_entry(nothing, None) == ()
