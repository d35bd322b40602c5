"""``check`` for a manufacturer's engineer at a terminal: what is wrong, where, what was expected, why, what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

import intake
from intake.render.templates import london
from rules.facts import Document, DocumentKind, Dossier
from rules.finding import EntryReport, Finding, Outcome, Report, Ruling, Severity, Verdict

WIDTH = 96
_LABEL = 10

_KINDS = {
    DocumentKind.NEW_ENTRY: "New Entry form",
    DocumentKind.ZIGBEE_CERTIFICATE: "ZigBee certificate",
    DocumentKind.CPA_CERTIFICATE: "CPA certificate",
    DocumentKind.DLMS_CERTIFICATE: "DLMS certificate",
    DocumentKind.RELEASE_NOTE: "release note",
    DocumentKind.EVIDENCE: "supporting evidence",
    DocumentKind.OTHER: "not recognised",
    DocumentKind.UNREADABLE: "could not be read",
}

_SENTENCE = {
    Outcome.READY: ("green", "SECAS would find this submission ready for approval by a person."),
    Outcome.RETURN: ("red", "SECAS would return this submission."),
    Outcome.NEEDS_A_PERSON: ("yellow", "A person at SECAS would have to look at this submission."),
    Outcome.NOT_A_SUBMISSION: ("yellow", "This message is not a submission to the Central Products List."),
}

_MARKS = {Severity.RETURN: ("red", "RETURN"), Severity.QUERY: ("yellow", "PERSON"), Severity.NOTE: ("cyan", "NOTE")}


def lines(dossier: Dossier, report: Report, outcome: Outcome, trouble: str | None) -> Iterator[str]:
    """The whole report, line by line."""
    yield (
        f"cpl-intake {intake.__version__}, rulebook {report.rulebook_edition} ({report.rulebook_digest[:12]}), "
        f"judged as of {london(report.judged_at)}"
    )
    yield "Nothing has left this computer."
    if dossier.message is not None:
        yield ""
        yield f"Subject  {dossier.message.subject or '(none)'}"
        yield f"Kind     {dossier.message.kind}{', automatic mail' if dossier.message.automatic else ''}"
    if trouble:
        yield ""
        yield from textwrap.wrap(trouble, WIDTH)
    yield ""
    yield from _documents(dossier)
    if outcome is not Outcome.NOT_A_SUBMISSION:
        for entry in report.entries:
            yield from _entry(entry)
    colour, sentence = _SENTENCE[outcome]
    yield ""
    yield click.style(sentence, fg=colour, bold=True)


def _documents(dossier: Dossier) -> Iterator[str]:
    width = max((len(document.name) for document in dossier.documents), default=0)
    for document in dossier.documents:
        yield f"  {document.name:<{min(width, 40)}}  {_described(document)}"
    if not dossier.documents:
        yield "  There are no documents."


def _described(document: Document) -> str:
    described = _KINDS[document.kind]
    if document.trouble:
        described += f": {document.trouble}"
    if document.signatures:
        described += ", signed"
    return described


def _entry(entry: EntryReport) -> Iterator[str]:
    edition = f" (form edition {entry.profile})" if entry.profile else ""
    yield ""
    yield click.style(f"{entry.document or 'No New Entry form'}{edition}", bold=True)
    for severity in Severity:
        for ruling in entry.rulings:
            if ruling.findings and weight(ruling) is severity:
                for finding in ruling.findings:
                    yield from _finding(ruling, finding, severity)
    yield ""
    yield f"  {_counts(entry)}"


def weight(ruling: Ruling) -> Severity:
    """How a ruling with findings weighs: what could not be determined is for a person."""
    return Severity.QUERY if ruling.verdict is Verdict.UNDETERMINED else ruling.severity


def _finding(ruling: Ruling, finding: Finding, severity: Severity) -> Iterator[str]:
    colour, mark = _MARKS[severity]
    yield ""
    first, *more = textwrap.wrap(finding.message, WIDTH - _LABEL)
    yield f"  {click.style(f'{mark:<{_LABEL - 2}}', fg=colour, bold=True)}{first}"
    yield from (f"{'':<{_LABEL}}{line}" for line in more)
    details = (
        ("field", finding.field),
        ("place", None if finding.where is None else str(finding.where)),
        ("stated", None if finding.said is None else finding.said or "(empty)"),
        ("expected", finding.expected),
        ("source", ruling.citation),
        ("to do", finding.remedy),
        ("rule", ruling.rule),
    )
    for label, text in details:
        if text:
            yield from _detail(label, text)


def _detail(label: str, text: str) -> Iterator[str]:
    """A labelled line, wrapped beneath itself; what cannot be printed is shown escaped."""
    printable = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    first, *more = textwrap.wrap(printable, WIDTH - _LABEL - 12, break_on_hyphens=False) or [""]
    yield f"{'':<{_LABEL}}{label:<10}{first}"
    yield from (f"{'':<{_LABEL + 10}}{line}" for line in more)


def _counts(entry: EntryReport) -> str:
    failed = [ruling for ruling in entry.rulings if ruling.verdict is Verdict.FAIL]
    by_severity = {severity: sum(ruling.severity is severity for ruling in failed) for severity in Severity}
    verdicts = {verdict: sum(ruling.verdict is verdict for ruling in entry.rulings) for verdict in Verdict}
    person = by_severity[Severity.QUERY] + verdicts[Verdict.UNDETERMINED]
    counted = (
        (by_severity[Severity.RETURN], "to put right"),
        (person, "for a person"),
        (by_severity[Severity.NOTE], "noted"),
        (verdicts[Verdict.PASS], "passed"),
        (verdicts[Verdict.NOT_APPLICABLE], "not applicable"),
        (verdicts[Verdict.NOT_IN_FORCE], "not in force"),
    )
    return "Rules: " + ", ".join(f"{number} {words}" for number, words in counted if number)
