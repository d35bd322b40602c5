"""``check --format sarif``: the findings as SARIF 2.1.0, for tools that show results of checks.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import intake
from intake.render import plain, words
from intake.render.manual import manual_of
from intake.render.points import by_severity, remedy, without_findings
from intake.render.public import Json, moment
from rules.catalogue import all_rules
from rules.facts import Dossier, NewEntry, Where
from rules.finding import EntryReport, Finding, Outcome, Report, Ruling, Severity, by_entry
from rules.rule import Rule
from rules.rulebook import current

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.RETURN: "error", Severity.QUERY: "warning", Severity.NOTE: "note"}


def sarif(dossier: Dossier, report: Report, outcome: Outcome, trouble: str | None) -> Json:
    """Give the log as an object: one run, its rules, artifacts and results."""
    entries = _judged(dossier, report) if outcome is not Outcome.NOT_A_SUBMISSION else ()
    rules = {rule.id: number for number, rule in enumerate(all_rules())}
    artifacts = {document.name: number for number, document in enumerate(dossier.documents)}
    run: Json = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(entries, rules, outcome, trouble)],
        "artifacts": _artifacts(dossier),
        "results": [result for entry, judgement in entries for result in _results(entry, judgement, rules, artifacts)],
        "properties": {
            "outcome": outcome.value,
            "judgedAt": moment(report.judged_at),
            "rulebookEdition": report.rulebook_edition,
            "rulebookDigest": report.rulebook_digest,
            "entries": [{"document": judgement.document, "outcome": judgement.outcome} for _, judgement in entries],
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _judged(dossier: Dossier, report: Report) -> tuple[tuple[NewEntry, EntryReport], ...]:
    return tuple((entry, judgement) for entry, judgement in by_entry(dossier, report) if judgement is not None)


def _driver() -> Json:
    return {
        "name": "cpl-intake",
        "version": intake.__version__,
        "semanticVersion": intake.__version__,
        "shortDescription": {"text": "Checks submissions to the Central Products List."},
        "rules": [_rule(rule) for rule in all_rules()],
    }


def _rule(rule: Rule) -> Json:
    page, provision = manual_of(rule), current().provisions[rule.id]
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.markdown},
        "defaultConfiguration": {"level": LEVELS[provision.severity]},
        "properties": {"citation": rule.citation, "severity": provision.severity, "remedy": provision.remedy},
    }


def _invocation(
    entries: tuple[tuple[NewEntry, EntryReport], ...], rules: dict[str, int], outcome: Outcome, trouble: str | None
) -> Json:
    """Build the invocation, with a notification for each check that could not run."""
    texts = [plain.one_line(trouble)] if trouble else []
    if outcome is Outcome.NOT_A_SUBMISSION:
        texts.append(words.SENTENCES[outcome])
    notifications: list[Json] = [{"level": "warning", "message": {"text": text}} for text in texts]
    for _, report in entries:
        for ruling in without_findings(report):
            text = f"{_name(report)}: the rule {ruling.rule} could not tell, as what it needs could not be read."
            associated = {"id": ruling.rule, "index": rules[ruling.rule]}
            notifications.append({"level": "warning", "message": {"text": text}, "associatedRule": associated})
    return {"executionSuccessful": True, "toolExecutionNotifications": notifications}


def _artifacts(dossier: Dossier) -> list[Json]:
    return [
        {
            "location": {"uri": _uri(document.name)},
            "length": document.size,
            "hashes": {"sha-256": document.sha256},
            "description": {"text": words.DOCUMENTS[document.kind]},
            "roles": ["analysisTarget"],
        }
        for document in dossier.documents
    ]


def _results(entry: NewEntry, report: EntryReport, rules: dict[str, int], artifacts: dict[str, int]) -> Iterator[Json]:
    for ruled in by_severity(report.rulings):
        yield {
            "ruleId": ruled.ruling.rule,
            "ruleIndex": rules[ruled.ruling.rule],
            "level": LEVELS[ruled.severity],
            "message": {"text": _message(ruled.finding)},
            "locations": [_location(entry, ruled.finding, artifacts)],
            "properties": _properties(report, ruled.ruling, ruled.finding),
        }


def _message(finding: Finding) -> str:
    """Build the result's message: sentence, stated and expected value."""
    parts = [finding.message]
    if finding.said is not None:
        parts.append(f"Stated: {plain.value(finding.said)}")
    if finding.expected:
        parts.append(f"Expected: {plain.bounded(finding.expected, plain.LONGEST_MESSAGE)}")
    return "\n".join(plain.bounded(plain.one_line(part), plain.LONGEST_MESSAGE) for part in parts)


def _properties(report: EntryReport, ruling: Ruling, finding: Finding) -> Json:
    return {
        "entry": report.document,
        "verdict": ruling.verdict,
        "citation": ruling.citation,
        "remedy": remedy(finding),
        "field": finding.field,
        "said": finding.said,
        "expected": finding.expected,
        "suggestion": finding.suggestion,
    }


def _location(entry: NewEntry, finding: Finding, artifacts: dict[str, int]) -> Json:
    """The document as an artifact; its cell or page, and the form's field, as logical locations."""
    where = finding.where or (Where(entry.document) if entry.document is not None else None)
    location: Json = {}
    if where is not None:
        artifact: Json = {"uri": _uri(where.document)}
        if where.document in artifacts:
            artifact["index"] = artifacts[where.document]
        location["physicalLocation"] = {"artifactLocation": artifact}
    logical = list(_logical(where, finding))
    return {**location, "logicalLocations": logical} if logical else location


def _logical(where: Where | None, finding: Finding) -> Iterator[Json]:
    if where is not None and where.cell is not None:
        yield {"name": where.cell, "fullyQualifiedName": f"{where.sheet}!{where.cell}", "kind": "cell"}
    elif where is not None and where.page is not None:
        yield {"name": f"page {where.page}", "fullyQualifiedName": f"page {where.page}", "kind": "page"}
    if finding.field:
        yield {"name": finding.field.rpartition(".")[2], "fullyQualifiedName": finding.field, "kind": "member"}


def _name(report: EntryReport) -> str:
    return plain.bounded(plain.one_line(report.document or "no New Entry form"))


def _uri(name: str) -> str:
    """A relative reference; a name that reads like a scheme or a path stays a name."""
    return quote(name, safe="", errors="replace")
