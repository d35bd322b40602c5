"""The object that ``check --format json`` prints; its names are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import intake
from intake.clock import LONDON
from rules.facts import Document, Dossier, NewEntry, Stated
from rules.finding import EntryReport, Finding, Outcome, Report, Ruling
from rules.signature_facts import SignatureFacts

Json = dict[str, object]


def check_object(dossier: Dossier, report: Report, outcome: Outcome) -> Json:
    """Build the object with everything read and judged."""
    judged = report.entries if outcome is not Outcome.NOT_A_SUBMISSION else ()
    return {
        "tool": {"name": "cpl-intake", "version": intake.__version__},
        "rulebook": {"edition": report.rulebook_edition, "digest": report.rulebook_digest},
        "judged_at": moment(report.judged_at),
        "message": _message(dossier),
        "documents": [_document(document) for document in dossier.documents],
        "entries": [_entry(dossier, entry) for entry in judged],
        "outcome": outcome.value,
    }


def moment(value: datetime | None) -> str | None:
    """Format a moment as ISO 8601 in London time."""
    return None if value is None else value.astimezone(LONDON).isoformat()


def _message(dossier: Dossier) -> Json | None:
    message = dossier.message
    if message is None:
        return None
    return {
        "kind": message.kind,
        "subject": message.subject,
        "from": message.sender,
        "automatic": message.automatic,
        "signatures": _signatures(message.signatures),
    }


def _document(document: Document) -> Json:
    return {
        "name": document.name,
        "sha256": document.sha256,
        "kind": document.kind.value,
        "read_by": document.read_by.value,
        "facts": _stated(document.certificate.facts if document.certificate else {}),
        "signatures": _signatures(document.signatures),
    }


def _stated(facts: Mapping[str, Stated]) -> Json:
    return {name: {"value": stated.value, "where": str(stated.where)} for name, stated in facts.items()}


def _entry(dossier: Dossier, report: EntryReport) -> Json:
    focus = next((entry for entry in dossier.entries if entry.document == report.document), dossier.new_entry)
    workbook = dossier.judging(focus).workbook
    return {
        "document": report.document,
        "profile": report.profile,
        "new_entry": _form(focus),
        "signatures": _signatures(workbook.signatures if workbook else ()),
        "rulings": [_ruling(ruling) for ruling in report.rulings],
        "outcome": report.outcome.value,
    }


def _form(entry: NewEntry) -> Json:
    """List each field once, by its first row; a repeated row has a finding."""
    return {row.field: {"value": row.value, "where": str(row.where)} for row in reversed(entry.rows)}


def _ruling(ruling: Ruling) -> Json:
    return {
        "rule": ruling.rule,
        "title": ruling.title,
        "citation": ruling.citation,
        "verdict": ruling.verdict.value,
        "severity": ruling.severity.value,
        "findings": [_finding(finding) for finding in ruling.findings],
    }


def _finding(finding: Finding) -> Json:
    return {
        "field": finding.field,
        "where": None if finding.where is None else str(finding.where),
        "said": finding.said,
        "expected": finding.expected,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _signatures(signatures: Iterable[SignatureFacts]) -> list[Json]:
    return [_signature(signature) for signature in signatures]


def _signature(signature: SignatureFacts) -> Json:
    signer = signature.signer
    return {
        "format": signature.format,
        "intact": signature.intact,
        "valid": signature.valid,
        "trusted": signature.trusted,
        "coverage": signature.coverage.value,
        "uncovered": list(signature.uncovered),
        "signer": {
            "organisation": signer.organisation,
            "common_name": signer.common_name,
            "subject": signer.subject,
            "issuer": signer.issuer,
            "serial": signer.serial,
            "not_before": moment(signer.not_before),
            "not_after": moment(signer.not_after),
        },
        "signing_time": moment(signature.signing_time),
        "algorithms": list(signature.algorithms),
        "indication": signature.indication.value,
        "sub_indication": signature.sub_indication,
        "reasons": list(signature.reasons),
    }
