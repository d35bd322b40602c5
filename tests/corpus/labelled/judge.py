"""Reads and judges the cases of the corpus as a message's documents are read and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import lru_cache

from corpus.labelled.case import Case

from intake.extract.document import read_document
from intake.extract.unread import DocumentReading
from rules.examine import examine
from rules.facts import Document, DocumentKind, Dossier
from rules.finding import Finding, Outcome, Report, Verdict
from rules.message_facts import MessageFacts
from rules.signature_facts import Coverage, Indication, SignatureFacts

SIGNED = SignatureFacts("opc", coverage=Coverage.ENTIRE, indication=Indication.TOTAL_PASSED)
_NOT_AT_EASE = {Verdict.FAIL, Verdict.UNDETERMINED}


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one case; the files themselves are let go."""

    label: str
    edition: str
    device_type: str
    place: str | None
    expected: Outcome
    outcome: Outcome
    names_it: bool
    """A complaint names the place of the fault."""
    named: tuple[str, ...]
    """Every field that a complaint names."""
    rules: tuple[str, ...]
    """The rules that complain."""

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.label}: {self.outcome}, named {', '.join(self.named) or 'nothing'} by {', '.join(self.rules)}"


@lru_cache(maxsize=4096)
def _read(name: str, content: bytes) -> DocumentReading:
    return read_document(name, content)


def dossier_of(case: Case) -> Dossier:
    """The facts of a case, read from its files' bytes."""
    readings = [_read(name, content) for name, content in case.files.items()]
    documents = tuple(_signed(reading.document, signed=case.signed) for reading in readings)
    entries = tuple(reading.entry for reading in readings if reading.entry is not None)
    sender = "robin@ashdown.example"
    message = MessageFacts(case.kind, "CPL", sender, automatic=False, text=case.text) if case.kind else None
    return Dossier(moment(case), message, documents, entries, register=case.register)


def moment(case: Case) -> datetime:
    """When a case is judged."""
    return datetime.combine(case.on, time(12), UTC)


def _signed(document: Document, *, signed: bool) -> Document:
    is_form = document.kind is DocumentKind.NEW_ENTRY
    return replace(document, signatures=(SIGNED,)) if signed and is_form else document


def judged(case: Case) -> Judged:
    """Read a case and let every rule speak on it."""
    return told(case, examine(dossier_of(case)))


def told(case: Case, report: Report) -> Judged:
    """Compare a report with the label."""
    uneasy = [ruling for entry in report.entries for ruling in entry.rulings if ruling.verdict in _NOT_AT_EASE]
    findings = [finding for ruling in uneasy for finding in ruling.findings]
    named = {ruling.rule for ruling in uneasy}.union(*map(places, findings))
    return Judged(
        label=str(case),
        edition=case.edition,
        device_type=case.device_type,
        place=case.place,
        expected=case.expected,
        outcome=report.outcome,
        names_it=case.place is not None and case.place in named,
        named=tuple(sorted({finding.field for finding in findings if finding.field})),
        rules=tuple(sorted({ruling.rule for ruling in uneasy})),
    )


def places(finding: Finding) -> set[str | None]:
    """Every name by which a finding says where it is."""
    where = finding.where
    return {finding.field, where.document if where else None, where.sheet if where else None}
