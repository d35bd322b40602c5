"""Runs every rule over a dossier: one ruling each, never fewer."""

from __future__ import annotations

from dataclasses import replace

from rules.catalogue import all_rules
from rules.days import day_of
from rules.facts import NEW_ENTRY_ABSENT, Dossier
from rules.finding import EntryReport, Finding, Report, Ruling, Severity, Verdict, outcome_of, worst
from rules.profile import recognise
from rules.rule import Rule
from rules.rulebook import Provision, Rulebook, current


def ready() -> None:
    """Load every rule and the rulebook, which the first examination would do otherwise."""
    all_rules()
    current()


def examine(dossier: Dossier, rulebook: Rulebook | None = None) -> Report:
    """Judge every entry of the dossier by every rule.

    A dossier without any workbook gets one report on the absent entry, so that its absence is seen.
    """
    book = rulebook or current()
    entries = tuple(_examine_entry(dossier.judging(entry), book) for entry in dossier.entries or (NEW_ENTRY_ABSENT,))
    return Report(
        rulebook_edition=book.edition,
        rulebook_digest=book.digest,
        judged_at=dossier.judged_at,
        entries=entries,
        outcome=worst(tuple(entry.outcome for entry in entries)),
    )


def _examine_entry(dossier: Dossier, book: Rulebook) -> EntryReport:
    rulings = tuple(_rule_on(rule, dossier, book.provisions[rule.id]) for rule in all_rules())
    profile = recognise(dossier.new_entry)
    return EntryReport(
        document=dossier.new_entry.document,
        profile=profile.edition if profile else None,
        rulings=rulings,
        outcome=outcome_of(rulings),
    )


def _rule_on(rule: Rule, dossier: Dossier, provision: Provision) -> Ruling:
    verdict, findings = _verdict(rule, dossier, provision)
    return Ruling(
        rule=rule.id,
        title=rule.title,
        citation=rule.citation,
        verdict=verdict,
        severity=provision.severity,
        findings=tuple(replace(finding, remedy=_remedy(finding, provision)) for finding in findings),
    )


def _verdict(rule: Rule, dossier: Dossier, provision: Provision) -> tuple[Verdict, tuple[Finding, ...]]:
    if not provision.in_force(day_of(dossier)):
        return Verdict.NOT_IN_FORCE, ()
    if rule.needs_form and not dossier.new_entry.readable:
        return Verdict.UNDETERMINED, ()
    try:
        if not rule.applies(dossier):
            return Verdict.NOT_APPLICABLE, ()
        findings = tuple(rule.check(dossier))
    except Exception as error:  # noqa: BLE001  # a broken rule is undetermined and must not stop the others
        return Verdict.UNDETERMINED, (_broken(rule, error),)
    return _weigh(findings, provision.severity), findings


def _weigh(findings: tuple[Finding, ...], severity: Severity) -> Verdict:
    """Choose the verdict: a doubt outweighs a note, any other fault outweighs a doubt."""
    if not findings:
        return Verdict.PASS
    faults = any(not finding.unknown for finding in findings)
    doubts = any(finding.unknown for finding in findings)
    if faults and not (doubts and severity is Severity.NOTE):
        return Verdict.FAIL
    return Verdict.UNDETERMINED


def _broken(rule: Rule, error: Exception) -> Finding:
    message = f"The rule {rule.id} itself failed ({type(error).__name__}), so a person must check this."
    return Finding(message=message, unknown=True, internal=True)


def _remedy(finding: Finding, provision: Provision) -> str:
    remedy = finding.remedy or provision.remedy
    return remedy if finding.suggestion is None else f"{remedy} Probably meant: {finding.suggestion}"
