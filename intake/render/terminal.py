"""``check`` for a manufacturer's engineer at a terminal: what is wrong, where, what was expected, why, what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import chain, repeat

import click

import intake
from intake.clock import LONDON
from intake.render import plain, words
from intake.render.account import LABEL, account
from intake.render.entry_view import EntryView, entry_views
from intake.render.moments import london
from intake.render.next_step import verdict
from intake.render.points import Point, counts
from intake.render.signed import everybody
from rules.facts import Document, Dossier
from rules.fields import FormField
from rules.finding import EntryReport, Outcome, Report, Severity
from rules.signature_facts import Indication

WIDTH = 80
_INDENT = 10
_LONGEST_NAME = 40

_COLOURS = {
    Outcome.READY: "green",
    Outcome.RETURN: "red",
    Outcome.NEEDS_A_PERSON: "yellow",
    Outcome.NOT_A_SUBMISSION: "yellow",
}
_SIGNED = {
    Indication.TOTAL_PASSED: "green",
    Indication.INDETERMINATE: "yellow",
    Indication.TOTAL_FAILED: "red",
}
_MARKS = {Severity.RETURN: ("red", "RETURN"), Severity.QUERY: ("yellow", "PERSON"), Severity.NOTE: ("cyan", "NOTE")}


HERE = "Nothing has left this computer."


def lines(dossier: Dossier, report: Report, outcome: Outcome, trouble: str | None, remark: str = HERE) -> Iterator[str]:
    """Format the whole report, line by line; the remark says where the check was made."""
    entries = entry_views(dossier, report) if outcome is not Outcome.NOT_A_SUBMISSION else ()
    yield f"cpl-intake {intake.__version__}, rulebook {report.rulebook_edition}"
    yield f"Rulebook digest {report.rulebook_digest}"
    yield f"Judged as of {london(report.judged_at)}. {remark}".rstrip()
    if dossier.message is not None:
        yield ""
        yield from _wrapped("Subject  ", dossier.message.subject or "(none)")
        yield f"Kind     {dossier.message.kind}{', automatic mail' if dossier.message.automatic else ''}"
    if trouble:
        yield ""
        yield from _wrapped("", trouble)
    yield ""
    yield from _documents(dossier)
    yield from _signatures(dossier)
    for view in entries:
        if view.report is not None:
            yield from _entry(view, view.report)
    if len(entries) > 1:
        yield ""
        yield from _summary(report)
    yield ""
    yield click.style(verdict(outcome, entries), fg=_COLOURS[outcome], bold=True)
    if outcome is Outcome.READY:
        yield "To tell SECAS so, put this line into your mail:"
        yield f"  {stamp(report, outcome)}"


def stamp(report: Report, outcome: Outcome) -> str:
    """Give what a submission's text may quote of its check, for SECAS to compare with its own rulebook and day."""
    rules = f"rulebook {report.rulebook_edition} ({report.rulebook_digest[:12]})"
    return f"checked with {rules} on {report.judged_at.astimezone(LONDON):%Y-%m-%d}: {words.OUTCOMES[outcome]}"


def _wrapped(label: str, text: str) -> Iterator[str]:
    shown = plain.bounded(plain.one_line(text), plain.LONGEST_MESSAGE)
    beneath = " " * len(label)
    yield from textwrap.wrap(shown, WIDTH, initial_indent=label, subsequent_indent=beneath, break_on_hyphens=False)


def _documents(dossier: Dossier) -> Iterator[str]:
    names = [plain.bounded(plain.one_line(document.name)) for document in dossier.documents]
    width = min(max(map(len, names), default=0), _LONGEST_NAME)
    for name, document in zip(names, dossier.documents, strict=True):
        label = f"  {name:<{width}}  "
        if len(name) > width:
            yield f"  {name}"
            label = " " * (width + 4)
        yield from _wrapped(label, _described(document))
    if not dossier.documents:
        yield "  There are no documents."


def _signatures(dossier: Dossier) -> Iterator[str]:
    """Format every signature: signer, verdict with reasons, details."""
    for name, signatures in everybody(dossier):
        yield ""
        yield _bold(f"Signed: {name}")
        for signature in signatures:
            colour = _SIGNED[signature.indication]
            yield from (click.style(line, fg=colour) for line in _wrapped("  ", f"{signature.headline}."))
            for sentence in signature.why:
                yield from _wrapped("    - ", sentence)
            for label, texts in signature.lines:
                labels = chain([label], repeat(""))
                for shown, text in zip(labels, texts, strict=False):
                    yield from _wrapped(f"    {shown:<12}", text)


def _described(document: Document) -> str:
    described = words.DOCUMENTS[document.kind]
    if document.trouble:
        described += f": {document.trouble}"
    if document.signatures:
        described += ", signed"
    return described


def _entry(view: EntryView, report: EntryReport) -> Iterator[str]:
    yield ""
    yield f"{_bold(view.name)}: {_outcome(report)}"
    device = view.entry.value(FormField.DEVICE_TYPE)
    about = (plain.value(device) if device else "", f"form edition {report.profile}" if report.profile else "")
    if any(about):
        yield from _wrapped("  ", ", ".join(filter(None, about)))
    yield from _wrapped("  ", f"Rules: {counts(report)}")
    for point in view.points:
        yield from _point(point)
    if view.without_findings:
        yield ""
        yield from _wrapped(
            "  ", f"{len(view.without_findings)} rules could not tell, as what they need could not be read."
        )


def _point(point: Point) -> Iterator[str]:
    colour, word = _MARKS[point.severity]
    yield ""
    mark = f"  {click.style(f'{word:<{_INDENT - 2}}', fg=colour, bold=True)}"
    yield from account(point, width=WIDTH, indent=_INDENT, mark=mark)
    rules = dict.fromkeys(ruling.rule for part in point.whole for ruling in part.rulings)
    for label, rule in zip(chain(["Rule"], repeat("")), rules, strict=False):
        yield f"{'':<{_INDENT}}{label:<{LABEL}}{rule}"


def _summary(report: Report) -> Iterator[str]:
    """Format each entry's outcome, for a message with several."""
    names = [_name(entry) for entry in report.entries]
    width = min(max(map(len, names)), WIDTH - 22)
    yield _bold(f"{len(names)} entries")
    for name, entry in zip(names, report.entries, strict=True):
        yield f"  {name:<{width}}  {_outcome(entry)}"


def _name(entry: EntryReport) -> str:
    return plain.bounded(plain.one_line(entry.document or "No New Entry form"))


def _outcome(entry: EntryReport) -> str:
    return click.style(words.OUTCOMES[entry.outcome], fg=_COLOURS[entry.outcome])


def _bold(text: str) -> str:
    return click.style(text, bold=True)
